"""Classes of a map: every value in just one class, by the method that is stated."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bygd.tools.place.classes import MOST, class_of, classes
from bygd.vocabulary.place_words import Classing


def test_known_classes() -> None:
    values = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 100.0]
    quantiles = classes(values, Classing.QUANTILES)
    assert [(one.low, one.high, one.number) for one in quantiles] == [
        (1, 2, 2), (3, 4, 2), (5, 6, 2), (7, 8, 2), (9, 100, 2)
    ]  # fmt: skip
    steps = classes(values, Classing.STEPS)
    assert [one.number for one in steps] == [9, 0, 0, 0, 1] and steps[0].high == 1 + 99 / 5
    assert classes([], Classing.STEPS) == [] and len(classes([3, 3, 3], Classing.QUANTILES)) == 1


@given(st.lists(st.floats(-1e6, 1e6).map(lambda value: round(value, 3)), min_size=1, max_size=60))
def test_every_value_is_in_one_class_and_the_classes_stand_in_order(values: list[float]) -> None:
    for how in Classing:
        found = classes(values, how)
        assert 1 <= len(found) <= MOST and sum(one.number for one in found) == len(values)
        for place, one in enumerate(found):
            here = [value for value in values if class_of(value, found) == place]
            assert len(here) == one.number and all(one.low <= value <= one.high for value in here)
        assert all(before.high <= after.low for before, after in pairwise(found))
