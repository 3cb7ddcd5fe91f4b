"""Who was paid: looking at a column first finds everybody that looking at each cell would; half-blacked names."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bygd.countries import load
from bygd.sources.ledgers.who import Suppliers, doubtful
from bygd.sources.privacy import Masker, Pseudonym, Who

KEY = Pseudonym(b"key")
MASKERS = {code: Masker(load(code).conventions(), KEY) for code in ("se", "nl", "gb")}
DIGITS = st.text(st.sampled_from("0189567９٣"), min_size=4, max_size=12)
NUMBER = st.sampled_from(["850709-9805", "198507099805", "16850709-9805", "SE850709980501", "123456782", "5560160680"])
BETWEEN = st.sampled_from(
    ["", " ", "-", "–", ".", "\u00a0", "\u2007", "\t", "\x1f", "\x85", "$PERSON-IDORG", "se", "AB "]
)
CELL = st.none() | st.lists(NUMBER | DIGITS | BETWEEN | st.text(max_size=3), max_size=4).map("".join)


def _spaced(cell: str | None, sign: str) -> str | None:
    return cell and sign.join(cell)


@settings(max_examples=400, deadline=None)
@given(
    code=st.sampled_from(sorted(MASKERS)),
    cells=st.tuples(CELL, CELL, CELL, CELL | st.sampled_from(["10", "E", "SOLE", "Eenmanszaak"])),
    sign=st.sampled_from(["", "", " ", "\u00a0", "."]),
)
def test_everybody_who_is_a_person_is_looked_at(code: str, cells: tuple[str | None, ...], sign: str) -> None:
    masker = MASKERS[code]
    name, org_number, supplier_number, kind = (_spaced(cell, sign) for cell in cells)
    who = Who(name or "", org_number, supplier_number, None, kind)
    columns = {"supplier": name, "org_number": org_number, "supplier_number": supplier_number, "kind": kind}
    arrays = {field: pa.chunked_array([pa.array([cell], pa.string())]) for field, cell in columns.items()}
    (flagged,) = doubtful(arrays, masker, 1)
    if masker.person(who) or masker.cleared(who) != who or masker.text(kind) != kind:
        assert flagged


def test_a_firm_is_not_looked_at_one_by_one() -> None:
    cells = ["Telia Sverige AB", "556430-0142", "12345", None]
    fields = ("supplier", "org_number", "supplier_number", "kind")
    arrays = {
        field: pa.chunked_array([pa.array([cell], pa.string())]) for field, cell in zip(fields, cells, strict=True)
    }
    assert doubtful(arrays, MASKERS["se"], 1).tolist() == [False]


@pytest.mark.parametrize(
    ("name", "number", "kept"),
    [
        ("Ann* And****", "******-****", ("***", None, False)),
        ("A*** S***son", "850709-****", ("***", None, False)),
        ("850709-**** Skyddad", None, ("***", None, False)),
        ("Anna ●●●●●●", "5560160680", ("Anna ●●●●●●", "5560160680", False)),
        ("Anna A●●●●●", None, ("***", None, False)),
        ("***", "******-****", ("***", "******-****", False)),
        ("Telia Sverige AB", "850709-****", ("Telia Sverige AB", None, False)),
        ("PAYPAL *EBAY", None, ("PAYPAL *EBAY", None, False)),
        ("Toys*R*Us AB", "5560160680", ("Toys*R*Us AB", "5560160680", False)),
        ("** Anna AB **", None, ("** Anna AB **", None, False)),
    ],
)
def test_what_is_left_of_a_blacked_out_name_is_not_kept(
    name: str, number: str | None, kept: tuple[str, str | None, bool]
) -> None:
    suppliers = Suppliers("A", MASKERS["se"])
    cells = pa.table({"c0": pa.array([name, name]), "c1": pa.array([number, number], pa.string())})
    suppliers.keys(cells, {"supplier": 0, "org_number": 1})
    (row,) = suppliers.table().to_pylist()
    assert (row["name"], row["org_number"], row["is_masked"]) == kept


def test_no_payments_are_no_suppliers() -> None:
    suppliers = Suppliers("A", MASKERS["se"])
    suppliers.keys(pa.table({"c0": pa.chunked_array([], pa.string())}), {"supplier": 0})
    assert suppliers.table().num_rows == 0
