"""Fields: a board laid out, headings down and standings across, with the cards in each."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bygd.tools.boards.traditions import Heading, Tradition
from bygd.vocabulary.planning import CardStanding

Card = Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    """One field of a board: its column and its cards, in their order."""

    standing: CardStanding
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Line:
    """One heading with its fields; None stands for cards that the tradition has no heading for."""

    heading: Heading | None
    fields: tuple[Field, ...]

    @property
    def number(self) -> int:
        """How many cards stand under the heading."""
        return sum(len(field.cards) for field in self.fields)


def laid_out(cards: Sequence[Card], tradition: Tradition) -> list[Line]:
    """One line per heading of the tradition with four fields, and a last one for cards without a heading, if any.

    Every card stands in exactly one field; their order is kept.
    """
    where = [(tradition.heading(card), card) for card in cards]
    lines = [_line(heading, [card for one, card in where if one is heading]) for heading in tradition.headings]
    others = [card for one, card in where if one is None]
    return [*lines, _line(None, others)] if others else lines


def progress(cards: Sequence[Card]) -> Counter[str]:
    """How many cards stand in each column."""
    return Counter(card["standing"] for card in cards)


def _line(heading: Heading | None, cards: Sequence[Card]) -> Line:
    fields = (
        Field(standing, tuple(card for card in cards if card["standing"] == standing)) for standing in CardStanding
    )
    return Line(heading, tuple(fields))
