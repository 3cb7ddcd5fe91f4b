"""By when questions of bidders are answered: by country and the law of the day; unknown where it is not known."""

from datetime import date

import pytest

from bygd.countries import load
from bygd.tools.procurement.answering import answering

CLOSES = date(2026, 4, 20)


@pytest.mark.parametrize(
    ("country", "on", "last"),
    [
        ("se", date(2026, 3, 1), date(2026, 4, 14)),  # as Upphandlingsmyndigheten's portal has it: 20/4, then 14/4
        ("nl", date(2026, 3, 1), date(2026, 4, 10)),
        ("nl", date(2016, 6, 30), date(2026, 4, 14)),
        ("nl", date(2016, 7, 1), date(2026, 4, 10)),
        ("gb_sct", date(2026, 3, 1), date(2026, 4, 14)),
        ("gb", date(2026, 3, 1), None),
        ("gb_wls", date(2026, 3, 1), None),
    ],
)
def test_the_last_day_for_answers(country: str, on: date, last: date | None) -> None:
    found = answering(load(country), CLOSES, on)
    assert found is not None and found.last == last
    assert set(found.says) == {"sv", "nl", "en"} and found.basis.source.href
    assert found.basis.verified == (last is not None)


def test_before_the_law_and_outside_of_europe_nothing_is_known() -> None:
    assert answering(load("se"), CLOSES, date(2016, 12, 31)) is None
    assert answering(load("world"), CLOSES, date(2026, 3, 1)) is None


def test_the_directive_alone_is_said_not_to_be_verified() -> None:
    found = answering(load("eu"), CLOSES, date(2026, 3, 1))
    assert found is not None and found.last == date(2026, 4, 14) and not found.basis.verified
