"""Asked: what a money page is asked for by its address, checked against what the snapshot holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms

from bygd import geography
from bygd.engine import Engine
from bygd.reports import Translator
from bygd.reports.translate import N_
from bygd.tools.spend.selection import EVERYTHING, Filter
from bygd.vocabulary.words import LocalBy, OwnershipKind, Ring, SizeBand
from bygd.workbench.project import Project

OWN = "own"
MOST_LISTED = 300
"""Industries and categories to choose from: those with most money."""


@dataclass(frozen=True)
class Choices:
    """What there is to choose from in a snapshot, for those who may see it."""

    by: LocalBy
    within: Ring
    rings: tuple[tuple[Ring, str], ...]
    anchors: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    ownerships: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


def choices(engine: Engine, project: Project, manifest: Mapping[str, Any], *, is_own: bool) -> Choices:
    """What may be chosen: for all anchors together the definition of local alone, for one's own all that they hold."""
    settings = manifest.get("settings") or {}
    place = geography.place(engine, project.place_id, project.place_name)
    names = {row["area_id"]: row["name"] for row in engine.rows("SELECT area_id, name FROM areas")}
    rings = tuple(
        (Ring(ring), place.name if area == place.area_id else area if len(area) == 2 else names.get(area, area))
        for ring, area in place.rings
        if ring is not Ring.WORLD
    )
    wanted = Ring(settings.get("within") or Ring.MUNICIPALITY)
    found = Choices(
        by=LocalBy(settings.get("local_by") or LocalBy.SEAT),
        within=next((ring for ring, _area in rings if list(Ring).index(ring) >= list(Ring).index(wanted)), rings[0][0]),
        rings=rings,
    )
    if not is_own:
        return found
    columns = {
        name: _values(engine, "spend", name) for name in ("anchor", "year", "ownership", "size_band", "industry")
    }
    return Choices(
        by=found.by,
        within=found.within,
        rings=found.rings,
        anchors=tuple(sorted(columns["anchor"])),
        years=tuple(sorted(columns["year"])),
        ownerships=_in_order(columns["ownership"], OwnershipKind),
        sizes=_in_order(columns["size_band"], SizeBand),
        industries=tuple(sorted(value for value in columns["industry"] if value)),
        categories=tuple(sorted(value for value in _values(engine, "spend_lines", "category") if value)),
    )


def _values(engine: Engine, relation: str, column: str) -> list[Any]:
    statement = f"SELECT {column} AS v FROM {relation} GROUP BY 1 ORDER BY SUM(ABS(amount)) DESC, v LIMIT {MOST_LISTED}"
    return [row["v"] for row in engine.rows(statement)]


def _in_order(found: Sequence[str], words: type[Any]) -> tuple[str, ...]:
    return tuple(str(word) for word in words if str(word) in found)


@dataclass(frozen=True)
class Asked:
    """One question: whose money, what local means, and which of it."""

    is_own: bool
    by: LocalBy
    within: Ring
    where: Filter = EVERYTHING

    def query(self, **more: Any) -> str:
        """The question as the query of an address."""
        where = self.where
        said = {
            "scope": OWN if self.is_own else "",
            "by": self.by,
            "within": self.within,
            "anchor": next(iter(where.anchors), ""),
            "year": next(iter(where.years), ""),
            "ownership": next(iter(where.ownerships), ""),
            "size": next(iter(where.sizes), ""),
            "industry": next(iter(where.industries), ""),
            "category": next(iter(where.categories), ""),
            **more,
        }
        return urlencode({name: str(value) for name, value in said.items() if value not in ("", None)})


LABELS = {
    "by": N_("Local means"),
    "within": N_("Local area"),
    "anchor": N_("Institution"),
    "year": N_("Year"),
    "ownership": N_("Kind of ownership"),
    "size": N_("Size of supplier"),
    "industry": N_("Industry"),
    "category": N_("Category in the ledger"),
    "ring": N_("Where the supplier is"),
    "out": N_("Which payments"),
}


class Question(forms.Form):
    """The filters of the money pages. What is left empty leaves everything in."""

    def __init__(
        self, data: Mapping[str, Any], *, translate: Translator, choices: Choices, is_own: bool, prefix_id: str = "ask"
    ) -> None:
        self.offered, self.is_own = choices, is_own
        super().__init__(
            {"by": choices.by, "within": choices.within, **{k: v for k, v in data.items() if v}},
            auto_id=f"{prefix_id}-%s",
        )
        _ = translate
        self.fields["by"] = self._choice(_, "by", [(by, _.word(by)) for by in LocalBy], empty=None)
        self.fields["within"] = self._choice(
            _,
            "within",
            [(ring, f"{area_name(area, _)} ({_.word(ring).lower()})") for ring, area in choices.rings],
            None,
        )
        if is_own:
            self._own(_, choices)

    def _own(self, _: Translator, choices: Choices) -> None:
        """The free filters, for one's own anchors."""
        everything = _("All")
        listed: dict[str, list[tuple[Any, str]]] = {
            "anchor": [(anchor, anchor) for anchor in choices.anchors],
            "year": [(year, str(year)) for year in choices.years],
            "ownership": [(kind, _.word(OwnershipKind(kind))) for kind in choices.ownerships],
            "size": [(band, _.word(SizeBand(band))) for band in choices.sizes],
            "industry": [(code, code) for code in choices.industries],
            "category": [(name, name) for name in choices.categories],
        }
        for name, options in listed.items():
            if options:
                self.fields[name] = self._choice(_, name, options, empty=everything)

    def _choice(
        self, _: Translator, name: str, options: Sequence[tuple[Any, str]], empty: str | None
    ) -> forms.ChoiceField:
        return forms.ChoiceField(
            label=_(LABELS[name]),
            choices=[*([("", empty)] if empty else []), *options],
            required=empty is None,
            error_messages={"invalid_choice": _("There is no “%(value)s” here. Choose one from the list.")},
        )

    @property
    def first(self) -> list[forms.BoundField]:
        """The definition of local: what every figure depends on."""
        return [self["by"], self["within"]]

    @property
    def more(self) -> list[forms.BoundField]:
        """The free filters."""
        return [bound for bound in self.visible_fields() if bound.name not in ("by", "within")]

    @property
    def used(self) -> int:
        """How many of the free filters leave something out."""
        return sum(bool(bound.value()) for bound in self.more)

    def asked(self) -> Asked:
        """The question of a valid form."""
        given = {name: value for name, value in self.cleaned_data.items() if value}

        def one(name: str) -> tuple[str, ...]:
            return (given[name],) if name in given else ()

        where = Filter(
            anchors=one("anchor"),
            years=tuple(int(year) for year in one("year")),
            ownerships=one("ownership"),
            industries=one("industry"),
            sizes=one("size"),
            categories=one("category"),
        )
        return Asked(self.is_own, LocalBy(given["by"]), Ring(given["within"]), where)


def area_name(area: str, translate: Translator) -> str:
    """An area's name; a country's in the reader's language."""
    return (translate.territory(area) if len(area) == 2 else None) or area
