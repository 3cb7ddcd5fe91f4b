"""Decided: what people said of organisations and suppliers, as tables of which callers see their own part."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from pydantic import Field

from bygd.engine import DuckEngine
from bygd.vocabulary.columns import Table
from bygd.web.api import answers
from bygd.web.api.answers import Format
from bygd.web.api.asked import Pages, part
from bygd.web.api.callers import Reached
from bygd.web.api.suppliers import EXPORTED
from bygd.web.decisions import together
from bygd.web.people import log
from bygd.workbench import organisations

OWN = "SELECT supplier_key, is_masked FROM suppliers"


class OfDecisions(Pages):
    """Decisions, in part or as a file."""

    subject_id: str = Field("", max_length=200, description="Those about one organisation or supplier.")
    format: Format | None = Field(None, description="CSV and Parquet hold all rows at once. Else by the header Accept.")


def listed(request: HttpRequest, reached: Reached, table: type[Table], asked: OfDecisions) -> HttpResponseBase:
    """The rows of a table of decisions that the caller may see, in the order they came in; what is exported is logged.

    The table has `subject_id` and `decided_at`.
    """
    together.bring_together(reached.place, of=(table,))
    rows = together.read(reached.place, table)
    known = seen(reached, {row["subject_id"] for row in rows})
    rows = [
        {**row, "decided_at": row["decided_at"].isoformat() + "Z"}
        for row in rows
        if row["subject_id"] in known and asked.subject_id in ("", row["subject_id"])
    ]
    form, columns = answers.chosen(request, asked.format), tuple(table.columns())
    name = f"{reached.place.slug}-{table.__name__.replace('_', '-')}"
    if form is not Format.JSON:
        log.record(request, EXPORTED, f"{name}.{form.value}, {len(rows)} (API)")
        return answers.rows(rows, columns, form, name)
    shown, following = part(rows, asked)
    return answers.rows(shown, columns, form, name, next=following)


def seen(reached: Reached, subjects: set[str]) -> set[str]:
    """Those of the subjects that the caller may look at: organisations, and their own suppliers; no persons."""
    if not subjects:
        return set()
    held = reached.own()

    def keys(engine: DuckEngine) -> frozenset[str]:
        return frozenset(row["supplier_key"] for row in engine.rows(OWN) if not row["is_masked"])

    own = held.answer(("api open keys",), keys)
    with held.engine() as engine:
        return (subjects & own) | set(organisations.about(engine, subjects))
