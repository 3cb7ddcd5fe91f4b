"""Groups: several spellings of one supplier are found, and two suppliers are never made one."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.lib.linking import SUPPLIER

from bygd.countries import load
from bygd.engine import DuckEngine
from bygd.linkage.groups import group
from bygd.sources.ledgers import ledger
from bygd.sources.ledgers.mapping import Mapping as Columns
from bygd.sources.privacy import Pseudonym
from bygd.vocabulary import tables


def grouped(
    engine: DuckEngine, rows: Iterable[Mapping[str, Any]], country: str = "gb", remembered: Iterable[Any] = ()
) -> set[frozenset[str]]:
    """The groups that come of these suppliers, as sets of keys; a supplier's key is its place in the list."""
    keyed = [{"supplier_key": str(place), **SUPPLIER, **row} for place, row in enumerate(rows)]
    engine.register(tables.suppliers, keyed)
    engine.register(tables.remembered_suppliers, list(remembered))
    group(engine, load(country).conventions())
    found = defaultdict(set)
    for row in engine.rows("SELECT supplier_key, group_key FROM supplier_groups"):
        found[row["group_key"]].add(row["supplier_key"])
    assert all(min(keys) == group_key and len(keys) > 1 for group_key, keys in found.items())
    return {frozenset(keys) for keys in found.values()}


ONE = {frozenset("01")}


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({"name": "Acorn Ltd"}, {"name": "ACORN LIMITED"}, ONE),
        ({"name": "Acorn Ltd"}, {"name": "Acorn Ltd", "anchor": "b"}, ONE),
        ({"name": "Acorn Ltd"}, {"name": "Acorn"}, ONE),
        ({"name": "Acorn & Oak Ltd"}, {"name": "Oak and Acorn Ltd"}, ONE),
        ({"name": "S C C Ltd"}, {"name": "C S C Ltd"}, set()),
        ({"name": "St Mary's Primary School"}, {"name": "St Marys Primary School", "anchor": "b"}, set()),
        ({"name": "Acorn Ltd"}, {"name": "Acorn plc"}, set()),
        ({"name": "Acorn Ltd", "postcode": "PR1 2AB"}, {"name": "Acorn Ltd", "postcode": "PR1 9ZZ"}, ONE),
        ({"name": "Acorn Ltd", "postcode": "PR1 2AB"}, {"name": "Acorn Ltd", "postcode": "M1 1AA"}, set()),
        ({"name": "Acorn Ltd", "town": "Preston"}, {"name": "Acorn Ltd", "town": "Leeds"}, set()),
        ({"name": "Acorn Ltd", "postcode": "PR1 2AB"}, {"name": "Acorn Ltd"}, ONE),
        ({"name": "Acorn Ltd", "org_number": "01234567"}, {"name": "Acorn Ltd", "org_number": "7654321"}, set()),
        ({"name": "Acorn Ltd", "org_number": "01234567"}, {"name": "Acorn Ltd", "org_number": "n/a"}, ONE),
        ({"name": "Acorn Joinery", "org_number": "01234567"}, {"name": "Acorn", "org_number": "1234567"}, ONE),
        ({"name": "Acorn Joinery", "org_number": "01234567"}, {"name": "Zebra", "org_number": "01234567"}, set()),
        ({"name": "Acorn", "supplier_number": "7"}, {"name": "Acorn Joinery Ltd", "supplier_number": "7"}, ONE),
        ({"name": "Acorn", "supplier_number": "7"}, {"name": "Zebra Cranes", "supplier_number": "7"}, set()),
        ({"name": "Acorn", "supplier_number": "7"}, {"name": "Acorn Cars", "supplier_number": "8"}, set()),
        (
            {"name": "Acorn", "supplier_number": "7"},
            {"name": "Acorn Cars", "supplier_number": "7", "anchor": "b"},
            set(),
        ),
        ({"name": "School 1", "supplier_number": "7"}, {"name": "School 2", "supplier_number": "7"}, set()),
        ({"name": "Acorn Ltd (Leeds)"}, {"name": "Acorn Ltd (Invoices only)"}, ONE),
        ({"name": "Acorn Ltd (Leeds)"}, {"name": "Acorn Ltd (Hull)", "anchor": "b"}, set()),
        ({"name": "Acorn Ltd ***6820"}, {"name": "Acorn Ltd ** do not use"}, ONE),
        ({"name": "SUMUP *Acorn"}, {"name": "SUMUP *Birch"}, set()),
        ({"name": "Acorn Joinery", "postcode": "PR1 2AB"}, {"name": "Acorm Joinery", "postcode": "PR12AB"}, ONE),
        ({"name": "Acorn Joinery"}, {"name": "Acorm Joinery"}, set()),
        ({"name": "Ace", "postcode": "PR1 2AB"}, {"name": "Axe", "postcode": "PR1 2AB"}, set()),
        ({"name": "Unit 1 Crafts", "postcode": "PR1 2AB"}, {"name": "Unit 2 Crafts", "postcode": "PR1 2AB"}, set()),
        ({"name": "Acorn Ltd", "is_masked": True}, {"name": "Acorn Ltd"}, set()),
        ({"name": "Redacted"}, {"name": "Redacted"}, set()),
        ({"name": "REDACTED UNDER DP ACT"}, {"name": "Redacted under DP Act"}, set()),
        ({"name": "Ltd"}, {"name": "Limited"}, set()),
        ({"name": "12345"}, {"name": "12345"}, set()),
        ({"name": "😀"}, {"name": "😀"}, set()),
        ({"name": "x" * 10_000}, {"name": "x" * 10_000}, set()),
    ],
)
def test_two_suppliers_are_one_or_two(
    engine: DuckEngine, first: dict[str, Any], second: dict[str, Any], expected: set[frozenset[str]]
) -> None:
    assert grouped(engine, [first, second]) == expected


def test_a_number_with_a_check_digit_groups_whatever_the_name(engine: DuckEngine) -> None:
    rows = [{"name": "Ekot AB", "org_number": "556016-0680"}, {"name": "Ljudet", "org_number": "SE556016068001"}]
    assert grouped(engine, rows, "se") == ONE


def test_a_group_never_holds_two_numbers_or_two_forms(engine: DuckEngine) -> None:
    rows = [
        {"name": "Acorn Ltd", "supplier_number": "7", "org_number": "01234567"},
        {"name": "Acorn", "supplier_number": "7"},
        {"name": "Acorn", "supplier_number": "7", "org_number": "07654321"},
        {"name": "Acorn Joinery plc", "supplier_number": "7"},
    ]
    found = grouped(engine, rows)
    assert found == {frozenset("01"), frozenset("23")}
    assert group(engine, load("gb").conventions()).split > 0


def test_of_several_that_differ_the_one_that_says_nothing_joins_none(engine: DuckEngine) -> None:
    rows = [{"name": "Acorn Ltd"}, {"name": "Acorn plc"}, {"name": "Acorn"}, {"name": "Acorn Ltd", "anchor": "b"}]
    assert grouped(engine, rows) == {frozenset("03")}


LIKE = ("Acorn Joinery", "Birch Printing", "Cedar Cleaning", "Dogwood Cars")


def test_anchors_that_share_a_series_of_supplier_numbers_share_suppliers(engine: DuckEngine) -> None:
    """The fourth is called otherwise by the other anchor, the fifth number is another's: four of five agree."""
    rows = [{"name": f"{name} Ltd", "supplier_number": str(number)} for number, name in enumerate(LIKE, 1)]
    rows += [{"name": name, "supplier_number": str(n), "anchor": "b"} for n, name in enumerate((*LIKE, "Elm"), 1)]
    rows[7]["name"] = "Dogwood Cars and Vans of Preston"
    found = grouped(engine, [*rows, {"name": "Zebra Cranes", "supplier_number": "5"}])
    assert found == {frozenset((str(number), str(number + 4))) for number in range(4)}


@pytest.mark.parametrize(
    "others",
    [
        ("Dogwood Cars", "Cedar Cleaning", "Birch Printing", "Acorn Joinery"),  # another series
        ("Acorn Joinery of Hull", "Birch Printing of Hull", "Zebra", "Yak"),  # too few to tell
        ("Acorn Joinery of Hull", "Birch Printing of Hull", "Cedar Cleaning of Hull", "Yak", "Xerus", "Wolf", "Vole"),
    ],
)
def test_supplier_numbers_of_different_series_tie_nothing(engine: DuckEngine, others: tuple[str, ...]) -> None:
    mine = (*LIKE, "Elm Gates", "Fir Doors", "Gorse Roads")
    rows = [{"name": name, "supplier_number": str(number)} for number, name in enumerate(mine)]
    rows += [{"name": name, "supplier_number": str(number), "anchor": "b"} for number, name in enumerate(others)]
    assert grouped(engine, rows) == set()


def test_a_supplier_of_an_earlier_ledger_is_a_member(engine: DuckEngine) -> None:
    earlier = {
        "supplier_key": "9", "anchor": "a", "supplier_number": "7", "name": "Acorn Joinery", "org_number": None,
        "postcode": None, "town": None,
    }  # fmt: skip
    assert grouped(engine, [{"name": "Acorn", "supplier_number": "7"}], remembered=[earlier]) == {frozenset("09")}


SUPPLIERS = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.sampled_from(
                ["Acorn", "Acorn Ltd", "Acorn plc", "Acorm Ltd", "Acorn (Leeds)", "Birch", "Brich"]
            ),
            "anchor": st.sampled_from("ab"),
            "supplier_number": st.sampled_from([None, "7", "8"]),
            "org_number": st.sampled_from([None, "01234567", "07654321"]),
            "postcode": st.sampled_from([None, "PR1 2AB", "M1 1AA"]),
        }
    ),
    max_size=9,
)


@settings(max_examples=25)
@given(rows=SUPPLIERS, data=st.data())
def test_order_does_not_matter_and_no_group_clashes(rows: list[dict[str, Any]], data: st.DataObject) -> None:
    keyed = [{"supplier_key": str(place), **row} for place, row in enumerate(rows)]
    with DuckEngine(threads=1) as engine:
        found = grouped(engine, keyed)
        assert grouped(engine, data.draw(st.permutations(keyed))) == found
    for keys in found:
        members = [rows[int(key)] for key in keys]
        assert len({row["org_number"] for row in members} - {None}) < 2
        assert not {"Acorn Ltd", "Acorn plc"} <= {row["name"] for row in members}


def test_one_account_for_many_names_takes_no_more_than_its_share(engine: DuckEngine) -> None:
    """An account for everybody once: names that have nothing in common stay apart, in time that grows with them."""
    rows = [{"name": f"{word} {place:05}", "supplier_number": "99"} for place in range(2000) for word in ("Ash", "Elm")]
    assert grouped(engine, rows) == set()


@pytest.mark.slow
def test_spellings_in_a_real_ledger(engine: DuckEngine, shared_data: Path) -> None:
    """VAT numbers tell which suppliers of a county are one; see docs/method/memory.md."""
    suppliers, truth = vat_numbers(engine, shared_data)
    found = grouped(engine, suppliers.values())
    keys = list(suppliers)
    pairs = [
        (truth[keys[int(a)]], truth[keys[int(b)]])
        for members in found
        for a, b in combinations(members, 2)
        if keys[int(a)] in truth and keys[int(b)] in truth
    ]
    right = sum(a == b for a, b in pairs)
    tied = sum(count * (count - 1) // 2 for count in Counter(truth.values()).values())
    assert right / len(pairs) >= 0.87
    assert right / tied >= 0.29


def vat_numbers(engine: DuckEngine, shared_data: Path) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """A county's suppliers without their VAT numbers, and the numbers of those that have one only."""
    conventions = load("gb").conventions()
    suppliers: dict[str, dict[str, Any]] = {}
    numbers = defaultdict(set)
    for path in sorted((shared_data / "gb" / "ledgers" / "devon").glob("*.csv")):
        mapping = ledger.inspect(path, conventions)[0].mapping.to_dict()
        column = next(name for name in mapping["ignore"] if name.lower() == "vat reg no")
        columns = {**mapping["columns"], "org_number": column}
        given = {**mapping, "columns": columns, "ignore": [name for name in mapping["ignore"] if name != column]}
        ledger.read(engine, path, "Devon", Columns.from_dict(given), conventions, Pseudonym(b"tests"))
        for row in engine.rows("SELECT * FROM suppliers"):
            suppliers[row["supplier_key"]] = {**row, "org_number": None}
            if row["org_number"] and not row["is_masked"]:
                numbers[row["supplier_key"]].add(row["org_number"].strip())
    assert len(suppliers) > 8000
    named = {
        key: {name: value for name, value in row.items() if name != "supplier_key"} for key, row in suppliers.items()
    }
    return named, {key: next(iter(found)) for key, found in numbers.items() if len(found) == 1}
