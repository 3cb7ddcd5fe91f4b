"""Entering: a contract entered, changed, taken out or put back as it was; each is a new entry."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.vocabulary import tables
from bygd.web.decisions import together
from bygd.web.pages.review.deciding import by
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.places.models import Place
from bygd.web.procurements.contracts.forms import Contract
from bygd.web.procurements.contracts.listing import anchors, held
from bygd.web.procurements.contracts.one import find
from bygd.workbench import contracts, decisions
from bygd.workbench.contracts.bring import KEPT
from bygd.workbench.contracts.known import Row

ENTERED = N_("entered a contract")
CHANGED = N_("changed a contract")
WITHDREW = N_("took a contract out of the register")
UNDID = N_("undid a change of a contract")
BY_HAND = "entered by hand"
A_SECOND = timedelta(seconds=1)


@needs(Right.PROCURE)
@require_http_methods(["GET", "POST"])
def new(request: PlaceRequest) -> HttpResponse:
    """Enter a contract."""
    form, _ = _form(request, None), request.translate
    if request.method == "POST" and form.is_valid():
        row = form.row()
        supplier = None if row["number"] else row["supplier_id"] or row["supplier_name"]
        key = contracts.key(row["anchor"], row["number"], row["title"], row["lot"], supplier)
        if any(one["contract_key"] == key for one in contracts.current(request.place.project)):
            there = _("There is a contract with this number already. Change that one, or give this one its own number.")
            form.add_error("number", there)
        elif _add(request, form, {**row, "contract_key": key}):
            log.record(request, ENTERED, key)
            messages.success(request, _("Entered."))
            return redirect("contract", request.place.slug, key)
    status = 422 if form.errors else 200
    return render(request, "procurements/contracts/enter.html", {"form": form, "row": None}, status=status)


@needs(Right.PROCURE)
@require_http_methods(["GET", "POST"])
def change(request: PlaceRequest, contract: str) -> HttpResponse:
    """Change a contract: a new entry, so that what stood there before stays to be seen."""
    _entries, before = find(request, contract)
    form, _ = _form(request, before), request.translate
    if request.method == "POST" and form.is_valid():
        row = {**form.row(), "contract_key": contract}
        if not before["withdrawn"] and all(row[name] == before[name] for name in KEPT):
            messages.info(request, _("Nothing was changed."))
            return redirect("contract", request.place.slug, contract)
        if _add(request, form, row):
            log.record(request, CHANGED, contract)
            messages.success(request, _("Changed. What stood there before is kept below."))
            return redirect("contract", request.place.slug, contract)
    status = 422 if form.errors else 200
    return render(request, "procurements/contracts/enter.html", {"form": form, "row": before}, status=status)


@needs(Right.PROCURE)
@require_POST
def withdraw(request: PlaceRequest, contract: str) -> HttpResponse:
    """Take a contract out of the register; it can be put back."""
    _entries, row = find(request, contract)
    if not row["withdrawn"]:
        _again(request, row, withdrawn=True)
        log.record(request, WITHDREW, contract)
        messages.success(request, request.translate("Taken out of the register. You can put it back."))
    return redirect("contract", request.place.slug, contract)


@needs(Right.PROCURE)
@require_POST
def undo(request: PlaceRequest, contract: str) -> HttpResponse:
    """Put a contract back as it was before its latest entry; a contract with one entry is taken out."""
    entries, latest = find(request, contract)
    before = next((one for one in reversed(entries[:-1]) if _says(one) != _says(latest)), None)
    if before is None:
        _again(request, latest, withdrawn=True)
    else:
        _again(request, before, withdrawn=before["withdrawn"])
    log.record(request, UNDID, contract)
    messages.success(request, request.translate("Undone. It stands as it did before."))
    return redirect("contract", request.place.slug, contract)


def _form(request: PlaceRequest, before: Row | None) -> Contract:
    rows, _wrong = held(request)
    return Contract(
        request.POST if request.method == "POST" else None,
        translate=request.translate,
        project=request.place.project,
        anchors=anchors(request, rows),
        before=before,
    )


def _add(request: PlaceRequest, form: Contract, row: Row) -> bool:
    """Enter the row; False, with the reason on the form, where the project's file cannot be added to."""
    try:
        _again(request, {**row, "source": BY_HAND}, withdrawn=False)
    except InputError as error:
        form.add_error(None, request.translate.said(error))
        return False
    return True


def _again(request: PlaceRequest, row: Row, withdrawn: bool) -> None:
    again(request.place, row, by(request), withdrawn=withdrawn)


def again(place: Place, row: Row, entered_by: str, *, withdrawn: bool) -> None:
    """Add an entry of a contract, later than those there are. Raises InputError where the file cannot be added to."""
    # Entries of one second could not be told apart by time.
    said = [one["entered_at"] + A_SECOND for one in contracts.entries(place.project, row["contract_key"])]
    entered_at = max([decisions.now(), *said])
    entry = {**row, "withdrawn": withdrawn, "entered_by": entered_by, "entered_at": entered_at}
    together.add(place, tables.contract_entries, [entry])


def _says(entry: Row) -> tuple[Any, ...]:
    return (entry["withdrawn"], *(entry[name] for name in KEPT))
