"""Rooms: the first page of a part of the web, with what one does in each of its rooms and what waits there."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from bygd.web.pages.todo import Standing, Task
from bygd.web.people.gate import PlaceRequest
from bygd.web.people.words import Right


@dataclass(frozen=True)
class Room:
    """A group of pages: the name of its first address, its label, what one does there, and the right it asks for.

    `tasks` tells what waits there for this person (see `pages.todo`); it must be quick and never fail.
    """

    name: str
    label: str
    about: str
    right: Right = Right.SEE_POOL
    tasks: Callable[[Standing], Iterable[Task]] | None = None


def shown(request: PlaceRequest, title: str, lead: str, rooms: Iterable[Room]) -> HttpResponse:
    """The page of the rooms this person may enter, under a title and a sentence in the language of the messages."""
    standing = Standing(request, request.place.project)
    entered = [
        (room, list(room.tasks(standing)) if room.tasks else []) for room in rooms if request.access.may(room.right)
    ]
    return render(request, "rooms.html", {"title": title, "lead": lead, "rooms": entered})
