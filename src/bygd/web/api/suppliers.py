"""Suppliers of one's own anchors, and the cases that wait for a person's word."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Path, Query, Router, Schema
from pydantic import Field

from bygd.linkage.cases import Candidate, Case, read_cases
from bygd.reports.translate import N_
from bygd.tools import spend
from bygd.vocabulary.words import LinkState
from bygd.web.api import answers
from bygd.web.api.answers import Format
from bygd.web.api.asked import Pages, next_after, part, start
from bygd.web.api.callers import Reached, reach
from bygd.web.api.problems import Problem
from bygd.web.people import log
from bygd.web.people.words import Right
from bygd.workbench import suppliers as listing
from bygd.workbench.review import queue
from bygd.workbench.suppliers import Wanted

router = Router(tags=["Suppliers"])

EXPORTED = N_("exported")

Key = Annotated[str, Path(max_length=200, description="Key of a supplier, as `supplier_key` says.")]


class SupplierRow(Schema):
    """A supplier of a ledger, with what it was paid. Of the masked there is the label only."""

    supplier_key: str
    anchor: str
    name: str
    supplier_number: str | None
    org_number: str | None
    is_masked: bool
    org_id: str | None
    registered_name: str | None
    state: str
    ring: str
    ownership: str
    amount: float
    left_out: float
    payments: int


COLUMNS = tuple(SupplierRow.model_fields)


class SupplierRows(Schema):
    """Part of the suppliers, most purchases first."""

    snapshot: str
    rows: list[SupplierRow]
    next: str | None


class CandidateOut(Schema):
    """An organisation that a supplier may be."""

    org_id: str
    name: str
    stage: str
    score: float
    town: str | None
    postcode: str | None
    legal_form: str | None
    status: str


class CaseOut(Schema):
    """A supplier, what it was linked to, and what else it may be, best first."""

    supplier_key: str
    anchor: str
    name: str
    state: str
    stage: str
    org_id: str | None
    margin: float | None
    org_number: str | None
    postcode: str | None
    town: str | None
    is_masked: bool
    group_key: str | None
    candidates: list[CandidateOut]


class WaitingRow(Schema):
    """A case that waits for a person: its suppliers are one organisation, the clearest first."""

    case_key: str
    suppliers: list[str]
    names: list[str]
    anchors: list[str]
    amount: float
    worth: float
    effort: float
    score: float | None
    candidate_id: str | None
    candidate_name: str | None
    candidate_place: str | None
    back: list[str]


WAITING = tuple(WaitingRow.model_fields)


class WaitingRows(Schema):
    """Part of the queue, most range a minute first."""

    snapshot: str
    rows: list[WaitingRow]
    next: str | None


class OfSuppliers(Pages):
    """Suppliers."""

    anchor: str = Field("", max_length=200, description="An anchor you are a member of; else all of yours.")
    state: LinkState | None = Field(None, description="What is known about who it is.")
    format: Format | None = Field(None, description="CSV and Parquet hold all rows at once. Else by the header Accept.")


class OfCases(Pages):
    """Cases."""

    format: Format | None = Field(None, description="CSV and Parquet hold all rows at once. Else by the header Accept.")


@router.get(
    "/places/{slug:place}/suppliers", response=SupplierRows, operation_id="suppliers", openapi_extra=answers.TABLE
)
def suppliers(request: HttpRequest, place: str, asked: Query[OfSuppliers]) -> HttpResponseBase:
    """The suppliers of your anchors that were paid in the currency of most payments."""
    reached = reach(request, place, Right.SEE_ROWS)
    held, by = reached.own(asked.anchor or None), reached.place.project.local_by

    def make() -> HttpResponseBase:
        wanted = Wanted(
            currency=held.answer("currency", spend.main_currency),
            local_by=by,
            anchor=asked.anchor,
            state=asked.state or "",
        )
        form, name = answers.chosen(request, asked.format), f"{place}-suppliers"
        first, most = (start(asked), asked.limit) if form is Format.JSON else (0, None)
        with held.engine() as engine:
            number, _amount = listing.total(engine, wanted)
            found = listing.chosen(engine, wanted, limit=most, offset=first)
        rows = [{name: getattr(one, name) for name in COLUMNS} for one in found]
        if form is not Format.JSON:
            log.record(request, EXPORTED, f"{name}.{form.value}, {len(rows)} (API)")
            return answers.rows(rows, COLUMNS, form, name)
        following = next_after(first, len(rows), number)
        return answers.rows(rows, COLUMNS, form, name, snapshot=held.snapshot.id, next=following)

    return answers.tagged(request, held.snapshot.id, make, by)


@router.get("/places/{slug:place}/suppliers/{str:supplier_key}", response=CaseOut, operation_id="supplier")
def supplier(request: HttpRequest, place: str, supplier_key: Key) -> Any:
    """One supplier of your anchors: what it was linked to, and what else it may be."""
    return _case(found(reach(request, place, Right.SEE_ROWS), supplier_key))


@router.get("/places/{slug:place}/cases", response=WaitingRows, operation_id="cases", openapi_extra=answers.TABLE)
def cases(request: HttpRequest, place: str, asked: Query[OfCases]) -> HttpResponseBase:
    """The cases of your anchors that wait for somebody's word, as of the snapshot."""
    reached = reach(request, place, Right.REVIEW)
    held = reached.own()

    def make() -> HttpResponseBase:
        rows = [
            {**{name: getattr(one, name) for name in WAITING}, "back": [str(reason) for reason in one.back]}
            for one in held.answer(("api cases",), queue.waiting)
        ]
        return _answer(request, asked, rows, WAITING, f"{place}-cases", held.snapshot.id)

    return answers.tagged(request, held.snapshot.id, make)


def found(reached: Reached, supplier_key: str) -> Case:
    """The case of a supplier of the caller's anchors. Raises Problem where they have no such supplier."""
    with reached.own().engine() as engine:
        cases = read_cases(engine, [supplier_key])
    if not cases:
        raise Problem(404, "None of your anchors has a supplier '{key}'.", key=supplier_key)
    return cases[0]


def _answer(
    request: HttpRequest, asked: Any, rows: list[dict[str, Any]], columns: tuple[str, ...], name: str, snapshot: str
) -> HttpResponseBase:
    form = answers.chosen(request, asked.format)
    if form is not Format.JSON:
        log.record(request, EXPORTED, f"{name}.{form.value}, {len(rows)} (API)")
        return answers.rows(rows, columns, form, name)
    shown, following = part(rows, asked)
    return answers.rows(shown, columns, form, name, snapshot=snapshot, next=following)


def _case(case: Case) -> dict[str, Any]:
    names = set(CaseOut.model_fields) - {"candidates", "org_number"}
    return {
        **{name: getattr(case, name) for name in names},
        "org_number": None if case.is_masked else case.org_number,
        "candidates": [_candidate(one) for one in case.options],
    }


def _candidate(one: Candidate) -> dict[str, Any]:
    return {name: getattr(one, name) for name in CandidateOut.model_fields}
