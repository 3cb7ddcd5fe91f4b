"""Decisions: what people said about the suppliers of one's own anchors, and what one has to say."""

from datetime import timedelta
from typing import Annotated, Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Query, Router, Schema, Status
from pydantic import Field

from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.vocabulary import tables
from bygd.vocabulary.words import Judgement
from bygd.web.api import answers
from bygd.web.api.answers import Format
from bygd.web.api.asked import Pages, Strict, part
from bygd.web.api.callers import Reached, reach
from bygd.web.api.problems import Problem
from bygd.web.api.suppliers import EXPORTED, found
from bygd.web.decisions import together
from bygd.web.people import log
from bygd.web.people.words import Right, Scope
from bygd.workbench import decisions, organisations
from bygd.workbench.review import judging

router = Router(tags=["Decisions"])

JUDGED = N_("judged")
COLUMNS = tuple(tables.link_decisions.columns())


class DecisionOut(Schema):
    """What somebody said about a supplier. Decisions are added and never changed; the latest counts."""

    supplier_key: str
    org_id: str | None
    judgement: str
    decided_by: str
    decided_at: str
    proposed_id: str | None
    proposed_score: float | None
    note: str | None


class DecisionRows(Schema):
    """Part of the decisions, in the order they came in."""

    rows: list[DecisionOut]
    next: str | None


class DecisionIn(Strict):
    """A judgement: that a supplier is, is not, or may be an organisation, or that it is in no register."""

    supplier_key: str = Field(min_length=1, max_length=200, pattern=r"^[!-~]+$")
    judgement: Annotated[Judgement, Field(strict=False)]
    org_id: str | None = Field(
        None,
        min_length=1,
        max_length=100,
        pattern=r"^[!-~]+$",
        description="Which organisation is meant; left out with `absent`.",
    )
    note: str = Field("", max_length=1000, pattern=r"^[^\x00-\x08]*$")


class OfDecisions(Pages):
    """Decisions."""

    supplier_key: str = Field("", max_length=200, description="Those about one supplier.")
    format: Format | None = Field(None, description="CSV and Parquet hold all rows at once. Else by the header Accept.")


@router.get(
    "/places/{slug:place}/decisions", response=DecisionRows, operation_id="decisions", openapi_extra=answers.TABLE
)
def listed(request: HttpRequest, place: str, asked: Query[OfDecisions]) -> HttpResponseBase:
    """What was decided about the suppliers of your anchors, those since the last build included."""
    reached = reach(request, place, Right.SEE_ROWS)
    held = reached.own()
    own = held.answer(("api keys",), lambda engine: frozenset(row["supplier_key"] for row in engine.rows(KEYS)))
    together.bring_together(reached.place, of=(tables.link_decisions,))
    rows = [
        {**row, "decided_at": row["decided_at"].isoformat() + "Z"}
        for row in together.read(reached.place, tables.link_decisions)
        if row["supplier_key"] in own and asked.supplier_key in ("", row["supplier_key"])
    ]
    form = answers.chosen(request, asked.format)
    if form is not Format.JSON:
        log.record(request, EXPORTED, f"{place}-decisions.{form.value}, {len(rows)} (API)")
        return answers.rows(rows, COLUMNS, form, f"{place}-decisions")
    shown, following = part(rows, asked)
    return answers.rows(shown, COLUMNS, form, f"{place}-decisions", next=following)


KEYS = "SELECT supplier_key FROM suppliers"


@router.post("/places/{slug:place}/decisions", response={201: DecisionOut}, operation_id="decide")
def decide(request: HttpRequest, place: str, said: DecisionIn) -> Any:
    """Say what a supplier of your anchors is. It counts from the next build on."""
    reached = reach(request, place, Right.REVIEW, Scope.DECIDE)
    case = found(reached, said.supplier_key)
    if case.is_masked:
        raise Problem(409, "This supplier is a person or a sole trader. It is not looked for in registers.")
    if said.judgement is not Judgement.ABSENT:
        _organisation(reached, case, said)
    project = reached.place.project
    with decisions.alone(project):
        before = together.read(reached.place, tables.link_decisions, supplier_key=said.supplier_key)
        row = judging.judged(case, said.judgement, said.org_id, reached.person.label, said.note)
        # Two rows of the same second could not be told apart by time.
        row["decided_at"] = max([decisions.now(), *(one["decided_at"] + timedelta(seconds=1) for one in before)])
        try:
            together.add(reached.place, tables.link_decisions, [row], project)
        except InputError as error:
            raise Problem(409, error.said) from None
    log.record(request, JUDGED, f"{said.supplier_key} {said.judgement.value} (API)")
    return Status(201, {**row, "decided_at": row["decided_at"].isoformat() + "Z"})


def _organisation(reached: Reached, case: Any, said: DecisionIn) -> None:
    """Raise Problem where what was said is about no organisation that a supplier may be."""
    if said.org_id is None:
        if said.judgement is Judgement.UNSURE:
            return
        raise Problem(409, "'{word}' needs the org_id of the organisation that is meant.", word=said.judgement.value)
    if any(one.org_id == said.org_id for one in case.options):
        return
    with reached.own().engine() as engine:
        if not organisations.about(engine, [said.org_id]):
            raise Problem(404, "No register here has an organisation '{key}'.", key=said.org_id)
