"""Write: every document of one report into one folder."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from bygd import scope
from bygd.countries import Country, load
from bygd.engine import Engine
from bygd.geography import Place
from bygd.reports import boundaries as boundary_files
from bygd.reports import contents, disclosure, untold
from bygd.reports.documents import data, page, workbook
from bygd.reports.privacy import Audience, Limits
from bygd.reports.section import Section
from bygd.reports.sections import headline
from bygd.reports.subject import RINGS, Subject
from bygd.reports.translate import Translator
from bygd.tools import audit, spend
from bygd.vocabulary.figures import Figure
from bygd.vocabulary.words import LocalBy, Ring

MONEY = "SELECT SUM(amount) AS amount FROM spend WHERE is_procurement AND currency = ?"


@dataclass(frozen=True)
class Written:
    """The documents that were written."""

    page: Path
    workbook: Path
    figures: Path
    control: Path

    @property
    def paths(self) -> tuple[Path, ...]:
        """All of them."""
        return (self.page, self.workbook, self.figures, self.control)


def write(
    engine: Engine,
    place: Place,
    project_title: str,
    folder: Path,
    *,
    language: str = "en",
    snapshot: str,
    manifest: Mapping[str, Any],
    boundaries: Sequence[Path] | None = None,
    charts: bool = True,
    audience: Audience | str = Audience.INTERNAL,
    local_by: LocalBy | None = None,
    within: Ring | None = None,
    rules: Sequence[scope.Rule] | None = None,
    figures: Sequence[Figure] | None = None,
) -> Written:
    """`report.html`, `report.xlsx`, `figures.json` and `control.json` in the folder, each whole or not at all.

    Reads the tables of a snapshot. `local_by` and `within` say which share is printed first; by
    default the manifest's settings do. Where the place is larger than `within`, the place itself
    is meant. `boundaries` are GeoJSON files for the map. `figures` and `rules` are those of the
    tool and of the country where not given. The audience `public` names no supplier and withholds
    small cells. The same snapshot gives the same files, byte for byte. Raises InputError for a
    language bygd does not speak, for boundaries that cannot be read, and for a public report on
    too few suppliers.
    """
    subject = subject_of(
        engine,
        place,
        project_title,
        language,
        snapshot,
        manifest,
        audience=Audience(audience),
        local_by=local_by,
        within=within,
        rules=rules,
        figures=figures,
    )
    if subject.is_public:
        subject = disclosure.publishable(subject)
    shapes = boundary_files.read(boundaries, place.country, subject.names) if boundaries else None
    sections = sections_of(subject, shapes)
    folder.mkdir(parents=True, exist_ok=True)
    written = Written(*(folder / name for name in ("report.html", "report.xlsx", "figures.json", "control.json")))
    lead = headline.sentences(subject)
    _whole(written.page, lambda path: _text(path, page.page(subject, sections, lead, charts=charts)))
    _whole(written.workbook, lambda path: workbook.write(subject, sections, path))
    _whole(written.figures, lambda path: _text(path, data.figures(subject)))
    _whole(written.control, lambda path: _text(path, data.control(subject)))
    return written


def sentences(
    engine: Engine,
    place: Place,
    *,
    language: str = "en",
    snapshot: str = "",
    local_by: LocalBy | None = None,
    within: Ring | None = None,
) -> list[str]:
    """The finding in one to three sentences that can be read out; where it cannot be told, what to do about it."""
    subject = subject_of(engine, place, place.name, language, snapshot, {}, local_by=local_by, within=within)
    return [*headline.sentences(subject), *untold.steps(subject)]


def subject_of(
    engine: Engine,
    place: Place,
    title: str,
    language: str,
    snapshot: str,
    manifest: Mapping[str, Any],
    *,
    audience: Audience = Audience.INTERNAL,
    local_by: LocalBy | None = None,
    within: Ring | None = None,
    rules: Sequence[scope.Rule] | None = None,
    figures: Sequence[Figure] | None = None,
) -> Subject:
    """What the report is about, read from the engine."""
    translate = Translator(language)
    settings = manifest.get("settings") or {}
    country = load(place.country)
    currency = spend.main_currency(engine)
    if figures is None:
        baseline = settings.get("baseline_year")
        cited = manifest.get("sources", ())
        figures = [
            *spend.figures(engine, place, snapshot, cited, baseline=baseline),
            *audit.figures(engine, snapshot, cited),
        ]
    listed = scope.rules(country) if rules is None else rules
    return Subject(
        engine=engine,
        place=place,
        title=title,
        translate=translate,
        figures=figures,
        currency=currency or country.currency,
        purchases=engine.rows(MONEY, currency)[0]["amount"] or Decimal(0),
        snapshot=snapshot,
        manifest=manifest,
        limits=_limits(country),
        audience=audience,
        local_by=LocalBy(local_by or settings.get("local_by") or LocalBy.SEAT),
        within=_within(place, Ring(within or settings.get("within") or Ring.MUNICIPALITY)),
        names={row["area_id"]: row["name"] for row in engine.rows("SELECT area_id, name FROM areas")},
        rules={scope.PUBLIC_RULE: translate("Public body, by the register")}
        | {rule.id: rule.label_in(language) for rule in listed},
    )


def _text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _whole(path: Path, make: Callable[[Path], None]) -> None:
    """Make a file beside its place, then put it there in one go."""
    beside = path.with_name(f".{path.name}.part")
    try:
        make(beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def sections_of(subject: Subject, shapes: Mapping[str, Any] | None) -> list[Section]:
    """The sections of the report, in order."""
    return contents.sections(subject, shapes)


def _limits(country: Country) -> Limits:
    """When a cell may be published, by the newest rule of the country."""
    rule = country.rule("privacy")
    fewest, dominant = (rule[name].values[-1].value for name in ("smallest_cell", "dominance"))
    return Limits(int(fewest or 1), float(dominant or 1))


def _within(place: Place, wanted: Ring) -> Ring:
    """The ring wanted, or the smallest of the place that is not smaller."""
    own = [ring for ring, _area in place.rings]
    return next((ring for ring in RINGS if RINGS.index(ring) >= RINGS.index(wanted) and ring in own), wanted)
