"""Villages: places that people put together from small areas, each part with its weight, in `place/villages.yaml`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from bygd.countries.levels import area
from bygd.sources.errors import InputError
from bygd.workbench import changing
from bygd.workbench.place import files
from bygd.workbench.project import Project

PREFIX = "village:"
ID = re.compile(r"^[a-z0-9][a-z0-9-]{0,39}$")


@dataclass(frozen=True)
class Village:
    """A place put together: each part is an area and the share of it that belongs; all of one division.

    A share below one is people's guess of how much of the area's population lives in the village, or rests on `basis`.
    """

    id: str
    name: str
    parts: tuple[tuple[str, float], ...]
    vintage: str
    parent: str
    basis: str = ""

    @property
    def area_id(self) -> str:
        """How the village is named among areas."""
        return PREFIX + self.id

    @property
    def is_whole(self) -> bool:
        """Whether it takes all of each of its areas."""
        return all(weight == 1.0 for _, weight in self.parts)


def every(project: Project) -> dict[str, Village]:
    """The villages of a project by id. Raises InputError for one that cannot be put together."""
    path = files.of(project).villages
    if not path.exists():
        return {}
    content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    return {id: _village(project, id, one) for id, one in content.items()}


def one(project: Project, id: str) -> Village:
    """The village of that id, with or without `village:`. Raises InputError, naming those there are."""
    found = every(project)
    key = id.removeprefix(PREFIX)
    if key not in found:
        raise InputError(
            "There is no village '{name}'. Known: {known}. Make one with: bygd place village add", name=id,
            known=sorted(found) or "–",
        )  # fmt: skip
    return found[key]


@changing.by_one
def add(project: Project, id: str, name: str, parts: Sequence[str], *, vintage: str = "", basis: str = "") -> Village:
    """Put a village together from areas (`code` or `code=0.6`), and keep it; one of the same id is replaced.

    `vintage` is their division where it is not the newest, `basis` what the shares rest on where nobody guessed them.
    Raises InputError for an unknown code, one that no area of that division has, a weight that is no share, or areas of
    two divisions.
    """
    if not ID.match(id):
        raise InputError("'{name}' cannot name a village. Use small letters, digits and hyphens.", name=id)
    listed = []
    for part in parts:
        code, _, weight = part.partition("=")
        try:
            listed.append({"area": code, "weight": float(weight.replace(",", ".") or 1)})
        except ValueError:
            raise InputError("{text} has a weight that is no number.", text=part) from None
    whole = {"name": name, "parts": listed, **({"vintage": vintage} if vintage else {})}
    whole |= {"basis": basis} if basis else {}
    made = _village(project, id, whole)
    for area_id, _ in made.parts if vintage else ():
        area(project.country, area_id, vintage)  # kept, it would stop every fetch
    path = files.of(project).villages
    content = yaml.safe_load(path.read_text(encoding="utf-8")) or {} if path.exists() else {}
    content[id] = whole
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    beside.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=True), encoding="utf-8")
    beside.replace(path)
    return made


def division_of(project: Project, parts: Sequence[str], vintage: str) -> str:
    """That division where all those areas are of it; else blank, so that it follows from their codes."""
    try:
        for part in parts:
            code = part.partition("=")[0]
            area(project.country, code if ":" in code else f"{project.country.code}:{code}", vintage)
    except InputError:
        return ""
    return vintage


def _village(project: Project, id: str, content: dict[str, Any]) -> Village:
    country = project.country
    parts, vintages = [], set()
    for part in content.get("parts") or ():
        code, weight = str(part["area"]), float(part.get("weight", 1))
        area_id = code if ":" in code else f"{country.code}:{code}"
        if not 0 < weight <= 1:
            raise InputError(
                "{text} has the weight {weight}; it must be above 0 and at most 1.", text=code, weight=weight
            )
        if content.get("vintage") is None and not part.get("own"):
            vintages.add(area(country, area_id, str(part.get("vintage", ""))).vintage)
        parts.append((area_id, weight))
    if not parts:
        raise InputError("The village {name} has no areas.", name=id)
    if len({area_id for area_id, _ in parts}) < len(parts):
        raise InputError("The village {name} names an area twice.", name=id)
    if len(vintages) > 1:
        raise InputError(
            "The village {name} has areas of several divisions ({vintages}), which are never joined.",
            name=id,
            vintages=sorted(vintages),
        )
    vintage = str(content["vintage"]) if content.get("vintage") is not None else next(iter(vintages), "")
    return Village(id, content.get("name", id), tuple(parts), vintage, content.get("parent", project.place_id),
                   content.get("basis", ""))  # fmt: skip
