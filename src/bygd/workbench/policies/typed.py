"""What somebody typed about a policy: a choice, an effort, a level, pairs of name and value."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from bygd.sources.errors import InputError
from bygd.tools import social_value
from bygd.tools.social_value import Choice, Edition, Effort
from bygd.workbench.lawful import amount


def choose(
    one: Edition,
    value: str,
    measures: Sequence[str],
    weight: str,
    *,
    split: Sequence[str] = (),
    yes: Sequence[str] = (),
    no: Sequence[str] = (),
    decided: str = "",
) -> Choice:
    """A choice as somebody typed it: amounts, `CODE=weight`, codes of questions answered. Raises InputError."""
    if both := sorted(set(yes) & set(no)):
        raise InputError("The question '{name}' is answered both yes and no.", name=both[0])
    return social_value.choose(
        one,
        amount(value, "value"),
        measures,
        amount(weight, "weight"),
        split={code: amount(part, "weight") for code, part in pairs(split, "weight").items()} or None,
        answers={**dict.fromkeys(yes, True), **dict.fromkeys(no, False)},
        decided=decided,
    )


def effort(text: str) -> Effort:
    """An effort as somebody typed it: `participatiewet hours=36 months=6 bonus=age_50`. Raises InputError."""
    code, *parts = text.split() or [""]
    given: dict[str, Any] = {}
    bonuses: list[str] = []
    for part in parts:
        name, equals, value = part.partition("=")
        if not equals or name not in ("persons", "hours", "months", "units", "amount", "bonus"):
            raise InputError(
                "'{part}' says nothing of an effort. Write persons=, hours=, months=, units=, amount= or bonus=.",
                part=part,
            )
        if name == "bonus":
            bonuses += value.split(",")
        elif name in given:
            raise InputError("'{name}' stands twice in '{text}'.", name=name, text=text)
        else:
            given[name] = amount(value, name)
    persons = given.pop("persons", Decimal(1))
    if not persons.is_finite() or persons != persons.to_integral_value():
        raise InputError("{persons} is no number of persons.", persons=persons)
    return Effort(code, persons=int(persons), bonuses=tuple(bonuses), **given)


def level(text: str) -> int:
    """A level as somebody typed it. Raises InputError."""
    if not text.isascii() or not text.isdigit():
        raise InputError("'{text}' is no level. Write a whole number.", text=text)
    return int(text)


def pairs(given: Sequence[str], what: str) -> dict[str, str]:
    """`code=value` as somebody typed it, several times. Raises InputError."""
    found: dict[str, str] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not name or not value:
            raise InputError("'{text}' is no {what}. Write NAME=VALUE.", text=text, what=what)
        if name in found:
            raise InputError("'{name}' is given twice.", name=name)
        found[name] = value
    return found
