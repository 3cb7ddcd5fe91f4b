"""How right a method's candidates are, at the supplier level: thresholds from one half, figures from the other."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

SEEN = 5
"""Candidates that a reviewer sees."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Scores:
    """Shares of the suppliers of the scoring half.

    `f1` at the threshold that is best on the training half, with its 95 % interval (bootstrap); `recall_98` and
    `recall_95` are the most that can be linked at 98 and 95 % precision; `seen` the present among the first five;
    `false_links` the suppliers in no register that are linked at the threshold of `f1`, `false_98` at that of
    `recall_98`; `by_noise` the rightly linked of each kind of noise at the threshold of `f1`.
    """

    f1: float
    low: float
    high: float
    precision: float
    recall: float
    recall_98: float
    recall_95: float
    seen: float
    false_links: float
    false_98: float
    by_noise: dict[str, float]


def score(candidates: Path, truth: Path) -> Scores:
    """Score the candidates (supplier_key, org_id, score) of a file against truth (supplier_key, org_id, noise, half).

    A supplier may have several right organisations (several rows); none (null) where it is in no register.
    """
    true = right(truth)
    rows = {row["supplier_key"]: row for row in pq.read_table(truth).to_pylist()}
    best: dict[str, dict[str, float]] = {}
    for row in pq.read_table(candidates, columns=["supplier_key", "org_id", "score"]).to_pylist():
        found = best.setdefault(row["supplier_key"], {})
        found[row["org_id"]] = max(row["score"], found.get(row["org_id"], -np.inf))
    keys = sorted(true)
    ranked = [sorted(best.get(key, {}).items(), key=lambda pair: (-pair[1], pair[0]))[:SEEN] for key in keys]
    values = np.array([found[0][1] if found else -np.inf for found in ranked], dtype=np.float64)
    hits = np.array([bool(found) and found[0][0] in true[key] for key, found in zip(keys, ranked, strict=True)])
    seen = np.array([bool(true[key] & {org for org, _ in found}) for key, found in zip(keys, ranked, strict=True)])
    present = np.array([bool(true[key]) for key in keys])
    scoring = np.array([rows[key]["half"] == "score" for key in keys])
    kinds = np.array([rows[key]["noise"] for key in keys])
    threshold = _best(values[~scoring], hits[~scoring], present[~scoring])
    values, hits, seen, present, kinds = (part[scoring] for part in (values, hits, seen, present, kinds))
    linked = (values >= threshold) & np.isfinite(values)
    strict, recall_98 = _at(0.98, values, hits, present)
    _, recall_95 = _at(0.95, values, hits, present)
    low, high = _interval(linked, hits, present)
    return Scores(
        _f1(linked, hits, present),
        low,
        high,
        float(hits[linked].mean()) if linked.any() else 0.0,
        float((linked & hits).sum() / present.sum()),
        recall_98,
        recall_95,
        float(seen.sum() / present.sum()),
        float(linked[~present].mean()),
        float((values[~present] >= strict).mean()),
        {str(kind): float((linked & hits)[present & (kinds == kind)].mean()) for kind in sorted(set(kinds[present]))},
    )


def right(truth: Path) -> dict[str, set[str]]:
    """The organisations of each supplier in a file of truth; none where it is in no register."""
    found: dict[str, set[str]] = {}
    for row in pq.read_table(truth).to_pylist():
        found.setdefault(row["supplier_key"], set()).update({row["org_id"]} - {None})
    return found


def _f1(linked: NDArray[np.bool_], hits: NDArray[np.bool_], present: NDArray[np.bool_]) -> float:
    right = (linked & hits).sum()
    return float(2 * right / max(linked.sum() + present.sum(), 1))


def _interval(linked: NDArray[np.bool_], hits: NDArray[np.bool_], present: NDArray[np.bool_]) -> tuple[float, float]:
    draw, size = np.random.default_rng(1), len(linked)
    found = []
    for _ in range(300):
        rows = draw.integers(0, size, size)
        found.append(_f1(linked[rows], hits[rows], present[rows]))
    return float(np.quantile(found, 0.025)), float(np.quantile(found, 0.975))


def _curve(values: Numbers, hits: NDArray[np.bool_]) -> tuple[Numbers, Numbers, Numbers]:
    """At each distinct value, from the highest down: the value, how many are linked, how many of them rightly."""
    order = np.argsort(-values, kind="stable")
    order = order[np.isfinite(values[order])]
    values, right = values[order], np.cumsum(hits[order])
    last = np.flatnonzero(np.append(values[1:] != values[:-1], True)) if len(values) else np.empty(0, np.int64)
    return values[last], (last + 1).astype(np.float64), right[last].astype(np.float64)


def _best(values: Numbers, hits: NDArray[np.bool_], present: NDArray[np.bool_]) -> float:
    found, linked, right = _curve(values, hits)
    return float(found[np.argmax(2 * right / (linked + present.sum()))]) if len(found) else np.inf


def _at(precision: float, values: Numbers, hits: NDArray[np.bool_], present: NDArray[np.bool_]) -> tuple[float, float]:
    """(threshold, recall) of the most links that are so precise."""
    found, linked, right = _curve(values, hits)
    good = np.flatnonzero(right / linked >= precision) if len(found) else []
    return (float(found[good[-1]]), float(right[good[-1]] / present.sum())) if len(good) else (np.inf, 0.0)
