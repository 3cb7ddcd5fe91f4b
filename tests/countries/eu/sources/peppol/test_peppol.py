"""Electronic invoices: made-up documents, hostile documents, and every published example."""

import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from bygd.countries import load, reader_for
from bygd.countries.eu.sources import _peppol_invoice as invoice
from bygd.countries.eu.sources import peppol
from bygd.engine import DuckEngine
from bygd.sources.errors import InputError
from bygd.sources.privacy import Pseudonym

KEY = Pseudonym(b"k" * 32)
DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<{root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2"
  xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
  xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <cbc:ID>{number}</cbc:ID><cbc:IssueDate>{day}</cbc:IssueDate>
  <cbc:DocumentCurrencyCode>{currency}</cbc:DocumentCurrencyCode>
  <cac:AccountingSupplierParty><cac:Party>
    <cac:PostalAddress><cbc:CityName>Fyrhamn</cbc:CityName><cbc:PostalZone>991 10</cbc:PostalZone>
      <cac:Country><cbc:IdentificationCode>{country}</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
    <cac:PartyTaxScheme><cbc:CompanyID>{vat}</cbc:CompanyID>
      <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
    <cac:PartyLegalEntity><cbc:RegistrationName>{name}</cbc:RegistrationName>{legal}</cac:PartyLegalEntity>
  </cac:Party></cac:AccountingSupplierParty>
  <cac:LegalMonetaryTotal>
    <cbc:TaxExclusiveAmount currencyID="SEK">{amount}</cbc:TaxExclusiveAmount>
  </cac:LegalMonetaryTotal>
  {lines}
</{root}>"""
LINE = (
    "<cac:InvoiceLine><cbc:LineExtensionAmount>{amount}</cbc:LineExtensionAmount><cac:Item><cac:CommodityClassification>"
    '<cbc:ItemClassificationCode listID="{kind}">{code}</cbc:ItemClassificationCode>'
    "</cac:CommodityClassification></cac:Item></cac:InvoiceLine>"
)


def document(root: str = "Invoice", **changes: str) -> str:
    values = {
        "number": "17", "day": "2025-03-04", "currency": "SEK", "country": "SE",
        "vat": "SE559999001601", "name": "Bageriet AB",
        "legal": '<cbc:CompanyID schemeID="0007">5599990016</cbc:CompanyID>', "amount": "1250.50", "lines": "",
    }  # fmt: skip
    return DOCUMENT.format(root=root, **{**values, **changes})


def read(engine: DuckEngine, path: Path, country: str = "se") -> dict[str, object]:
    return peppol.read(engine, path, "Kommunen", load(country).conventions(), KEY)


def put(folder: Path, text: str | bytes, name: str = "invoice.xml") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_an_invoice_becomes_a_payment_with_the_sellers_address(engine: DuckEngine, tmp_path: Path) -> None:
    read(engine, put(tmp_path, document()))
    row = engine.rows("SELECT * FROM payments JOIN suppliers USING (supplier_key)")[0]
    assert (row["name"], row["org_number"], row["amount"]) == ("Bageriet AB", "5599990016", Decimal("1250.50"))
    assert (row["postcode"], row["town"], row["country"], str(row["paid_on"])) == (
        "991 10",
        "Fyrhamn",
        "SE",
        "2025-03-04",
    )
    assert engine.rows("SELECT amount_file, vat FROM ledger_files") == [
        {"amount_file": Decimal("1250.50"), "vat": "excluding"}
    ]


def test_credit_notes_are_negative(engine: DuckEngine, tmp_path: Path) -> None:
    read(engine, put(tmp_path, document("CreditNote")))
    assert engine.rows("SELECT amount FROM payments")[0]["amount"] == Decimal("-1250.50")


def test_the_largest_line_gives_the_category_and_cpv_comes_first() -> None:
    lines = LINE.format(amount="10", kind="STI", code="15800000") + LINE.format(amount="-90", kind="MP", code="7")
    assert invoice.parse(document(lines=lines).encode()).category == "MP 7"
    lines += LINE.format(amount="100", kind="STI", code="15800000")
    assert invoice.parse(document(lines=lines).encode()).category == "CPV 15800000"


@pytest.mark.parametrize(
    ("legal", "vat", "country", "number"),
    [
        ('<cbc:CompanyID schemeID="0007">5599990016</cbc:CompanyID>', "", "SE", "5599990016"),
        ('<cbc:CompanyID schemeID="0192">123456785</cbc:CompanyID>', "", "NO", "NO:123456785"),
        ('<cbc:CompanyID schemeID="0106">12345678</cbc:CompanyID>', "", "NL", "NL:12345678"),
        ('<cbc:CompanyID schemeID="0088">7300010000001</cbc:CompanyID>', "SE559999001601", "SE", "SE559999001601"),
        ("<cbc:CompanyID>559999-0016</cbc:CompanyID>", "", "SE", "559999-0016"),
        ("", "DE123456789", "DE", "DE:DE123456789"),
        ("", "", "SE", None),
    ],
)
def test_the_sellers_number_by_scheme(legal: str, vat: str, country: str, number: str | None) -> None:
    found = invoice.parse(document(legal=legal, vat=vat, country=country).encode())
    assert peppol.organisation_number(found.seller, "se") == number


@pytest.mark.parametrize(
    "number",
    ['<cbc:CompanyID schemeID="0007">6408233234</cbc:CompanyID>', "<cbc:CompanyID>19640823-3234</cbc:CompanyID>", ""],
)
def test_sole_traders_are_masked_by_legal_or_vat_number(engine: DuckEngine, tmp_path: Path, number: str) -> None:
    read(engine, put(tmp_path, document(name="Ada Påhittad", legal=number, vat="SE640823323401")))
    supplier = engine.rows("SELECT * FROM suppliers")[0]
    assert supplier["is_masked"] and supplier["postcode"] == "991" and supplier["town"] is None
    everything = str([engine.rows(f"SELECT * FROM {table}") for table in ("payments", "suppliers", "set_aside")])
    assert "3234" not in everything and "Påhittad" not in everything


@pytest.mark.parametrize("packed", [True, False])
def test_folders_and_zips_are_read_as_one_ledger(engine: DuckEngine, tmp_path: Path, packed: bool) -> None:
    folder = tmp_path / "invoices"
    folder.mkdir()
    put(folder, document(), "a.xml")
    put(folder, document().replace("> <", ">\n<"), "b.xml")
    put(folder, document(number="18", currency="EUR"), "c.xml")
    put(folder, "<Order/>", "d.xml")
    put(folder, document(number="19", day="2025-13-01"), "e.xml")
    put(folder, "no document", "readme.txt")
    path = folder
    if packed:
        path = tmp_path / "invoices.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for file in folder.iterdir():
                archive.write(file, file.name)
    reader = reader_for(path, load("se"))
    assert reader is not None
    notes = reader.read(engine, path, "Kommunen", load("se").conventions(), KEY)
    rows = engine.rows("SELECT reason, detail FROM set_aside ORDER BY row_number")
    assert [row["reason"] for row in rows] == ["duplicate_file", "currency", "unreadable", "date"]
    assert "stand in a.xml" in rows[0]["detail"] and "<Order>" in rows[2]["detail"]
    assert engine.rows("SELECT rows_file, rows_read FROM ledger_files") == [{"rows_file": 5, "rows_read": 1}]
    assert "1 documents are no invoices" in notes["warnings"][0]


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {new} "{("&" + old + ";") * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
FOREIGN = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
BODY = document(number="&a;").split("?>", 1)[1]


@pytest.mark.parametrize(
    "content",
    [
        BOMB + BODY.replace("&a;", "&i;"),
        FOREIGN + BODY,
        document(name="A" * 21_000_000),
        document().replace("</Invoice>", ""),
        document().replace("1250.50", "NaN"),
        document().replace("1250.50", "1e400"),
        document().replace("<cbc:ID>17</cbc:ID>", ""),
        "<a>" * 100_000,
        "",
        b"PK\x03\x04 not a zip",
    ],
    ids=[
        "bomb",
        "external entity",
        "too large",
        "cut short",
        "not a number",
        "infinite",
        "no number",
        "deep",
        "empty",
        "false zip",
    ],
)
def test_hostile_and_broken_documents_are_refused(engine: DuckEngine, tmp_path: Path, content: str | bytes) -> None:
    with pytest.raises(InputError, match=r"holds no invoice that can be read|damaged"):
        read(engine, put(tmp_path, content))


def test_a_zip_cut_short_is_refused(engine: DuckEngine, tmp_path: Path) -> None:
    path = tmp_path / "invoices.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.xml", document())
    path.write_bytes(path.read_bytes().replace(b"Bageriet", b"Bagerjet"))
    with pytest.raises(InputError, match="damaged or cut short"):
        read(engine, path)


def test_every_published_example_is_read(engine: DuckEngine, shared_data: Path) -> None:
    """Eleven invoices and a credit note; the one called sales order is an invoice that names an order."""
    folder = shared_data / "eu" / "peppol"
    found = {path.name: invoice.parse(path.read_bytes()) for path in folder.glob("*.xml")}
    assert len(found) == 12
    assert found["base-creditnote-correction.xml"].amount == found["base-negative-inv-correction.xml"].amount == -1325
    assert found["Norwegian-example-1.xml"].amount == Decimal("1436.5")
    notes = read(engine, folder, "nl")
    reasons = engine.rows("SELECT reason, COUNT(*) AS n FROM set_aside GROUP BY reason ORDER BY reason")
    assert reasons == [{"reason": "currency", "n": 4}, {"reason": "duplicate_file", "n": 1}]
    assert engine.rows("SELECT amount_read FROM ledger_files")[0]["amount_read"] == 14225
    assert notes["kinds"] == {"380": 11, "381": 1}
