"""Cases that a lawyer can read: `<country>/procurement/<what>.yaml` ask and say which answers must come.

Each file names its `source`; a case may name its own. What stands under `given` holds for every case of the file.
`expect` maps ids of statements to how they stand, `absent` where nothing may be said. `verified` and `unverified` list
ids that must, or must not, rest on what was read.
"""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from bygd.tools.procurement import Answer, Buyer, Kind, Question, ask, rulebook

FILES = sorted(Path(__file__).parent.glob("*/procurement/[a-z]*.yaml"))
COUNTRIES = ("eu", "gb", "gb_sct", "gb_wls", "nl", "se")
# `on` is the word "yes" in YAML; cases say `day`.
FIELDS = {"day", *Question.__dataclass_fields__} - {"on"}
KEYS = {"case", "source", "expect", "verified", "unverified"}


def _cases() -> list[Any]:
    found = []
    for path in FILES:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for place, case in enumerate(content["cases"], 1):
            whole = {"source": content["source"], **(content.get("given") or {}), **case}
            name = f"{path.parts[-3]}/{path.stem}/{place} {case.get('case', '')}"
            found.append(pytest.param(path.parts[-3], whole, id=name.strip()))
    return found


CASES = _cases()


def question(case: dict[str, Any]) -> Question:
    """The question of a case, its words and numbers as the tool takes them."""
    given = {name: value for name, value in case.items() if name in FIELDS}
    for name in ("value", "spent", "vat_rate", "lot", "small_lots"):
        if name in given:
            given[name] = Decimal(str(given[name]))
    given["on"] = given.pop("day")
    given["buyer"] = Buyer(given["buyer"])
    if "kind" in given:
        given["kind"] = Kind(given["kind"])
    given["cpv"] = str(given.get("cpv", ""))
    given["areas"] = tuple(given.get("areas", ()))
    return Question(**given)


def answer(country: str, case: dict[str, Any]) -> Answer:
    return ask(question(case), rulebook(country))


@pytest.mark.parametrize(("country", "case"), CASES)
def test_the_answer_of_a_case(country: str, case: dict[str, Any]) -> None:
    assert case["source"] and not case.keys() - FIELDS - KEYS
    found = answer(country, case)
    told = {id: str(found.standing(id) or "absent") for id in case["expect"]}
    assert told == case["expect"]
    for id in case.get("verified", ()):
        assert (statement := found.get(id)) and statement.verified, id
    for id in case.get("unverified", ()):
        assert (statement := found.get(id)) and not statement.verified, id


def test_there_are_enough_cases_for_every_country() -> None:
    assert len(CASES) >= 150
    for country in COUNTRIES:
        assert sum(case.values[0] == country for case in CASES) >= 25


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_change_of_a_value_has_a_case_on_the_day_and_on_the_day_before(country: str) -> None:
    """A value of a threshold or ceiling that changes has a case of a buyer and a purchase that it is for."""
    asked = {(one.values[1]["day"], one.values[1]["buyer"], one.values[1].get("kind")) for one in _of(country)}
    missing = []
    for parameter in rulebook(country).parameters:
        if parameter.from_pack != country or parameter.role not in ("threshold", "direct_award", "direct_award_some"):
            continue
        for value in parameter.values[1:]:
            for day in (value.since - timedelta(days=1), value.since):
                if not any(
                    on == day
                    and buyer in parameter.applies.get("buyer", (buyer,))
                    and kind in parameter.applies.get("kind", (kind,))
                    for on, buyer, kind in asked
                ):
                    missing.append(f"{parameter.key} on {day}")
    assert not missing


def _of(country: str) -> list[Any]:
    return [case for case in CASES if case.values[0] == country]


def test_a_case_that_is_wrong_fails() -> None:
    case = {"day": date(2024, 1, 1), "buyer": "municipality", "kind": "services", "value": 700000, "source": "-"}
    with pytest.raises(AssertionError):
        test_the_answer_of_a_case("se", {**case, "expect": {"direct_award": "open"}})
