"""Carrying: what a value of an older division says of an area of a newer one, or why it says nothing.

A value goes over where the area stayed the same, where whole areas were put together, and a sum also by stated
shares. Everything else has no value, with the reason. Method: docs/method/place.md
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bygd.sources.statistics.divisions import Correspondence, Pair
from bygd.vocabulary.place_words import Combining, ValueStatus
from bygd.vocabulary.said import N_, Said

WEAKEST = (
    ValueStatus.WITHHELD, ValueStatus.SUPPRESSED, ValueStatus.UNCOVERED, ValueStatus.MISSING,
    ValueStatus.NOT_APPLICABLE, ValueStatus.ESTIMATED, ValueStatus.PROVISIONAL, ValueStatus.BREAK, ValueStatus.REVISED,
    ValueStatus.OBSERVED,
)  # fmt: skip
"""What a value made of others is: the first of these that one of them is."""


@dataclass(frozen=True)
class Older:
    """The value of an older area, and by how much it weighs in an average."""

    value: float | None
    status: ValueStatus
    weight: float | None = None


@dataclass(frozen=True)
class Carried:
    """The value for the newer area, or None; `how` says how it went over, or why it did not."""

    value: float | None
    status: ValueStatus
    how: Said


def carried(new: str, division: Correspondence, older: Mapping[str, Older], how: Combining) -> Carried | None:
    """The value of a newer area from those of older ones; None where no older area that it is made of has any row.

    A sum keeps its total: what leaves one area comes to others by shares that make one. No value comes of an area
    that the correspondence does not name, and a withheld part withholds the whole.
    """
    pairs = division.origins(new)
    if not any(pair.old in older for pair in pairs):
        return None
    if any(not pair.old for pair in pairs):
        return _none(N_("It also took in ground whose older area is not told."))
    parts = [older.get(pair.old, Older(None, ValueStatus.MISSING)) for pair in pairs]
    whole = all(pair.share == 1.0 for pair in pairs)
    if whole and len(pairs) == 1:
        return Carried(parts[0].value, parts[0].status, Said("The area stayed the same."))
    if any(pair.share is None for pair in pairs):
        return _none(N_("An older area was divided, and how its people were shared is not known."))
    if how is Combining.NONE:
        return _none(N_("Values of small areas can be neither added nor averaged."))
    if how is Combining.WEIGHTED and not whole:
        return _none(N_("A share or mean of an area that was divided is not that of its parts."))
    if any(part.value is None for part in parts):
        status = min((part.status for part in parts if part.value is None), key=WEAKEST.index)
        return Carried(None, status, Said("An older area that it is made of has no value."))
    status = min((part.status for part in parts), key=WEAKEST.index)
    if how is Combining.SUM:
        value = sum((pair.share or 0.0) * (part.value or 0.0) for pair, part in zip(pairs, parts, strict=True))
        if whole:
            return Carried(value, status, Said("Whole older areas were added."))
        text = Said("Added by the stated share of each older area.")
        return Carried(value, min(status, ValueStatus.ESTIMATED, key=WEAKEST.index), text)
    return _mean(parts, status)


def together(news: Sequence[str], division: Correspondence) -> tuple[str, ...] | None:
    """The older areas that those newer ones are made of, where they are exactly that: nothing over, nothing lacking.

    A divided area's parts have no value each, but all of them together have that of the whole. None otherwise.
    """
    wanted = set(news)
    pairs = [pair for new in news for pair in division.origins(new)]
    olds = tuple(dict.fromkeys(pair.old for pair in pairs))
    if not all(olds) or any(not division.origins(new) for new in news):
        return None
    out = {pair.new for old in olds for pair in division.out_of.get(old, (Pair(old, old),))}
    return olds if out <= wanted else None


def _mean(parts: Sequence[Older], status: ValueStatus) -> Carried:
    weights = [part.weight for part in parts if part.weight is not None and part.weight >= 0]
    total = sum(weights)
    if len(weights) < len(parts) or total <= 0:
        return _none(N_("What the values are shares of is not known for every area, so they cannot be averaged."))
    value = sum(weight * (part.value or 0.0) for weight, part in zip(weights, parts, strict=True)) / total
    status = min(status, ValueStatus.ESTIMATED, key=WEAKEST.index)
    return Carried(value, status, Said("Whole older areas were averaged by what the value is a share of."))


def _none(why: str) -> Carried:
    return Carried(None, ValueStatus.NOT_APPLICABLE, Said(why))
