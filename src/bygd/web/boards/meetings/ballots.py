"""Ballots of a file: checked as those from phones are; what does not count is put aside and said why."""

from collections.abc import Container, Sequence
from typing import Any

from bygd.sources.errors import InputError
from bygd.tools import votes
from bygd.vocabulary.said import Said
from bygd.web.boards.meetings.words import VoteKind


def checked(
    given: Sequence[Any], kind: VoteKind, dots: int, groups: Container[str], cards: int
) -> tuple[list[Any], list[Said]]:
    """The ballots that count, as they are kept, and for each other why it does not, with its number in the file.

    Of more votes than cards none counts: which of them are doubled cannot be said.
    """
    if len(given) > cards:
        return [], [
            Said(
                "Ballot {number} does not count: there are {given} votes and {cards} cards, so somebody voted twice, "
                "and nobody can say who.",
                number=number,
                given=len(given),
                cards=cards,
            )
            for number in range(1, len(given) + 1)
        ]
    kept, aside = list[Any](), list[Said]()
    for number, marks in enumerate(given, 1):
        try:
            _check(number, marks, kind, dots, groups)
            kept.append(marks)
        except InputError as error:
            aside.append(error.said)
    return kept, aside


def _check(number: int, marks: Any, kind: VoteKind, dots: int, groups: Container[str]) -> None:
    if kind is VoteKind.DOTS and isinstance(marks, dict) and all(type(one) is int for one in marks.values()):
        votes.check_dots(groups, number, marks, dots)
    elif kind is VoteKind.RANKED and isinstance(marks, list) and all(isinstance(one, str) for one in marks):
        votes.check_ranked(groups, number, marks)
    else:
        raise InputError("Ballot {number} is not filled in as this meeting votes.", number=number)
