"""Training: weights of the features from suppliers whose organisation is known."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.optimize import minimize

from bygd.engine import DuckEngine
from bygd.linkage.candidates import forget
from bygd.linkage.options import DEFAULT
from bygd.linkage.pairs import compare_all
from bygd.linkage.score import Weights, log_odds, shipped
from bygd.sources.conventions import Conventions

LEARNED: dict[str, int] = {
    "cosine": 1, "covered": 1, "covers": 1, "rarity": 1, "missing": -1, "extra": -1, "conflict": -1,
    "misspelled": -1, "initials": 1, "sorted": 1, "subset": 1, "letters": 1, "winkler": 1, "partial": 1,
    "first_word": 1, "last_word": 1, "starts": 0, "words": 0, "words_named": 0, "length": 0,
    "place_word": -1, "other_place_word": -1, "satellite_word": -1, "other_satellite_word": -1,
    "public_word": -1, "other_public_word": -1, "same_squeezed": 1, "same_form": 1, "other_form": -1,
    "form_left_out": 0, "form_added": 0, "digits_differ": -1, "is_cut": -1, "trading_as": 0,
    "before_trading_as": 0, "other_name": -1, "hidden_name": -1, "renamed": -1, "holding": -1, "namesakes": -1,
}  # fmt: skip
"""Features that names alone tell about, and which way each may speak: more of it never against a link (1), never for
it (-1), or either way (0). What is known to be monotone is learned from fewer cases."""

KNOTS, RIGHT_KNOTS = (0.0, 0.5, 0.8, 0.95, 1.0), (0.1, 0.3, 0.5, 0.9)
"""Where a curve may bend: at these quantiles of all candidates and of the right ones."""

STIFFNESS = 1.0
"""How strongly each bend is held to what was known before: the inverse variance of a normal prior, in log-odds."""

CANDIDATES = 15
"""Organisations of a supplier that are learned from: the others teach nothing new."""

STEPS = 200

Numbers = NDArray[Any]


@dataclass(frozen=True)
class Lesson:
    """Candidates of suppliers whose organisation is known, one row per supplier and organisation.

    `suppliers` are in order; `is_right` tells the right ones (a supplier in no register has none).
    """

    table: pa.Table
    suppliers: Numbers
    is_right: Numbers

    def __len__(self) -> int:
        return len(self.is_right)

    @property
    def starts(self) -> Numbers:
        """The first row of each supplier."""
        return np.flatnonzero(np.concatenate(([True], self.suppliers[1:] != self.suppliers[:-1])))

    def of(self, rows: Numbers) -> "Lesson":
        """The lesson of those rows (a mask)."""
        return Lesson(self.table.filter(pa.array(rows)), self.suppliers[rows], self.is_right[rows])


def learn(
    engine: DuckEngine,
    conventions: Conventions,
    truth: Mapping[str, Collection[str]],
    made_from: str,
    prior: Weights | None = None,
    index_folder: Path | None = None,
) -> Weights:
    """Weights learned from the suppliers in `truth` (supplier_key → its org_ids, empty where it is in no register).

    Reads suppliers, organisations and organisation_names. Raises ValueError as `train` does.
    """
    known = prior or shipped()
    taught = lesson(compare_all(engine, conventions, DEFAULT, index_folder), truth, known)
    forget(engine)
    return train(taught, known, made_from)


def lesson(compared: pa.Table, truth: Mapping[str, Collection[str]], weights: Weights) -> Lesson:
    """What `pairs.compare_all` teaches about the suppliers in `truth` (supplier_key → its org_ids, empty where none).

    Of an organisation's names the likeliest counts, of a supplier's organisations the CANDIDATES likeliest.
    """
    known = pa.array([key in truth for key in compared["supplier_key"].to_pylist()])
    scored = compared.filter(known)
    keys, orgs = (np.array(scored[name].to_pylist(), dtype=object) for name in ("supplier_key", "org_id"))
    codes = np.unique(keys, return_inverse=True)[1]
    odds = log_odds(scored, weights)
    order = np.lexsort((orgs, -odds, codes))
    seen: set[tuple[str, str]] = set()
    kept: list[int] = []
    of_supplier: dict[str, int] = {}
    for row in order:
        pair = (keys[row], orgs[row])
        if pair in seen or of_supplier.get(keys[row], 0) == CANDIDATES:
            continue
        seen.add(pair)
        of_supplier[keys[row]] = of_supplier.get(keys[row], 0) + 1
        kept.append(int(row))
    right = np.array([orgs[row] in truth[keys[row]] for row in kept], dtype=bool)
    return Lesson(scored.take(pa.array(kept)), keys[kept], right)


def train(taught: Lesson, prior: Weights, made_from: str, learned: Mapping[str, int] = LEARNED) -> Weights:
    """Weights that make what is known likeliest, held to `prior` as STIFFNESS says.

    Each supplier is one of its candidates or in no register: the likelihood is that of a multinomial logit with an
    outside option (McFadden 1974). Features that are not in `learned`, or of which all candidates have the same,
    keep the prior's curves. Raises ValueError where nothing is right or nothing is wrong.
    """
    if taught.is_right.all() or not taught.is_right.any():
        raise ValueError("weights can only be learned from right and wrong candidates")
    columns, bends, before = _bends(taught, prior, learned)
    fixed = np.full(len(taught), 0.0)
    bent = {bend.feature for bend in bends}
    for feature in prior.curves:
        if feature not in bent:
            fixed += prior.says(feature, taught.table[feature].to_numpy().astype(np.float64))
    starts = taught.starts
    supplier = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(taught))))
    is_right, has_right = taught.is_right, np.add.reduceat(taught.is_right, starts) > 0

    def loss(found: Numbers) -> tuple[float, Numbers]:
        odds = np.clip(columns @ found[:-1] + found[-1] + fixed, -30, 30)
        likely = np.exp(odds)
        every = 1 + np.add.reduceat(likely, starts)
        right = np.maximum(np.add.reduceat(likely * is_right, starts), 1e-300)
        slope = likely / every[supplier] - np.where(is_right, likely / right[supplier], 0)
        away = found[:-1] - before
        value = np.log(every).sum() - np.log(right[has_right]).sum() + STIFFNESS * (away @ away) / 2
        return float(value), np.append(columns.T @ slope + STIFFNESS * away, slope.sum())

    bounds = [(0, None) if learned[bend.feature] > 0 else (None, 0) if learned[bend.feature] else (None, None)
              for bend in bends]  # fmt: skip
    start = np.append(before, prior.base)
    found = minimize(
        loss, start, jac=True, bounds=[*bounds, (None, None)], method="L-BFGS-B", options={"maxiter": STEPS}
    )
    return _weights(bends, found.x, prior, made_from)


@dataclass(frozen=True)
class _Bend:
    """One straight piece of a feature's curve."""

    feature: str
    start: float
    end: float


def _bends(taught: Lesson, prior: Weights, learned: Mapping[str, int]) -> tuple[Numbers, list[_Bend], Numbers]:
    """One column per straight piece, 0 before it and 1 after it, with what the prior says it adds."""
    columns, bends, before = [], [], []
    for feature in learned:
        values = taught.table[feature].to_numpy().astype(np.float64)
        spread = np.unique(values)
        if len(spread) > 6:
            spread = np.unique(
                np.round([*np.quantile(values, KNOTS), *np.quantile(values[taught.is_right], RIGHT_KNOTS)], 3)
            )
        for start, end in pairwise(spread):
            columns.append(np.clip((values - start) / (end - start), 0, 1))
            bends.append(_Bend(feature, float(start), float(end)))
            told = prior.says(feature, np.array([start, end])) if feature in prior.curves else (0.0, 0.0)
            before.append(told[1] - told[0])
    return np.column_stack(columns), bends, np.array(before)


def _weights(bends: list[_Bend], found: Numbers, prior: Weights, made_from: str) -> Weights:
    curves: dict[str, list[tuple[float, float]]] = {}
    for bend, adds in zip(bends, found, strict=False):
        points = curves.setdefault(bend.feature, [(bend.start, 0.0)])
        points.append((bend.end, round(points[-1][1] + float(adds), 3)))
    base = float(found[-1])
    said: dict[str, tuple[tuple[float, float], ...]] = {}
    for feature, points in curves.items():
        if any(odds for _, odds in points):
            said[feature] = tuple(_corners(points))
    said |= {feature: curve for feature, curve in prior.curves.items() if feature not in curves}
    return Weights(round(base, 3), said, made_from)


def _corners(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The points without those in the middle of a level stretch, and without level ends."""
    kept = [
        point
        for place, point in enumerate(points)
        if not (0 < place < len(points) - 1 and points[place - 1][1] == point[1] == points[place + 1][1])
    ]
    while len(kept) > 2 and kept[-1][1] == kept[-2][1]:
        kept.pop()
    while len(kept) > 2 and kept[0][1] == kept[1][1]:
        kept.pop(0)
    return kept


def written(weights: Weights, note: str) -> str:
    """The weights as the text of a file that `score.load` reads, with a note on top."""
    head = "".join(f"# {line}\n" for line in note.splitlines())
    lines = [f"made_from: {weights.made_from}", f"base: {weights.base}", "curves:"]
    for feature, points in weights.curves.items():
        lines.append(f"  {feature}: [{', '.join(f'[{value:g}, {odds:g}]' for value, odds in points)}]")
    return head + "\n".join(lines) + "\n"
