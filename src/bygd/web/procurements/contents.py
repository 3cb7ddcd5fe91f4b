"""The first page of procurement: its rooms, each with what one does there."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right


@dataclass(frozen=True)
class Room:
    """A group of pages: the name of its first address, its label, what one does there, and the right it asks for."""

    name: str
    label: str
    about: str
    right: Right = Right.SEE_POOL


ROOMS: tuple[Room, ...] = ()
"""In the order of the work: from what is allowed, over where to begin, to what was delivered."""


@needs(Right.SEE_POOL)
def contents(request: PlaceRequest) -> HttpResponse:
    """The rooms this person may enter."""
    rooms = [room for room in ROOMS if request.access.may(room.right)]
    return render(request, "procurements/contents.html", {"rooms": rooms})
