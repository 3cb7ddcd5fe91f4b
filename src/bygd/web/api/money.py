"""Money: figures of the pool and of one's own anchors, spend by dimensions, and the payments themselves."""

from collections.abc import Mapping
from enum import Enum
from typing import Any, Literal

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from ninja import Query, Router, Schema
from pydantic import Field

from bygd import geography
from bygd.reports.translate import N_
from bygd.scope.lines import YEAR
from bygd.sources.errors import InputError
from bygd.tools import spend
from bygd.vocabulary import tables, years
from bygd.vocabulary.words import LocalBy
from bygd.web.api import answers
from bygd.web.api.answers import Format
from bygd.web.api.asked import OF_LEDGERS, OLDER, Narrowing, Pages, Snapshot, Text, Year
from bygd.web.api.callers import Reached, reach
from bygd.web.api.problems import Problem
from bygd.web.people import log
from bygd.web.people.words import Right
from bygd.workbench import publication

router = Router(tags=["Money"])

TOOK_PAYMENTS = N_("downloaded payments")
FIGURE = (
    "id", "value", "unit", "low", "high", "coverage", "definition", "period", "anchor", "sources", "snapshot",
    "withheld",
)  # fmt: skip
MEASURES = (
    "local", "elsewhere", "unknown", "total", "share", "low", "high", "coverage", "suppliers", "largest",
)  # fmt: skip
Dimension = Literal["anchor", "year", "ownership", "industry", "size", "category", "currency"]
"""The keys of `spend.DIMENSIONS`."""
Within = Literal["neighbourhood", "municipality", "county", "country", "world"]
"""The rings that local may mean: all but the unknown."""


class Scope(Enum):
    """Whose figures."""

    POOL = "pool"
    OWN = "own"


class FigureRow(Schema):
    """A number with its method card; `anchor` is empty for all anchors together."""

    id: str
    value: float | None
    unit: str
    low: float | None
    high: float | None
    coverage: float | None
    definition: str
    period: str
    anchor: str | None
    sources: list[str]
    snapshot: str
    withheld: bool


class FigureRows(Schema):
    """Figures of one snapshot."""

    snapshot: str
    rows: list[FigureRow]


class SpendRow(Schema):
    """Spend of one combination of dimensions; money in the currency said. `low` and `high` bound `share`."""

    anchor: str | None = None
    year: int | None = Field(None, description=OF_LEDGERS)
    ownership: str | None = None
    industry: str | None = None
    size: str | None = None
    category: str | None = None
    currency: str | None = None
    local: float
    elsewhere: float
    unknown: float
    total: float
    share: float | None
    low: float | None
    high: float | None
    coverage: float | None
    suppliers: int
    largest: float | None


class SpendRows(Schema):
    """Spend of one snapshot."""

    snapshot: str
    rows: list[SpendRow]


class PaymentRow(Schema):
    """A row of a ledger."""

    file_key: str
    row_number: int
    anchor: str
    supplier_key: str
    amount: float
    currency: str
    paid_on: str
    account: str | None
    category: str | None
    department: str | None
    invoice: str | None
    contract: str | None


class PaymentRows(Schema):
    """Part of the payments; `next` is what `after` must be to have the following ones."""

    snapshot: str
    rows: list[PaymentRow]
    next: str | None


class Narrowed(Narrowing):
    """Spend as a table."""

    by: list[Dimension] = Field([], max_length=len(spend.DIMENSIONS), description="What to break it down by.")
    local_by: LocalBy | None = Field(None, description="What local means; else as the project says.")
    ring: Within | None = Field(None, description="Within which ring local is; else as the project says.")
    snapshot: Snapshot = Field("", description=OLDER)
    format: Format | None = Field(None, description="Else by the header Accept, else JSON.")


class OfFigures(Schema):
    """Figures."""

    scope: Scope = Field(Scope.POOL, description="All institutions together, small cells withheld, or your own.")
    snapshot: Snapshot = Field("", description=OLDER)
    format: Format | None = Field(None, description="Else by the header Accept, else JSON.")


class OfPayments(Pages):
    """Payments; repeat a parameter to have several, leave it out to have all."""

    anchor: list[Text] = Field([], max_length=50, description="An anchor that you are a member of.")
    year: list[Year] = Field([], max_length=50, description=OF_LEDGERS)
    category: list[Text] = Field([], max_length=50, description="What was bought, in the ledger's words.")
    snapshot: Snapshot = Field("", description=OLDER)
    format: Format | None = Field(None, description="CSV and Parquet hold all rows at once. Else by the header Accept.")


@router.get("/places/{slug:place}/figures", response=FigureRows, operation_id="figures", openapi_extra=answers.TABLE)
def figures(request: HttpRequest, place: str, asked: Query[OfFigures]) -> HttpResponseBase:
    """Every figure with its range, definition and sources."""
    scope = asked.scope
    reached = reach(request, place, Right.SEE_POOL if scope is Scope.POOL else Right.SEE_ROWS)
    held = reached.pool(asked.snapshot) if scope is Scope.POOL else reached.own(snapshot=asked.snapshot)
    name = held.snapshot.id

    def make() -> HttpResponseBase:
        rows = held.answer(("api figures", scope), lambda engine: _figures(reached, held.snapshot, engine, scope))
        return answers.rows(rows, FIGURE, answers.chosen(request, asked.format), f"{place}-figures", snapshot=name)

    with reached.readable(held):
        return answers.tagged(request, name, make)


@router.get("/places/{slug:place}/spend", response=SpendRows, operation_id="spend", openapi_extra=answers.TABLE)
def spend_table(request: HttpRequest, place: str, asked: Query[Narrowed]) -> HttpResponseBase:
    """Purchases of your anchors by what you like: how much of it is local, with the range that doubt leaves."""
    reached = reach(request, place, Right.SEE_ROWS)
    for anchor in asked.anchor:
        reached.own(anchor)
    held, project = reached.own(snapshot=asked.snapshot), reached.place.project
    by = tuple(dict.fromkeys(asked.by))
    local_by, ring, where = asked.local_by or project.local_by, asked.ring or project.within, asked.filter()

    def make() -> HttpResponseBase:
        key = ("api spend", by, local_by, ring, where)
        rows = held.answer(key, lambda engine: spend.table(engine, by, local_by, ring, where))
        form = answers.chosen(request, asked.format)
        return answers.rows(rows, (*by, *MEASURES), form, f"{place}-spend", snapshot=held.snapshot.id)

    with reached.readable(held):
        return answers.tagged(request, held.snapshot.id, make, f"{project.local_by} {project.within}")


PAYMENTS = """
    SELECT {columns} FROM payments WHERE {condition} ORDER BY file_key, row_number {limit}
"""


@router.get("/places/{slug:place}/payments", response=PaymentRows, operation_id="payments", openapi_extra=answers.TABLE)
def payments(request: HttpRequest, place: str, asked: Query[OfPayments]) -> HttpResponseBase:
    """The payments of your anchors, by file and row."""
    reached = reach(request, place, Right.SEE_ROWS)
    for anchor in asked.anchor:
        reached.own(anchor)
    held = reached.own(snapshot=asked.snapshot)
    form = answers.chosen(request, asked.format)
    condition, values = _of(asked, held.manifest)
    columns = ", ".join(tables.payments.columns())

    def make() -> HttpResponseBase:
        with held.engine() as engine:
            if form is not Format.JSON:
                log.record(request, TOOK_PAYMENTS, f"{', '.join(asked.anchor)} {form.value} (API)".strip())
                reader = engine.batches(PAYMENTS.format(columns=columns, condition=condition, limit=""), *values)
                return answers.file(reader, reader.schema, form, f"{place}-payments")
            said, more = _behind(asked.after)
            statement = PAYMENTS.format(
                columns=columns, condition=f"{condition} AND {said}", limit=f"LIMIT {asked.limit + 1}"
            )
            rows = engine.rows(statement, *values, *more)
        shown = rows[: asked.limit]
        last = f"{shown[-1]['file_key']}.{shown[-1]['row_number']}" if len(rows) > asked.limit else None
        listed = [answers.plain(row) for row in shown]
        return JsonResponse({"snapshot": held.snapshot.id, "rows": listed, "next": last})

    with reached.readable(held):
        return answers.tagged(request, held.snapshot.id, make)


def _of(asked: OfPayments, manifest: Mapping[str, Any]) -> tuple[str, list[Any]]:
    """The condition that a payment is one of those asked for, and its values."""
    starts = years.begins(manifest)
    chosen: dict[str, list[Any]] = {
        "anchor": list(asked.anchor),
        YEAR.format(year_starts=starts): list(asked.year),
        "COALESCE(category, '')": list(asked.category),
    }
    parts = [f"{column} IN ({', '.join('?' * len(values))})" for column, values in chosen.items() if values]
    return " AND ".join(parts) or "TRUE", [value for values in chosen.values() for value in values]


def _behind(after: str) -> tuple[str, list[Any]]:
    """The condition that a payment stands behind the one that `after` names."""
    file_key, _, number = after.rpartition(".")
    if not after:
        return "TRUE", []
    if not (number.isascii() and number.isdigit() and len(number) < 12):
        raise Problem(404, "There is nothing behind this. Leave `after` out, or send `next` of the answer before.")
    return "(file_key, row_number) > (?, ?)", [file_key, int(number)]


def _figures(reached: Reached, chosen: Any, engine: Any, scope: Scope) -> list[dict[str, Any]]:
    project = reached.place.project
    if scope is Scope.POOL:
        try:
            return publication.pooled(project, chosen, engine)
        except InputError as error:
            raise Problem(409, error.said) from None
    place = geography.place(engine, project.place_id, project.place_name)
    found = spend.figures(engine, place, chosen.id, chosen.manifest.get("sources", ()), baseline=project.baseline_year)
    return [{**one.as_row(), "withheld": False} for one in found]
