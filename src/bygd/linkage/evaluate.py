"""Evaluation: how right links are, against a truth made by hand, with intervals."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import sqrt

Z95 = 1.959964


@dataclass(frozen=True)
class Share:
    """A share with its 95 % interval (Wilson 1927); value is None where nothing was counted."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """Part by whole."""
        return self.part / self.whole if self.whole else None

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper bound; 0 to 1 where nothing was counted."""
        if not self.whole:
            return 0.0, 1.0
        n, p = self.whole, self.part / self.whole
        middle = p + Z95**2 / (2 * n)
        spread = Z95 * sqrt(p * (1 - p) / n + Z95**2 / (4 * n * n))
        return max(0.0, (middle - spread) / (1 + Z95**2 / n)), min(1.0, (middle + spread) / (1 + Z95**2 / n))

    def __str__(self) -> str:
        if self.value is None:
            return "–"
        return f"{self.value:.3f} ({self.interval[0]:.3f}–{self.interval[1]:.3f})"


@dataclass(frozen=True)
class Evaluation:
    """How right links are.

    `precision`: of the linked, those linked to a true organisation. `recall`: of the suppliers
    that are in the register, those linked rightly. `unresolved`: of all, those not linked.
    `false_links`: of the suppliers that are in no register, those linked to anything.
    """

    precision: Share
    recall: Share
    unresolved: Share
    false_links: Share

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 where nothing was linked rightly."""
        both = self.precision.whole + self.recall.whole
        return 2 * self.precision.part / both if both else 0.0


def evaluate(links: Mapping[str, str | None], truth: Mapping[str, Collection[str]]) -> Evaluation:
    """Score links (supplier_key → org_id or None) against truth (supplier_key → its org_ids, empty where none).

    Only suppliers in `truth` count; one that has no link counts as unresolved.
    """
    linked = {key: links.get(key) for key in truth}
    made = [key for key, found in linked.items() if found]
    right = sum(linked[key] in truth[key] for key in made)
    present = sum(bool(organisations) for organisations in truth.values())
    absent = [key for key, organisations in truth.items() if not organisations]
    return Evaluation(
        precision=Share(right, len(made)),
        recall=Share(right, present),
        unresolved=Share(len(truth) - len(made), len(truth)),
        false_links=Share(sum(bool(linked[key]) for key in absent), len(absent)),
    )
