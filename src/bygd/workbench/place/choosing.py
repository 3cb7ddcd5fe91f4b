"""Choosing: the small areas, districts and localities of a place that statistics are fetched for, out of a list."""

import csv
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from bygd.countries import listed
from bygd.countries.levels import area, municipality_of
from bygd.countries.listed import Listed
from bygd.sources.errors import InputError
from bygd.vocabulary.place_words import Level
from bygd.workbench import changing
from bygd.workbench.place import files
from bygd.workbench.project import Project

HEADER = ("code", "name", "vintage", "parent", "file", "brought_on")
"""Columns of `place/areas.csv`; the last two say out of which file an area was taken, and when."""


@dataclass(frozen=True)
class Looked:
    """What a list holds: `chosen` are the areas in the place, `known` of them are there already.

    The others are counted by why they are left aside: they lie in another municipality (`elsewhere`), neither code nor
    row says in which (`nowhere`), or they are of a level that was not asked for (`other`).
    """

    chosen: tuple[Listed, ...]
    known: int
    elsewhere: int
    nowhere: int
    other: int

    @property
    def number(self) -> int:
        """All areas of the list."""
        return len(self.chosen) + self.elsewhere + self.nowhere + self.other


@dataclass(frozen=True)
class Group:
    """Areas of one level and division that were taken out of lists; `is_out` where they were taken away again."""

    level: Level
    vintage: str
    number: int
    files: tuple[str, ...]
    brought_on: str
    is_out: bool


def look(
    project: Project, path: Path, *, vintage: str = "", levels: Collection[Level] = (), within: str = ""
) -> Looked:
    """What a publisher's list holds of the place, or of the municipality `within`; nothing is kept.

    `levels` leaves out others. Raises InputError for a file that `listed.read` cannot read, or where none of its areas
    lies there.
    """
    home = within or project.place_id.partition(":")[2]
    every = listed.read(project.country, path, vintage)
    parents = {one.code: one.parent for one in every}
    wanted = [one for one in every if not levels or one.level in levels]
    homes = [_home(project, one, parents) for one in wanted]
    chosen = tuple(one for one, lies in zip(wanted, homes, strict=True) if lies == home)
    if not chosen:
        raise InputError(
            "None of the {number} areas in {file} is known to lie in {code}. Take a list that names the "
            "municipality of each area.",
            number=len(every),
            file=path.name,
            code=home,
        )
    there = {(row["code"], row["vintage"]) for row in chosen_areas(project)}
    nowhere = homes.count("")
    return Looked(
        chosen, sum((one.code, one.vintage) in there for one in chosen),
        len(wanted) - len(chosen) - nowhere, nowhere, len(every) - len(wanted),
    )  # fmt: skip


@changing.by_one
def choose_areas(
    project: Project, path: Path, *, vintage: str = "", levels: Collection[Level] = (), within: str = ""
) -> list[Listed]:
    """Take the areas of a publisher's list that lie in the place, or in the municipality `within`; see `look`.

    They are kept in `place/areas.csv` and fetched from then on; those that are there already get the list's name and
    parent.
    """
    chosen = look(project, path, vintage=vintage, levels=levels, within=within).chosen
    today = datetime.now(UTC).date().isoformat()
    rows = {(row["code"], row["vintage"]): row for row in chosen_areas(project)}
    for one in chosen:
        rows[one.code, one.vintage] = {
            "code": one.code, "name": one.name, "vintage": one.vintage, "parent": one.parent, "file": path.name,
            "brought_on": today,
        }  # fmt: skip
    _write(files.of(project).areas, rows.values())
    return list(chosen)


def chosen_areas(project: Project) -> list[dict[str, str]]:
    """The rows of `place/areas.csv`."""
    return _rows(files.of(project).areas)


def groups(project: Project) -> list[Group]:
    """The areas that were chosen, and those taken out again, by level and division; the smallest level first."""
    found = []
    for path, is_out in ((files.of(project).areas, False), (files.of(project).areas_out, True)):
        rows = _rows(path)
        for level, vintage in dict.fromkeys(_kind(project, row) for row in rows):
            here = [row for row in rows if _kind(project, row) == (level, vintage)]
            days = [row["brought_on"] for row in here if row["brought_on"]]
            changed = date.fromtimestamp(path.stat().st_mtime).isoformat()
            names = tuple(dict.fromkeys(row["file"] for row in here if row["file"]))
            found.append(Group(level, vintage, len(here), names, max(days, default=changed), is_out))
    return sorted(found, key=lambda one: (listed.ORDER.index(one.level), one.is_out, one.vintage))


@changing.by_one
def take_out(project: Project, level: Level, vintage: str) -> int:
    """Take the areas of a level and division out; they are kept beside, and can be put back. Gives their number.

    Values that were fetched of them stay as they are until the next fetch. Raises InputError where there are none.
    """
    kept = files.of(project)
    return _move(project, kept.areas, kept.areas_out, level, vintage)


@changing.by_one
def put_back(project: Project, level: Level, vintage: str) -> int:
    """Choose the areas again that were taken out. Raises InputError where there are none."""
    kept = files.of(project)
    return _move(project, kept.areas_out, kept.areas, level, vintage)


def _move(project: Project, source: Path, target: Path, level: Level, vintage: str) -> int:
    moved, left = _parted(_rows(source), lambda row: _kind(project, row) == (level, vintage))
    if not moved:
        raise InputError(
            "There are no areas of {level} in the division of {vintage}.", level=level, vintage=vintage or "–"
        )
    codes = {row["code"] for row in moved}
    _, others = _parted(_rows(target), lambda row: row["code"] in codes and row["vintage"] == vintage)
    _write(target, [*others, *moved])
    _write(source, left)
    return len(moved)


def _kind(project: Project, row: dict[str, str]) -> tuple[Level, str]:
    return area(project.country, f"{project.country.code}:{row['code']}").level, row["vintage"]


def _home(project: Project, one: Listed, parents: dict[str, str]) -> str:
    """The municipality that an area lies in: as its code says, or by the areas around it in the file."""
    country = project.country
    told = municipality_of(country, area(country, f"{country.code}:{one.code}", one.vintage))
    code, seen = one.parent, {one.code}
    while told is None and code and code not in seen:
        seen.add(code)
        if area(country, f"{country.code}:{code}").level is Level.MUNICIPALITY:
            told = code
        code = parents.get(code, "")
    return told or ""


def _parted(
    rows: Iterable[dict[str, str]], is_meant: Callable[[dict[str, str]], bool]
) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    meant: list[dict[str, str]] = []
    others: list[dict[str, str]] = []
    for row in rows:
        (meant if is_meant(row) else others).append(row)
    return meant, others


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as opened:
        return [{name: (row.get(name) or "").strip() for name in HEADER} for row in csv.DictReader(opened)]


def _write(path: Path, rows: Iterable[dict[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    with beside.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, HEADER)
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: (row["code"], row["vintage"])))
    beside.replace(path)
