"""Deciding: who decides, when, and what they can take back in this sitting."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bygd.web.decisions.models import LinkDecision
from bygd.web.people.gate import PlaceRequest
from bygd.workbench import decisions

MOST_TAKEN_BACK = 300
"""Judgements of one sitting that can be taken back, one after the other."""


def by(request: PlaceRequest) -> str:
    """How the person signs decisions: not by name, so that who is erased is not named in them for ever."""
    return request.user.label


def moment(said: Iterable[Mapping[str, Any]]) -> datetime:
    """Now, or just after the last word: two rows of the same second could not be told apart by time."""
    later: list[datetime] = [row["decided_at"] + timedelta(seconds=1) for row in said]
    return max([decisions.now(), *later])


def remember(request: PlaceRequest, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep in the person's sitting which decisions were made just now, so that they can be taken back together."""
    if not rows:
        return
    made = LinkDecision.objects.filter(
        place=request.place, supplier_key__in=[row["supplier_key"] for row in rows], decided_by=by(request)
    )
    numbers = list(made.order_by("-id").values_list("id", flat=True)[: len(rows)])
    request.session[_name(request)] = [*stack(request), numbers][-MOST_TAKEN_BACK:]


def stack(request: PlaceRequest) -> list[list[int]]:
    """The numbers of the decisions that can be taken back, the last ones last."""
    found: list[list[int]] = request.session.get(_name(request), [])
    return found


def forget_last(request: PlaceRequest) -> None:
    """What stood last was taken back."""
    request.session[_name(request)] = stack(request)[:-1]


def _name(request: PlaceRequest) -> str:
    return f"judged in {request.place.pk}"
