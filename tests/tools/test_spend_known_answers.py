"""Published tables, taken through the real steps: payments → spend lines → spend → figures.

Sources: the Greater Manchester benchmark (AGMA, docslib.org/doc/2048457), CLES on Preston
(publicsectorexecutive.com, 2015) and on Manchester (press releases of 2017 to 2019).
"""

from decimal import Decimal

import pytest
from tests.lib.town import payments, town

from bygd.engine import DuckEngine
from bygd.geography import Place
from bygd.tools import spend
from bygd.vocabulary.figures import Figure

GREATER_MANCHESTER = {
    "Bolton": ("68330289.71", "31179554.05", 45.6),
    "Bury": ("38026372.58", "10810750.81", 28.4),
    "Manchester": ("235031744.89", "186687585.67", 79.4),
    "Oldham": ("133590437.30", "91644381.53", 68.6),
    "Rochdale": ("70793775.84", "30995001.50", 43.8),
    "Salford": ("143909248.95", "90276813.00", 62.7),
    "Stockport": ("126771768.29", "82563092.39", 65.1),
    "Tameside": ("45117493.41", "22863548.01", 50.7),
    "Trafford": ("41171484.94", "15062797.86", 36.6),
    "Wigan": ("101115819.30", "57568701.76", 56.9),
}


def split(anchor: str, total: str, local: str, **more: object) -> list[dict[str, object]]:
    """One local and one other supplier whose payments add up to the printed sums."""
    row = {"anchor": anchor, **more}
    return [
        {**row, "supplier": f"{anchor} near", "amount": local, "seat": "municipality", "branch": "municipality"},
        {
            **row,
            "supplier": f"{anchor} far",
            "amount": str(Decimal(total) - Decimal(local)),
            "seat": "country",
            "branch": "country",
        },
    ]


def by_id(engine: DuckEngine, place: Place, **options: object) -> dict[tuple[str, str | None], Figure]:
    return {(figure.id, figure.anchor): figure for figure in spend.figures(engine, place, **options)}


@pytest.mark.parametrize("local_by", ["seat", "branch", "either"])
def test_greater_manchester_pooled_and_mean(engine: DuckEngine, local_by: str) -> None:
    rows = [row for name, (total, local, _) in GREATER_MANCHESTER.items() for row in split(name, total, local)]
    place = town(engine, rows)
    found = by_id(engine, place)
    for name, (total, local, printed) in GREATER_MANCHESTER.items():
        figure = found[f"spend.local_share.{local_by}.municipality", name]
        assert round(100 * figure.value, 1) == printed
        assert (figure.low, figure.high, figure.coverage) == (figure.value, figure.value, 1)
        assert found["spend.procurement", name].value == float(total)
        assert found[f"spend.leakage.{local_by}.municipality", name].value == pytest.approx(float(total) - float(local))
    assert found["spend.total", None].value == 1_003_858_435.21
    # The printed percentage is the simple mean; the pooled share is eight points higher.
    assert round(100 * found[f"spend.local_share.{local_by}.municipality", None].value, 1) == 61.7
    assert round(100 * found[f"spend.mean_local_share.{local_by}.municipality", None].value, 1) == 53.8
    table = spend.table(engine, ("anchor",), local_by)
    assert sum(row["local"] for row in table) == Decimal("619652226.58")


def test_preston(engine: DuckEngine) -> None:
    """Five per cent of 750 million is 37.5 million; 39 per cent within the county leaves 457.5 million leaking."""
    place = town(
        engine,
        payments(
            """
            anchor  | supplier | amount      | seat
            Preston | here     | 37,500,000  | municipality
            Preston | county   | 255,000,000 | county
            Preston | other    | 457,500,000 | country
            """
        ),
    )
    found = by_id(engine, place, local_by="seat")
    assert found["spend.local_share.seat.municipality", None].value == pytest.approx(0.05)
    assert found["spend.local_share.seat.county", None].value == pytest.approx(0.39)
    assert found["spend.leakage.seat.county", None].value == pytest.approx(457.5e6, abs=0.6e6)
    assert found["spend.leakage.seat.country", None].value == 0


@pytest.mark.parametrize(
    ("last", "total", "share", "increment"),
    [(2018, 461, 0.699, 138), (2016, 445.6, 0.717, 132), (2017, 431, 0.713, 123)],
)
def test_manchester_increments(engine: DuckEngine, last: int, total: float, share: float, increment: float) -> None:
    """Each printed increment agrees with 51.5 % of a first year of some 357 to 364 million."""
    base = 360.0
    rows = [
        *split("Manchester", f"{base}e6", f"{base * 0.515:.6f}e6", year=2008),
        *split("Manchester", f"{total}e6", f"{total * share:.6f}e6", year=last),
    ]
    place = town(engine, rows)
    by_year = {row["year"]: row for row in spend.trend(engine, "branch")}
    assert float(by_year[last]["local"] - by_year[2008]["local"]) == pytest.approx(increment * 1e6, abs=2.5e6)
    changed = by_id(engine, place)["spend.change.local_share.branch.municipality", "Manchester"]
    assert changed.value == pytest.approx(share - 0.515, abs=1e-6)
    assert changed.period == f"2008–{last}"
