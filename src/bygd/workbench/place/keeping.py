"""Keeping: what people enter about the place: a village taken away, own values by row, an indicator of one's own."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from bygd.countries.indicators import Indicator, indicators
from bygd.countries.levels import area
from bygd.sources.errors import InputError
from bygd.sources.statistics import own
from bygd.tools import place as tool
from bygd.tools.place.chance import FEWEST
from bygd.vocabulary.said import Said
from bygd.workbench import changing
from bygd.workbench.place import files, known, own_values, villages
from bygd.workbench.project import Project

MOST_ROWS, MOST_BYTES = 20_000, 5_000_000
FEW = FEWEST
ASIDE = "removed"
"""The folder of files that were taken away, each with its moment."""
BY_HAND = "by-hand"
"""The file of values that were typed one by one."""
ID = re.compile(r"^[a-z][a-z0-9_]{1,39}$")
NAME = re.compile(r"^[a-z0-9][a-z0-9-]{0,39}$")


@dataclass(frozen=True)
class Looked:
    """A file of own values: its rows as a mapping each, and what is wrong, with the number of the line."""

    rows: tuple[own.OwnValue, ...]
    wrong: tuple[tuple[int, Said], ...]


@changing.by_one
def remove_village(project: Project, id: str) -> None:
    """Take a village out of those kept, and lay aside what it was put together from, as it stood in the file.

    Raises InputError where there is none of that id.
    """
    one = villages.one(project, id)
    path = files.of(project).villages
    content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    _written(path.parent / ASIDE / f"{one.id}-{_moment()}.yaml", {one.id: content.pop(one.id)})
    _written(path, content)


def look(project: Project, name: str, content: bytes) -> Looked:
    """Read a CSV or XLSX file of own values row by row, keeping nothing.

    Columns: `own.KNOWN`. Raises InputError for a file that cannot be opened or lacks columns.
    """
    if len(content) > MOST_BYTES:
        raise InputError("{file} is larger than {most} bytes.", file=name, most=MOST_BYTES)
    text = _from_workbook(name, content) if name.lower().endswith(".xlsx") else _text(name, content)
    first = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",")
    names = [one or "" for one in rows.fieldnames or []]
    missing, unknown = [one for one in own.NEEDED if one not in names], sorted(set(names) - set(own.KNOWN))
    if missing or unknown:
        raise InputError(
            "{file} lacks the columns {missing} and has {unknown} that are not known. Known: {known}.",
            file=name, missing=missing or "–", unknown=unknown or "–", known=own.KNOWN,
        )  # fmt: skip
    catalogue = indicators(project.country, files.of(project).indicators)
    credited = own_values.published(project)
    found, wrong, seen = [], [], dict[tuple[str, ...], int]()
    for line, row in enumerate(rows, start=2):
        if line > MOST_ROWS:
            raise InputError("{file} has more than {most} rows.", file=name, most=MOST_ROWS)
        try:
            value = own.as_value(row, f"{name}:{line}")
            _checked(project, catalogue, value, line)
            own_values.check_credit(credited, value.source)
            key = (value.area, value.vintage, value.indicator, value.period, value.breakdown)
            if seen.setdefault(key, line) != line:
                raise InputError("Row {line} says the same as row {other}.", line=line, other=seen[key])
            found.append(value)
        except InputError as error:
            wrong.append((line, error.said))
    return Looked(tuple(found), tuple(wrong))


@changing.by_one
def keep_values(project: Project, name: str, looked: Looked) -> Path:
    """Keep the rows of a file as `place/values/<name>.csv`; one of the same name is replaced.

    Raises InputError while a row is wrong, or where the values contradict those kept elsewhere; the old then stand.
    """
    if looked.wrong or not looked.rows:
        raise InputError("Nothing was kept: mend the rows that are wrong first.")
    if not NAME.match(name):
        raise InputError("'{name}' cannot name a file. Use small letters, digits and hyphens.", name=name)
    path = files.of(project).own / "values" / f"{name}.csv"
    before = path.read_bytes() if path.exists() else None
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    with beside.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(own.KNOWN)
        for one in looked.rows:
            number = "" if one.value is None else f"{one.value:g}" if one.value != int(one.value) else int(one.value)
            writer.writerow(
                (one.area, one.indicator, one.period, ".." if one.status == "suppressed" else number, one.breakdown,
                 one.vintage, one.name, one.level.value if one.level else "", one.parent, one.source,
                 one.status.value if one.status.value in own.SAID else "")
            )  # fmt: skip
    beside.replace(path)
    try:
        known.load(project)
    except InputError:
        if before is None:
            path.unlink()
        else:
            path.write_bytes(before)
        raise
    return path


@changing.by_one
def keep_one(project: Project, value: own.OwnValue) -> Path:
    """Keep one value beside those written by hand before; the same area, indicator, period and part is replaced.

    Raises InputError as `look` tells of a row, and as `keep_values` does.
    """
    path = files.of(project).own / "values" / f"{BY_HAND}.csv"
    _checked(project, indicators(project.country, files.of(project).indicators), value, 1)
    own_values.check_credit(own_values.published(project), value.source)
    rows = {_same(one): one for one in own.read(path)} if path.exists() else {}
    return keep_values(project, BY_HAND, Looked((*(rows | {_same(value): value}).values(),), ()))


def _same(one: own.OwnValue) -> tuple[str, ...]:
    return (one.area, one.vintage, one.indicator, one.period, one.breakdown)


@changing.by_one
def remove_values(project: Project, name: str) -> None:
    """Lay a file of own values aside, where nothing reads it. Raises InputError where there is none.

    What people counted is had nowhere else, so it is not deleted.
    """
    path = files.of(project).own / "values" / f"{name}.csv"
    if not NAME.match(name) or not path.exists():
        raise InputError("There is no file of values called '{name}'.", name=name)
    aside = path.parent / ASIDE
    aside.mkdir(exist_ok=True)
    path.replace(aside / f"{name}-{_moment()}.csv")


@changing.by_one
def keep_indicator(project: Project, id: str, content: Mapping[str, Any]) -> Indicator:
    """Keep an indicator of one's own in `place/indicators.yaml`, one of the same id replaced.

    Raises InputError for an id of the catalogue, or where a field is missing or unknown; the old then stand.
    """
    if not ID.match(id):
        raise InputError("'{name}' cannot name an indicator. Use small letters, digits and underscores.", name=id)
    if id in indicators(project.country):
        raise InputError("The catalogue has an indicator called '{name}' already. Choose another name.", name=id)
    path = files.of(project).indicators
    every = yaml.safe_load(path.read_text(encoding="utf-8")) or {} if path.exists() else {}
    before = path.read_bytes() if path.exists() else None
    _written(path, {**every, id: {name: value for name, value in content.items() if value not in ("", None, {})}})
    try:
        return indicators(project.country, path)[id]
    except InputError:
        if before is None:
            path.unlink()
        else:
            path.write_bytes(before)
        raise


def own_indicators(project: Project) -> list[Indicator]:
    """Indicators of one's own."""
    every = indicators(project.country, files.of(project).indicators)
    return [one for one in every.values() if one.is_own]


def _checked(project: Project, catalogue: Mapping[str, Indicator], value: own.OwnValue, line: int) -> None:
    one = catalogue.get(value.indicator)
    if one is None:
        raise InputError("Row {line} names the indicator {name}, which is not in the catalogue.",
                         line=line, name=value.indicator)  # fmt: skip
    if tool.is_disclosing(value.value, one.unit):
        raise InputError(
            "Row {line} counts fewer than {few}, which could tell of one of them. Write two dots instead.",
            line=line, few=FEW,
        )  # fmt: skip
    if value.area.startswith(villages.PREFIX):
        villages.one(project, value.area)
    elif value.level is None:
        code = project.country.code
        id = value.area if value.area == code or value.area.startswith(f"{code}:") else f"{code}:{value.area}"
        area(project.country, id, value.vintage)


def _text(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("{file} is not written in UTF-8. Save it as CSV UTF-8, or as XLSX.", file=name) from None


def _from_workbook(name: str, content: bytes) -> str:
    """The first sheet as CSV."""
    import python_calamine

    try:
        book = python_calamine.load_workbook(io.BytesIO(content))
        rows: Sequence[Sequence[Any]] = book.get_sheet_by_index(0).to_python()
    except Exception as error:  # whatever the reader makes of a broken file
        raise InputError("{file} cannot be opened as a spreadsheet: {why}", file=name, why=str(error)) from None
    held = io.StringIO()
    writer = csv.writer(held)
    for row in rows:
        writer.writerow([int(cell) if isinstance(cell, float) and cell == int(cell) else cell for cell in row])
    return held.getvalue()


def _moment() -> str:
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}"


def _written(path: Path, content: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    beside.write_text(yaml.safe_dump(dict(content), allow_unicode=True, sort_keys=True), encoding="utf-8")
    beside.replace(path)
