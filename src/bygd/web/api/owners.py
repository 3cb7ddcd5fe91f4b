"""Owners: what people found of whose organisations and suppliers are, and what one has to say of them."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Query, Router, Schema, Status
from pydantic import Field

from bygd.sources.errors import InputError
from bygd.vocabulary import tables
from bygd.vocabulary.words import OwnershipKind
from bygd.web.api import answers, decided
from bygd.web.api.asked import Strict
from bygd.web.api.callers import reach
from bygd.web.api.decided import OfDecisions
from bygd.web.api.problems import Problem
from bygd.web.decisions import together
from bygd.web.people import log
from bygd.web.people.words import Right, Scope
from bygd.workbench import decisions, owning

router = Router(tags=["Decisions"])

TABLE = tables.class_decisions


class OwnerOut(Schema):
    """Whose somebody found it to be. The latest row counts; one without a kind takes back."""

    subject_id: str
    kind: str | None
    evidence: str | None
    decided_by: str
    decided_at: str


class OwnerRows(Schema):
    """Part of the decisions, in the order they came in."""

    rows: list[OwnerOut]
    next: str | None


class SaidOwner(Strict):
    """Whose an organisation or a supplier is, and where that is said. Without a kind it takes back."""

    subject_id: str = Field(
        min_length=1, max_length=200, pattern=r"^[!-~]+$", description="An org_id, or the key of a supplier of yours."
    )
    kind: Annotated[OwnershipKind, Field(strict=False)] | None = Field(
        None, description="Left out to take back what was said."
    )
    evidence: str = Field("", max_length=500, pattern=r"^[^\x00-\x08]*$")


@router.get(
    "/places/{slug:place}/class-decisions",
    response=OwnerRows,
    operation_id="class_decisions",
    openapi_extra=answers.TABLE,
)
def listed(request: HttpRequest, place: str, asked: Query[OfDecisions]) -> HttpResponseBase:
    """What was said of whose organisations, and suppliers of your anchors, are."""
    reached = reach(request, place, Right.SEE_POOL)
    return decided.listed(request, reached, TABLE, asked)


@router.post("/places/{slug:place}/class-decisions", response={201: OwnerOut}, operation_id="say_whose")
def say(request: HttpRequest, place: str, said: SaidOwner) -> Any:
    """Say whose something is; without a kind take that back. It counts from the next build on."""
    reached = reach(request, place, Right.CORRECT, Scope.DECIDE)
    if said.subject_id not in decided.seen(reached, {said.subject_id}):
        raise Problem(
            404, "There is no organisation and no supplier of yours '{key}' of which that may be said.",
            key=said.subject_id,
        )  # fmt: skip
    if said.kind is OwnershipKind.UNKNOWN:
        raise Problem(409, "That it is not known cannot be said. Leave `kind` out to take back what was said.")
    if said.kind and not said.evidence.strip():
        raise Problem(409, "Send as `evidence` where it is said, so that others can look.")
    project = reached.place.project
    with decisions.alone(project):
        before = owning.decided(together.read(reached.place, TABLE, subject_id=said.subject_id), said.subject_id)
        if said.kind is None and (before is None or not before["kind"]):
            raise Problem(409, "Nothing was said of it that could be taken back.")
        row = owning.made(said.subject_id, said.kind, said.evidence, reached.person.label, before)
        try:
            together.add(reached.place, TABLE, [row], project)
        except InputError as error:
            raise Problem(409, error.said) from None
    told = "corrected whose it is" if said.kind else "took back whose it is"
    log.record(request, told, f"{said.subject_id} {said.kind.value if said.kind else ''} (API)".replace("  ", " "))
    return Status(201, {**row, "decided_at": row["decided_at"].isoformat() + "Z"})
