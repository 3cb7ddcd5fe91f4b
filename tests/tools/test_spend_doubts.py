"""The queue of doubts is the fastest way to narrow the range, and narrows it by what it says."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import permutations
from random import Random
from typing import Any

import pytest
from tests.lib.town import payments, town

from bygd.engine import DuckEngine
from bygd.tools import spend
from bygd.vocabulary import tables
from bygd.vocabulary.words import LocalBy, Ring

HERE = (Ring.NEIGHBOURHOOD, Ring.MUNICIPALITY)


def queue(engine: DuckEngine, seed: int, signs: Sequence[int] = (-1, 1, 1)) -> list[dict[str, Any]]:
    """Six doubtful suppliers with chance money and candidates, as the spend tool queues them."""
    chance = Random(seed)
    rows = [
        {"anchor": "X", "supplier": f"s{number}", "amount": str(chance.choice(signs) * chance.randint(1, 900))}
        for number in range(6)
    ]
    place = town(engine, [*rows, {"anchor": "X", "supplier": "sure", "amount": "5000", "seat": "municipality"}])
    listed = [
        {"supplier_key": f"X/s{number}", "org_id": f"O{choice}", "score": chance.random(), "position": choice + 1}
        for number in range(6)
        for choice in range(chance.randint(0, 3))
    ]
    full = [{**row, "stage": "fuzzy", "evidence": "{}"} for row in listed]
    engine.register(tables.link_candidates, full)
    engine.sql(
        tables.links,
        """SELECT l.* REPLACE (c.org_id AS candidate_id) FROM links AS l
           LEFT JOIN (SELECT supplier_key, org_id FROM link_candidates WHERE position = 1) AS c USING (supplier_key)""",
    )
    offices = [
        {"org_id": f"O{choice}", "seat_id": None, "seat_ring": ring, "branch_ring": "unknown", "how": ""}
        for choice, ring in enumerate(("country", "unknown", "municipality"))
    ]
    engine.register(tables.offices, offices)
    spend.run(engine, place)
    return engine.rows("SELECT * FROM doubts WHERE state = 'unresolved' ORDER BY position")


def area(order: Sequence[dict[str, Any]]) -> float:
    """The range that is left, summed over the time of the whole review."""
    left, total = sum(float(row["worth"]) for row in order), 0.0
    for row in order:
        total += left * row["effort"]
        left -= float(row["worth"])
    return total


@pytest.mark.parametrize("seed", range(8))
def test_no_other_order_narrows_the_range_faster(engine: DuckEngine, seed: int) -> None:
    found = queue(engine, seed)
    assert len(found) == 6 and len({row["effort"] for row in found}) > 2
    best = min(area(order) for order in permutations(found))
    assert area(found) == pytest.approx(best, rel=1e-4)
    assert area(list(reversed(found))) > 1.05 * best, "the order makes a difference"


@pytest.mark.parametrize("seed", range(4))
def test_after_any_number_of_cases_no_other_choice_of_equal_effort_is_worth_more(engine: DuckEngine, seed: int) -> None:
    found = [{**row, "effort": 1.0} for row in queue(engine, seed)]
    found.sort(key=lambda row: -row["worth"])
    for number in range(1, len(found)):
        most = max(sum(row["worth"] for row in order[:number]) for order in permutations(found))
        assert sum(row["worth"] for row in found[:number]) == most


def test_width_is_what_linking_takes_away(engine: DuckEngine) -> None:
    """Effects add: the range is narrower by the width of each supplier that is placed, whichever comes first."""
    text = """
        anchor | supplier | amount  | seat
        X      | sure     | 1000    | municipality
        X      | one      | 300     | {one}
        X      | two      | -40     | {two}
        X      | far      | 200     | country
    """

    def width(**seats: str) -> Decimal:
        town(engine, payments(text.format(**{"one": "unknown", "two": "unknown", **seats})))
        return spend.standing(engine, LocalBy.SEAT, HERE).width

    before = width()
    doubts = {row["name"]: row["width"] for row in engine.rows("SELECT name, width FROM doubts")}
    assert before == sum(doubts.values()) == Decimal("340.00")
    assert before - width(one="municipality") == before - width(one="country") == doubts["one"]
    assert before - width(two="country") == doubts["two"]
    assert width(one="country", two="municipality") == 0


def test_standing_says_what_is_left(engine: DuckEngine) -> None:
    queue(engine, 2, (1,))  # credits could carry the bounds beyond nought and one, where they are cut
    found = spend.standing(engine, LocalBy.SEAT, HERE)
    rows = [row for row in engine.rows("SELECT * FROM doubts") if row["worth"] > 0]
    assert found.cases == len(rows) > 0
    assert found.worth == sum(row["worth"] for row in rows) <= found.width
    assert found.points == pytest.approx(float(found.width) / float(found.total))
    assert (
        spend.cases_in_order(engine)[0] == engine.rows("SELECT case_key FROM doubts WHERE position = 1")[0]["case_key"]
    )
