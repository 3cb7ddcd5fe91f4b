"""Scoring: levels given to the answers of one bid become points, by the weights of the tender."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from bygd.sources.errors import InputError
from bygd.tools.social_value.choosing import Choice
from bygd.tools.social_value.policy import Edition, Kind, Points
from bygd.vocabulary.money import rounded
from bygd.vocabulary.said import Said

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Score:
    """Points of one bid: of each measure and together, out of `most`. Of a hundred for the whole award.

    The points of measures are exact and `total` is their sum; they are rounded where they are
    shown, never before they are added.
    """

    points: Mapping[str, Decimal]
    shares: Mapping[str, Decimal]
    most: Decimal
    conversion: Points | Mapping[int, Decimal]

    @property
    def total(self) -> Decimal:
        """All points together."""
        return sum(self.points.values(), Decimal(0))

    @property
    def shown(self) -> Decimal:
        """All points together with two decimals, half a hundredth upwards."""
        return rounded(self.total)


def score(choice: Choice, levels: Mapping[str, int], conversion: Points | Mapping[int, Decimal] | None = None) -> Score:
    """Points of a bid whose answers were given those levels; one level for each measure of the choice.

    How a level becomes points is what the policy says, else `conversion`, which the tender must
    have published. Raises InputError where the choice was refused, a level is missing or outside
    the scale, a measure is not answered by a level, or nobody said how levels become points.
    """
    edition = choice.edition
    if not choice.accepted or not choice.weights:
        raise InputError("Only a choice that the policy accepts, with a weight, can be scored.")
    if edition.points and conversion and conversion != edition.points:
        raise InputError(
            "{policy} says itself how levels become points. Leave the conversion out.", policy=edition.policy
        )
    by = edition.points or conversion
    if by is None:
        raise InputError(
            "{policy} does not say how levels become points. Choose before the tender is published: {known}.",
            policy=edition.policy,
            known=Points,
        )
    if set(levels) != set(choice.measures):
        raise InputError("Give each of the measures chosen one level: {measures}.", measures=choice.measures)
    shares = {code: _share(edition, code, levels[code], by) for code in choice.measures}
    points = {code: shares[code] * choice.weights[code] * HUNDRED for code in choice.measures}
    return Score(points, shares, choice.weight * HUNDRED, by)


def _share(edition: Edition, code: str, level: int, by: Points | Mapping[int, Decimal]) -> Decimal:
    measure = edition.measure(code)
    if measure.kind is not Kind.LEVEL:
        raise InputError(
            "The measure {code} is answered by a {kind}, not by a level.",
            code=code,
            kind=Said(measure.kind.label.lower()),
        )
    if edition.levels is None:
        raise InputError(
            "The levels of {policy} are not known, so nothing can be scored by them.", policy=edition.policy
        )
    lowest, highest = edition.levels
    if isinstance(level, bool) or not lowest <= level <= highest:
        raise InputError(
            "The measure {code} has the level {level}. Give one from {lowest} to {highest}.",
            code=code,
            level=level,
            lowest=lowest,
            highest=highest,
        )
    if not isinstance(by, Points):
        if level not in by:
            raise InputError("The conversion says nothing of level {level}.", level=level)
        return by[level]
    start = lowest if by is Points.FROM_LOWEST else 0
    return Decimal(level - start) / Decimal(highest - start)
