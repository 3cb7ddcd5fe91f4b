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

    Scores of names are probabilities among rivals. The threshold is the lowest round figure at which 98 % of the
    links to labelled names were right out of fold (docs/method/linkage.md). It holds for all stages: what an
    address says is in the score. Numbers need no score of names; of two that lead to two organisations neither is
    taken.
    """

    by_stage: Mapping[LinkStage, Least] = field(
        default_factory=lambda: {
            LinkStage.NUMBER: Least(0.98, 0.5),
            LinkStage.NAME_PLACE: Least(0.9, 0.5),
            LinkStage.NAME: Least(0.9, 0.5),
            LinkStage.FUZZY: Least(0.9, 0.5),
        }
    )


DEFAULT = Thresholds()
