"""Electronic invoices read as a ledger: one payment per invoice or credit note, by day of issue and without VAT."""

import csv
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bygd.countries.eu.sources._peppol_invoice import Invoice, NotAnInvoice, Party, is_ubl, parse
from bygd.engine import DuckEngine
from bygd.sources.conventions import Conventions
from bygd.sources.errors import InputError
from bygd.sources.files.documents import documents
from bygd.sources.ledgers.postings import Aside, Origin, Posting, leave
from bygd.sources.privacy import Pseudonym
from bygd.vocabulary.said import Said
from bygd.vocabulary.words import SetAside


@dataclass(frozen=True)
class Scheme:
    """One electronic address scheme: which country's numbers it holds, and of what kind."""

    country: str
    kind: str


def recognises(beginning: bytes) -> bool:
    """True where a document that begins so looks like a UBL invoice or credit note."""
    return is_ubl(beginning)


def read(
    engine: DuckEngine,
    path: Path,
    anchor: str,
    conventions: Conventions,
    pseudonym: Pseudonym,
    *,
    currency: str | None = None,
) -> dict[str, Any]:
    """Leave payments, suppliers, set_aside and ledger_files of an invoice, a folder or a zip of invoices in the engine.

    `row_number` counts the documents by name. The ledger's currency is the country's unless given;
    documents in another are set aside, and so are those that are no invoices and those that stand
    in the folder twice. Gives notes: how many documents by kind, buyers named, warnings. Raises
    InputError where not a single document is an invoice, with the reason of the first.
    """
    ledger_currency = (currency or conventions.currency).upper()
    digest = hashlib.sha256()
    found: list[Posting | Aside] = []
    seen: dict[object, str] = {}
    kinds: dict[str, int] = {}
    buyers: set[str] = set()
    problem = Said("")
    names = documents(path)
    for row, (name, data) in enumerate(names, start=1):
        digest.update(hashlib.sha256(data).digest() if path.is_dir() else data)
        try:
            invoice = parse(data)
        except NotAnInvoice as error:
            problem = problem or Said("{file}: {why}", file=name, why=error)
            found.append(Aside(row, SetAside.UNREADABLE, str(error), None, name))
            kinds["no invoice"] = kinds.get("no invoice", 0) + 1
            continue
        kinds[invoice.kind] = kinds.get(invoice.kind, 0) + 1
        buyers |= {invoice.buyer.name} if invoice.buyer.name else set()
        found.append(_judge(row, name, invoice, ledger_currency, seen, conventions.country))
    if kinds.get("no invoice", 0) == len(found):
        raise InputError(
            "{file} holds no invoice that can be read. {why}",
            file=path.name,
            why=problem or Said("It holds no XML document."),
        )
    sha256 = digest.hexdigest() if path.is_dir() else hashlib.sha256(path.read_bytes()).hexdigest()
    origin = Origin(anchor, path.name, sha256, "UBL 2.1", "XML", ledger_currency, len(found), vat="excluding")
    leave(engine, origin, found, conventions, pseudonym)
    warnings: list[Said] = []
    if kinds.get("no invoice"):
        warnings.append(
            Said(
                "{file}: {number} documents are no invoices and were set aside.",
                file=path.name,
                number=kinds["no invoice"],
            )
        )
    if len(buyers) > 1:
        warnings.append(
            Said(
                "{file}: the invoices name {number} buyers: {names}.",
                file=path.name,
                number=len(buyers),
                names=sorted(buyers)[:5],
            )
        )
    return {"documents": len(found), "kinds": kinds, "buyers": sorted(buyers), "warnings": warnings}


def _judge(
    row: int, name: str, invoice: Invoice, currency: str, seen: dict[object, str], country: str
) -> Posting | Aside:
    shown = f"{name}: {invoice.number} of {invoice.issued_on}, {invoice.amount} {invoice.currency}"
    seller = invoice.seller
    if invoice.currency != currency:
        detail = f"{invoice.amount} {invoice.currency}, while the ledger is in {currency}"
        return Aside(row, SetAside.CURRENCY, detail, None, shown)
    identity = (seller.name, invoice.number, invoice.kind, invoice.issued_on, invoice.amount)
    first = seen.setdefault(identity, name)
    if first != name:
        detail = f"the same seller, number, day and amount stand in {first}"
        return Aside(row, SetAside.DUPLICATE_FILE, detail, invoice.amount, shown)
    if invoice.issued_on is None:
        return Aside(row, SetAside.DATE, "the day of issue is missing or impossible", invoice.amount, shown)
    if not seller.name:
        return Aside(row, SetAside.SUPPLIER, "the invoice does not name its seller", invoice.amount, shown)
    number = organisation_number(seller, country)
    return Posting(
        row=row,
        paid_on=invoice.issued_on,
        amount=invoice.amount,
        name=seller.name,
        supplier_number=number,  # invoices have no number of the buyer's own; two sellers of one name stay two
        org_number=number,
        postcode=seller.postcode,
        town=seller.town,
        country=seller.country,
        account=invoice.account,
        category=invoice.category,
        invoice=invoice.number,
        contract=invoice.contract,
    )


def organisation_number(seller: Party, country: str) -> str | None:
    """The seller's number as written; a foreign one with its country in front, so that it is not taken for ours.

    In order: a number whose scheme says that it is an organisation's, a legal number without a
    scheme, the VAT number. Numbers of locations (GLN) and the seller's own codes are passed over.
    """
    schemes = _schemes()
    home = (seller.country or country).lower()
    for code, number in seller.numbers:
        scheme = schemes.get(code)
        if scheme is not None and scheme.kind == "organisation":
            return number if scheme.country == country else f"{scheme.country.upper()}:{number}"
    if seller.legal_number:
        return seller.legal_number if home == country else f"{home.upper()}:{seller.legal_number}"
    if seller.vat_number:
        return seller.vat_number if home == country else f"{home.upper()}:{seller.vat_number}"
    return None


@cache
def _schemes() -> dict[str, Scheme]:
    path = Path(__file__).parents[1] / "peppol_schemes.csv"
    with path.open(encoding="utf-8", newline="") as opened:
        return {row["code"]: Scheme(row["country"], row["kind"]) for row in csv.DictReader(opened)}
