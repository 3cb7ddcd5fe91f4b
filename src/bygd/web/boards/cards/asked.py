"""Asked: which cards of which board an address asks for, and by whose headings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from bygd.countries import Country
from bygd.tools import boards as tool
from bygd.tools.boards import Tradition
from bygd.vocabulary.planning import CardStanding, CardState
from bygd.web.pages.review.chosen import folded
from bygd.workbench.boards.known import Row

FILTERS = ("board", "by", "text", "standing", "state", "heading", "principle", "plan")
YES, NO = "yes", "no"
SEARCHED = ("title", "text", "for_whom", "place_name", "owner", "allies", "first_step", "first_step_by", "funding")


@dataclass(frozen=True)
class Asked:
    """What an address asks for; what means nothing is passed over."""

    tradition: Tradition
    board: str = ""
    by: str = ""
    text: str = ""
    standing: str = ""
    state: str = ""
    heading: str = ""
    principle: str = ""
    plan: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str], country: Country) -> "Asked":
        """What the address says."""
        said = {name: query.get(name, "").replace("\x00", "")[:100] for name in FILTERS}
        by = said["by"] if said["by"] in tool.traditions() else ""
        tradition = tool.traditions()[by] if by else tool.default(country)
        return cls(
            tradition=tradition,
            board=said["board"],
            by=by,
            text=said["text"],
            standing=_one_of(said["standing"], list(CardStanding)),
            state=_one_of(said["state"], list(CardState)),
            heading=_one_of(said["heading"], [one.id for one in tradition.headings]),
            principle=_one_of(said["principle"], [one.id for one in tool.principles()]),
            plan=_one_of(said["plan"], [YES, NO]),
        )

    def query(self, **more: str) -> str:
        """The same as the rest of an address, ending in '&' where there is any."""
        said = {name: getattr(self, name) for name in FILTERS} | more
        told = urlencode({name: value for name, value in said.items() if value})
        return f"{told}&" if told else ""

    @property
    def is_narrow(self) -> bool:
        """Whether some cards of the board may be left out."""
        return any((self.text, self.standing, self.state, self.heading, self.principle, self.plan))

    def picked(self, cards: Sequence[Row]) -> list[Row]:
        """The cards that fit, in their order."""
        words = folded(self.text).split()
        return [card for card in cards if self._fits(card) and all(word in _text(card) for word in words)]

    def _fits(self, card: Mapping[str, Any]) -> bool:
        heading = self.tradition.heading(card)
        return (
            (not self.standing or card["standing"] == self.standing)
            and (not self.state or card["state"] == self.state)
            and (not self.heading or (heading is not None and heading.id == self.heading))
            and (not self.principle or any(id == self.principle for id, _note in principles_of(card)))
            and (not self.plan or card["in_plan"] == (self.plan == YES))
        )


def principles_of(card: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The principles that a card says it serves, each with its note."""
    pairs = [line.partition(":")[::2] for line in (card["principles"] or "").splitlines()]
    return [(id.strip(), note.strip()) for id, note in pairs if id.strip()]


def _one_of(text: str, known: Sequence[str]) -> str:
    return text if text in known else ""


def _text(card: Mapping[str, Any]) -> str:
    return folded(" ".join(str(card[name]) for name in SEARCHED if card[name]))
