"""Dots: everybody has so many, and puts them where they like."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bygd.sources.errors import InputError


@dataclass(frozen=True, slots=True)
class Dotted:
    """What one choice got: its place (shared where dots are alike), its dots, and how many people gave it any."""

    choice: str
    place: int
    dots: int
    people: int


def count_dots(choices: Sequence[str], ballots: Iterable[Mapping[str, int]], each: int) -> tuple[Dotted, ...]:
    """The choices by dots, most first; ties are told by a shared place and never broken.

    A ballot says how many dots it gives to which choice. Raises InputError for a ballot that gives more
    than `each`, fewer than none to a choice, or dots to what is no choice: such a one is to be turned away when it is
    given, not dropped when votes are counted.
    """
    dots, people = dict.fromkeys(choices, 0), dict.fromkeys(choices, 0)
    if len(dots) < len(choices):
        raise InputError("A choice is named twice.")
    for number, ballot in enumerate(ballots, 1):
        check_dots(dots, number, ballot, each)
        for choice, how_many in ballot.items():
            dots[choice] += how_many
            people[choice] += how_many > 0
    listed = sorted(choices, key=lambda choice: -dots[choice])  # stable: as they were listed where alike
    return tuple(
        Dotted(choice, 1 + sum(other > dots[choice] for other in dots.values()), dots[choice], people[choice])
        for choice in listed
    )


def check_dots(choices: Container[str], number: int, ballot: Mapping[str, int], each: int) -> None:
    """Raises InputError where ballot `number` gives more than `each`, less than none, or to what is no choice."""
    if unknown := [choice for choice in ballot if choice not in choices]:
        raise InputError(
            "Ballot {number} has a dot on '{choice}', which is no choice.", number=number, choice=unknown[0]
        )
    if min(ballot.values(), default=0) < 0:
        raise InputError("Ballot {number} takes dots away; dots are only given.", number=number)
    if (given := sum(ballot.values())) > each:
        raise InputError("Ballot {number} has {given} dots; {each} are allowed.", number=number, given=given, each=each)
