"""Contracts: the register of a place for programs: read by all who work there, entered and changed by buyers."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Query, Router, Schema, Status
from pydantic import Field, StrictStr

from bygd.sources.errors import InputError
from bygd.sources.privacy import MARK
from bygd.tools import spend
from bygd.vocabulary import tables
from bygd.vocabulary.contract_words import ContractProcedure, ContractStage, Reservation
from bygd.vocabulary.money import rounded
from bygd.web.api import answers
from bygd.web.api.answers import Format
from bygd.web.api.asked import Pages, Strict, Text, part
from bygd.web.api.callers import Reached, reach
from bygd.web.api.problems import Problem
from bygd.web.api.suppliers import EXPORTED
from bygd.web.decisions import together
from bygd.web.people import log
from bygd.web.people.words import Right, Scope
from bygd.web.procurements.contracts import entering
from bygd.workbench import contracts, decisions
from bygd.workbench.contracts.bring import KEPT, TEXTS
from bygd.workbench.contracts.known import Row
from bygd.workbench.contracts.outside import used_of
from bygd.workbench.contracts.who import Suppliers

router = Router(tags=["Contracts"])

COLUMNS = tuple(name for name in tables.contracts.columns() if name not in ("entered_by", "entered_at"))
BY_PROGRAM = "entered by a program"
Day = Annotated[date, Field(strict=False)]
Key = Annotated[str, Field(max_length=40, pattern=r"^[0-9a-z-]+$")]
Name = Annotated[StrictStr, Field(max_length=200, pattern=r"^[^\x00-\x08]*$")]


class ContractOut(Schema):
    """A contract, or one supplier's part of a framework, as its latest entry says."""

    contract_key: str
    anchor: str
    number: str | None
    title: str
    procedure_key: str | None
    lot: str | None
    supplier_name: str | None
    supplier_id: str | None = Field(description="Empty for private persons.")
    cpv: str | None
    value: float | None
    currency: str | None
    signed_on: date | None
    starts_on: date | None
    ends_on: date | None
    longest_until: date | None
    options: str | None
    procedure: str | None
    reserved: str | None
    stage: str
    is_framework: bool
    note: str | None
    source: str


class PaidOut(Schema):
    """What was paid in a year to the supplier while the contract ran."""

    year: int
    amount: float
    shared: float = Field(description="Of it, what other contracts of the same supplier may cover as well.")
    open: float = Field(description="Of it, after the last known day, while options without a known end may have run.")


class OneContract(ContractOut):
    """A contract with what its supplier was paid, for members of its institution; else `paid` is null."""

    paid: list[PaidOut] | None
    currency_paid: str | None


class ContractRows(Schema):
    """Part of the contracts, by institution and key."""

    rows: list[ContractOut]
    next: str | None


class ContractIn(Strict):
    """A contract. With the `contract_key` of one that is there it is changed; what stood there before is kept."""

    contract_key: Key | None = None
    anchor: Name = Field(min_length=1)
    number: Name | None = None
    title: Name = Field(min_length=1)
    procedure_key: Name | None = None
    lot: Name | None = None
    supplier_name: Name | None = None
    supplier_number: Name | None = Field(None, description="Its organisation number; those of persons are not kept.")
    cpv: Annotated[StrictStr, Field(pattern=r"^\d{8}$")] | None = None
    value: Annotated[float, Field(ge=0, lt=10**13)] | None = None
    currency: Annotated[StrictStr, Field(pattern=r"^[A-Z]{3}$")] | None = None
    signed_on: Day | None = None
    starts_on: Day | None = None
    ends_on: Day | None = None
    longest_until: Day | None = None
    options: Name | None = None
    procedure: Annotated[ContractProcedure, Field(strict=False)] | None = None
    reserved: Annotated[Reservation, Field(strict=False)] | None = None
    stage: Annotated[ContractStage, Field(strict=False)] = ContractStage.SIGNED
    is_framework: bool = False
    note: Name | None = None


class OfContracts(Pages):
    """Which contracts."""

    anchor: list[Text] = Field([], max_length=50, description="Those of an institution; repeat it for several.")
    ends_from: date | None = Field(
        None, description="Those whose last day, options used, is this day or later, or not known."
    )
    ends_to: date | None = Field(None, description="Those whose last day, options used, is this day or earlier.")
    cpv: str = Field("", pattern=r"^(\d{2,8})?$", description="Those whose CPV code begins so.")
    format: Format | None = Field(None, description="CSV and Parquet hold all rows at once. Else by the header Accept.")


@router.get("/places/{slug:place}/contracts", response=ContractRows, operation_id="contracts",
            openapi_extra=answers.TABLE)  # fmt: skip
def listed(request: HttpRequest, place: str, asked: Query[OfContracts]) -> HttpResponseBase:
    """The contracts of all institutions of the place: what is public by nature, no payments."""
    reached = reach(request, place, Right.SEE_POOL)
    rows = [_shown(row) for row in _register(reached) if _fits(row, asked)]
    form = answers.chosen(request, asked.format)
    if form is not Format.JSON:
        log.record(request, EXPORTED, f"{place}-contracts.{form.value}, {len(rows)} (API)")
        return answers.rows(rows, COLUMNS, form, f"{place}-contracts")
    shown, following = part(rows, asked)
    return answers.rows(shown, COLUMNS, form, f"{place}-contracts", next=following)


@router.get("/places/{slug:place}/contracts/{contract_key}", response=OneContract, operation_id="contract")
def one(request: HttpRequest, place: str, contract_key: Key) -> Any:
    """One contract; what its supplier was paid is told to members of its institution alone."""
    reached = reach(request, place, Right.SEE_POOL)
    row = _find(reached, contract_key)
    paid: list[dict[str, Any]] | None = None
    currency = None
    may_see = row["anchor"] in reached.access.anchors and reached.access.may(Right.SEE_ROWS)
    if may_see and row["stage"] == ContractStage.SIGNED:
        known = contracts.current(reached.place.project, {row["anchor"]})
        opened = reached.own()
        currency = opened.answer("currency", spend.main_currency)
        with opened.engine() as engine:
            found = used_of(engine, reached.place.project, known, contract_key)
        sums = ("amount", "shared", "open")
        paid = [{"year": each.year, **{name: float(getattr(each, name)) for name in sums}} for each in found]
    return {**_shown(row), "paid": paid, "currency_paid": currency}


@router.post("/places/{slug:place}/contracts", response={201: ContractOut}, operation_id="enter_contract")
def enter(request: HttpRequest, place: str, said: ContractIn) -> Any:
    """Enter a contract or change one; each is a new entry."""
    reached = reach(request, place, Right.PROCURE, Scope.DECIDE)
    project = reached.place.project
    with decisions.alone(project):  # of two that enter the same number one is told
        rows = {row["contract_key"]: row for row in _register(reached)}
        before = rows.get(said.contract_key or "")
        if said.contract_key and before is None:
            raise _absent(said.contract_key)
        known = {entry.source for entry in project.ledgers} | {row["anchor"] for row in rows.values()}
        if project.ledgers and said.anchor.strip() not in known:  # without ledgers whoever enters names institutions
            raise Problem(409, "There is no institution '{anchor}' here.", anchor=said.anchor)
        row = _row(reached, said, before)
        if before is None and row["contract_key"] in rows:
            raise Problem(
                409, "There is a contract with this number already, '{key}'. Send its key to change it.",
                key=row["contract_key"],
            )  # fmt: skip
        for _column, problem in contracts.problems(row, project.country.code):
            raise Problem(409, problem)
        _add(reached, row, withdrawn=False)
    log.record(request, entering.CHANGED if before else entering.ENTERED, f"{row['contract_key']} (API)")
    return Status(201, _shown({**row, "source": BY_PROGRAM}))


@router.delete("/places/{slug:place}/contracts/{contract_key}", response={204: None}, operation_id="withdraw_contract")
def withdraw(request: HttpRequest, place: str, contract_key: Key) -> Any:
    """Take a contract out of the register; its entries stay, and it can be put back in the browser."""
    reached = reach(request, place, Right.PROCURE, Scope.DECIDE)
    row = _find(reached, contract_key)
    with decisions.alone(reached.place.project):
        _add(reached, row, withdrawn=True)
    log.record(request, entering.WITHDREW, f"{contract_key} (API)")
    return Status(204, None)


def _register(reached: Reached) -> list[Row]:
    """The register as it stands. Raises Problem where somebody edited its file so that it cannot be read."""
    try:
        together.bring_together(reached.place, reached.place.project, (tables.contract_entries,))
        return contracts.current(reached.place.project)
    except InputError as error:
        raise Problem(409, error.said) from None


def _find(reached: Reached, key: str) -> Row:
    found = next((row for row in _register(reached) if row["contract_key"] == key), None)
    if found is None:
        raise _absent(key)
    return found


def _fits(row: Row, asked: OfContracts) -> bool:
    is_open = row["ends_on"] and row["options"] and not row["longest_until"]
    last = date.max if is_open else row["longest_until"] or row["ends_on"]
    return (
        (not asked.anchor or row["anchor"] in asked.anchor)
        and (not asked.cpv or (row["cpv"] or "").startswith(asked.cpv))
        and (asked.ends_from is None or (last is not None and last >= asked.ends_from))
        and (asked.ends_to is None or (last is not None and last <= asked.ends_to))
    )


def _row(reached: Reached, said: ContractIn, before: Row | None) -> Row:
    """The columns of the table; a private person's number is left out as wherever contracts are entered."""
    given, suppliers = said.model_dump(), Suppliers(reached.place.project)
    who = suppliers((said.supplier_name or "").strip() or None, said.supplier_number)
    texts = {name: suppliers.text((given[name] or "").strip() or None) for name in TEXTS if name in given}
    number = who.id
    if before and not said.supplier_number and who.name == before["supplier_name"] and _is_person(before):
        number = before["supplier_id"]
    row: Row = {
        **dict.fromkeys(KEPT),
        **{name: value.value if hasattr(value, "value") else value or None for name, value in given.items()
           if name in KEPT},
        **texts,
        "anchor": said.anchor.strip(),
        "value": None if said.value is None else rounded(Decimal(repr(said.value))),
        "currency": (said.currency or reached.place.project.country.currency) if said.value is not None else None,
        "supplier_name": who.name,
        "supplier_id": number,
        "is_framework": said.is_framework,
        "withdrawn": False,
    }  # fmt: skip
    supplier = None if row["number"] else row["supplier_id"] or row["supplier_name"]
    key = said.contract_key or contracts.key(row["anchor"], row["number"], row["title"], row["lot"], supplier)
    return {**row, "contract_key": key}


def _add(reached: Reached, row: Row, *, withdrawn: bool) -> None:
    try:
        entering.again(reached.place, {**row, "source": BY_PROGRAM}, reached.person.label, withdrawn=withdrawn)
    except InputError as error:
        raise Problem(409, error.said) from None


def _shown(row: Row) -> dict[str, Any]:
    """What anybody who works in the place may see of a contract: no pseudonyms, nor who entered it."""
    shown = {name: row[name] for name in COLUMNS}
    return {**answers.plain(shown), "supplier_id": None if _is_person(row) else row["supplier_id"]}


def _is_person(row: Row) -> bool:
    return bool((row["supplier_id"] or "").startswith(MARK))


def _absent(key: str) -> Problem:
    return Problem(404, "There is no contract '{key}' in the register.", key=key)
