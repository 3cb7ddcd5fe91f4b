"""A narrowed engine holds what passes the filter, to the last cent; engines at hand answer as plain ones do."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bygd import geography
from bygd.engine import DuckEngine
from bygd.reports import contents, privacy
from bygd.reports.privacy import Audience, Limits
from bygd.reports.write import subject_of
from bygd.tools import spend
from bygd.tools.spend.selection import Filter
from bygd.workbench import behind, project, snapshot
from bygd.workbench.behind import Behind
from bygd.workbench.narrowed import narrowed
from bygd.workbench.snapshot import Snapshot

COLUMNS = {"anchors": "anchor", "years": "year", "ownerships": "ownership", "industries": "industry",
           "sizes": "size_band", "categories": "category"}  # fmt: skip
SUM = "SELECT SUM(amount) AS amount, SUM(payments) AS payments FROM {relation}"


@pytest.fixture(scope="module")
def built(built_sample: Path) -> Snapshot:
    return snapshot.current(project.read(built_sample))


@pytest.fixture(scope="module")
def quick(built: Snapshot) -> Iterator[DuckEngine]:
    engines = built.engines(2)
    yield engines[0]
    for engine in engines:
        engine.close()


@pytest.fixture(scope="module")
def lines(quick: DuckEngine) -> list[dict[str, Any]]:
    return quick.rows(f"SELECT * FROM ({spend.LINES}) AS lines")


def filters(lines: list[dict[str, Any]]) -> st.SearchStrategy[Filter]:
    values = {field: sorted({row[column] for row in lines}) for field, column in COLUMNS.items()}
    return st.builds(
        Filter,
        **{
            field: st.lists(st.sampled_from(found), max_size=2, unique=True).map(tuple)
            for field, found in values.items()
        },
    )


def passes(row: dict[str, Any], where: Filter) -> bool:
    return all(not getattr(where, field) or row[column] in getattr(where, field) for field, column in COLUMNS.items())


@settings(max_examples=40)
@given(data=st.data())
def test_what_passes_the_filter_is_there_and_nothing_else(
    quick: DuckEngine, lines: list[dict[str, Any]], data: st.DataObject
) -> None:
    where = data.draw(filters(lines))
    wanted = [row for row in lines if passes(row, where)]
    with narrowed(quick, where):
        for relation in ("spend", "spend_lines", spend.BOUGHT):
            found = quick.rows(SUM.format(relation=relation))[0]
            assert (found["amount"] or 0) == sum((row["amount"] for row in wanted), Decimal(0))
            assert (found["payments"] or 0) == sum(row["payments"] for row in wanted)
        for column in ("seat_ring", "ownership", "size_band"):
            parts = quick.rows(f"SELECT {column}, SUM(amount) AS amount FROM spend GROUP BY 1")
            assert sum((part["amount"] for part in parts), Decimal(0)) == sum(row["amount"] for row in wanted)
    assert quick.rows(SUM.format(relation="spend"))[0]["amount"] == sum(row["amount"] for row in lines)


def test_an_engine_is_as_it_was_after_a_fault(quick: DuckEngine) -> None:
    before = quick.rows(SUM.format(relation="spend"))
    with pytest.raises(ZeroDivisionError), narrowed(quick, Filter(years=(2024,))):
        raise ZeroDivisionError
    assert quick.rows(SUM.format(relation="spend")) == before


def test_engines_beside_each_other_do_not_see_each_others_passing_relations(built: Snapshot) -> None:
    one, other = built.engines(2)
    with one, other, narrowed(one, Filter(years=(2024,))):
        one.sql("passing", "SELECT 1 AS number")
        other.sql("passing", "SELECT 2 AS number")
        assert one.rows("SELECT number FROM passing") == [{"number": 1}]
        assert other.rows("SELECT COUNT(DISTINCT year) AS years FROM spend") == [{"years": 3}]
        assert one.rows("SELECT DISTINCT year FROM spend") == [{"year": 2024}]


@pytest.mark.parametrize("anchored", [False, True])
def test_engines_at_hand_answer_as_plain_ones(built: Snapshot, built_sample: Path, anchored: bool) -> None:
    place_of = project.read(built_sample)
    anchors = ["Region Skärland"] if anchored else None
    with built.engine(anchors=anchors) as plain, built.engines(1, anchors=anchors)[0] as quick:
        found = []
        for engine in (plain, quick):
            place = geography.place(engine, place_of.place_id, place_of.place_name)
            subject = subject_of(engine, place, "x", "en", built.id, built.manifest)
            sections = {name: contents.section(subject, name) for name in contents.SECTIONS}
            found.append((list(subject.figures), sections))
    assert found[0] == found[1]
    assert len(found[0][0]) > 50


def test_the_largest_parts_are_the_first_of_all(quick: DuckEngine, built: Snapshot, built_sample: Path) -> None:
    place_of = project.read(built_sample)
    place = geography.place(quick, place_of.place_id, place_of.place_name)
    subject = subject_of(quick, place, "x", "en", built.id, built.manifest)
    for column in ("category", "industry"):
        assert subject.parts(column, most=3) == subject.parts(column)[:3]
        assert len(subject.parts(column, most=3)) == 3
    assert subject.parts("category", where="is_procurement AND FALSE", most=3) == []


@pytest.mark.parametrize("dominant", [0.0, 0.3, 0.7, 1.0])
@pytest.mark.parametrize("fewest", [1, 3, 30])
def test_what_sums_tell_to_be_publishable_is_what_every_supplier_tells(
    quick: DuckEngine, built: Snapshot, built_sample: Path, fewest: int, dominant: float
) -> None:
    place_of = project.read(built_sample)
    place = geography.place(quick, place_of.place_id, place_of.place_name)
    subject = subject_of(quick, place, "x", "en", built.id, built.manifest, audience=Audience.PUBLIC)
    subject = replace(subject, limits=Limits(fewest, dominant))
    by_party = "SELECT {column} AS c0, party, SUM(amount) AS amount FROM spend WHERE is_procurement GROUP BY ALL"
    for column in ("seat_ring", "ownership", "year", "industry"):
        cells = privacy.cells(quick.rows(by_party.format(column=column)), "c0")
        hidden = privacy.withheld(cells, subject.limits)
        told = {part.key: (part.amount, part.suppliers) for part in subject.parts(column)}
        whole = {cell.key: (cell.amount, len(cell.parties)) for cell in cells}
        assert told == {key: (None, None) if key in hidden else sums for key, sums in whole.items()}


@pytest.mark.parametrize(
    "wanted",
    [
        Behind(),
        Behind(Filter(years=(2024,), anchors=("Fyrhamns kommun",))),
        Behind(Filter(sizes=("small",))),
        Behind(Filter(categories=("Livsmedel",))),
        Behind(left_out=True),
        Behind(left_out=True, reason="payroll"),
    ],
)
def test_the_payments_behind_a_sum_add_up_to_it(quick: DuckEngine, wanted: Behind) -> None:
    count, amount = behind.total(quick, wanted)
    listed = behind.payments(quick, wanted, limit=100_000)
    assert count > 0
    assert len(listed) == count and sum(row["amount"] for row in listed) == amount
    assert {bool(row["rule"]) for row in listed} == {wanted.left_out}
    pages = [row for offset in range(0, 200, 50) for row in behind.payments(quick, wanted, limit=50, offset=offset)]
    assert pages == listed[:200]


def test_a_ring_and_a_party_choose_their_payments(quick: DuckEngine) -> None:
    for row in quick.rows("SELECT seat_ring, SUM(amount) AS amount FROM spend WHERE is_procurement GROUP BY 1"):
        wanted = Behind(rings=(row["seat_ring"],))
        assert behind.total(quick, wanted)[1] == row["amount"]
    party = quick.rows("SELECT party FROM spend WHERE is_procurement ORDER BY amount DESC LIMIT 1")[0]["party"]
    names = {row["name"] for row in behind.payments(quick, Behind(party=party), limit=1000)}
    assert len(names) >= 1
    assert behind.payments(quick, Behind(party="'; DROP TABLE payments; --")) == []
