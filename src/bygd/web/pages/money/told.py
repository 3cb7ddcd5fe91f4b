"""Told: what the money pages show, computed once for each question, language and snapshot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from markupsafe import Markup

from bygd import geography
from bygd.engine import DuckEngine, Engine
from bygd.reports import boundaries, contents, disclosure
from bygd.reports.documents.page import drawn
from bygd.reports.privacy import Audience
from bygd.reports.section import Picture, Section
from bygd.reports.sections import headline, suppliers
from bygd.reports.subject import Subject
from bygd.reports.translate import N_
from bygd.reports.write import subject_of
from bygd.tools import spend
from bygd.tools.spend.figures import CHANGE, CONCENTRATION, FAMILIES, LOCAL, MONEY, OWNERSHIP
from bygd.vocabulary.figures import Figure
from bygd.web.pages.money.asked import Asked, choices
from bygd.web.places.held import Held
from bygd.workbench.narrowed import narrowed
from bygd.workbench.project import Project


@dataclass(frozen=True)
class Tab:
    """One page: what it is called, its sections, the families of figures they need, and for whom it is."""

    label: str
    sections: tuple[str, ...]
    families: tuple[str, ...] = (MONEY,)
    is_own: bool = False


TABS = {
    "overview": Tab(N_("How much stays"), ("headline", "trend"), (MONEY, LOCAL, CHANGE)),
    "flow": Tab(N_("How it flows"), ("flow", "rings"), (MONEY, LOCAL)),
    "places": Tab(N_("Where to"), ("places",), (MONEY, LOCAL)),
    "owners": Tab(N_("To whom"), ("ownership", "size", "concentration"), (MONEY, OWNERSHIP, CONCENTRATION)),
    "leaves": Tab(N_("What leaves"), ("leakage",), (MONEY, LOCAL)),
    "suppliers": Tab(N_("Largest suppliers"), ("suppliers",), is_own=True),
    "left-out": Tab(N_("What is left out"), ("excluded",), (MONEY,)),
}
"""Name in the address → the page; the order is that of the page's own menu."""

TAB_OF = {section: name for name, tab in TABS.items() for section in tab.sections}

OF_THE_USUAL = frozenset({"flow", "trend", "leakage"})
"""Sections that split what is local further. For all anchors together they are shown by the place's own definition of
local alone, as in the public report: by two definitions they could be subtracted from each other."""

NO_ENGINE = cast(Engine, None)
"""Stands in what is kept: the engine was borrowed and is given back."""


@dataclass(frozen=True)
class Told:
    """A page's matter: sentences, sections, and the subject by which figures are written out."""

    subject: Subject
    lead: Sequence[str]
    sections: Mapping[str, Section]
    parties: Sequence[str] = ()
    """The largest suppliers, in the order of their table."""
    usual: Asked | None = None
    """The question that more is told of, where this one is told less of."""


def told(held: Held, project: Project, asked: Asked, language: str, tab: str) -> Told:
    """The sections of a page.

    Asked for all anchors together it says what the public report says, and nothing more. Raises InputError where
    all purchases rest on too few suppliers for that.
    """
    wanted = TABS[tab]
    usual = asked if asked.is_own else replace(_usual(held, project), snapshot=asked.snapshot)
    names = [name for name in wanted.sections if asked == usual or name not in OF_THE_USUAL]
    shapes = _shapes(held, project) if "places" in wanted.sections else None
    found: dict[Any, Any] = held.keep(("money", "parts", asked.is_own, asked.where), dict)
    published = {} if asked.is_own else _publishable(held, project, usual)

    def make(engine: DuckEngine) -> Told:
        with narrowed(engine, asked.where):
            figures = published or {
                "figures": held.keep(
                    ("money", "figures", asked.where, wanted.families),
                    lambda: _figures(engine, held, project, wanted.families),
                )
            }
            subject = replace(_subject(engine, held, project, asked, language), found=found, **figures)
            sections = {name: contents.section(subject, name, shapes) for name in names}
            return Told(
                replace(subject, engine=NO_ENGINE),
                headline.sentences(subject) if "headline" in wanted.sections else (),
                {name: section for name, section in sections.items() if section},
                suppliers.largest_parties(subject) if "suppliers" in sections else (),
                usual if len(names) < len(wanted.sections) else None,
            )

    return held.answer(("money", "told", asked, language, tab), make)


def svg(held: Held, asked: Asked, told: Told, picture: Picture, size: str) -> Markup:
    """The picture drawn, in the width `wide` or `narrow`."""
    key = ("money", "svg", asked, told.subject.translate.language, picture.name, size)
    return held.keep(key, lambda: drawn(picture, size, told.subject.translate))


def picture_of(told: Told, section: str, name: str) -> Picture | None:
    """The picture of that name in that section."""
    found = told.sections.get(section)
    return next((picture for picture in found.pictures if picture.name == name), None) if found else None


def _usual(held: Held, project: Project) -> Asked:
    """All institutions together by the place's own definition of local: what the public report is about."""
    manifest = held.manifest
    offered = held.answer(("money", "choices"), lambda engine: choices(engine, project, manifest, is_own=False))
    return Asked(is_own=False, by=offered.by, within=offered.within)


def _figures(engine: DuckEngine, held: Held, project: Project, families: Sequence[str]) -> Sequence[Figure]:
    """The figures of those families, of what the engine holds."""
    return spend.figures(
        engine,
        geography.place(engine, project.place_id, project.place_name),
        held.snapshot.id,
        held.manifest.get("sources", ()),
        baseline=(held.manifest.get("settings") or {}).get("baseline_year"),
        families=families,
        pool_only=True,
    )


def _publishable(held: Held, project: Project, usual: Asked) -> dict[str, Any]:
    """What may be published, the same in every language: figures, which are withheld, and cells that are closed."""
    figures = held.answer(
        ("money", "figures", usual.where, FAMILIES),
        lambda engine: _figures(engine, held, project, FAMILIES),
    )

    def make(engine: DuckEngine) -> dict[str, Any]:
        subject = disclosure.publishable(replace(_subject(engine, held, project, usual, "en"), figures=figures))
        return {name: getattr(subject, name) for name in ("figures", "withheld", "closed")}

    return held.answer(("money", "publishable"), make)


def _subject(engine: DuckEngine, held: Held, project: Project, asked: Asked, language: str) -> Subject:
    return subject_of(
        engine,
        geography.place(engine, project.place_id, project.place_name),
        project.place_name,
        language,
        held.snapshot.id,
        held.manifest,
        audience=Audience.INTERNAL if asked.is_own else Audience.PUBLIC,
        local_by=asked.by,
        within=asked.within,
        figures=(),
    )


def _shapes(held: Held, project: Project) -> Mapping[str, Any] | None:
    """Boundaries for the map; None where the project has none."""
    paths = [project.path(file) for entry in project.boundaries for file in entry.files]
    if not paths:
        return None

    def make(engine: DuckEngine) -> Mapping[str, Any]:
        known = [row["area_id"] for row in engine.rows("SELECT area_id FROM areas")]
        return boundaries.read(paths, project.country.code, known)

    return held.answer(("money", "boundaries", tuple(paths)), make)
