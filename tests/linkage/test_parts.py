"""Each supplier is looked for by itself: parts of a ledger give what the whole gives."""

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.lib.linking import load

from bygd.countries import pack
from bygd.engine import DuckEngine
from bygd.linkage import halves, propose

REGISTER = ["Acorn Joinery Ltd", "Acorn Joinery LLP", "Beech Metal Ltd", "Beech & Sons", "Joinery Leeds Ltd", "Acorn"]
WORDS = ["acorn", "beech", "joinery", "joinry", "metal", "leeds", "& sons", "ltd", "llp", "t/a", "limited"]
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
NUMBERS = st.sampled_from([None, "01234567", "559999-0016"])
SUPPLIERS = st.lists(st.tuples(NAMES, NUMBERS), min_size=2, max_size=8)

Suppliers = list[tuple[int, tuple[str, str | None]]]


def candidates(suppliers: Suppliers, threads: int = 1) -> list[dict[str, Any]]:
    with DuckEngine(threads=threads) as engine:
        load(
            engine,
            [{"supplier_key": f"{key}", "name": name, "org_number": number} for key, (name, number) in suppliers],
            [{"org_id": f"GB-COH:{place:08}", "name": name} for place, name in enumerate(REGISTER)]
            + [{"org_id": "SE-ON:5599990016", "name": "Acorn Joinery AB"}],
        )
        propose(engine, pack.load("se").conventions())
        return engine.rows("SELECT * FROM link_candidates")


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(suppliers=SUPPLIERS, cut=st.integers(1, 7))
@example(suppliers=[("beech metal", None), ("beech metal llp", None)], cut=1)
@example(suppliers=[("beech metal", "559999-0016"), ("beech metal", None)], cut=1)
@example(suppliers=[("acorn joinery", None), ("leeds t/a acorn joinery", None)], cut=1)
def test_parts_give_what_the_whole_gives(suppliers: list[tuple[str, str | None]], cut: int) -> None:
    numbered = list(enumerate(suppliers))

    def by_key(row: dict[str, Any]) -> tuple[str, int]:
        return row["supplier_key"], row["position"]

    parts = candidates(numbered[:cut]) + candidates(numbered[cut:])
    assert sorted(parts, key=by_key) == sorted(candidates(numbered), key=by_key)


@pytest.mark.parametrize("numbers", [(None, None), ("01234567", "559999-0016")])
def test_two_engines_at_once_give_what_one_gives(
    numbers: tuple[str | None, str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    written = ["beech metal", "beech metal", "leeds t/a acorn joinery", "acorn joinry", "", "beech & sons", "acorn llp"]
    numbered: Suppliers = list(enumerate((name, numbers[place % 2]) for place, name in enumerate(written)))
    whole = candidates(numbered)
    monkeypatch.setattr(halves, "FEWEST", 1)
    assert candidates(numbered, threads=2) == whole != []
