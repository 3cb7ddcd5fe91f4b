"""Evaluation: how right links are, against a truth made by hand, with intervals and where errors come from."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import sqrt

import numpy as np

Z95 = 1.959964

BINS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)
"""Bounds of probabilities between which it is told how many were right."""

DRAWS, SEED = 1000, 1
"""Bootstrap samples for the intervals of shares of money (Efron 1979), and what makes them the same each time."""


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
class MoneyShare:
    """A share of money with its 95 % interval, from bootstrap samples of suppliers; None where there is no money."""

    value: float | None
    interval: tuple[float, float]

    def __str__(self) -> str:
        return "–" if self.value is None else f"{self.value:.3f} ({self.interval[0]:.3f}–{self.interval[1]:.3f})"


@dataclass(frozen=True)
class Bin:
    """Best candidates with a probability from `low` to `high`: the mean of what was said, and how many were right."""

    low: float
    high: float
    said: float
    right: Share


@dataclass(frozen=True)
class Evaluation:
    """How right links are.

    `precision`: of the linked, those linked to a true organisation. `recall`: of the suppliers
    that are in the register, those linked rightly. `unresolved`: of all, those not linked.
    `false_links`: of the suppliers that are in no register, those linked to anything. The first three by
    money too, where money was given. `errors` counts the suppliers in the register that were not linked rightly by
    what went wrong: 'candidate' (the right one is not among the candidates), 'rank' (it is, but another one is
    likelier), 'threshold' (it is the likeliest, but not likely enough). `calibration` is empty without candidates.
    `strangers` is how many of those in no register have a number all the same, where that was counted.
    """

    precision: Share
    recall: Share
    unresolved: Share
    false_links: Share
    money: Mapping[str, MoneyShare] = field(default_factory=dict)
    errors: Mapping[str, int] = field(default_factory=dict)
    calibration: Sequence[Bin] = ()
    strangers: int = 0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 where nothing was linked rightly."""
        both = self.precision.whole + self.recall.whole
        return 2 * self.precision.part / both if both else 0.0


Candidates = Mapping[str, Sequence[tuple[str, float]]]


def evaluate(
    links: Mapping[str, str | None],
    truth: Mapping[str, Collection[str]],
    candidates: Candidates | None = None,
    money: Mapping[str, float] | None = None,
) -> Evaluation:
    """Score links (supplier_key → org_id or None) against truth (supplier_key → its org_ids, empty where none).

    Only suppliers in `truth` count; one that has no link counts as unresolved. `candidates` are (org_id, score) by
    supplier_key, best first; `money` is what each supplier was paid, of which only what is above nought counts.
    """
    linked = {key: links.get(key) for key in truth}
    made = [key for key, found in linked.items() if found]
    right = {key for key in made if linked[key] in truth[key]}
    present = [key for key, organisations in truth.items() if organisations]
    absent = [key for key, organisations in truth.items() if not organisations]
    shares = {} if money is None else _money(truth, linked, right, money)
    return Evaluation(
        precision=Share(len(right), len(made)),
        recall=Share(len(right), len(present)),
        unresolved=Share(len(truth) - len(made), len(truth)),
        false_links=Share(sum(bool(linked[key]) for key in absent), len(absent)),
        money=shares,
        errors={} if candidates is None else _errors(present, right, truth, candidates),
        calibration=() if candidates is None else _calibration(truth, candidates),
    )


def _errors(
    present: Sequence[str], right: Collection[str], truth: Mapping[str, Collection[str]], candidates: Candidates
) -> dict[str, int]:
    found: Counter[str] = Counter()
    for key in present:
        if key not in right:
            listed = [org_id for org_id, _ in candidates.get(key, ())]
            is_first = bool(listed) and listed[0] in truth[key]
            is_listed = any(org_id in truth[key] for org_id in listed)
            found["threshold" if is_first else "rank" if is_listed else "candidate"] += 1
    return {cause: found[cause] for cause in ("candidate", "rank", "threshold")}


def _calibration(truth: Mapping[str, Collection[str]], candidates: Candidates) -> list[Bin]:
    best = [(listed[0][1], listed[0][0] in truth[key]) for key in truth if (listed := candidates.get(key))]
    bins = []
    for low, high in pairwise(BINS):
        held = [(said, is_right) for said, is_right in best if low <= said < high or high == said == 1.0]
        if held:
            said = sum(said for said, _ in held) / len(held)
            bins.append(Bin(low, high, said, Share(sum(is_right for _, is_right in held), len(held))))
    return bins


def _money(
    truth: Mapping[str, Collection[str]],
    linked: Mapping[str, str | None],
    right: Collection[str],
    money: Mapping[str, float],
) -> dict[str, MoneyShare]:
    keys = sorted(truth)
    paid = np.array([max(0.0, money.get(key, 0.0)) for key in keys])
    is_made = np.array([bool(linked[key]) for key in keys], dtype=bool)
    is_right = np.array([key in right for key in keys], dtype=bool)
    is_present = np.array([bool(truth[key]) for key in keys], dtype=bool)
    every = np.ones(len(keys), dtype=bool)
    shares = {"precision": (is_right, is_made), "recall": (is_right, is_present), "unresolved": (~is_made, every)}
    draws = np.random.default_rng(SEED).integers(0, max(len(keys), 1), (DRAWS, len(keys)))
    return {name: _share(paid, part, whole, draws) for name, (part, whole) in shares.items()}


def _share(paid: np.ndarray, part: np.ndarray, whole: np.ndarray, draws: np.ndarray) -> MoneyShare:
    def share(rows: np.ndarray) -> float | None:
        total = paid[rows][whole[rows]].sum()
        return float(paid[rows][part[rows] & whole[rows]].sum() / total) if total > 0 else None

    value = share(np.arange(len(paid)))
    if value is None:
        return MoneyShare(None, (0.0, 1.0))
    drawn = [found for rows in draws if (found := share(rows)) is not None]
    low, high = np.quantile(drawn, (0.025, 0.975))
    return MoneyShare(value, (float(low), float(high)))
