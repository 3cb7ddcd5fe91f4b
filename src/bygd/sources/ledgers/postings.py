"""Postings: what a reader of accounting files or invoices found, left as the four relations of a ledger."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bygd.engine import DuckEngine
from bygd.sources.conventions import Conventions
from bygd.sources.privacy import Masker, Pseudonym, Who
from bygd.vocabulary import tables
from bygd.vocabulary.ids import make_key
from bygd.vocabulary.money import rounded
from bygd.vocabulary.words import SetAside


@dataclass(frozen=True)
class Origin:
    """Where postings come from: whose, which file, and how it was read."""

    anchor: str
    path: str
    sha256: str
    layout: str
    encoding: str
    currency: str
    rows: int
    vat: str = "unknown"
    sheet: str = ""


@dataclass(frozen=True)
class Posting:
    """One purchase. The amount keeps the decimals it was written with."""

    row: int
    paid_on: date
    amount: Decimal
    name: str
    supplier_number: str | None = None
    org_number: str | None = None
    postcode: str | None = None
    town: str | None = None
    country: str | None = None
    account: str | None = None
    category: str | None = None
    department: str | None = None
    invoice: str | None = None
    contract: str | None = None


@dataclass(frozen=True)
class Aside:
    """One row or document that is no purchase, with the reason; `amount` where one could be read."""

    row: int
    reason: SetAside
    detail: str
    amount: Decimal | None
    text: str


def leave(
    engine: DuckEngine,
    origin: Origin,
    found: Iterable[Posting | Aside],
    conventions: Conventions,
    pseudonym: Pseudonym,
) -> dict[str, Any]:
    """Put payments, suppliers, set_aside and ledger_files of one file into the engine; gives its ledger_files row.

    Persons and personal numbers, in names, numbers and texts, are masked here. Amounts are rounded
    to the cent, half to even, and the difference stands under `rounding`.
    """
    masker = Masker(conventions, pseudonym)
    file_key = make_key(origin.sha256, origin.sheet)
    payments: list[dict[str, Any]] = []
    suppliers: dict[str, dict[str, Any]] = {}
    asides: list[dict[str, Any]] = []
    exact = Decimal(0)
    for one in found:
        exact += one.amount or Decimal(0)
        if isinstance(one, Aside):
            asides.append(_aside(file_key, one, masker))
            continue
        supplier = _supplier(origin.anchor, one, masker)
        suppliers.setdefault(supplier["supplier_key"], supplier)
        payments.append(_payment(file_key, origin, one, supplier["supplier_key"], masker))
    engine.register(tables.payments, payments)
    engine.register(tables.suppliers, suppliers.values())
    engine.register(tables.set_aside, asides)
    read = sum((row["amount"] for row in payments), Decimal(0))
    aside = sum((row["amount"] or Decimal(0) for row in asides), Decimal(0))
    days = [row["paid_on"] for row in payments]
    masked = sum(suppliers[row["supplier_key"]]["is_masked"] for row in payments)
    whole = rounded(exact)
    file = {
        "file_key": file_key,
        "anchor": origin.anchor,
        "path": origin.path,
        "sheet": origin.sheet,
        "sha256": origin.sha256,
        "layout": origin.layout,
        "encoding": origin.encoding,
        "delimiter": "",
        "header_row": 0,
        "date_order": "ymd",
        "decimal_mark": ".",
        "currency": origin.currency,
        "vat": origin.vat,
        "rows_file": origin.rows,
        "rows_read": len(payments),
        "rows_set_aside": len(asides),
        "rows_masked": masked,
        "amount_file": whole,
        "amount_read": read,
        "amount_set_aside": aside,
        "rounding": whole - read - aside,
        "first_paid_on": min(days, default=None),
        "last_paid_on": max(days, default=None),
    }
    engine.register(tables.ledger_files, [file])
    return file


def _supplier(anchor: str, one: Posting, masker: Masker) -> dict[str, Any]:
    who = masker.cleared(Who(one.name, one.org_number, one.supplier_number, one.postcode))
    person = masker.person(who)
    kept = masker.masked(who, person) if person else who
    return {
        "supplier_key": make_key(anchor, kept.supplier_number or person, kept.name),
        "anchor": anchor,
        "supplier_number": kept.supplier_number,
        "name": kept.name,
        "org_number": kept.org_number,
        "postcode": kept.postcode,
        "town": None if person else one.town,
        "country": one.country,
        "kind": None,
        "is_masked": person is not None,
    }


def _payment(file_key: str, origin: Origin, one: Posting, supplier_key: str, masker: Masker) -> dict[str, Any]:
    def clean(text: str | None) -> str | None:
        return masker.finder.replaced(text, masker.pseudonym) if text else None

    return {
        "file_key": file_key,
        "row_number": one.row,
        "anchor": origin.anchor,
        "supplier_key": supplier_key,
        "amount": rounded(one.amount),
        "currency": origin.currency,
        "paid_on": one.paid_on,
        "account": clean(one.account),
        "category": clean(one.category),
        "department": clean(one.department),
        "invoice": clean(one.invoice),
        "contract": clean(one.contract),
    }


def _aside(file_key: str, one: Aside, masker: Masker) -> dict[str, Any]:
    return {
        "file_key": file_key,
        "row_number": one.row,
        "reason": one.reason,
        "detail": masker.finder.replaced(one.detail, masker.pseudonym),
        "amount": None if one.amount is None else rounded(one.amount),
        "text": masker.row_text([one.text]),
    }
