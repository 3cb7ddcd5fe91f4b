"""Asked: parameters that several operations take, and what they mean to the library."""

from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, Field

from bygd.tools.spend import Filter
from bygd.vocabulary.words import OwnershipKind, SizeBand

Year = Annotated[int, Field(ge=1900, le=2200)]
Text = Annotated[str, Field(max_length=200)]

Snapshot = Annotated[str, Field(max_length=100, pattern=r"^([0-9A-Za-z_][0-9A-Za-z_-]*)?$")]
"""The name of a snapshot; empty for the one in use."""

OF_LEDGERS = (
    "A year, as the project counts years: the calendar year, or where financial years begin in another month the "
    "calendar year in which it begins (2024 is what pages and reports call 2024/25), for all anchors alike."
)

OLDER = "An older snapshot, as `snapshots` names it; else the one in use."

MOST = 1000
"""Rows of one answer in JSON."""


class Pages(Schema):
    """Which part of a long list: at most `limit` rows, from the one behind those that `after` stands for."""

    limit: int = Field(100, ge=1, le=MOST, description="At most so many rows.")
    after: str = Field("", max_length=100, description="`next` of the answer before; empty for the first.")


class Narrowing(Schema):
    """Which money is looked at; repeat a parameter to have several, leave it out to have all."""

    anchor: list[Text] = Field([], max_length=50, description="An anchor that you are a member of.")
    year: list[Year] = Field([], max_length=50, description=OF_LEDGERS)
    ownership: list[OwnershipKind] = Field([], max_length=50, description="A kind of ownership.")
    industry: list[Text] = Field([], max_length=50, description="An industry code.")
    size: list[SizeBand] = Field([], max_length=50, description="A size band.")
    category: list[Text] = Field([], max_length=50, description="What was bought, in the ledger's words.")
    currency: str = Field("", pattern=r"^([A-Z]{3})?$", description="Currency; else that of most payments.")

    def filter(self) -> Filter:
        """The same for the library."""
        return Filter(
            anchors=tuple(self.anchor),
            years=tuple(self.year),
            ownerships=tuple(one.value for one in self.ownership),
            industries=tuple(self.industry),
            sizes=tuple(one.value for one in self.size),
            categories=tuple(self.category),
            currency=self.currency or None,
        )


class Strict(Schema):
    """What a body says: nothing more than is known here, and in its own types."""

    model_config = ConfigDict(extra="forbid", strict=True)


def part(listed: list[Any], pages: Pages) -> tuple[list[Any], str | None]:
    """That part of a list that cannot change, and what to ask for next; None at its end."""
    first = start(pages)
    rest = listed[first : first + pages.limit]
    return rest, next_after(first, len(rest), len(listed))


def start(pages: Pages) -> int:
    """The place in the list from which is asked."""
    return int(pages.after) if pages.after.isascii() and pages.after.isdigit() and len(pages.after) < 12 else 0


def next_after(first: int, shown: int, every: int) -> str | None:
    """What to ask for next after so many rows were shown; None at the end."""
    return str(first + shown) if shown and first + shown < every else None
