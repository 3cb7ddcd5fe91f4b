"""Ideas that say something alike are found in three languages, and such as share only small words are not."""

import pytest

from bygd.workbench.alike import near

ALIKE = [
    ("Bussen ska gå på kvällen", "Fler bussar på kvällar och helger"),
    ("Solceller på skolans tak", "Sätt solceller på alla tak i hamnen"),
    ("Een moestuin achter de school", "Moestuinen bij scholen en kerken"),
    ("Repair workshop for bicycles", "A workshop where bicycle repairs are done"),
]
DIFFERENT = [
    ("Bussen ska gå på kvällen", "Kvällskurser för vuxna i biblioteket"),
    ("Open the school kitchen in the evening", "A night bus to the hospital"),
    ("Bibliotek", "Biblioteket"),
    ("", ""),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_alike(one: str, other: str) -> None:
    assert near(one, {"x": [other]}) == near(other, {"x": [one]}) == ["x"]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different(one: str, other: str) -> None:
    assert near(one, {"x": [other]}) == []


def test_the_nearest_comes_first() -> None:
    others = {"far": ["solceller någon annanstans kanske"], "near": ["solceller på skolans tak", "annat"], "none": []}
    assert near("Solceller på skolans östra tak", others)[0] == "near"
