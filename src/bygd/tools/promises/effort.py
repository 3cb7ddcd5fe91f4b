"""Effort: how often a supplier should report, by the weight of the contract among the institution's own."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Any

from bygd.parameters.load import Parameter
from bygd.parameters.named import Named
from bygd.sources.errors import InputError
from bygd.tools.promises import sentences
from bygd.tools.promises.entries import MOST_MILESTONES, Milestone
from bygd.vocabulary.said import Said
from bygd.vocabulary.words import Word

TOPIC = "follow_up"
KEYS = ("share_heavy", "share_middle", "months_heavy", "months_middle", "months_light")


class Weight(Word):
    """How heavy a contract is among its institution's."""

    HEAVY = "heavy", "Followed closely"
    MIDDLE = "middle", "Followed yearly"
    LIGHT = "light", "Followed lightly"
    UNKNOWN = "unknown", "Value not known"


@dataclass(frozen=True, slots=True)
class Effort:
    """How a contract should be followed up: its weight, months between reports, why, and where that is said."""

    weight: Weight
    months: int
    reason: Said
    source: Named
    verified: bool


def effort(contracts: Iterable[Mapping[str, Any]], rules: Mapping[str, Parameter], day: date) -> dict[str, Effort]:
    """The effort for each contract by key, from the rules of topic `follow_up` on a day.

    Contracts are ranked by value within institution and currency; those without a value are not ranked.
    Raises InputError where no rules are known.
    """
    values = {key: rules[key].on(day) for key in KEYS if key in rules}
    if len(values) < len(KEYS) or any(one is None or one.value is None for one in values.values()):
        raise InputError("How often to follow contracts up is not known for that day ({day}).", day=day.isoformat())
    known = {key: Decimal(str(one.value)) for key, one in values.items() if one is not None}
    about = next(one for one in values.values() if one is not None)
    groups: dict[tuple[Any, Any], list[Mapping[str, Any]]] = {}
    found: dict[str, Effort] = {}

    def told(weight: Weight, message: str, months: Decimal, share: Decimal | None = None) -> Effort:
        shown = {"share": f"{share * 100:.0f} %"} if share is not None else {}
        return Effort(weight, int(months), Said(message, months=int(months), **shown), about.source, about.verified)

    for one in contracts:
        if one["value"] is None:
            found[one["contract_key"]] = told(Weight.UNKNOWN, sentences.NO_VALUE, known["months_middle"])
        else:
            groups.setdefault((one["anchor"], one["currency"]), []).append(one)
    heavy, middle = known["share_heavy"], known["share_middle"]
    for listed in groups.values():
        listed.sort(key=lambda one: (-one["value"], one["contract_key"]))
        first = math.ceil(len(listed) * heavy)
        second = math.ceil(len(listed) * (heavy + middle))
        for place, one in enumerate(listed):
            if place < first:
                made = told(Weight.HEAVY, sentences.HEAVY, known["months_heavy"], heavy)
            elif place < second:
                made = told(Weight.MIDDLE, sentences.MIDDLE, known["months_middle"], middle)
            else:
                made = told(Weight.LIGHT, sentences.LIGHT, known["months_light"], 1 - heavy - middle)
            found[one["contract_key"]] = made
    return found


def proposed(target: Decimal, starts_on: date, due_on: date, months: int, whole: bool) -> tuple[Milestone, ...]:
    """Milestones so many months apart, each in proportion to the time that has passed, and the target at the end.

    Rounded down to the cent, or to whole ones where only `whole` ones count; a milestone that would ask
    for nothing is left out. Raises InputError where the last day is not after the first.
    """
    if due_on <= starts_on:
        first, last = starts_on.isoformat(), due_on.isoformat()
        raise InputError("The last day, {last}, must be after the first, {first}.", last=last, first=first)
    span, step = (due_on - starts_on).days, Decimal(1) if whole else Decimal("0.01")
    found: list[Milestone] = []
    for number in range(1, MOST_MILESTONES):
        day = _later(starts_on, months * number)
        if (due_on - day).days < 31:  # the last day is its own milestone
            break
        amount = (target * (day - starts_on).days / span).quantize(step, ROUND_DOWN)
        if amount > (found[-1].amount if found else 0):
            found.append(Milestone(day, amount))
    return (*found, Milestone(due_on, target))


def _later(day: date, months: int) -> date:
    """The day before the same day so many months later, the end of the month where that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - date(year, month + 1, 1)).days
    found = date(year, month + 1, min(day.day, last))
    return date.fromordinal(found.toordinal() - 1)
