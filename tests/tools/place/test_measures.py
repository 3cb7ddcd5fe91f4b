"""Measures of a place against published and independently computed results."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bygd.sources.errors import InputError
from bygd.tools.place import (
    Piece,
    Point,
    average,
    combined,
    doubt,
    inequality,
    interval,
    is_disclosing,
    is_few,
    job_ratio,
    nearest,
    rank,
)
from bygd.tools.place.years import change
from bygd.vocabulary.place_words import Combining, Direction, Unit, ValueStatus

# The data of R's package ineq (Ilocos-like example); Gini printed there, the others computed apart.
INCOMES = [541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261]


def test_inequality_of_the_known_incomes() -> None:
    found = inequality(INCOMES)
    assert found.gini == pytest.approx(0.462091130267624, abs=1e-14)
    assert found.theil_t == pytest.approx(0.362341242343895, abs=1e-14)
    assert found.theil_l == pytest.approx(0.433594649520446, abs=1e-14)
    assert found.palma == pytest.approx(2.822492709522, abs=1e-10)
    assert found.top_bottom_fifth == pytest.approx(17.048403193613, abs=1e-10)


def test_inequality_is_what_the_definitions_give_on_many_incomes() -> None:
    x = np.sort(np.exp(np.random.default_rng(7).normal(12, 0.6, 500)))
    found, relative, ranks = inequality([float(one) for one in x]), x / x.mean(), np.arange(1, 501)
    assert found.gini == pytest.approx(float(2 * (ranks * x).sum() / (500 * x.sum()) - 501 / 500))
    assert found.theil_t == pytest.approx(float((relative * np.log(relative)).mean()))
    assert found.theil_l == pytest.approx(float(-np.log(relative).mean()))
    assert found.palma == pytest.approx(float(x[450:].sum() / x[:200].sum()))
    assert found.top_bottom_fifth == pytest.approx(float(x[400:].sum() / x[:100].sum()))
    high, low = np.quantile(x, [0.9, 0.1], method="hazen")
    assert found.p90_p10 == pytest.approx(float(high / low))


def test_the_nearest_are_those_of_a_matrix_of_differences() -> None:
    chance, areas = np.random.default_rng(7), [f"m{number:03}" for number in range(60)]
    values = {
        "population": np.exp(chance.normal(9, 1, 60)), "density": np.exp(chance.normal(3, 1, 60)),
        "older_share": chance.normal(22, 4, 60), "children_share": chance.normal(17, 2, 60),
        "single_share": chance.normal(40, 5, 60),
    }  # fmt: skip
    found = nearest("m000", {id: dict(zip(areas, one.tolist(), strict=True)) for id, one in values.items()})
    told = np.column_stack([np.log(one) if id in ("population", "density") else one for id, one in values.items()])
    scaled = (told - told.mean(axis=0)) / told.std(axis=0)
    distance = np.sqrt(((scaled - scaled[0]) ** 2).mean(axis=1))
    order = np.argsort(distance)[1:8]
    assert [one.area_id for one in found] == [areas[place] for place in order]
    assert [one.distance for one in found] == pytest.approx(distance[order].tolist())


def test_a_group_counts_as_often_as_it_has_members() -> None:
    whole = inequality([value for value in INCOMES for _ in range(3)])
    grouped = inequality(INCOMES, [3] * 10)
    assert grouped.gini == pytest.approx(whole.gini) and grouped.palma == pytest.approx(whole.palma or 0)
    assert "within a group" in grouped.method and whole.method != grouped.method


@given(st.lists(st.floats(1, 1e6), min_size=2, max_size=30), st.floats(0.1, 100))
def test_inequality_does_not_depend_on_the_currency_and_groups_never_raise_it(values: list[float], rate: float) -> None:
    one, other = inequality(values), inequality([value * rate for value in values])
    assert one.gini == pytest.approx(other.gini, abs=1e-9) and -1e-12 <= one.gini <= 1
    values = sorted(values)
    half = len(values) // 2
    means = [sum(values[:half]) / half, sum(values[half:]) / (len(values) - half)]
    assert inequality(means, [half, len(values) - half]).gini <= one.gini + 1e-9


def test_noughts_and_equal_incomes() -> None:
    assert inequality([5, 5, 5]).gini == pytest.approx(0)
    found = inequality([0, 0, 10])
    assert found.theil_l is None and found.palma is None and found.gini == pytest.approx(2 / 3)
    for bad in ([-1, 2], [0, 0], []):
        with pytest.raises(InputError):
            inequality(bad)


def test_job_ratios_are_in_the_range_that_was_published() -> None:
    assert job_ratio(2_500, 10_000) == 0.25 and doubt(0.25) is None  # Bergsjön, 0.2–0.3
    assert job_ratio(28_000, 10_000) == 2.8 and doubt(2.8) is None  # Gamlestaden
    assert job_ratio(5, 0) is None and job_ratio(None, 5) is None
    assert doubt(40.0) is not None


def test_intervals_are_those_of_the_textbooks() -> None:
    # Newcombe (1998), table I: 81 of 263, Wilson without correction 0.2553–0.3662; 0 of 20: 0–0.1611.
    low, high = interval(100 * 81 / 263, Unit.PERCENT, 263) or (0, 0)
    assert (round(low, 2), round(high, 2)) == (25.53, 36.62)
    low, high = interval(0.0, Unit.PERCENT, 20) or (1, 0)
    assert (low, round(high, 2)) == (0.0, 16.11)
    # Byar's for 10 cases: 4.79–18.39 (exact 4.80–18.39).
    low, high = interval(10.0, Unit.PER_THOUSAND, 1000) or (0, 0)
    assert (round(low, 2), round(high, 2)) == (4.79, 18.39)
    assert interval(5, Unit.YEARS, 100) is None and interval(5, Unit.PERCENT, None) is None


def test_small_numbers_are_warned_of_and_small_counts_not_published() -> None:
    assert is_few(10, Unit.PERCENT, 80) and is_few(1, Unit.PERCENT, 1_500) and is_few(99, Unit.PERCENT, 1_500)
    assert not is_few(30, Unit.PERCENT, 1_500) and not is_few(3, Unit.YEARS, 1_500)
    assert is_disclosing(3, Unit.PERSONS) and not is_disclosing(0, Unit.PERSONS) and not is_disclosing(3, Unit.KM)


def test_several_years_weigh_by_people_and_leave_out_what_is_withheld() -> None:
    points = [Point("2021", 2.0), Point("2022", None), Point("2023", 4.0), Point("2024", 10.0)]
    found = average(points, {"2021": 100, "2023": 100, "2024": 200})
    assert found == Point("2021/2024", (2 * 100 + 4 * 100 + 10 * 200) / 400)
    assert average(points[:2], {}) is None
    first, last = change(points) or (None, None)
    assert first == points[0] and last == points[3]


WHOLE = [Piece("a", 1.0, 10.0, ValueStatus.OBSERVED, 300), Piece("b", 0.5, 20.0, ValueStatus.OBSERVED, 200)]


def test_pieces_are_added_or_averaged_or_neither() -> None:
    assert combined(WHOLE, Combining.SUM, Unit.PERSONS).value == 20.0
    assert combined(WHOLE, Combining.WEIGHTED, Unit.PERCENT).value == (10 * 300 + 20 * 100) / 400
    assert combined(WHOLE, Combining.NONE, Unit.CURRENCY).value is None


def test_withheld_pieces_bound_the_answer() -> None:
    pieces = [WHOLE[0], Piece("c", 1.0, None, ValueStatus.SUPPRESSED, 100)]
    summed = combined(pieces, Combining.SUM, Unit.PERSONS)
    assert (summed.value, summed.low, summed.high, summed.status) == (None, 10.0, None, ValueStatus.SUPPRESSED)
    shared = combined(pieces, Combining.WEIGHTED, Unit.PERCENT)
    assert (shared.value, shared.low, shared.high, shared.coverage) == (None, 7.5, 32.5, 0.75)
    unknown = combined([Piece("a", 1.0, 10.0, ValueStatus.OBSERVED, None)], Combining.WEIGHTED, Unit.PERCENT)
    assert unknown.value is None and "not known for every area" in unknown.warnings[0]


def test_peers_are_near_in_structure_and_outcomes_do_not_count() -> None:
    values = {
        "population": {"own": 1000, "like": 1100, "far": 100_000},
        "older_share": {"own": 25.0, "like": 24.0, "far": 10.0},
        "child_poverty": {"own": 5.0, "like": 50.0, "far": 5.0},
        "density": {"lonely": 3.0},
    }
    found = nearest("own", values)
    assert [one.area_id for one in found] == ["like", "far"] and found[0].distance < found[1].distance
    assert set(found[0].apart) == {"population", "older_share"}
    assert nearest("nobody", values) == []


def test_ranks_are_as_wide_as_chance() -> None:
    others = [(1.0, 2.0), (2.5, 4.0), (5.0, 6.0)]
    assert rank((3.0, 3.5), others, Direction.MORE) == rank((3.0, 3.5), others, Direction.LESS)
    found = rank((3.0, 3.5), others, Direction.MORE)
    assert found and (found.best, found.worst, found.among) == (2, 3, 4)
    assert rank((3.0, 3.5), [*others, None], Direction.MORE) is None
    assert rank((3.0, 3.5), others, Direction.NEITHER) is None


def test_the_known_answers_at_hand(shared_data: Path) -> None:
    text = (shared_data / "known_answers.json").read_text(encoding="utf-8")
    assert str(INCOMES[0]) in text and "0.46209" in json.dumps(json.loads(text))
