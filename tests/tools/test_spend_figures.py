"""Figures: what is in them, for whom, and how they answer to doubt."""

from decimal import Decimal

import pytest
from tests.lib.town import payments, town

from bygd.engine import DuckEngine
from bygd.geography import Place
from bygd.sources.errors import InputError
from bygd.tools import spend
from bygd.tools.spend import Filter
from bygd.vocabulary.figures import Figure

LEDGERS = """
    anchor | supplier | amount | year | seat         | branch       | ownership   | org | category | size
    X      | Baker    | 100    | 2018 | municipality | municipality | democratic  | -   | Bread    | micro
    X      | Baker    | 200    | 2020 | municipality | municipality | democratic  | -   | Bread    | micro
    X      | Chain    | 300    | 2018 | country      | municipality | private     | C   | Tools    | large
    X      | Chain Ltd | 200   | 2020 | country      | unknown      | private     | C   | Tools    | large
    X      | Mystery  | 100    | 2020 | unknown      | unknown      | unknown     | -   | Tools    | unknown
    X      | Council  | 500    | 2020 | municipality | municipality | public      | -   | -        | large
    Y      | Chain    | 50     | 2019 | country      | country      | private     | C   | Tools    | large
    Y      | Newbie   | 50     | 2020 | county       | county       | sole_trader | -   | Food     | micro
    Y      | Abroad   | 7      | 2020 | unknown      | world        | foreign     | -   | Food     | unknown
"""


@pytest.fixture
def place(engine: DuckEngine) -> Place:
    rows = payments(LEDGERS)
    for row in rows:
        row["org"] = "" if row["org"] == "-" else row["org"]
    return town(engine, rows)


@pytest.fixture
def found(engine: DuckEngine, place: Place) -> dict[tuple[str, str | None], Figure]:
    listed = spend.figures(engine, place, "s1", ["ledger.csv"])
    assert len({(figure.id, figure.anchor) for figure in listed}) == len(listed)
    return {(figure.id, figure.anchor): figure for figure in listed}


def test_money(found: dict[tuple[str, str | None], Figure]) -> None:
    value = {key: figure.value for key, figure in found.items()}
    assert value["spend.total", None] == 1507
    assert value["spend.procurement", None] == 1007
    assert value["spend.excluded.public_body", None] == 500
    assert value["spend.excluded.grant", None] == 0
    assert value["spend.doubtful", None] == 107
    assert value["spend.linked_share", None] == pytest.approx(900 / 1007)
    assert value["spend.total", "Y"] == 107
    figure = found["spend.total", None]
    assert (figure.unit, figure.period, figure.sources, figure.snapshot) == ("EUR", "2018–2020", ("ledger.csv",), "s1")
    assert found["spend.total", "Y"].period == "2019–2020"


def test_shares(found: dict[tuple[str, str | None], Figure]) -> None:
    seat = found["spend.local_share.seat.municipality", "X"]
    assert seat.value == pytest.approx(300 / 800)
    assert (seat.low, seat.high, seat.coverage) == (300 / 900, 400 / 900, 800 / 900)
    assert found["spend.local_share.branch.municipality", "X"].value == pytest.approx(600 / 600)
    assert found["spend.local_share.either.municipality", "X"].value == pytest.approx(600 / 800)
    assert found["spend.local_share.seat.county", None].value == pytest.approx(350 / 907)
    assert found["spend.local_share.seat.country", "Y"].value == pytest.approx(100 / 107)
    assert found["spend.mean_local_share.seat.municipality", None].value == pytest.approx((3 / 8 + 0) / 2)
    assert ("spend.mean_local_share.seat.municipality", "X") not in found
    assert ("spend.local_share.seat.world", None) not in found
    assert found["spend.deprived_share", "X"].value == 600 / 800  # Chain Ltd by its seat, in no deprived area


def test_change_is_like_for_like(found: dict[tuple[str, str | None], Figure]) -> None:
    """Y has no procurement in 2018: the pool compares X with itself."""
    pool = found["spend.change.local_share.seat.municipality", None]
    assert pool.value == pytest.approx(200 / 400 - 100 / 400)
    assert (pool.unit, pool.period) == ("points", "2018–2020")
    assert found["spend.change.local_share.seat.municipality", "Y"].period == "2019–2020"
    assert found["spend.change.local_share.seat.municipality", "Y"].value == 0


def test_a_baseline_may_be_chosen(engine: DuckEngine, place: Place) -> None:
    listed = spend.figures(engine, place, baseline=2019)
    changed = {figure.anchor: figure for figure in listed if figure.id == "spend.change.local_share.seat.county"}
    assert changed["X"].value is None
    assert changed[None].value == changed["Y"].value == pytest.approx(50 / 57)


def test_ownership(found: dict[tuple[str, str | None], Figure]) -> None:
    assert found["spend.ownership_share.democratic", None].value == pytest.approx(300 / 907)
    group = found["spend.ownership_share.private_group", None]
    assert (group.value, group.low) == (0, 0)
    assert group.high == pytest.approx((550 + 100) / 1007)
    assert ("spend.ownership_share.unknown", None) not in found


def test_an_organisation_under_several_names_counts_once(
    engine: DuckEngine, found: dict[tuple[str, str | None], Figure]
) -> None:
    amounts = [Decimal(x) for x in (550, 300, 100, 50, 7)]
    assert found["spend.concentration.hhi", None].value == pytest.approx(
        sum(float(amount / 1007 * 100) ** 2 for amount in amounts)
    )
    top = spend.top_suppliers(engine, 2)
    assert [(row["party"], row["amount"], row["anchors"]) for row in top] == [
        ("C", Decimal(550), 2),
        ("SE-ON:X/Baker", Decimal(300), 1),
    ]


def test_breakdowns(engine: DuckEngine, place: Place) -> None:
    (whole,) = spend.table(engine, ())
    assert whole["suppliers"] == 5
    assert whole["largest"] == pytest.approx(550 / 1007)
    by_year = {row["year"]: row for row in spend.trend(engine, "either")}
    assert by_year[2018]["local"] == 400
    assert {(row["ownership"], row["size"]) for row in spend.table(engine, ("ownership", "size"))} == {
        ("democratic", "micro"),
        ("private", "large"),
        ("sole_trader", "micro"),
        ("foreign", "unknown"),
        ("unknown", "unknown"),
    }
    worst = spend.leakage_by_category(engine, "seat")
    assert [(row["category"], row["elsewhere"]) for row in worst] == [("Tools", 550), ("Food", 57), ("Bread", 0)]
    listed = spend.rings(engine, place, "seat", ())
    assert {row["ring"]: row["amount"] for row in listed} == {
        "municipality": 300,
        "county": 50,
        "country": 550,
        "world": 7,
        "unknown": 100,
    }
    assert spend.areas(engine)[0] == {"area_id": "se:3", "amount": Decimal(550), "suppliers": 1}
    with pytest.raises(InputError, match="cannot be broken down by 'colour'"):
        spend.table(engine, ("colour",))


def test_a_filter_and_one_definition_of_local(engine: DuckEngine, place: Place) -> None:
    listed = spend.figures(engine, place, local_by="seat", where=Filter(anchors=("X",), years=(2018,)))
    assert {figure.anchor for figure in listed} == {None, "X"}
    assert not any(".branch." in figure.id for figure in listed)
    assert next(figure for figure in listed if figure.id == "spend.total").value == 400
    assert spend.figures(engine, place, where=Filter(anchors=("Nobody",))) == []


def test_other_currencies_are_told_and_never_added(engine: DuckEngine) -> None:
    place = town(
        engine,
        payments(
            """
            anchor | supplier | amount | currency | seat
            X      | a        | 100    | SEK      | municipality
            X      | b        | 100    | SEK      | country
            X      | c        | 999    | EUR      | country
            """
        ),
    )
    found = {figure.id: figure for figure in spend.figures(engine, place) if figure.anchor is None}
    assert (found["spend.total"].value, found["spend.total"].unit) == (200, "SEK")
    assert (found["spend.other_currency.eur"].value, found["spend.other_currency.eur"].unit) == (999, "EUR")
    assert found["spend.local_share.seat.municipality"].value == 0.5
    assert spend.table(engine, ())[0]["total"] == 200
    assert {row["currency"]: row["total"] for row in spend.table(engine, ("currency",))} == {"SEK": 200, "EUR": 999}


def test_every_figure_is_documented(found: dict[tuple[str, str | None], Figure]) -> None:
    from pathlib import Path

    page = (Path(__file__).parents[2] / "docs" / "method" / "spend.md").read_text(encoding="utf-8")
    for id, _ in found:
        family = ".".join(id.split(".")[:2])
        assert f"`{family}" in page, f"docs/method/spend.md does not name {family}"


def test_public_money_stays_in_where_the_rule_is_off(engine: DuckEngine) -> None:
    rows = payments("anchor | supplier | amount | seat | ownership\n X | Council | 5 | municipality | public")
    place = town(engine, rows, public_rule=None)
    found = {figure.id: figure for figure in spend.figures(engine, place) if figure.anchor is None}
    assert found["spend.procurement"].value == 5
    assert found["spend.ownership_share.public"].value == 1
