"""Combining: the value of a place put together from small areas, or why there is none."""

from collections.abc import Sequence
from dataclasses import dataclass

from bygd.vocabulary.place_words import Combining, Unit, ValueStatus
from bygd.vocabulary.said import Said

LEAST = 0.8
"""Least part of the people that must have a value, for an average of the rest to be told."""


@dataclass(frozen=True)
class Piece:
    """A part's value, the share of the part that belongs, and by how much it weighs in an average."""

    area_id: str
    share: float
    value: float | None
    status: ValueStatus
    weight: float | None = None


@dataclass(frozen=True)
class Combined:
    """The value, its bounds where parts lack one, the part of the weight that has a value, and what to know of it."""

    value: float | None
    low: float | None
    high: float | None
    coverage: float | None
    status: ValueStatus
    warnings: tuple[Said, ...] = ()


def combined(pieces: Sequence[Piece], how: Combining, unit: Unit) -> Combined:
    """One value of all pieces. A withheld piece is never taken as nought: a sum then has only a lower bound."""
    if how is Combining.NONE:
        why = Said("Values of small areas can be neither added nor averaged.")
        return Combined(None, None, None, None, ValueStatus.NOT_APPLICABLE, (why,))
    return _sum(pieces) if how is Combining.SUM else _average(pieces, unit)


def _sum(pieces: Sequence[Piece]) -> Combined:
    known = [one for one in pieces if one.value is not None]
    total = sum(one.share * one.value for one in known if one.value is not None)
    coverage = len(known) / len(pieces) if pieces else None
    warnings = _guess(pieces)
    if len(known) < len(pieces):
        status = _status(pieces)
        why = Said("{number} of {all} areas have no value; the sum is at least what the others have.",
                   number=len(pieces) - len(known), all=len(pieces))  # fmt: skip
        return Combined(None, total if known else None, None, coverage, status, (*warnings, why))
    return Combined(total, None, None, coverage, _status(pieces), warnings)


def _average(pieces: Sequence[Piece], unit: Unit) -> Combined:
    if any(one.weight is None for one in pieces):
        why = Said("What the values are shares of is not known for every area, so they cannot be averaged.")
        return Combined(None, None, None, None, ValueStatus.MISSING, (why,))
    weights = [one.share * (one.weight or 0.0) for one in pieces]
    everything = sum(weights)
    known = [(one.value, weight) for one, weight in zip(pieces, weights, strict=True) if one.value is not None]
    held = sum(weight for _, weight in known)
    if everything <= 0 or held <= 0:
        return Combined(None, None, None, 0.0 if pieces else None, _status(pieces))
    value = sum(value * weight for value, weight in known) / held
    coverage, warnings = held / everything, _guess(pieces)
    low = high = None
    if held < everything:
        why = Said("{share} per cent of what it rests on has a value.", share=round(100 * coverage))
        warnings = (*warnings, why)
        if unit is Unit.PERCENT:
            low = value * coverage
            high = low + 100 * (1 - coverage)
    if coverage < LEAST:
        return Combined(None, low, high, coverage, _status(pieces), warnings)
    return Combined(value, low, high, coverage, ValueStatus.ESTIMATED, warnings)


def _guess(pieces: Sequence[Piece]) -> tuple[Said, ...]:
    if all(one.share == 1.0 for one in pieces):
        return ()
    return (Said("Parts of areas are counted by the share that people gave."),)


def _status(pieces: Sequence[Piece]) -> ValueStatus:
    """The weakest status of the pieces."""
    order = (
        ValueStatus.WITHHELD, ValueStatus.SUPPRESSED, ValueStatus.UNCOVERED, ValueStatus.MISSING,
        ValueStatus.NOT_APPLICABLE, ValueStatus.ESTIMATED, ValueStatus.PROVISIONAL, ValueStatus.BREAK,
        ValueStatus.REVISED,
    )  # fmt: skip
    found = {one.status for one in pieces}
    if any(one.share < 1.0 for one in pieces):
        found.add(ValueStatus.ESTIMATED)
    return next((status for status in order if status in found), ValueStatus.OBSERVED)
