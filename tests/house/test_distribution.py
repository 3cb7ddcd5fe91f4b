"""What takes long goes first, so that no worker ends minutes after the other."""

from types import SimpleNamespace
from typing import Any

import pytest
from tests.lib.distribution import SECONDS, SHORT, lasting, pytest_collection_modifyitems


def item(name: str, *marks: pytest.MarkDecorator) -> Any:
    def found(wanted: str | None = None) -> list[pytest.Mark]:
        return [one.mark for one in marks if wanted in (None, one.name)]

    return SimpleNamespace(
        nodeid=name, iter_markers=found, get_closest_marker=lambda wanted: next(iter(found(wanted)), None)
    )


def test_what_a_mark_says_goes_before_what_it_stands_for() -> None:
    assert lasting(item("a.py::a")) == SHORT
    assert lasting(item("a.py::a", pytest.mark.slow)) == SECONDS["slow"]
    assert lasting(item("a.py::a", pytest.mark.slow(seconds=0.5), pytest.mark.slow)) == 0.5
    assert lasting(item("a.py::a", pytest.mark.slow(seconds=100))) == 100


def test_one_long_test_goes_before_many_short_ones_and_a_file_stays_together() -> None:
    items = [
        item("short.py::a"),
        *(item(f"some.py::{number}", pytest.mark.slow) for number in range(4)),
        item("long.py::a", pytest.mark.slow(seconds=100)),
        item("some.py::last"),
    ]
    config: Any = SimpleNamespace(workerinput={})
    pytest_collection_modifyitems(config, items)
    assert [one.nodeid for one in items] == [
        "long.py::a", *(f"some.py::{number}" for number in (0, 1, 2, 3, "last")), "short.py::a",
    ]  # fmt: skip


def test_no_test_has_an_endless_name(request: pytest.FixtureRequest) -> None:
    """Texts of a hundred thousand letters are tried; `tests/conftest.py` names them by how they begin."""
    assert [one.nodeid[:200] for one in request.session.items if len(one.nodeid) > 400] == []
