"""The first page of the living plan: its rooms, each with what one does there and what waits there."""

from django.http import HttpResponse

from bygd.reports.translate import N_
from bygd.web.boards.cases import tasks as case_tasks
from bygd.web.boards.plans import tasks as plans_tasks
from bygd.web.pages import rooms
from bygd.web.pages.rooms import Room
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right

ROOMS: tuple[Room, ...] = (
    Room(
        "circles",
        N_("Study circles"),
        N_("A ready course, a page for participants without accounts, and what the circle comes to."),
    ),
    Room(
        "meetings",
        N_("Open meetings"),
        N_("Ideas by phone, on paper or by microphone, a vote the room can follow, and first steps the same evening."),
    ),
    Room(
        "board",
        N_("The board"),
        N_("What is done already, what could be developed, new ideas and what was dropped, under the pillars."),
    ),
    Room(
        "assets",
        N_("What we have"),
        N_("A map of organisations, premises, land, skills and services; who works with whom, and where money leaves."),
    ),
    Room(
        "plan-cases",
        N_("Cases"),
        N_("What moves through stages: a co-operative in the making, a takeover, a partnership; with papers and days."),
        tasks=case_tasks.pressing,
    ),
    Room(
        "assessments",
        N_("How far have we come?"),
        N_("A self-assessment by several people, with the spread of their answers, compared over time."),
    ),
    Room(
        "plans",
        N_("Action plans"),
        N_("Goals, activities, money and indicators; consulted on, decided, and followed up twice a year."),
        tasks=plans_tasks.tasks,
    ),
)
"""In the order of the work: from what people talk about, over the board, to the plan that is followed up."""


@needs(Right.SEE_POOL)
def contents(request: PlaceRequest) -> HttpResponse:
    """The rooms this person may enter."""
    lead = N_(
        "One plan, from the study circle to the council: what you have, what you want, who does what, and by when."
    )
    return rooms.shown(request, N_("Plan"), lead, ROOMS)
