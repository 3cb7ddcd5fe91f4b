"""The spread of answers: nearest-rank quartiles, and nothing but a number where few answered."""

import pytest

from bygd.tools.assessments import Spread, spread


def test_quartiles_are_answers_somebody_gave() -> None:
    assert spread([3, 0, 1, 2, 1, 1, 2, 3], 5) == Spread(8, 0, 1, 1, 2, 3)
    assert spread([0, 0, 0, 3, 3], 5) == Spread(5, 0, 0, 0, 3, 3)


@pytest.mark.parametrize("answers", [[], [2], [0, 1, 2, 3]])
def test_too_few_answers_are_only_counted(answers: list[int]) -> None:
    found = spread(answers, 5)
    assert found == Spread(len(answers)) and not found.is_told and not found.is_apart


def test_people_who_see_it_differently() -> None:
    assert spread([0, 0, 0, 2, 2, 2], 5).is_apart
    assert not spread([1, 1, 1, 2, 2, 2], 5).is_apart
