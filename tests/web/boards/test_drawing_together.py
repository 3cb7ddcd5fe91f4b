"""Two facilitators at the lottery of one meeting at the same moment: a panel is drawn once, and nobody comes back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.web.boards.test_meetings import POOL, bring, inside

from bygd.web.boards.meetings import drawing
from bygd.web.boards.meetings.models import Lottery, Meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(own_place: Any) -> Meeting:
    made = Meeting(place=own_place, key="k", title="T", question="Q", language="sv", made_by="person-1")
    made.renew()
    made.save()
    return made


@pytest.fixture
def together(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], Any]], None]:
    """Lets something else happen while a draw is being made."""
    draw = drawing.tool.draw

    def first(other: Callable[[], Any]) -> None:
        def late(*args: Any, **more: Any) -> Any:
            monkeypatch.setattr(drawing.tool, "draw", draw)
            other()
            return draw(*args, **more)

        monkeypatch.setattr(drawing.tool, "draw", late)

    return first


def test_of_two_who_draw_at_once_the_first_counts(
    meeting: Meeting, signed_in: Callable[..., Client], together: Callable[[Callable[[], Any]], None]
) -> None:
    leader = signed_in(meeting.place, "facilitator")
    at = inside(meeting, "lottery")
    assert bring(leader, meeting, POOL).status_code == 302
    together(lambda: leader.post(at, {"seed": "first", "seed_from": "dice"}))
    leader.post(at, {"seed": "second", "seed_from": "dice"})
    drawn = Lottery.objects.get()
    assert drawn.seed == "first"
    one, two = drawn.panel[:2]
    together(lambda: leader.post(f"{at}/refill", {"code": one}))
    leader.post(f"{at}/refill", {"code": two})
    drawn.refresh_from_db()
    assert drawn.out == [one] and one not in drawn.panel and two in drawn.panel


def test_of_two_pools_brought_at_once_the_first_is_frozen(
    meeting: Meeting, signed_in: Callable[..., Client], together: Callable[[Callable[[], Any]], None]
) -> None:
    leader = signed_in(meeting.place, "facilitator")
    together(lambda: bring(leader, meeting, POOL))
    answer = bring(leader, meeting, POOL.replace("1;", "x1;"))
    assert answer.status_code == 302 and answer["Location"] == inside(meeting, "lottery")
    assert set(Lottery.objects.get().pool) == {str(number) for number in range(1, 61)}
