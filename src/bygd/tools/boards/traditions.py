"""Traditions: the headings under which people of different movements and laws sort the same things."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bygd.countries import Country, available, load
from bygd.parameters.named import Named, named
from bygd.sources.errors import InputError
from bygd.vocabulary.words import Pillar

FILE = "boards/traditions.yaml"
PRINCIPLES = "boards/principles.yaml"


@dataclass(frozen=True)
class Heading:
    """One heading: which pillars it belongs to, and whether their cards stand there while nobody says otherwise."""

    id: str
    pillars: tuple[Pillar, ...]
    text: Mapping[str, str]
    takes: tuple[Pillar, ...]


@dataclass(frozen=True)
class Tradition:
    """A list of headings with its source. Texts in other languages than the source's are translations of ours."""

    id: str
    title: Mapping[str, str]
    language: str
    headings: tuple[Heading, ...]
    source: Named
    verified: bool
    note: str = ""

    def heading(self, card: Mapping[str, Any]) -> Heading | None:
        """Where a card stands: where it says, else where its pillar leads; None where the list has no room for it."""
        said = {one.partition(":")[2] for one in (card["headings"] or "").split() if one.startswith(f"{self.id}:")}
        named = next((one for one in self.headings if one.id in said), None)
        return named or next((one for one in self.headings if card["pillar"] in one.takes), None)

    def pillar(self, heading: str) -> Pillar | None:
        """The first pillar of a heading; None where it has none. Raises InputError for a heading it does not have."""
        found = next((one for one in self.headings if one.id == heading), None)
        if found is None:
            known = [one.id for one in self.headings]
            raise InputError(
                "{tradition} has no heading '{id}'. It has: {known}.", tradition=self.id, id=heading, known=known
            )
        return found.pillars[0] if found.pillars else None


@dataclass(frozen=True)
class Principle:
    """One of the eight principles, by its name."""

    id: str
    text: Mapping[str, str]


@cache
def traditions() -> dict[str, Tradition]:
    """Every tradition of every country by its id."""
    return {id: _read(id, content) for pack in _packs() for id, content in _content(pack, FILE).items()}


def tradition(id: str) -> Tradition:
    """The tradition of that id. Raises InputError, listing those there are."""
    if id not in traditions():
        raise InputError("There is no tradition '{id}'. Known: {known}.", id=id, known=list(traditions()))
    return traditions()[id]


def default(country: Country) -> Tradition:
    """The tradition that people of a country meet first: its own, or its parent's."""
    for pack in country.lineage():
        found = next(iter(_content(pack, FILE)), "")
        if found:
            return traditions()[found]
    return next(iter(traditions().values()))


@cache
def principles() -> tuple[Principle, ...]:
    """The eight principles, in their order."""
    found = next(content for pack in _packs() if (content := _content(pack, PRINCIPLES)))
    return tuple(Principle(one["id"], one["text"]) for one in found["principles"])


def _packs() -> list[Country]:
    return list({pack.code: pack for code in available() for pack in load(code).lineage()}.values())


def _content(pack: Country, name: str) -> dict[str, Any]:
    """What the pack itself says in a file."""
    return next((dict(content) for one, content in pack.yaml(name) if one.code == pack.code), {})


def _read(id: str, content: Mapping[str, Any]) -> Tradition:
    listed = content["headings"]
    headings = []
    for one in listed:
        pillars = tuple(Pillar(name) for name in one["pillars"])
        first = [pillar for pillar in pillars if not _taken_before(pillar, one, listed)]
        headings.append(Heading(one["id"], pillars, one["text"], tuple(first)))
    source = named(content["source"], f"{id}, source")
    return Tradition(
        id, content["title"], content["language"], tuple(headings), source, content["verified"],
        content.get("note", ""),
    )  # fmt: skip


def _taken_before(pillar: Pillar, own: Mapping[str, Any], listed: list[dict[str, Any]]) -> bool:
    """Whether the cards of a pillar go to another heading: one marked `first`, else the first that names it."""
    naming = [one for one in listed if pillar in one["pillars"]]
    return next((one for one in naming if one.get("first")), naming[0]) is not own
