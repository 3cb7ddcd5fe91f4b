"""Thresholds: when a candidate is accepted without asking a person."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bygd.vocabulary.words import LinkStage


@dataclass(frozen=True)
class Least:
    """The least score, and the least margin to the best candidate that is another organisation."""

    score: float
    margin: float


@dataclass(frozen=True)
class Thresholds:
    """What the best candidate of a supplier needs to be linked by the machine, by the stage that found it.

    Chosen on one half of the labelled names, the widest that kept 98 % of the links right there,
    and scored on the other half, which was not perfectly clean; the numbers, intervals and what
    limits them stand in docs/method/linkage.md. Those names have no addresses: NAME_PLACE is set by
    hand, so that of two organisations of the same name the one in the supplier's postcode area is
    taken and the one in its town is left to a person.
    """

    by_stage: Mapping[LinkStage, Least] = field(
        default_factory=lambda: {
            LinkStage.NUMBER: Least(0.98, 0.5),
            LinkStage.NAME_PLACE: Least(0.98, 0.75),
            LinkStage.NAME: Least(0.98, 0.9),
            LinkStage.FUZZY: Least(0.95, 0.97),
        }
    )


DEFAULT = Thresholds()
