"""Templates: what plans of different countries and laws ask for, with the source of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bygd.countries import available, load
from bygd.parameters.named import Named, named
from bygd.sources.errors import InputError

FILE = "boards/plans.yaml"


@dataclass(frozen=True)
class Section:
    """One section to be written, with what is asked there."""

    id: str
    text: Mapping[str, str]
    ask: Mapping[str, str]


@dataclass(frozen=True)
class Template:
    """What a plan holds beside goals and activities: sections, whose headings goals stand under, how long it runs."""

    id: str
    title: Mapping[str, str]
    about: Mapping[str, str]
    tradition: str
    months: int
    sections: tuple[Section, ...]
    source: Named
    verified: bool


@cache
def templates() -> dict[str, Template]:
    """Every template of every country by its id."""
    packs = {pack.code: pack for code in available() for pack in load(code).lineage()}
    found = [
        item for pack in packs.values() for one, content in pack.yaml(FILE) if one is pack for item in content.items()
    ]
    return {id: _read(id, content) for id, content in found}


def template(id: str) -> Template:
    """The template of that id. Raises InputError, listing those there are."""
    if id not in templates():
        raise InputError("There is no template of plans '{id}'. Known: {known}.", id=id, known=list(templates()))
    return templates()[id]


def _read(id: str, content: Mapping[str, Any]) -> Template:
    sections = tuple(Section(one["id"], one["text"], one["ask"]) for one in content["sections"])
    return Template(
        id, content["title"], content["about"], content["tradition"], content["months"], sections,
        named(content["source"], f"{id}, source"), content["verified"],
    )  # fmt: skip
