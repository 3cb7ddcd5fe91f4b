"""Thresholds: when a candidate is accepted without asking a person."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Thresholds:
    """What the best candidate needs to be linked by the machine.

    `score` is the least score; `margin` the least distance to the best candidate that is another
    organisation. Chosen on one half of the labelled names and scored on the other; the numbers
    and their intervals stand in docs/method/linkage.md.
    """

    score: float = 0.98
    margin: float = 0.005


DEFAULT = Thresholds()
