"""UBL 2.1 invoices and credit notes of Peppol BIS Billing 3.0: one document as plain values.

Source: OpenPEPPOL, "Peppol BIS Billing 3.0", https://docs.peppol.eu/poacc/billing/3.0/
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from lxml import etree

from bygd.sources.errors import InputError
from bygd.sources.files import documents

UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
SPACES = {"cac": f"{UBL}CommonAggregateComponents-2", "cbc": f"{UBL}CommonBasicComponents-2"}
ROOTS = {f"{{{UBL}Invoice-2}}Invoice": 1, f"{{{UBL}CreditNote-2}}CreditNote": -1}
CREDIT_TYPES = frozenset({"381", "396", "81", "83", "532"})
CPV_LIST = "STI"


class NotAnInvoice(InputError):
    """The document is no invoice or credit note that can be used; the message says why."""


@dataclass(frozen=True)
class Party:
    """A seller or buyer: names, identifiers as (scheme, number), and the address on the document."""

    name: str | None
    numbers: tuple[tuple[str, str], ...]
    legal_number: str | None
    vat_number: str | None
    postcode: str | None
    town: str | None
    country: str | None


@dataclass(frozen=True)
class Invoice:
    """One invoice or credit note. `amount` is without VAT; credit notes are negative."""

    number: str
    kind: str
    issued_on: date | None
    currency: str
    amount: Decimal
    seller: Party
    buyer: Party
    account: str | None
    contract: str | None
    order: str | None
    category: str | None


def is_ubl(beginning: bytes) -> bool:
    """True where a file that begins so looks like a UBL invoice or credit note."""
    text = beginning.replace(b"\x00", b"")
    return b"<" in text[:200] and (UBL.encode() + b"Invoice-2" in text or UBL.encode() + b"CreditNote-2" in text)


def parse(data: bytes) -> Invoice:
    """The document as values. Raises NotAnInvoice.

    Refused: documents over 20 MB, those with a DOCTYPE (the door of entity bombs and of reading
    foreign files), broken XML, other kinds of document, and documents without a seller's name,
    number, currency or amount.
    """
    root = _root(data)
    sign = ROOTS.get(root.tag)
    if sign is None:
        kind = etree.QName(root).localname if isinstance(root.tag, str) else "document"
        raise NotAnInvoice("the document is a <{kind}>, neither a UBL Invoice nor a CreditNote", kind=kind)
    kind = _text(root, "cbc:InvoiceTypeCode | cbc:CreditNoteTypeCode") or ("380" if sign > 0 else "381")
    number = _text(root, "cbc:ID")
    stated = root.find("cac:LegalMonetaryTotal/cbc:TaxExclusiveAmount", SPACES)
    currency = _text(root, "cbc:DocumentCurrencyCode") or (stated.get("currencyID") if stated is not None else None)
    if stated is None or number is None or not currency:
        kind = etree.QName(root).localname
        if number is None:
            raise NotAnInvoice("the {kind} has no number (ID)", kind=kind)
        if stated is None:
            raise NotAnInvoice("the {kind} has no amount without VAT (TaxExclusiveAmount)", kind=kind)
        raise NotAnInvoice("the {kind} has no currency", kind=kind)
    try:
        amount = Decimal((stated.text or "").strip())
    except InvalidOperation:
        raise NotAnInvoice("'{text}' is no amount", text=stated.text or "") from None
    if not amount.is_finite() or abs(amount) >= Decimal(10) ** 15:
        raise NotAnInvoice("'{text}' is no amount", text=stated.text or "")
    # An invoice document of a credit type (381 in an Invoice) states what is credited as positive, too.
    return Invoice(
        number=number,
        kind=kind,
        issued_on=_date(_text(root, "cbc:IssueDate")),
        currency=currency.upper(),
        amount=-amount if sign < 0 or kind in CREDIT_TYPES else amount,
        seller=_party(root, "cac:AccountingSupplierParty/cac:Party"),
        buyer=_party(root, "cac:AccountingCustomerParty/cac:Party"),
        account=_text(root, "cbc:AccountingCost"),
        contract=_text(root, "cac:ContractDocumentReference/cbc:ID"),
        order=_text(root, "cac:OrderReference/cbc:ID"),
        category=_category(root),
    )


def _root(data: bytes) -> Any:
    try:
        return documents.parse(data)
    except InputError as error:
        raise NotAnInvoice(error.said) from None


def _party(root: Any, path: str) -> Party:
    party = root.find(path, SPACES)
    if party is None:
        return Party(None, (), None, None, None, None, None)
    numbers = tuple(
        (found.get("schemeID") or "", found.text.strip())
        for where in ("cac:PartyLegalEntity/cbc:CompanyID", "cac:PartyIdentification/cbc:ID", "cbc:EndpointID")
        for found in party.findall(where, SPACES)
        if found.text and found.text.strip()
    )
    vat = next(
        (
            _text(scheme, "cbc:CompanyID")
            for scheme in party.findall("cac:PartyTaxScheme", SPACES)
            if (_text(scheme, "cac:TaxScheme/cbc:ID") or "VAT") == "VAT"
        ),
        None,
    )
    return Party(
        name=_text(party, "cac:PartyLegalEntity/cbc:RegistrationName") or _text(party, "cac:PartyName/cbc:Name"),
        numbers=numbers,
        legal_number=next(
            (
                number
                for scheme, number in numbers[:1]
                if not scheme and _text(party, "cac:PartyLegalEntity/cbc:CompanyID")
            ),
            None,
        ),
        vat_number=vat,
        postcode=_text(party, "cac:PostalAddress/cbc:PostalZone"),
        town=_text(party, "cac:PostalAddress/cbc:CityName"),
        country=_text(party, "cac:PostalAddress/cac:Country/cbc:IdentificationCode"),
    )


def _category(root: Any) -> str | None:
    """The classification of the largest line by money: CPV where given, else any other, with its list's name."""
    sizes: dict[str, Decimal] = {}
    for line in root.findall("cac:InvoiceLine", SPACES) + root.findall("cac:CreditNoteLine", SPACES):
        codes = [
            (found.get("listID") or "", found.text.strip())
            for found in line.findall("cac:Item/cac:CommodityClassification/cbc:ItemClassificationCode", SPACES)
            if found.text and found.text.strip()
        ]
        if not codes:
            continue
        kind, code = next((pair for pair in codes if pair[0] == CPV_LIST), codes[0])
        name = f"CPV {code}" if kind == CPV_LIST else f"{kind} {code}".strip()
        try:
            size = abs(Decimal(_text(line, "cbc:LineExtensionAmount") or "0"))
        except InvalidOperation:
            continue
        sizes[name] = sizes.get(name, Decimal(0)) + size
    return max(sizes, key=lambda name: sizes[name]) if sizes else None


def _text(element: Any, path: str) -> str | None:
    """The first text at one of the paths (separated by |), without blanks around it."""
    for part in path.split("|"):
        found = element.findtext(part.strip(), namespaces=SPACES)
        if found and found.strip():
            return " ".join(found.split())
    return None


def _date(text: str | None) -> date | None:
    try:
        found = date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
    return found if found and 1900 <= found.year <= 2100 else None
