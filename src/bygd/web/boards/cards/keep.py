"""Keep: cards entered from the web, into the project's file, the database and the log."""

from collections.abc import Iterable, Mapping
from typing import Any

from bygd.reports.translate import N_
from bygd.vocabulary import tables
from bygd.web.decisions import together
from bygd.web.pages.review.deciding import by
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest
from bygd.workbench import boards
from bygd.workbench.boards.known import Row

ENTERED = N_("entered cards on the board")
UNDID = N_("undid a change of a card")


def enter(request: PlaceRequest, rows: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Enter cards, or changes of cards, as the person of this request; gives the entries made, none where nothing new.

    As `workbench.boards.completed`; raises InputError for what no card may say.
    """
    together.bring_together(request.place, of=(tables.card_entries,))
    made = boards.completed(request.place.project, rows, by(request))
    if made:
        together.add(request.place, tables.card_entries, made)
        log.record(request, ENTERED, made[0]["card_key"] if len(made) == 1 else str(len(made)))
    return made


def undo(request: PlaceRequest, card_key: str) -> list[Row]:
    """Undo the latest change of a card. As `workbench.boards.taken_back`."""
    together.bring_together(request.place, of=(tables.card_entries,))
    made = boards.taken_back(request.place.project, card_key, by(request))
    if made:
        together.add(request.place, tables.card_entries, made)
        log.record(request, UNDID, card_key)
    return made
