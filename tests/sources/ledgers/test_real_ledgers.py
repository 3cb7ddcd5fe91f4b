"""Real ledgers read whole with the mapping that is guessed; what came out stands in docs/method/ledgers.md."""

from collections import Counter
from decimal import Decimal

import pytest

from bygd.countries import load
from bygd.sources.ledgers import ledger

NO_LOSS = {"blank", "repeated_header", "total"}

SOURCES = [
    # folder, files, sheets, rows read, amount read, rows set aside that are a loss
    ("calderdale", 24, 24, 37049, "178455096.09", 0),
    ("devon", 6, 6, 50836, "270677518.46", 0),
    ("greater_manchester_2019", 2, 2, 33899, "399436259.66", 0),
    ("hyndburn", 54, 54, 17634, "113169402.93", 4),
    ("lancashire_fire", 3, 3, 7148, "46176776.05", 0),
    ("lancashire_police", 4, 46, 28735, "302801193.85", 0),
    ("manchester", 24, 24, 79536, "1611527544.94", 0),
    ("nhs_london", 47, 47, 174219, "2011888351.53", 0),
    ("salford", 24, 24, 30016, "494366524.96", 6),
]


@pytest.mark.slow
@pytest.mark.parametrize(("folder", "files", "sheets", "rows", "amount", "lost"), SOURCES, ids=[s[0] for s in SOURCES])
def test_a_source_is_read_whole(read, shared_data, folder, files, sheets, rows, amount, lost):
    totals: Counter[str] = Counter()
    money = Decimal(0)
    paths = sorted(path for path in (shared_data / "gb" / "ledgers" / folder).rglob("*") if path.is_file())
    for path in paths:
        found = read(path, country="gb")
        assert not found.warnings
        totals["sheets"] += len(found.files)
        totals["rows"] += len(found.payments)
        totals["lost"] += sum(row["reason"] not in NO_LOSS for row in found.aside)
        money += sum((file["amount_read"] for file in found.files), Decimal(0))
        assert money and all(file["rounding"].copy_abs() < 1 for file in found.files)
    assert (len(paths), totals["sheets"], totals["rows"], totals["lost"]) == (files, sheets, rows, lost)
    assert money == Decimal(amount)
    assert totals["lost"] <= 0.03 * totals["rows"]


def test_persons_in_devon_are_masked_by_kind(read, shared_data):
    found = read(shared_data / "gb" / "ledgers" / "devon" / "DCCSpendingOver500_202309.csv", country="gb")
    kinds = {row["kind"] for row in found.suppliers if row["is_masked"]}
    assert kinds <= {"SOLE", "INDV"} and found.file["rows_masked"] > 0
    assert all(row["name"].startswith("Sole trader ") for row in found.suppliers if row["is_masked"])


def test_a_header_on_the_last_line_is_found(shared_data, read):
    found = read(shared_data / "gb" / "ledgers" / "hyndburn" / "April-25-CSV.csv", country="gb")
    assert found.file["header_row"] == 405 and found.file["rows_read"] == 404


def test_the_pound_sign_of_dos_is_read(shared_data):
    path = shared_data / "gb" / "ledgers" / "hyndburn" / "1703.csv"
    (sheet,) = ledger.inspect(path, load("gb").conventions())
    assert sheet.encoding == "cp850" and "Net Amount(£)" in sheet.headers


def test_net_is_preferred_to_gross_and_said_to_be(shared_data):
    (sheet,) = ledger.inspect(shared_data / "gb" / "ledgers" / "salford" / "2016-04.csv", load("gb").conventions())
    amount = next(field for field in sheet.fields if field.field == "amount")
    assert (amount.column, amount.sure, amount.candidates) == ("Net", False, ("Net", "Gross"))
    assert sheet.vat == "excluding" and "preferred to Gross" in amount.why
