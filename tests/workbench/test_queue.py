"""The queue, and what words come to before a build: nothing of other institutions, nothing that was taken back."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bygd.engine import DuckEngine
from bygd.tools import spend
from bygd.tools.spend.suppliers import bought, bought_each, suppliers, years
from bygd.vocabulary.words import Judgement
from bygd.workbench import organisations, project, snapshot
from bygd.workbench.review.judging import denied, in_force, is_settled, taken_back
from bygd.workbench.review.queue import waiting

START = datetime(2026, 1, 1)


@pytest.fixture(scope="module")
def opened(built_sample: Path) -> Callable[..., DuckEngine]:
    current = snapshot.current(project.read(built_sample))
    return lambda anchors=None: current.engine(anchors=anchors)


def test_the_queue_is_that_of_the_doubts(opened: Any) -> None:
    with opened() as engine:
        listed = waiting(engine)
        assert [case.case_key for case in listed if not case.back] == spend.cases_in_order(engine, everything=True)
        worth = {row["case_key"]: row["worth"] for row in engine.rows("SELECT case_key, worth FROM doubts")}
        for case in listed:
            assert case.worth == pytest.approx(worth[case.case_key], abs=Decimal("0.02"))
        assert any(len(case.suppliers) > 1 for case in listed)


def test_with_one_institution_alone_a_case_tells_nothing_of_what_others_paid(opened: Any) -> None:
    with opened() as engine:
        doubts = engine.rows("SELECT * FROM doubts WHERE state = 'unresolved'")
    for anchor in {row["anchor"] for row in doubts}:
        own = [row for row in doubts if row["anchor"] == anchor]
        with opened([anchor]) as engine:
            listed = {case.case_key: case for case in waiting(engine)}
        assert listed.keys() == {row["case_key"] for row in own}
        for key, case in listed.items():
            rows = [row for row in own if row["case_key"] == key]
            assert case.anchors == (anchor,) and case.amount == sum(row["amount"] for row in rows)
            width = sum(row["width"] for row in rows)
            assert float(case.worth) == pytest.approx(float(width) * max(row["found"] for row in rows), abs=0.02)


def test_what_suppliers_were_paid_adds_up(opened: Any) -> None:
    with opened() as engine:
        listed = suppliers(engine, "seat", "SEK")
        totals = engine.rows(
            """SELECT SUM(CASE WHEN is_procurement THEN amount ELSE 0 END) AS amount,
               SUM(CASE WHEN is_procurement THEN 0 ELSE amount END) AS left_out, SUM(payments) AS payments
               FROM spend WHERE currency = 'SEK'"""
        )[0]
        assert sum(one.amount for one in listed) == totals["amount"]
        assert sum(one.left_out for one in listed) == totals["left_out"]
        assert sum(one.payments for one in listed) == totals["payments"]
        for one in listed[:40]:
            by_year = years(engine, [one.supplier_key], "SEK")
            assert sum(year.amount for year in by_year) == one.amount
            lines = bought(engine, [one.supplier_key], "SEK", 1000)
            assert sum(line.amount for line in lines) == one.amount + one.left_out
            assert bought_each(engine, [one.supplier_key], "SEK")[one.supplier_key] == lines
        masked = [one for one in listed if one.is_masked]
        assert masked and not any(one.org_number or one.org_id or one.registered_name for one in masked)


def test_of_organisations_the_masked_are_left_out(opened: Any) -> None:
    with opened() as engine:
        rows = engine.rows("SELECT org_id, is_masked FROM organisations")
        found = organisations.about(engine, [row["org_id"] for row in rows])
    assert found.keys() == {row["org_id"] for row in rows if not row["is_masked"]} and len(found) < len(rows)


def word(judgement: str, org_id: str | None = "A", by: str = "Åsa", second: int = 0, note: str | None = None) -> Any:
    at = START + timedelta(seconds=second)
    return {
        "supplier_key": "k",
        "org_id": org_id,
        "judgement": judgement,
        "decided_by": by,
        "decided_at": at,
        "note": note,
    }


def test_what_settles_a_case() -> None:
    assert not is_settled([], ["A"])
    assert all(is_settled([word(said, None)], ["A", "B"]) for said in ("same", "absent", "unsure"))
    assert not is_settled([word("different")], ["A", "B"]) and is_settled([word("different")], ["A"])
    assert is_settled([word("different"), word("different", "B")], ["A", "B"])
    assert denied([word("different"), word("same")]) == set(), "the last word on an organisation counts"


judgements = st.sampled_from([one.value for one in Judgement])
said = st.lists(st.tuples(judgements, st.sampled_from(["A", "B"]), st.sampled_from(["Åsa", "Berit"])), max_size=8)


@given(before=said, more=said)
def test_taking_everything_back_leaves_what_stood_before(before: list[Any], more: list[Any]) -> None:
    rows = [word(one, None if one == "absent" else org, by, n) for n, (one, org, by) in enumerate([*before, *more])]
    kept, taken = rows[: len(before)], rows[len(before) :]
    log = list(rows)
    for last in reversed(taken):
        back = {**taken_back(last, log), "decided_at": log[-1]["decided_at"] + timedelta(seconds=1)}
        log.append(back)
        assert len(in_force(log)) == len(kept) + taken.index(last)
    assert in_force(log) == kept


def test_the_order_narrows_the_samples_range_faster_than_by_money_or_chance(opened: Any) -> None:
    """The range left over the time of the whole review: a quarter less than by money, half of chance's."""
    with opened() as engine:
        found = engine.rows("SELECT * FROM doubts WHERE worth > 0 AND effort > 0 ORDER BY position")

    def left_over_time(order: list[dict[str, Any]]) -> float:
        left, total = sum(float(row["worth"]) for row in order), 0.0
        for row in order:
            total += left * row["effort"]
            left -= float(row["worth"])
        return total

    ours, chance = left_over_time(found), random.Random(1)
    by_money = left_over_time(sorted(found, key=lambda row: -row["width"]))
    by_chance = [left_over_time(chance.sample(found, len(found))) for _ in range(200)]
    assert len(found) > 10
    assert ours < 0.8 * by_money and ours < 0.5 * sum(by_chance) / len(by_chance) and ours < min(by_chance)
