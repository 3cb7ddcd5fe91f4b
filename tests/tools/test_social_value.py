"""Choosing, scoring and social return: known answers, what always holds, and what is refused."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from bygd.parameters.strict import parse
from bygd.sources.errors import InputError
from bygd.tools import social_value
from bygd.tools.social_value import Effort, Points, choose, obligation, own_list, score
from bygd.tools.social_value.choosing import even
from bygd.tools.social_value.reading import policy
from bygd.vocabulary.words import Standing

PRESTON = social_value.find("gb/preston").edition("five_themes")
TWO_PARTS = social_value.find("gb/preston").edition("two_parts")
PPN = social_value.find("gb/ppn_002").editions[0]
SWEDISH = social_value.find("se/employment_conditions").editions[0]
UTRECHT = social_value.find("nl/social_return_utrecht").edition("newer")
OLDER = social_value.find("nl/social_return_utrecht").edition("older")
LEIDEN = social_value.find("nl/social_return_leiden").editions[0]
EAST = social_value.find("nl/social_return_oost_nederland").editions[0]
RIJNVICUS = social_value.find("nl/social_return_rijnvicus").editions[0]
LEKSTROOM = social_value.find("nl/social_return_lekstroom").editions[0]
CODES = list(PRESTON.measures)
FIVE = D("0.05")


def test_a_value_in_another_currency_is_not_held_against_the_limits_of_a_policy() -> None:
    """800,000 kronor are not above 74,999 pounds; a policy without such a limit does not ask."""
    with pytest.raises(InputError, match="in GBP, and this one is in SEK"):
        choose(PRESTON, D(800_000), ["1.1"], FIVE, currency="SEK")
    assert choose(PRESTON, D(800_000), ["1.1"], FIVE, currency="GBP").accepted
    assert choose(PPN, D(800_000), ["1a"], D("0.1"), currency="SEK").accepted


@pytest.mark.parametrize(
    ("edition", "value", "measures", "weight", "refused"),
    [
        (PRESTON, "75000", ["1.1"], "0.20", []),
        (PRESTON, "74999.01", ["1.1"], "0.20", []),
        (PRESTON, "74999", ["1.1"], "0.20", ["value"]),
        (PRESTON, "75000", CODES, "0.2", []),
        (PRESTON, "75000", CODES, "0.2001", ["weight"]),
        (PRESTON, "10", ["1.1"], "0.5", ["value", "weight"]),
        (TWO_PARTS, "75000", ["A", "B"], "0.20", []),
        (TWO_PARTS, "75000", ["A", "B"], "0.19", ["weight"]),
        (TWO_PARTS, "75000", ["A", "B"], "0.21", ["weight"]),
        (TWO_PARTS, "75000", ["A"], "0.20", ["always"]),
        (PPN, "1000000", ["1a"], "0.10", []),
        (PPN, "1000000", ["1a"], "0.0999", ["weight"]),
        (PPN, "1000000", ["1a", "1b"], "0.30", ["spread"]),
        (SWEDISH, "1000000", ["offer"], "0", []),
        (SWEDISH, "1000000", ["offer"], "0.01", ["weight"]),
        (UTRECHT, "1000000", ["ww"], "0", []),
    ],
)
def test_limits(
    edition: social_value.Edition, value: str, measures: list[str], weight: str, refused: list[str]
) -> None:
    found = choose(edition, D(value), measures, D(weight))
    assert [one.limit for one in found.refusals] == refused
    assert found.accepted == (not refused)
    assert bool(found.weights) == (found.accepted and D(weight) > 0)


def test_preston_s_two_parts_weigh_ten_per_cent_each() -> None:
    assert choose(TWO_PARTS, D(80_000), ["B", "A"], D("0.20")).weights == {"A": D("0.10"), "B": D("0.10")}


def test_who_may_decide_otherwise_is_told_and_a_decision_is_kept() -> None:
    refused = choose(PRESTON, D(50_000), ["1.1"], D("0.25"))
    assert [one.unless["en"] for one in refused.refusals] == ["The procurement manager may decide otherwise."] * 2
    decided = choose(PRESTON, D(50_000), ["1.1"], D("0.25"), decided="N. N., 3 March: a pilot")
    assert decided.accepted and decided.weights == {"1.1": D("0.25")}
    assert [one.standing for one in decided.checks if one.limit == "value"] == [Standing.EXPLAIN] * 2
    assert not choose(TWO_PARTS, D(50_000), ["A", "B"], D("0.20"), decided="me").accepted, "nobody may"


def test_the_four_questions_advise_and_never_refuse() -> None:
    found = choose(SWEDISH, D(10**6), ["offer"], D(0), answers={"decision": False, "interest": True})
    told = {one.limit: one.standing for one in found.checks}
    assert found.accepted
    assert [told[code] for code in ("decision", "interest", "matching", "network")] == [
        Standing.DOUBTFUL,
        Standing.ALLOWED,
        Standing.DEPENDS,
        Standing.DEPENDS,
    ]


def test_a_split_of_the_buyer_s_own() -> None:
    weights = {"1a": D("0.07"), "1b": D("0.05")}
    assert choose(PPN, D(1), list(weights), D("0.12"), split=weights).weights == weights
    assert choose(PPN, D(1), list(weights), D("0.13"), split=weights).refusals[0].limit == "spread"
    own = {"1.1": D("0.15"), "1.2": D("0.05")}
    assert choose(PRESTON, D(80_000), list(own), D("0.20"), split=own).refusals[0].limit == "spread"


def test_what_was_not_read_is_told() -> None:
    themes = tuple(
        replace(theme, measures=tuple(replace(m, verified=False) for m in theme.measures)) for theme in PPN.themes
    )
    found = choose(replace(PPN, themes=themes), D(1), ["1a"], D("0.10"))
    assert found.accepted and found.checks[-1].values == {"what": "1a"}
    assert choose(replace(PPN, verified=False), D(1), ["1a"], D("0.10")).checks[-1].standing is Standing.DOUBTFUL


@pytest.mark.parametrize(
    ("value", "measures", "weight", "more", "said"),
    [
        ("-1", ["1.1"], "0.2", {}, "no value of a contract"),
        ("NaN", ["1.1"], "0.2", {}, "no value of a contract"),
        ("1e15", ["1.1"], "0.2", {}, "no value of a contract"),
        ("80000", [], "0.2", {}, "at least one measure"),
        ("80000", ["9.9"], "0.2", {}, "no measure '9.9'. Known: 1.1"),
        ("80000", ["1.1", "1.1"], "0.2", {}, "chosen twice"),
        ("80000", ["1.1"], "20", {}, "20 is no weight. Write 20 per cent as 0.20"),
        ("80000", ["1.1"], "-0.1", {}, "no weight"),
        ("80000", ["1.1"], "Infinity", {}, "no weight"),
        ("80000", ["1.1"], "0.12345", {}, "four decimals"),
        ("80000", ["1.1"], "0.2", {"split": {"1.2": D("0.2")}}, "each of the measures chosen its weight"),
        ("80000", ["1.1"], "0.2", {"answers": {"decision": True}}, "asks no question 'decision'"),
    ],
)
def test_what_cannot_be_chosen(value: str, measures: list[str], weight: str, more: dict, said: str) -> None:
    with pytest.raises(InputError, match=said):
        choose(PRESTON, D(value), measures, D(weight), **more)


@given(
    weight=st.integers(1, 2000).map(lambda steps: D(steps) / 10_000),
    measures=st.lists(st.sampled_from(CODES), min_size=1, unique=True),
)
def test_weights_add_up_to_the_total_exactly_and_are_even(weight: D, measures: list[str]) -> None:
    found = choose(PRESTON, D(80_000), measures, weight)
    assert found.accepted and set(found.weights) == set(measures)
    assert sum(found.weights.values()) == weight
    assert max(found.weights.values()) - min(found.weights.values()) <= D("0.0001")
    assert found == choose(PRESTON, D(80_000), measures[::-1], weight), "the order of typing changes nothing"


@given(
    weight=st.integers(1, 2000).map(lambda steps: D(steps) / 10_000),
    levels=st.dictionaries(st.sampled_from(CODES), st.integers(1, 5), min_size=1),
    by=st.sampled_from(Points),
)
def test_points_stay_within_their_bounds_and_rise_with_levels(weight: D, levels: dict[str, int], by: Points) -> None:
    choice = choose(PRESTON, D(80_000), list(levels), weight)
    found = score(choice, levels, by)
    assert found.most == weight * 100
    assert 0 <= found.total <= found.most
    assert all(0 <= found.points[code] <= choice.weights[code] * 100 for code in levels)
    assert sum(found.points.values()) == found.total
    assert score(choice, dict.fromkeys(levels, 5), by).total == found.most
    better = score(choice, {code: min(level + 1, 5) for code, level in levels.items()}, by)
    assert better.total >= found.total


@pytest.mark.parametrize(
    ("by", "points"),
    [
        (Points.FROM_LOWEST, "12.5000"),
        (Points.OF_HIGHEST, "14"),
        ({1: D(0), 2: D("0.1"), 3: D("0.3"), 4: D("0.6"), 5: D(1)}, "10"),
    ],
)
def test_points_by_hand(by: Points | dict, points: str) -> None:
    """Four measures of 5 points each, levels 5, 4, 3, 2: (1 + ¾ + ½ + ¼) × 5, and so on."""
    levels = {"1.1": 5, "2.1": 4, "3.1": 3, "4.1": 2}
    found = score(choose(PRESTON, D(80_000), list(levels), D("0.20")), levels, by)
    assert found.total == D(points)


@pytest.mark.parametrize(
    ("edition", "levels", "by", "said"),
    [
        (PRESTON, {"1.1": 3}, None, "does not say how levels become points"),
        (PRESTON, {"1.1": 6}, Points.FROM_LOWEST, "Give one from 1 to 5"),
        (PRESTON, {"1.1": 0}, Points.OF_HIGHEST, "Give one from 1 to 5"),
        (PRESTON, {"1.1": True}, Points.OF_HIGHEST, "Give one from 1 to 5"),
        (PRESTON, {"1.2": 3}, Points.FROM_LOWEST, "one level: 1.1"),
        (PRESTON, {}, Points.FROM_LOWEST, "one level: 1.1"),
        (PRESTON, {"1.1": 3}, {1: D(0)}, "says nothing of level 3"),
        (replace(PRESTON, points=Points.FROM_LOWEST), {"1.1": 3}, Points.OF_HIGHEST, "says itself"),
        (replace(PRESTON, levels=None), {"1.1": 3}, Points.OF_HIGHEST, "are not known"),
    ],
)
def test_what_cannot_be_scored(
    edition: social_value.Edition, levels: dict, by: Points | dict | None, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        score(choose(edition, D(80_000), ["1.1"], D("0.20")), levels, by)


def test_refused_choices_and_quantities_are_not_scored() -> None:
    with pytest.raises(InputError, match="Only a choice that the policy accepts"):
        score(choose(PRESTON, D(1), ["1.1"], D("0.20")), {"1.1": 3}, Points.FROM_LOWEST)
    both = choose(replace(TWO_PARTS, levels=(1, 5)), D(80_000), ["A", "B"], D("0.20"))
    with pytest.raises(InputError, match="B is answered by a quantity"):
        score(both, {"A": 3, "B": 3}, Points.FROM_LOWEST)


def test_k9_utrecht_one_full_timer_for_six_months_aged_52() -> None:
    effort = Effort("participatiewet", hours=D(36), months=D(6), bonuses=("age_50",))
    for pro_rata, bonus, assumed in ((False, 10_000, ()), (True, 5_000, ()), (None, 5_000, ("age_50",))):
        found = obligation(UTRECHT, D(500_000), [effort], share=FIVE, pro_rata=pro_rata)
        assert found.owed == 25_000
        assert found.lines[0].counted == 20_000
        assert found.lines[0].bonuses == {"age_50": bonus}
        assert found.assumed == assumed


@pytest.mark.parametrize(
    ("edition", "effort", "counted"),
    [
        (UTRECHT, Effort("participatiewet", hours=D(18), months=D(12)), 20_000),
        (UTRECHT, Effort("participatiewet", 3, D(36), D(12)), 120_000),
        (UTRECHT, Effort("participatiewet", hours=D(40), months=D(12)), 40_000),
        (UTRECHT, Effort("ww", hours=D(36), months=D(24)), 40_000),
        (UTRECHT, Effort("knowledge", units=D("7.5")), 750),
        (UTRECHT, Effort("social_buying", amount=D("1234.565")), D("1234.57")),
        (OLDER, Effort("participatiewet_over_2", hours=D(36), months=D(6)), 20_000),
        (OLDER, Effort("bbl", hours=D(36), months=D(12)), 15_000),
        (LEIDEN, Effort("wia", hours=D(36), months=D(3)), 10_000),
        (LEIDEN, Effort("wsw", hours=D(36), months=D(12), bonuses=("age_55",)), 65_000),
        (LEIDEN, Effort("activity", amount=D(800)), 800),
        (EAST, Effort("ww_under_1", hours=D(36), months=D(30)), 10_000),
        (EAST, Effort("participatiewet_under_2", hours=D(36), months=D(30)), 60_000),
        (EAST, Effort("register", hours=D(36), months=D(30)), 100_000),
        (EAST, Effort("placement", 2, months=D(3)), 4_500),
        (RIJNVICUS, Effort("participatiewet_under_2", hours=D(36), months=D(12)), 25_000),
    ],
)
def test_blocks_by_hand(edition: social_value.Edition, effort: Effort, counted: int) -> None:
    found = obligation(edition, D(10**6), [effort], share=FIVE, full_time=D(36))
    assert found.filled == counted and found.left == max(50_000 - D(counted), 0)


def test_lekstroom_asks_five_per_cent_above_a_hundred_thousand() -> None:
    assert obligation(LEKSTROOM, D("100000.01")).owed == D("5000.00")
    at = obligation(LEKSTROOM, D(100_000))
    assert (at.applies, at.owed, at.left) == (False, 0, 0)


@given(
    contract=st.decimals(0, 10**9, places=2),
    share=st.integers(0, 10_000).map(lambda steps: D(steps) / 10_000),
    efforts=st.lists(
        st.builds(
            Effort,
            st.sampled_from(["participatiewet", "register", "ww", "no_benefit"]),
            st.integers(1, 20),
            st.decimals("0.5", 60, places=1),
            st.decimals("0.5", 60, places=1),
            bonuses=st.sets(st.sampled_from(["age_50", "permanent", "language"])).map(tuple),
        ),
        max_size=5,
    ),
    pro_rata=st.booleans(),
)
def test_money_adds_up(contract: D, share: D, efforts: list[Effort], pro_rata: bool) -> None:
    found = obligation(UTRECHT, contract, efforts, share=share, pro_rata=pro_rata)
    assert found.owed + found.beyond == found.filled + found.left
    assert min(found.left, found.beyond) == 0 and 0 <= found.owed <= contract
    assert abs(found.owed - contract * share) <= D("0.005")
    assert found.filled == sum(
        (obligation(UTRECHT, contract, [one], share=share, pro_rata=pro_rata).filled for one in efforts), D(0)
    )
    whole = obligation(UTRECHT, contract, efforts, share=share, pro_rata=False)
    assert all(line.counted == other.counted for line, other in zip(found.lines, whole.lines, strict=True))
    assert found.filled == found.filled.quantize(D("0.01"))


@pytest.mark.parametrize(
    ("edition", "effort", "how", "said"),
    [
        (PRESTON, None, {"share": FIVE}, "sets no social return"),
        (UTRECHT, None, {}, "share of the contract sum of .* was not read"),
        (UTRECHT, None, {"share": D(5)}, "5 is no weight"),
        (LEKSTROOM, None, {"share": D("0.02")}, "sets a share of the contract sum of 0.05, not 0.02"),
        (UTRECHT, None, {"share": FIVE, "full_time": D(40)}, "36 hours a week as full time"),
        (LEIDEN, Effort("ww", hours=D(36), months=D(6)), {"share": FIVE}, "full time is not known"),
        (UTRECHT, Effort("age_50", hours=D(36), months=D(6)), {"share": FIVE}, "a bonus on top of another"),
        (UTRECHT, Effort("ww", months=D(6)), {"share": FIVE}, "how many hours a week"),
        (UTRECHT, Effort("ww", hours=D(200), months=D(6)), {"share": FIVE}, "how many hours a week"),
        (UTRECHT, Effort("ww", hours=D(36)), {"share": FIVE}, "for how many months"),
        (UTRECHT, Effort("ww", hours=D(36), months=D("NaN")), {"share": FIVE}, "for how many months"),
        (UTRECHT, Effort("ww", 0, D(36), D(6)), {"share": FIVE}, "no number of persons"),
        (UTRECHT, Effort("ww", 1, D(36), D(6), bonuses=("ww",)), {"share": FIVE}, "ww is no bonus"),
        (UTRECHT, Effort("ww", 1, D(36), D(6), bonuses=("age_50",) * 2), {"share": FIVE}, "named twice"),
        (UTRECHT, Effort("knowledge"), {"share": FIVE}, "how many units"),
        (UTRECHT, Effort("social_buying"), {"share": FIVE}, "was paid without VAT"),
        (UTRECHT, Effort("social_buying", amount=D(-1)), {"share": FIVE}, "no amount"),
        (UTRECHT, Effort("nothing"), {"share": FIVE}, "no measure 'nothing'"),
        (
            RIJNVICUS,
            Effort("no_benefit", 1, D(36), D(6)),
            {"share": FIVE, "full_time": D(36)},
            "was not read here",
        ),
    ],
)
def test_what_cannot_be_counted(edition: social_value.Edition, effort: Effort | None, how: dict, said: str) -> None:
    with pytest.raises(InputError, match=said):
        obligation(edition, D(500_000), [effort] if effort else [], **how)


LIST = """Ref;What;Group;Unit;Worth
M1;Apprentices;Work;weeks;251,50
M2;Volunteer hours;Place;hours;1 016,00
M3;A plan;Place;;
"""
MAP = {"code": "Ref", "text": "What", "theme": "Group", "unit": "Unit", "value": "Worth"}
HOW = {
    "title": "Ours",
    "language": "en",
    "currency": "GBP",
    "since": date(2026, 1, 1),
    "licence": "Licensed to us",
    "decimal": ",",
}


def test_a_list_of_one_s_own_becomes_a_policy_that_keeps_its_licence(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"Our list\n{LIST}", encoding="utf-8")
    listed = social_value.read_list(path, MAP, **HOW)
    assert (listed.measures, listed.valued, listed.total) == (3, 2, D("1267.50"))
    one = policy(parse(listed.text, "ours"), "own/ours", "ours").editions[0]
    assert [(m.code, m.kind.value, m.worth and m.worth.amount) for m in one.measures.values()] == [
        ("M1", "quantity", D("251.50")),
        ("M2", "quantity", D("1016.00")),
        ("M3", "level", None),
    ]
    assert one.licence == "Licensed to us" and not one.verified
    assert "251" not in str(one.published().themes)
    assert (
        not policy(parse(social_value.read_list(path, MAP, **{**HOW, "licence": "none"}).text, "x"), "own/x", "x")
        .editions[0]
        .licence
    )


def test_a_workbook_gives_the_same_as_a_text(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Ref", "What", "Group", "Unit", "Worth"])
    sheet.append(["M1", "Apprentices", "Work", "weeks", 251.5])
    sheet.append(["M2", "Volunteer hours", "Place", "hours", 1016])
    book.save(tmp_path / "list.xlsx")
    found = social_value.read_list(tmp_path / "list.xlsx", MAP, **{**HOW, "decimal": ""})
    assert (found.measures, found.total) == (2, D("1267.5"))


@pytest.mark.parametrize(
    ("old", "new", "change", "said"),
    [
        ("M2;", "M1;", {}, "row 3: the code 'M1' stands in row 2 too"),
        ("M2;", ";", {}, "row 3: the code is missing"),
        ("Apprentices", "", {}, "row 2: the text is missing"),
        ("251,50", "much", {}, "row 2: the value 'much' is no number"),
        ("251,50", "-5", {}, "row 2: the value '-5' is below nought"),
        ("251,50", "251.50", {}, "row 2: the value '251.50' is no number with ','"),
        ("251,50", "1.016", {"decimal": ""}, "row 2: the value '1.016' may be read in two ways"),
        ("251,50", "251,50", {"decimal": ""}, "say which mark"),
        ("", "", {"licence": " "}, "under which licence"),
        ("", "", {"currency": ""}, "in which currency"),
        ("", "", {"decimal": "x"}, "no mark before decimals"),
        ("Worth", "Value", {}, "no sheet with all of the columns"),
        (LIST, "Ref;What;Group;Unit;Worth\n", {}, "no measures below it"),
    ],
)
def test_faulty_lists_are_refused_with_their_rows(tmp_path: Path, old: str, new: str, change: dict, said: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(LIST.replace(old, new, 1) if old else LIST, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        social_value.read_list(path, MAP, **{**HOW, **change})


def test_unknown_fields_and_missing_ones(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Unknown fields: colour"):
        social_value.read_list(tmp_path / "x", {**MAP, "colour": "C"}, **HOW)
    with pytest.raises(InputError, match="which is the text"):
        social_value.read_list(tmp_path / "x", {"code": "Ref"}, **HOW)
    assert set(own_list.NEEDED) <= set(own_list.FIELDS)


def test_even_by_hand() -> None:
    assert even(D("0.20"), ["a", "b", "c"]) == {"a": D("0.0667"), "b": D("0.0667"), "c": D("0.0666")}
