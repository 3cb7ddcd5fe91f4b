"""The first page of procurement: its rooms, each with what one does there and what waits there."""

from django.http import HttpResponse

from bygd.reports.translate import N_
from bygd.web.pages import rooms
from bygd.web.pages.rooms import Room
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.procurements.contracts import tasks as contract_tasks
from bygd.web.procurements.forums import tasks as forums_tasks
from bygd.web.procurements.promises import tasks as promises_tasks
from bygd.web.procurements.tenders import tasks as tenders_tasks

ROOMS: tuple[Room, ...] = (
    Room(
        "rules",
        N_("What may we do?"),
        N_("Ask the rules about a purchase: which hold, what they leave open, and what each rests on."),
    ),
    Room(
        "gaps",
        N_("Where could money come home?"),
        N_("What leaves although firms around could supply it, what the rules allow, and what lots would change."),
    ),
    Room(
        "contracts",
        N_("Contracts"),
        N_("The register: what ends when, and what is bought outside contracts."),
        tasks=contract_tasks.late,
    ),
    Room(
        "forums",
        N_("Issue forums"),
        N_("Residents, associations and firms propose in public what a coming purchase should ask for; you answer."),
        tasks=forums_tasks.tasks,
    ),
    Room(
        "guide",
        N_("Guide for small firms"),
        N_("How to sell to your institutions, in plain language, on two pages to print."),
    ),
    Room(
        "policies",
        N_("Social value policies"),
        N_("What a tender may ask for beyond price: measures, limits, weights, and Dutch social return."),
    ),
    Room(
        "tenders",
        N_("Tenders"),
        N_("Prepare a tender, receive bids under seal, score them independently and award with reasons."),
        tasks=tenders_tasks.tasks,
    ),
    Room(
        "promises",
        N_("Promises and proof"),
        N_("What suppliers promised, what they report of it, and what you have verified."),
        tasks=promises_tasks.tasks,
    ),
)
"""In the order of the work: from what is allowed, over where to begin, to what was delivered."""


@needs(Right.SEE_POOL)
def contents(request: PlaceRequest) -> HttpResponse:
    """The rooms this person may enter."""
    return rooms.shown(request, N_("Procurement"), N_("From what the rules allow to what was delivered."), ROOMS)
