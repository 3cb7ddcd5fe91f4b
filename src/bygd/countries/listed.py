"""Listed: areas as files of publishers list them: code, name, division and what they lie in, by names of columns."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bygd.countries.pack import Country
from bygd.sources.errors import InputError
from bygd.sources.files import opening, tabular
from bygd.vocabulary.place_words import Level

ORDER = (Level.SMALL_AREA, Level.LOCALITY, Level.DISTRICT, Level.MUNICIPALITY)
"""Smallest first: an area lies in the next of these that its row names."""
MOST_BYTES = 200 << 20
"""Of a layer, which is read whole; those of a country's smallest areas have a tenth of it."""
YEAR = re.compile(r"(?:19|20)\d{2}")
FEATURE = re.compile(r"_((?:19|20)\d{2})\.")
"""Ids of features begin with the name of their layer: Tatorter_2023.17."""


@dataclass(frozen=True)
class Listed:
    """One area of a file. `parent` is the code of the next larger area that its row names, or blank."""

    level: Level
    code: str
    vintage: str
    name: str
    parent: str


@dataclass(frozen=True)
class _Column:
    """Where a level's codes stand in a file, how they are completed, and the year that the file says.

    `called` are divisions named by another year: a layer of one level holds the codes of a larger one.
    """

    level: Level
    pattern: str
    vintages: tuple[str, ...]
    at: int
    vintage: str
    name: int | None
    years: tuple[int, ...]
    prefix: str
    width: int
    called: Mapping[str, str]


def read(country: Country, path: Path, vintage: str = "") -> list[Listed]:
    """The areas in a CSV, XLSX or GeoJSON file, each once, larger ones that rows name among them.

    `vintage` says the division where the file does not. Raises InputError for a file without a column of codes that
    the country's `areas.yaml` knows, a division it does not know, or one that nobody says.
    """
    found: dict[tuple[str, str], Listed] = {}
    columns: list[_Column] = []
    for names, rows in _tables(country, path):
        columns = _columns(country, names, vintage)
        for row in rows if columns else ():
            for one in _areas(columns, row, path.name):
                known = found.get((one.code, one.vintage))
                if known is None or (not known.parent and one.parent) or (known.name == known.code and one.name):
                    found[one.code, one.vintage] = one
    if not found:
        forms = [column["code"] for _, column in _described(country)]
        raise InputError(
            "{file} has no column of codes of areas that is known here. Known: {known}.", file=path.name, known=forms
        )
    return sorted(found.values(), key=lambda one: (ORDER.index(one.level), one.code))


def _described(country: Country) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    for _pack, content in country.yaml("areas.yaml"):
        for one in content.get("statistics", ()):
            if "columns" in one:
                yield one, one["columns"]


def _columns(country: Country, names: Sequence[str], vintage: str) -> list[_Column]:
    """The columns of codes among those names, smallest level first; of two years of a level the newer."""
    found: dict[Level, _Column] = {}
    for one, column in _described(country):
        for place, text in enumerate(names):
            told = re.fullmatch(column["code"], text.strip(), re.IGNORECASE)
            if told is None:
                continue
            year = next((group for group in told.groups() if group), "")
            made = _Column(
                Level(one["level"]),
                one["pattern"],
                tuple(one.get("vintages", ())),
                place,
                (f"20{year}" if len(year) == 2 else year) or vintage,
                _first(names, column.get("name", "")),
                tuple(_all(names, column.get("year", ""))),
                str(column.get("prefix", "")),
                int(column.get("width", 0)),
                column.get("as", {}),
            )
            other = found.get(made.level)
            if other is None or made.vintage > other.vintage:
                found[made.level] = made
    return [found[level] for level in ORDER if level in found]


def _areas(columns: Sequence[_Column], row: Sequence[str], where: str) -> Iterator[Listed]:
    inner: list[tuple[_Column, str]] = []
    for column in columns:
        code = _code(column, row[column.at] if column.at < len(row) else "")
        if code:
            inner.append((column, code))
    for place, (column, code) in enumerate(inner):
        if column.level is Level.MUNICIPALITY:
            continue
        name = row[column.name].strip() if column.name is not None and column.name < len(row) else ""
        parent = next((other for _, other in inner[place + 1 :]), "")
        yield Listed(column.level, code, _vintage(column, row, where), name or code, parent)


def _vintage(column: _Column, row: Sequence[str], where: str) -> str:
    if not column.vintages:
        return ""
    years = (YEAR.search(row[place]) for place in (*column.years, len(row) - 1) if place < len(row))
    told = column.vintage or next((year[0] for year in years if year), "")
    told = column.called.get(told, told)
    if not told:
        raise InputError(
            "{file} does not say of which division its areas are. Say it: one of {known}.",
            file=where,
            known=column.vintages,
        )
    if told not in column.vintages:
        raise InputError(
            "{area} is no area of the division of {vintage}. Known: {known}.",
            area=row[column.at],
            vintage=told,
            known=column.vintages,
        )
    return told


def _code(column: _Column, text: str) -> str:
    """The code as statistics write it: files leave out letters, and spreadsheets noughts."""
    text = text.strip()
    if text and column.prefix and not text.startswith(column.prefix):
        text = column.prefix + text.zfill(column.width)
    return text if re.fullmatch(column.pattern, text) else ""


def _tables(country: Country, path: Path) -> Iterator[tuple[list[str], Iterable[Sequence[str]]]]:
    """Names of columns and rows of each table; of GeoJSON the properties, and the year in the features' ids last."""
    if path.suffix.lower() in (".geojson", ".json"):
        yield _features(path)
        return
    with opening.opened(path) as parts:
        for part in parts:
            for sheet in tabular.sheets(part, path.name):
                rows = sheet.rows or sheet.head
                heads = ([cell.strip() for cell in row] for row in rows)
                start = next((place for place, names in enumerate(heads) if _columns(country, names, "")), None)
                if start is not None:
                    table = sheet.cells(start + 1)
                    cells = [table.column(f"c{place}").to_pylist() for place in range(table.num_columns - 1)]
                    yield (
                        [cell.strip() for cell in rows[start]],
                        ([*(cell or "" for cell in row), ""] for row in zip(*cells, strict=True)),
                    )


def _features(path: Path) -> tuple[list[str], list[list[str]]]:
    if path.stat().st_size > MOST_BYTES:
        raise InputError(
            "{file} is larger than {most} MB. Keep the areas of the place alone.",
            file=path.name, most=MOST_BYTES >> 20,
        )  # fmt: skip
    try:
        features = json.loads(path.read_bytes())["features"]
        listed = [(str(one.get("id") or ""), one.get("properties") or {}) for one in features]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError("{path} cannot be read as GeoJSON with features: {why}", path=path.name, why=error) from error
    names = list(dict.fromkeys(name for _, properties in listed for name in properties))
    rows = []
    for id, properties in listed:
        year = FEATURE.search(id)
        cells = ["" if properties.get(name) is None else str(properties[name]) for name in names]
        rows.append([*cells, year[1] if year else ""])
    return names, rows


def _first(names: Sequence[str], form: str) -> int | None:
    return next(_all(names, form), None)


def _all(names: Sequence[str], form: str) -> Iterator[int]:
    return (place for place, text in enumerate(names) if form and re.fullmatch(form, text.strip(), re.IGNORECASE))
