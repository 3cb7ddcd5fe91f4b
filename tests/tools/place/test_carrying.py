"""What goes over from one division of areas to the next: sums are kept, and nothing appears from nowhere."""

from hypothesis import given
from hypothesis import strategies as st

from bygd.sources.statistics.divisions import Correspondence, Pair, shared
from bygd.tools.place import Older, carried, together
from bygd.vocabulary.place_words import Combining, Level, ValueStatus

OBSERVED, SUPPRESSED = ValueStatus.OBSERVED, ValueStatus.SUPPRESSED
UNITS = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("uvwxyz"), st.integers(1, 900)), min_size=1, max_size=40
)
"""Homes, each in an older and in a newer area, with how many people live there."""


def division(*pairs: Pair, rest: bool = False, basis: str = "") -> Correspondence:
    return Correspondence(Level.SMALL_AREA, "2018", "2025", pairs, rest, basis)


def counts(values: dict[str, float | None]) -> dict[str, Older]:
    return {code: Older(value, OBSERVED if value is not None else SUPPRESSED) for code, value in values.items()}


def by_homes(units: list[tuple[str, str, int]]) -> Correspondence:
    weights: dict[tuple[str, str], float] = {}
    for old, new, people in units:
        weights[old, new] = weights.get((old, new), 0.0) + people
    return division(*shared(weights), basis="homes")


@given(UNITS, st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 10_000), min_size=6))
def test_sums_are_kept_and_nothing_appears_from_nowhere(
    units: list[tuple[str, str, int]], values: dict[str, int]
) -> None:
    between = by_homes(units)
    older = counts({code: float(value) for code, value in values.items()})
    found = {new: carried(new, between, older, Combining.SUM) for new in "uvwxyz"}
    assert {new for new, one in found.items() if one is not None} == set(between.into)
    made = sum(one.value or 0.0 for one in found.values() if one is not None)
    assert abs(made - sum(values[old] for old in between.out_of)) < 1e-6 * max(1.0, made)
    alone = {old: Older(float(old == "a"), OBSERVED) for old in "abcdef"}
    for new in between.into:
        one = carried(new, between, alone, Combining.SUM)
        assert one is not None and one.value is not None
        assert (one.value > 0) == any(pair.old == "a" for pair in between.into[new])


@given(UNITS, st.sampled_from("abcdef"))
def test_what_is_withheld_of_one_area_withholds_all_it_went_to(units: list[tuple[str, str, int]], lost: str) -> None:
    between = by_homes(units)
    older = counts({code: None if code == lost else 5.0 for code in "abcdef"})
    for new, pairs in between.into.items():
        one = carried(new, between, older, Combining.SUM)
        assert one is not None
        touched = any(pair.old == lost for pair in pairs)
        assert (one.value is None) == touched
        assert not touched or one.status is SUPPRESSED


@given(UNITS, st.floats(0, 100))
def test_a_share_goes_over_only_with_whole_areas_and_lies_between_theirs(
    units: list[tuple[str, str, int]], first: float
) -> None:
    between = by_homes(units)
    shares = {code: (first + 17 * place) % 100 for place, code in enumerate("abcdef")}
    older = {code: Older(value, OBSERVED, 100.0) for code, value in shares.items()}
    for new, pairs in between.into.items():
        one = carried(new, between, older, Combining.WEIGHTED)
        assert one is not None
        if any(between.share(pair) != 1.0 for pair in pairs):
            assert one.value is None and "divided" in one.how
        else:
            parts = [shares[pair.old] for pair in pairs]
            assert one.value is not None and min(parts) - 1e-9 <= one.value <= max(parts) + 1e-9


def test_an_area_that_stayed_the_same_keeps_its_value_of_any_kind() -> None:
    between = division(Pair("gone", "new"), rest=True)
    for how in Combining:
        one = carried("same", between, {"same": Older(41.5, ValueStatus.PROVISIONAL)}, how)
        assert one is not None and (one.value, one.status) == (41.5, ValueStatus.PROVISIONAL)
    assert carried("same", between, {"other": Older(1.0, OBSERVED)}, Combining.SUM) is None
    assert carried("gone", between, {"gone": Older(1.0, OBSERVED)}, Combining.SUM) is None  # it is no newer area


def test_parts_of_a_divided_area_have_values_only_together() -> None:
    between = division(Pair("old", "east"), Pair("old", "west"))
    older = counts({"old": 900.0})
    one = carried("east", between, older, Combining.SUM)
    assert one is not None and one.value is None and "divided" in one.how
    assert together(["east", "west"], between) == ("old",)
    assert together(["east"], between) is None
    assert together(["east", "west", "far"], between) is None


def test_whole_areas_are_added_or_averaged_by_what_they_are_shares_of() -> None:
    between = division(Pair("a", "new"), Pair("b", "new"))
    older = {"a": Older(10.0, OBSERVED, 300.0), "b": Older(20.0, OBSERVED, 100.0)}
    added = carried("new", between, older, Combining.SUM)
    mean = carried("new", between, older, Combining.WEIGHTED)
    median = carried("new", between, older, Combining.NONE)
    assert added is not None and (added.value, added.status) == (30.0, OBSERVED)
    assert mean is not None and (mean.value, mean.status) == (12.5, ValueStatus.ESTIMATED)
    assert median is not None and median.value is None
    unknown = carried("new", between, {**older, "b": Older(20.0, OBSERVED)}, Combining.WEIGHTED)
    assert unknown is not None and unknown.value is None


def test_ground_of_unknown_origin_carries_nothing() -> None:
    between = division(Pair("a", "a"), Pair("", "a"))
    one = carried("a", between, counts({"a": 7.0}), Combining.SUM)
    assert one is not None and one.value is None and "not told" in one.how
    assert together(["a"], between) is None
