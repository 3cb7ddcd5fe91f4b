"""Keep: what is entered of plans from the web, into the project's files and the database."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import Http404

from bygd.sources.errors import InputError
from bygd.vocabulary import tables
from bygd.vocabulary.columns import Table
from bygd.web.decisions import together
from bygd.web.pages.review.deciding import by
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest
from bygd.workbench import plans
from bygd.workbench.plans import Plan
from bygd.workbench.plans.handing import ENTRIES
from bygd.workbench.plans.known import Row


def enter(request: PlaceRequest, table: type[Table], rows: Iterable[Mapping[str, Any]], did: str) -> list[Row]:
    """Enter rows of a plan's table as the person of this request; gives the entries made. As `plans.changed`."""
    together.bring_together(request.place, of=ENTRIES)
    made = plans.changed(request.place.project, table, rows, by(request))
    add(request, {table: made})
    if made:
        log.record(request, did, made[0]["plan_key"])
    return made


def add(request: PlaceRequest, entries: Mapping[type[Table], list[Row]]) -> None:
    """Add entries that are made already."""
    for table, rows in entries.items():
        together.add(request.place, table, rows)


def undo(request: PlaceRequest, table: type[Table], key: str, did: str) -> None:
    """Undo the latest change of something in a plan."""
    together.bring_together(request.place, of=ENTRIES)
    add(request, {table: plans.taken_back(request.place.project, table, key, by(request))})
    log.record(request, did, key)


def find(request: PlaceRequest, plan: str) -> Plan:
    """The plan of that key. Raises Http404 where there is none."""
    try:
        together.bring_together(request.place, of=ENTRIES)
        found = plans.find(request.place.project, plan)
    except InputError:
        found = None
    if found is None:
        raise Http404
    return found


PARTS = tables.plan_parts
