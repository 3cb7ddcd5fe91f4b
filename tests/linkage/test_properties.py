"""Properties of linkage that hold for any names."""

import json
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.lib.linking import link, load

from bygd.engine import DuckEngine
from bygd.linkage.evidence import read

WORDS = ["acorn", "beech", "joinery", "metal", "Leeds", "& Sons", "Ltd", "Limited", "LLP", "(UK)", "t/a", "3", "Åre"]
STRANGE = st.lists(st.text("ЖЩЮФЯ", min_size=4, max_size=9), min_size=1, max_size=4).map(" ".join)
"""Names that share no letter with any of the words above."""
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join) | st.text(max_size=20)


def links(suppliers: list[str], registered: list[tuple[str, str]]) -> dict[str, Any]:
    with DuckEngine(threads=1) as engine:
        load(
            engine,
            [{"supplier_key": f"{name}|", "name": name} for name in suppliers],
            [{"org_id": org_id, "name": name} for org_id, name in registered],
        )
        return link(engine)


def numbered(names: list[str]) -> list[tuple[str, str]]:
    return [(f"GB-COH:{place:08}", name) for place, name in enumerate(names, 1)]


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(
    suppliers=st.lists(NAMES, unique=True, max_size=6),
    names=st.lists(NAMES, max_size=8),
    seed=st.integers(),
    place=st.integers(0, 99),
    strange=STRANGE,
)
def test_neither_the_order_of_rows_nor_a_name_that_matches_nothing_changes_a_link(
    suppliers: list[str], names: list[str], seed: int, place: int, strange: str
) -> None:
    registered = numbered(names)
    before = links(suppliers, registered)
    if not set("ЖЩЮФЯ") & set("".join(suppliers).upper()):
        stranger = (f"GB-COH:{place:08}A", f"{strange} Plc")
        assert links(suppliers, [*registered, stranger]) == before
    random.Random(seed).shuffle(registered)
    random.Random(seed).shuffle(suppliers)
    after = links(suppliers, registered)
    assert after == before
    for found in after.values():
        assert read(found["evidence"]).score == found["score"]
        assert (found["org_id"] is None) == (found["state"] != "linked")
        json.loads(found["evidence"])
