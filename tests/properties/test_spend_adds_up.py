"""No cent is lost or doubled, whatever the payments; and SQL says what plain Python says."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.lib.town import town
from tests.properties.twin import local_share

from bygd.engine import DuckEngine
from bygd.tools import spend

RINGS = ("municipality", "county", "country", "world", "unknown")
SEATS = {"A": "municipality", "B": "country", "C": "unknown"}

cents = st.integers(-10_000_000, 10_000_000).map(lambda n: Decimal(n) / 100)
suppliers = st.fixed_dictionaries(
    {
        "seat": st.sampled_from(RINGS),
        "branch": st.sampled_from(RINGS),
        "ownership": st.sampled_from(["private", "public", "democratic", "unknown"]),
        "org": st.sampled_from(["", "A", "B", "C"]),
    }
).map(lambda row: {**row, "seat": SEATS[row["org"]]} if row["org"] else row)


@st.composite
def ledgers(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Payments, credit notes among them, of some anchors to some suppliers; some suppliers share an organisation."""
    known = draw(st.lists(suppliers, min_size=1, max_size=6))
    payments = draw(
        st.lists(
            st.tuples(
                st.sampled_from(["X", "Y"]), st.integers(0, len(known) - 1), cents, st.sampled_from([2019, 2020]),
                st.sampled_from(["-", "Fuel", "Food"]),
            ),
            min_size=1,
            max_size=20,
        )
    )  # fmt: skip
    return [
        {"anchor": anchor, "supplier": f"s{number}", "amount": str(amount), "year": year, "category": category}
        | known[number]
        for anchor, number, amount, year, category in payments
    ]


QUICK = settings(
    max_examples=20,
    deadline=None,
    phases=[Phase.explicit, Phase.generate, Phase.target],
    suppress_health_check=[HealthCheck.too_slow],
)


def total(rows: list[dict[str, Any]]) -> Decimal:
    return sum((Decimal(row["amount"]) for row in rows), Decimal(0))


@pytest.mark.slow
@QUICK
@given(rows=ledgers())
def test_every_cent_is_local_elsewhere_or_unknown(rows: list[dict[str, Any]]) -> None:
    with DuckEngine(threads=1) as engine:
        place = town(engine, rows)
        whole = engine.rows("SELECT SUM(amount) AS amount, SUM(payments) AS n FROM spend")[0]
        assert (whole["amount"], whole["n"]) == (total(rows), len(rows))
        procurement = total([row for row in rows if row["ownership"] != "public"])
        for by in ("seat", "branch", "either"):
            for dimensions in ((), ("anchor",), ("anchor", "year", "ownership", "industry", "size", "category")):
                for ring in ("municipality", "county", "country"):
                    table = spend.table(engine, dimensions, by, ring)
                    for row in table:
                        assert row["local"] + row["elsewhere"] + row["unknown"] == row["total"]
                    assert sum((row["total"] for row in table), Decimal(0)) == procurement
            assert sum((row["amount"] for row in spend.flows(engine, by)), Decimal(0)) == procurement
            assert sum((row["amount"] for row in spend.rings(engine, place, by)), Decimal(0)) == procurement
        found = {figure.id: figure for figure in spend.figures(engine, place) if figure.anchor is None}
        left_out = sum(Decimal(str(figure.value)) for id, figure in found.items() if ".excluded." in id)
        assert Decimal(str(found["spend.procurement"].value)) + left_out == total(rows)


@pytest.mark.slow
@QUICK
@given(rows=ledgers(), by=st.sampled_from(["seat", "branch", "either"]), ring=st.sampled_from(RINGS[:3]))
def test_sql_says_what_plain_python_says(rows: list[dict[str, Any]], by: str, ring: str) -> None:
    with DuckEngine(threads=1) as engine:
        town(engine, rows)
        table = {row["anchor"]: row for row in spend.table(engine, ("anchor",), by, ring)}
        for anchor, found in table.items():
            expected = local_share([row for row in rows if row["anchor"] == anchor], by, ring)
            for name, value in expected.items():
                assert found[name] == (
                    None if value is None else pytest.approx(float(value)) if name in SHARES else value
                )


SHARES = {"share", "low", "high", "coverage", "largest"}


@pytest.mark.slow
@QUICK
@given(rows=ledgers())
def test_figures_are_within_their_bounds(rows: list[dict[str, Any]]) -> None:
    with DuckEngine(threads=1) as engine:
        place = town(engine, rows)
        figures = spend.figures(engine, place)
        assert len({(figure.id, figure.anchor) for figure in figures}) == len(figures)
        for figure in figures:
            assert figure.definition.endswith(".")
            if figure.value is not None and figure.low is not None and figure.high is not None:
                assert figure.low <= figure.value <= figure.high, figure
            if figure.unit == "share" and figure.value is not None:
                assert 0 <= figure.value <= 1
            if figure.coverage is not None:
                assert 0 <= figure.coverage <= 1
