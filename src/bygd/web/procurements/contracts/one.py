"""One contract: its facts, what its supplier was paid meanwhile, and who entered what when."""

from datetime import date
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bygd.tools import spend
from bygd.tools.contracts import ending
from bygd.vocabulary import tables
from bygd.vocabulary.contract_words import ContractProcedure, ContractStage, Reservation
from bygd.vocabulary.years import named
from bygd.web.pages.review.signed import signers
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.places import held
from bygd.web.procurements.contracts.labels import LABELS
from bygd.workbench import contracts, organisations
from bygd.workbench.contracts.known import Row
from bygd.workbench.contracts.outside import used_of

WORDS = {"procedure": ContractProcedure, "reserved": Reservation, "stage": ContractStage}
PASSED = ("contract_key", "entered_by", "entered_at", "source", "withdrawn")


@needs(Right.SEE_POOL)
@require_GET
def contract(request: PlaceRequest, contract: str) -> HttpResponse:
    """The page of one contract; a withdrawn one shows its history alone."""
    entries, row = find(request, contract)
    project = request.place.project
    mine = held.current(project, request.access.anchors)
    opened = mine if row["anchor"] in request.access.anchors else None
    paid, currency = [], ""
    if opened is not None and row["stage"] == ContractStage.SIGNED:
        currency = opened.answer("currency", spend.main_currency)
        known = contracts.current(project, {row["anchor"]})
        if any(one["contract_key"] == contract for one in known):
            with opened.engine() as engine:
                paid = used_of(engine, project, known, contract)
    together = [one for one in contracts.current(project) if _is_mate(one, row)]
    context = {
        "row": row,
        "words": {name: kind(row[name]) if row[name] else None for name, kind in WORDS.items()},
        "ending": ending(row, date.today()),
        "history": list(reversed(_history(entries))),
        "called": signers((one["entered_by"] for one in entries), request.translate),
        "paid": paid,
        "year_name": partial(named, month=project.year_starts),
        "total": sum(year.amount for year in paid),
        "shared": sum(year.shared for year in paid),
        "paid_open": sum(year.open for year in paid),
        "currency": currency,
        "mates": together,
        "is_withdrawn": entries[-1]["withdrawn"],
        "may_change": request.access.may(Right.PROCURE),
        "is_person": (row["supplier_id"] or "").startswith("p:"),
        "is_registered": mine is not None and _is_registered(mine, row["supplier_id"]),
        "sees_money": opened is not None,
        "labels": LABELS,
    }
    return render(request, "procurements/contracts/one.html", context)


def find(request: PlaceRequest, contract: str) -> tuple[list[Row], Row]:
    """Every entry of a contract and the latest. Raises Http404 where there is none."""
    entries = contracts.entries(request.place.project, contract)
    if not entries:
        raise Http404
    return entries, entries[-1]


def _is_registered(opened: held.Held, org_id: str | None) -> bool:
    """Whether the supplier has a page among the organisations."""
    if not org_id:
        return False
    return (
        opened.answer(("about", org_id), lambda engine: organisations.about(engine, [org_id]).get(org_id)) is not None
    )


def _history(entries: list[Row]) -> list[dict[str, Any]]:
    """Each entry with the columns in which it differs from the one before."""
    names = [name for name in tables.contract_entries.columns() if name not in PASSED]
    before: Row = {}
    found = []
    for entry in entries:
        differs = [name for name in names if before and entry[name] != before[name]]
        came_back = bool(before) and before["withdrawn"] and not entry["withdrawn"]
        found.append({"entry": entry, "differs": differs, "is_first": not before, "came_back": came_back})
        before = entry
    return found


def _is_mate(one: Row, row: Row) -> bool:
    """Whether another contract came of the same procurement of the same institution."""
    return (
        bool(row["procedure_key"])
        and one["procedure_key"] == row["procedure_key"]
        and one["anchor"] == row["anchor"]
        and one["contract_key"] != row["contract_key"]
    )
