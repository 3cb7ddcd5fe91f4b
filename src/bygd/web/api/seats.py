"""Seats: what people found of registered offices and branches, and what one has to say of them."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Query, Router, Schema, Status
from pydantic import Field

from bygd.sources.errors import InputError
from bygd.vocabulary import tables
from bygd.vocabulary.words import Site
from bygd.web.api import answers, decided
from bygd.web.api.asked import Strict
from bygd.web.api.callers import Reached, reach
from bygd.web.api.decided import OfDecisions
from bygd.web.api.problems import Problem
from bygd.web.decisions import together
from bygd.web.people import log
from bygd.web.people.words import Right, Scope
from bygd.workbench import decisions, placing
from bygd.workbench.whereabouts import Where, places

router = Router(tags=["Decisions"])

TABLE = tables.seat_decisions


class SeatOut(Schema):
    """Where somebody found a registered office or a branch to be. The latest row counts; an empty one takes back."""

    subject_id: str
    site: str
    area_id: str | None
    postcode: str | None
    evidence: str | None
    decided_by: str
    decided_at: str


class SeatRows(Schema):
    """Part of the decisions, in the order they came in."""

    rows: list[SeatOut]
    next: str | None


class SaidSeat(Strict):
    """Where a registered office or a branch is: an area or a postcode, and where that is said. Neither takes back."""

    subject_id: str = Field(
        min_length=1, max_length=200, pattern=r"^[!-~]+$", description="An org_id, or the key of a supplier of yours."
    )
    site: Annotated[Site, Field(strict=False)]
    area_id: str | None = Field(
        None, pattern=r"^[a-z]{2}(:[!-~]{1,40})?$", description="Of one abroad, the two letters of the country."
    )
    postcode: str | None = Field(None, pattern=r"^[0-9A-Za-z -]{2,20}$", description="In the country of the place.")
    evidence: str = Field("", max_length=500, pattern=r"^[^\x00-\x08]*$")


@router.get(
    "/places/{slug:place}/seat-decisions", response=SeatRows, operation_id="seat_decisions", openapi_extra=answers.TABLE
)
def listed(request: HttpRequest, place: str, asked: Query[OfDecisions]) -> HttpResponseBase:
    """What was said of where organisations, and suppliers of your anchors, are."""
    reached = reach(request, place, Right.SEE_POOL)
    return decided.listed(request, reached, TABLE, asked)


@router.post("/places/{slug:place}/seat-decisions", response={201: SeatOut}, operation_id="place_seat")
def say(request: HttpRequest, place: str, said: SaidSeat) -> Any:
    """Say where something is; with neither area nor postcode take that back. It counts from the next build on."""
    reached = reach(request, place, Right.CORRECT, Scope.DECIDE)
    if said.area_id and said.postcode:
        raise Problem(409, "Send an area or a postcode, not both.")
    if said.subject_id not in decided.seen(reached, {said.subject_id}):
        raise Problem(
            404, "There is no organisation and no supplier of yours '{key}' that may be placed.", key=said.subject_id
        )
    where = _understood(reached, said)
    if where and not said.evidence.strip():
        raise Problem(409, "Send as `evidence` where it is said, so that others can look.")
    project = reached.place.project
    with decisions.alone(project):
        before = placing.decided(
            together.read(reached.place, TABLE, subject_id=said.subject_id), said.subject_id, said.site
        )
        if where is None and (before is None or not placing.stands(before)):
            raise Problem(409, "Nothing was said of it that could be taken back.")
        row = placing.made(said.subject_id, said.site, where, said.evidence, reached.person.label, before)
        try:
            together.add(reached.place, TABLE, [row], project)
        except InputError as error:
            raise Problem(409, error.said) from None
    told = "corrected where it is" if where else "took back where it is"
    log.record(request, told, f"{said.subject_id} {said.site.value} (API)")
    return Status(201, {**row, "decided_at": row["decided_at"].isoformat() + "Z"})


def _understood(reached: Reached, said: SaidSeat) -> Where | None:
    """The place that is meant, where there is one. Raises Problem where the files do not know it."""
    text = said.area_id or said.postcode
    if not text:
        return None
    country = reached.place.project.country
    with reached.own().engine() as engine:
        try:
            found = places(engine, country).understood(engine, text)
        except InputError as error:
            raise Problem(409, error.said) from None
    if bool(found.area_id) != bool(said.area_id):
        raise Problem(409, "'{text}' is known, but not as what it was sent as.", text=text)
    return found
