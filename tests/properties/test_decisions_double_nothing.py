"""However often people decide and change their minds, the money stays the same."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.lib.text_tables import fill
from tests.lib.town import payments, town

from bygd import geography, linkage
from bygd.engine import DuckEngine
from bygd.tools import spend
from bygd.vocabulary import tables

LEDGER = payments(
    """
    anchor | supplier | amount | seat
    X      | a        | 10.01  | municipality
    X      | b        | 20.02  | country
    X      | c        | -3.03  | unknown
    """
)

decisions = st.lists(
    st.tuples(
        st.sampled_from(["X/a", "X/b", "X/c", "X/gone"]),
        st.sampled_from(["SE-ON:X/a", "SE-ON:X/b", "SE-ON:none", "-"]),
        st.sampled_from(["same", "different", "unsure", "absent"]),
        st.integers(1, 3),
    ),
    max_size=8,
)


@pytest.mark.slow
@settings(
    max_examples=20,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(decided=decisions)
def test_the_total_before_is_the_total_after(decided: list[tuple[str, str, str, int]]) -> None:
    with DuckEngine(threads=1) as engine:
        place = town(engine, LEDGER)
        engine.read(tables.link_candidates, [])
        engine.read(tables.organisation_names, [])
        rows = [
            {"supplier_key": key, "org_id": org, "judgement": judgement, "decided_at": f"2020-01-0{day}T00:00:00"}
            for key, org, judgement, day in decided
            if (org == "-") == (judgement == "absent")
        ]
        engine.register(tables.link_decisions, [fill(tables.link_decisions, row) for row in rows])
        linkage.resolve(engine)
        geography.run(engine, place)
        spend.run(engine, place)
        assert engine.rows("SELECT SUM(amount) AS amount, COUNT(*) AS n FROM spend") == [
            {"amount": Decimal("27.00"), "n": 3}
        ]
        assert len(engine.rows("SELECT * FROM seats")) == 3
