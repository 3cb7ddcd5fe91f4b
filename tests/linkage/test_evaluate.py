"""Evaluation counts as its definition says."""

from bygd.linkage import evaluate
from bygd.linkage.evaluate import Share


def test_counts() -> None:
    truth = {"a": {"1"}, "b": {"2", "3"}, "c": {"4"}, "d": set(), "e": set()}
    found = evaluate({"a": "1", "b": "3", "c": "9", "d": "1", "e": None, "not in truth": "1"}, truth)
    assert (found.precision, found.recall) == (Share(2, 4), Share(2, 3))
    assert (found.unresolved, found.false_links) == (Share(1, 5), Share(1, 2))
    assert round(found.f1, 3) == round(4 / 7, 3)


def test_wilson_interval() -> None:
    low, high = Share(8, 10).interval
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)
    assert Share(0, 0).value is None
