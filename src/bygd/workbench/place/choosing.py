"""Choosing: the small areas, districts and localities of a place that statistics are fetched for, out of a list."""

import csv
from collections.abc import Collection
from pathlib import Path

from bygd.countries import listed
from bygd.countries.levels import area, municipality_of
from bygd.countries.listed import Listed
from bygd.sources.errors import InputError
from bygd.vocabulary.place_words import Level
from bygd.workbench.place import files
from bygd.workbench.project import Project

HEADER = ("code", "name", "vintage", "parent")


def choose_areas(
    project: Project, path: Path, *, vintage: str = "", levels: Collection[Level] = (), within: str = ""
) -> list[Listed]:
    """Take the areas of a publisher's list that lie in the place, or in the municipality `within`.

    They are kept in `place/areas.csv` and fetched from then on; those that are there already get the list's name and
    parent. `levels` leaves out others. Raises InputError for a file that `listed.read` cannot read, or where none of
    its areas lies there.
    """
    home = within or project.place_id.partition(":")[2]
    every = listed.read(project.country, path, vintage)
    parents = {one.code: one.parent for one in every}
    chosen = [one for one in every if (not levels or one.level in levels) and _home(project, one, parents) == home]
    if not chosen:
        raise InputError(
            "None of the {number} areas in {file} is known to lie in {code}. Take a list that names the "
            "municipality of each area.",
            number=len(every),
            file=path.name,
            code=home,
        )
    _keep(project, chosen)
    return chosen


def chosen_areas(project: Project) -> list[dict[str, str]]:
    """The rows of `place/areas.csv`."""
    target = files.of(project).areas
    if not target.exists():
        return []
    with target.open(encoding="utf-8-sig", newline="") as opened:
        return [{name: row.get(name) or "" for name in HEADER} for row in csv.DictReader(opened)]


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


def _keep(project: Project, chosen: list[Listed]) -> None:
    target = files.of(project).areas
    rows = {(row["code"], row["vintage"]): row for row in chosen_areas(project)}
    for one in chosen:
        rows[one.code, one.vintage] = {
            "code": one.code, "name": one.name, "vintage": one.vintage, "parent": one.parent
        }  # fmt: skip
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_suffix(".part")
    with beside.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, HEADER)
        writer.writeheader()
        writer.writerows(rows[key] for key in sorted(rows))
    beside.replace(target)
