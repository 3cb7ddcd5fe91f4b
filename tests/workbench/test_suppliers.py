"""Suppliers chosen by the database are those that the whole list holds, in its order; of the masked only the label."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from bygd.engine import DuckEngine
from bygd.tools.spend.suppliers import Supplier
from bygd.tools.spend.suppliers import suppliers as every
from bygd.vocabulary.words import LinkState
from bygd.workbench import project, snapshot, suppliers
from bygd.workbench.suppliers import Wanted

ALL = Wanted("SEK", "seat")


@pytest.fixture(scope="module")
def engine(built_sample: Path) -> Iterator[DuckEngine]:
    (opened,) = snapshot.current(project.read(built_sample)).engines(1)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def listed(engine: DuckEngine) -> list[Supplier]:
    return every(engine, "seat", "SEK")


def test_parts_of_the_list_are_the_list(engine: DuckEngine, listed: list[Supplier]) -> None:
    assert suppliers.chosen(engine, ALL) == listed
    assert suppliers.chosen(engine, ALL, limit=7, offset=5) == listed[5:12]
    assert suppliers.total(engine, ALL) == (len(listed), sum((one.amount for one in listed), Decimal(0)))


def test_another_order(engine: DuckEngine, listed: list[Supplier]) -> None:
    names = [one.name.lower() for one in suppliers.chosen(engine, ALL, "name")]
    assert names == sorted(names) and len(names) == len(listed)
    payments = [one.payments for one in suppliers.chosen(engine, ALL, "payments")]
    assert payments == sorted(payments, reverse=True)


def test_filters_leave_what_fits(engine: DuckEngine, listed: list[Supplier]) -> None:
    anchor, state, kind = listed[0].anchor, LinkState.LINKED, listed[0].ownership
    found = suppliers.chosen(engine, Wanted("SEK", "seat", anchor, state, kind))
    assert found == [one for one in listed if (one.anchor, one.state, one.ownership) == (anchor, state, kind)]
    assert found
    for nonsense in (Wanted("SEK", "seat", state="'\x00"), Wanted("XXX", "seat"), Wanted("SEK", "seat", keys=())):
        assert suppliers.total(engine, nonsense) == (0, Decimal(0))


def test_words_are_found_without_accents_in_any_order(engine: DuckEngine, listed: list[Supplier]) -> None:
    one = next(one for one in listed if "ä" in one.name.casefold() and one.org_id and not one.is_masked)
    words = tuple(word.replace("å", "a").replace("ä", "a").replace("ö", "o") for word in one.name.lower().split()[::-1])
    assert one in suppliers.chosen(engine, Wanted("SEK", "seat", words=words))
    assert one in suppliers.chosen(engine, Wanted("SEK", "seat", words=(one.org_id.lower(),)))
    assert suppliers.by_key(engine, "SEK", "seat", [one.supplier_key, "nobody"]) == {one.supplier_key: one}


def test_the_masked_are_not_found_by_their_number(engine: DuckEngine) -> None:
    masked = engine.rows("SELECT org_number FROM suppliers WHERE is_masked AND org_number IS NOT NULL")
    assert masked
    for row in masked:
        found = suppliers.chosen(engine, Wanted("SEK", "seat", words=(row["org_number"].lower(),)))
        assert not any(one.is_masked for one in found)
