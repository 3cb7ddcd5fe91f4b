"""Reading: assets of a file looked at before they are taken in; which are new, changed, the same, or set aside."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from bygd.reports.documents.harmless import as_meant
from bygd.sources.errors import InputError
from bygd.sources.files import opening, tabular
from bygd.sources.files.bulk import Rejected
from bygd.sources.privacy import Masker, Pseudonym
from bygd.vocabulary import tables
from bygd.vocabulary.mapping import AssetLayer
from bygd.vocabulary.money import rounded
from bygd.vocabulary.said import Said
from bygd.workbench import asking, entered
from bygd.workbench.assets import words
from bygd.workbench.assets.checks import problems
from bygd.workbench.assets.features import features
from bygd.workbench.assets.known import ASSET, KEPT, assets, key
from bygd.workbench.entered import Row
from bygd.workbench.project import Project

MOST_BYTES = 10 << 20
MOST_ROWS = 10_000
KEY = re.compile(r"[0-9a-f]{16}")
TEXTS = ("name", "place_name", "owner", "used_by", "note", "source")


@dataclass(frozen=True)
class Change:
    """One asset of a file: whether it is new, changed or the same, the entry that would be made, and what differs."""

    kind: str
    row: Row
    differs: tuple[str, ...]
    number: int


@dataclass(frozen=True)
class Look:
    """What a file would do to the map."""

    rows: int
    changes: tuple[Change, ...]
    set_aside: tuple[Rejected, ...]
    unused: tuple[str, ...]

    @property
    def counts(self) -> Counter[str]:
        """How many assets are new, changed and the same."""
        return Counter(change.kind for change in self.changes)

    @property
    def entries(self) -> list[Row]:
        """What taking it in adds."""
        return [{**change.row, "withdrawn": False} for change in self.changes if change.kind != "same"]


def look(project: Project, path: Path, today: date | None = None, layer: AssetLayer | None = None) -> Look:
    """What a file of assets would do to the map: GeoJSON, uMap, or a table (CSV, XLSX, ODS). Nothing is changed.

    `layer` is that of items whose file does not say one. Items that cannot be kept are set aside with the reason;
    personal identity numbers are taken out. Raises InputError for files that are too large, damaged or something else.
    """
    if path.stat().st_size > MOST_BYTES:
        raise InputError("{file} is larger than {most} MiB. Get it in parts.", file=path.name, most=MOST_BYTES >> 20)
    day = today or date.today()
    clean = Masker(project.country.conventions(), Pseudonym(project.key())).text
    known = {row[ASSET]: row for row in assets(project)}
    aside: list[Rejected] = []
    unused: dict[str, None] = {}
    found: dict[str, Change] = {}
    rows = _features(path, unused) if _is_json(path) else _table(path, unused)
    number = 0
    for number, cells, wrong in rows:
        if number > MOST_ROWS:
            raise InputError("{file} has more than {most} items. Get it in parts.", file=path.name, most=MOST_ROWS)
        try:
            if wrong:
                raise InputError("its geometry cannot be read")
            row = _row(cells, layer, path.name)
            row.update({name: clean(row[name]) for name in TEXTS})
            fault = next(problems(row, day), None)
            if fault:
                raise InputError(fault[1])
        except InputError as error:
            aside.append(Rejected(path.name, number, error.said))
            continue
        own = cells.get(ASSET) or ""
        made = own if KEY.fullmatch(own) and own in known else key(row["layer"], row["name"], row["place_name"])
        if made in found:
            aside.append(Rejected(path.name, number, Said("it stands in the file twice")))
            continue
        found[made] = _change({ASSET: made, **row}, known.get(made), number)
    return Look(number, tuple(found.values()), tuple(aside), tuple(unused))


def take(project: Project, looked: Look, by: str) -> int:
    """Add what is new or changed; gives how many entries that are."""
    return entered.add(project, tables.asset_entries, looked.entries, ASSET, by)


def _is_json(path: Path) -> bool:
    with path.open("rb") as opened:
        return opened.read(200).removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"{", b"["))


def _features(path: Path, unused: dict[str, None]) -> Iterator[tuple[int, dict[str, str], str]]:
    for one in features(path):
        cells: dict[str, str] = {}
        for name, value in one.properties.items():
            column = words.column(str(name))
            if column is None or isinstance(value, dict | list):
                if not str(name).startswith("_"):
                    unused[str(name)[:80]] = None
            elif value not in (None, ""):
                cells.setdefault(column, str(value))
        if one.layer and words.layer(one.layer):
            cells.setdefault("layer", one.layer)
        if one.longitude is not None:
            cells |= {"longitude": str(one.longitude), "latitude": str(one.latitude)}
        yield one.number, cells, one.wrong


def _table(path: Path, unused: dict[str, None]) -> Iterator[tuple[int, dict[str, str], str]]:
    with opening.opened(path) as parts:
        sheet = next((sheet for part in parts for sheet in tabular.sheets(part, path.name)), None)
        if sheet is None or not sheet.head:
            raise InputError("{file} is empty. Export it again.", file=path.name)
        headings = [str(cell or "").strip() for cell in sheet.head[0]]
        columns = [words.column(heading) for heading in headings]
        if "name" not in columns:
            raise InputError(
                "{file} has no column for names. Its first row must hold headings such as name, layer, latitude.",
                file=path.name,
            )
        unused.update(
            {heading[:80]: None for heading, column in zip(headings, columns, strict=True) if heading and not column}
        )
        table = sheet.cells(1)
        for line in table.to_pylist():
            given = [line.get(f"c{place}") for place in range(len(columns))]
            cells = {name: str(value) for name, value in zip(columns, given, strict=True) if name and value}
            if cells:
                yield int(line["row_number"]), cells, ""


def _row(cells: Mapping[str, str], layer: AssetLayer | None, file: str) -> Row:
    """The columns of an asset from texts. Raises InputError with what is wrong."""
    texts = {name: as_meant(" ".join(cells.get(name, "").split())) or None for name in TEXTS}
    said = cells.get("layer", "")
    which = words.layer(said) or layer
    if which is None:
        raise (
            InputError("it does not say in which layer it belongs")
            if not said
            else InputError("there is no layer '{text}'", text=said[:60])
        )
    of = words.sort(cells["sort"]) if cells.get("sort") else None
    if cells.get("sort") and of is None:
        raise InputError("there is no sort of organisation '{text}'", text=cells["sort"][:60])
    return {
        **texts,
        "layer": which,
        "sort": of if which is AssetLayer.ORGANISATION else None,
        "longitude": _degrees(cells.get("longitude")),
        "latitude": _degrees(cells.get("latitude")),
        "hours_unused": _hours(cells.get("hours_unused")),
        "last_seen": _day(cells.get("last_seen")),
        "source": texts["source"] or file,
    }


def _degrees(text: str | None) -> float | None:
    if not text:
        return None
    try:
        found = float(text.replace(",", "."))
    except ValueError:
        raise InputError("'{text}' is no number of degrees", text=text[:40]) from None
    if not math.isfinite(found):
        raise InputError("'{text}' is no number of degrees", text=text[:40])
    return round(found, 6)


def _hours(text: str | None) -> Decimal | None:
    return rounded(asking.amount(text)) if text else None


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        raise InputError("'{text}' is no day; write it as year-month-day", text=text[:40]) from None


def _change(row: Row, before: Row | None, number: int) -> Change:
    if before is None:
        return Change("new", row, (), number)
    # What a file does not say stays as it was.
    merged = {name: before[name] if row.get(name) is None else row[name] for name in KEPT}
    differs = tuple(name for name in KEPT if name != "source" and merged[name] != before[name])
    merged["source"] = row["source"] if differs else before["source"]
    return Change("changed" if differs else "same", {ASSET: row[ASSET], **merged}, differs, number)
