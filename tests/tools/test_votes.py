"""Dots and ranked choice: known answers, every step explained, ties broken as is said and by nothing else."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bygd.sources.errors import InputError
from bygd.tools.votes import TieBreak, count_dots, count_ranked
from bygd.tools.votes.ranked import lot

ABC = ["a", "b", "c"]
BALLOTS = st.lists(st.permutations(["a", "b", "c", "d"]).flatmap(lambda one: st.integers(0, 4).map(lambda n: one[:n])))


def test_the_capital_of_tennessee() -> None:
    """The example of textbooks: each city wants the capital near. Counted: Knoxville wins by 58 to 42.

    https://en.wikipedia.org/wiki/Instant-runoff_voting
    """
    memphis, nashville, chattanooga, knoxville = "Memphis", "Nashville", "Chattanooga", "Knoxville"
    ballots = (
        [[memphis, nashville, chattanooga, knoxville]] * 42
        + [[nashville, chattanooga, knoxville, memphis]] * 26
        + [[chattanooga, knoxville, nashville, memphis]] * 15
        + [[knoxville, chattanooga, nashville, memphis]] * 17
    )
    found = count_ranked([memphis, nashville, chattanooga, knoxville], ballots, "")
    first, second, last = found.rounds
    assert (first.out, first.votes[chattanooga], first.moved) == (chattanooga, 15, {knoxville: 15})
    assert (second.out, second.votes, second.moved) == (
        nashville, {memphis: 42, nashville: 26, knoxville: 32}, {knoxville: 26},
    )  # fmt: skip
    assert (last.votes, last.needed, last.out) == ({memphis: 42, knoxville: 58}, 51, None)
    assert found.order == (knoxville, memphis, nashville, chattanooga) and not found.used_lots


def test_short_ballots_run_out_and_the_rest_decide() -> None:
    """c leaves: one of its three goes to b, two name nobody else. Then 4 to 5 of the nine that still count."""
    ballots = [["a", "c"]] * 4 + [["b"]] * 4 + [["c", "b"]] + [["c"]] * 2
    first, last = count_ranked(ABC, ballots, "").rounds
    assert (first.out, first.needed, first.moved) == ("c", 6, {"b": 1, "": 2})
    assert (last.votes, last.needed, last.exhausted) == ({"a": 4, "b": 5}, 5, 2)


def test_ties_look_back_before_lots_are_drawn() -> None:
    """d leaves first; its ballot brings c level with b, who had more in the first round: c leaves."""
    ballots = [["a"]] * 4 + [["b"]] * 3 + [["c"]] * 2 + [["d", "c"]]
    first, second, _last = count_ranked(["a", "b", "c", "d"], ballots, "").rounds
    assert (first.out, second.tied, second.out) == ("d", ("b", "c"), "c")
    assert (second.tie, second.looked_at) == (TieBreak.EARLIER, 1)


def test_lots_come_from_the_seed_alone() -> None:
    outs = set()
    for seed in ("1", "2", "3", "4", "5", "6"):
        found = count_ranked(ABC, [["a"], ["b"], ["c"]], seed)
        assert found.used_lots and found.rounds[0].out == min(ABC, key=lambda one: lot(seed, one))
        assert {count_ranked(list(listed), [["c"], ["b"], ["a"]], seed).order for listed in permutations(ABC)} == {
            found.order
        }
        outs.add(found.rounds[0].out)
    assert len(outs) > 1


def test_nobody_wins_without_ballots() -> None:
    found = count_ranked(ABC, [[], []], "x")
    assert (found.winner, found.rounds, found.blank) == (None, (), 2)


@given(ballots=BALLOTS)
def test_every_ballot_is_somewhere_in_every_round(ballots: list[list[str]]) -> None:
    choices = ["a", "b", "c", "d"]
    found = count_ranked(choices, ballots, "seed")
    for one in found.rounds:
        assert sum(one.votes.values()) + one.exhausted + found.blank == len(ballots)
        if one.out is not None:
            assert (
                one.votes[one.out] == min(one.votes.values()) and sum((one.moved or {}).values()) == one.votes[one.out]
            )
    if found.rounds:
        assert sorted(found.order) == choices
        won = [one for one in choices if found.rounds[0].votes[one] >= found.rounds[0].needed]
        assert not won or found.winner == won[0]


def test_dots_share_places_and_tell_people_from_dots() -> None:
    found = count_dots(ABC, [{"a": 3}, {"b": 2, "c": 1}, {"b": 1, "c": 2}], 3)
    assert [(one.choice, one.place, one.dots, one.people) for one in found] == [
        ("a", 1, 3, 1), ("b", 1, 3, 2), ("c", 1, 3, 2),
    ]  # fmt: skip
    assert [one.place for one in count_dots(ABC, [{"c": 2, "a": 1}], 3)] == [1, 2, 3]


@pytest.mark.parametrize("ballot", [{"a": 4}, {"x": 1}, {"a": -1, "b": 1}])
def test_dots_that_are_none_are_refused(ballot: dict[str, int]) -> None:
    with pytest.raises(InputError):
        count_dots(ABC, [ballot], 3)


@pytest.mark.parametrize("ballot", [["x"], ["a", "a"]])
def test_ballots_that_are_none_are_refused(ballot: list[str]) -> None:
    with pytest.raises(InputError):
        count_ranked(ABC, [ballot], "")
