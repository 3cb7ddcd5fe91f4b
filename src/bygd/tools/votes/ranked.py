"""Ranked choice by elimination (instant run-off), round by round, each step with its reason.

The lowest leaves and its ballots go to their next choice, until one has more than half of those still
counted. A tie for the last place is broken by the latest earlier round in which the tied differed; where they
never did, by lots in the order of a seed that is published with the result. Nothing else is left to chance.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from hashlib import sha256

from bygd.sources.errors import InputError
from bygd.vocabulary.words import Word


class TieBreak(Word):
    """What decided who leaves where several were last."""

    NONE = "none", "Nobody else was last"
    EARLIER = "earlier", "An earlier round"
    LOT = "lot", "Lots in the order of the seed"


@dataclass(frozen=True, slots=True)
class Round:
    """One round: votes by choice still standing, ballots with no choice left, and who left and why.

    `out` is None in the last round. `tied` are those that were last, `out` among them; `looked_at` is the
    number of the earlier round that told them apart. `moved` says where the ballots of `out` went, "" being
    nowhere any more.
    """

    number: int
    votes: dict[str, int]
    exhausted: int
    needed: int
    out: str | None = None
    tied: tuple[str, ...] = ()
    tie: TieBreak = TieBreak.NONE
    looked_at: int | None = None
    moved: dict[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """All rounds, and the choices in order: the winner first, then the later they left the higher they stand."""

    rounds: tuple[Round, ...]
    order: tuple[str, ...]
    blank: int
    seed: str

    @property
    def winner(self) -> str | None:
        """Who has more than half of the ballots that still count; None where there is no ballot."""
        return self.order[0] if self.order else None

    @property
    def used_lots(self) -> bool:
        """Whether chance decided anything."""
        return any(one.tie is TieBreak.LOT for one in self.rounds)


def count_ranked(choices: Sequence[str], ballots: Sequence[Sequence[str]], seed: str) -> Outcome:
    """Count ballots, each a list of choices, the most wanted first; it need not name all.

    An empty ballot is blank and counts for nothing. Elimination goes on after somebody has won, down
    to two, so that all have an order. Raises InputError for a ballot that names a choice twice, or one there is not.
    """
    known = set(choices)
    if len(known) < len(choices):
        raise InputError("A choice is named twice.")
    for number, ballot in enumerate(ballots, 1):
        check_ranked(known, number, ballot)
    blank = sum(not ballot for ballot in ballots)
    counted = [tuple(ballot) for ballot in ballots if ballot]
    standing, rounds, left = list(choices), list[Round](), list[str]()
    if not counted:
        return Outcome((), (), blank, seed)
    while True:
        votes = _votes(standing, counted)
        exhausted = len(counted) - sum(votes.values())
        needed = sum(votes.values()) // 2 + 1
        if len(standing) == 1 or (len(standing) == 2 and max(votes.values()) >= needed):
            rounds.append(Round(len(rounds) + 1, votes, exhausted, needed))
            break
        tied = tuple(one for one in standing if votes[one] == min(votes.values()))
        out, tie, looked_at = _last(tied, rounds, seed)
        standing.remove(out)
        after = _votes(standing, counted)
        moved = {one: after[one] - votes[one] for one in standing if after[one] > votes[one]}
        lost = votes[out] - sum(moved.values())
        moved |= {"": lost} if lost else {}
        rounds.append(Round(len(rounds) + 1, votes, exhausted, needed, out, tied, tie, looked_at, moved))
        left.append(out)
    last = sorted(standing, key=lambda one: -rounds[-1].votes[one])
    return Outcome(tuple(rounds), (*last, *reversed(left)), blank, seed)


def lot(seed: str, choice: str) -> str:
    """The lot of a choice: a number that anybody can make again from the seed (SHA-256 of both); the lowest is out."""
    return sha256(f"{seed}\n{choice}".encode()).hexdigest()


def _votes(standing: Sequence[str], ballots: Sequence[Sequence[str]]) -> dict[str, int]:
    votes = dict.fromkeys(standing, 0)
    for ballot in ballots:
        first = next((one for one in ballot if one in votes), None)
        if first is not None:
            votes[first] += 1
    return votes


def _last(tied: Sequence[str], rounds: Sequence[Round], seed: str) -> tuple[str, TieBreak, int | None]:
    """Who of the tied leaves, and what decided it."""
    if len(tied) == 1:
        return tied[0], TieBreak.NONE, None
    still, looked_at = list(tied), None
    for one in reversed(rounds):
        fewest = min(one.votes[choice] for choice in still)
        fewer = [choice for choice in still if one.votes[choice] == fewest]
        if len(fewer) < len(still):
            still, looked_at = fewer, one.number
        if len(still) == 1:
            return still[0], TieBreak.EARLIER, looked_at
    return min(still, key=lambda choice: lot(seed, choice)), TieBreak.LOT, None


def check_ranked(choices: Container[str], number: int, ballot: Sequence[str]) -> None:
    """Raises InputError where ballot `number` names a choice twice, or one there is not."""
    if unknown := [one for one in ballot if one not in choices]:
        raise InputError("Ballot {number} names '{choice}', which is no choice.", number=number, choice=unknown[0])
    if len(set(ballot)) < len(ballot):
        raise InputError("Ballot {number} names a choice twice.", number=number)
