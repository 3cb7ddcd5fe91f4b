"""Entries: promises, reports and remedies as the latest entry of each says, with the keys they are known by."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

from bygd.sources.errors import InputError
from bygd.vocabulary.contract_words import Adding, DeliveryState, Remedy
from bygd.vocabulary.ids import make_key

Row = Mapping[str, Any]
PART = re.compile(r"(\d{4}-\d{2}-\d{2})\s+(\d{1,12}(?:\.\d{1,2})?)")
MOST_MILESTONES = 60


@dataclass(frozen=True, slots=True)
class Milestone:
    """A day and how much of the promise is to be reached by then."""

    due_on: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise as it holds now; columns as in the table `promise_entries`.

    `steps` are its milestones in the order of days, the last of them the whole target on the last day.
    """

    key: str
    contract_key: str
    code: str
    title: str
    theme: str | None
    policy: str | None
    measure: str | None
    unit: str
    target: Decimal
    adding: Adding
    counts_people: bool
    starts_on: date | None
    due_on: date
    steps: tuple[Milestone, ...]
    evidence: str | None
    share: Decimal | None
    full_time: Decimal | None

    @property
    def is_social_return(self) -> bool:
        """Whether it is a share of the contract sum to be filled by a policy's blocks."""
        return self.policy is not None and self.measure is None

    def expected(self, day: date) -> Decimal:
        """How much was due before that day."""
        return max((one.amount for one in self.steps if one.due_on < day), default=Decimal(0))


@dataclass(frozen=True, slots=True)
class Delivery:
    """One report as it holds now; columns as in the table `delivery_entries`."""

    key: str
    promise_key: str
    amount: Decimal
    period_from: date | None
    period_to: date
    state: DeliveryState
    persons: int | None
    entered_at: datetime


@dataclass(frozen=True, slots=True)
class Redress:
    """One remedy as it holds now; columns as in the table `remedy_entries`."""

    key: str
    promise_key: str
    remedy: Remedy
    agreed_on: date
    due_on: date | None
    amount: Decimal | None


def promise_key(contract_key: str, code: str) -> str:
    """The key of a promise: its contract and its code in it, whatever the case and blanks of the code."""
    return make_key("promise", contract_key, " ".join(code.casefold().split()))


def delivery_key(promise: str, period_to: date, reference: str | None = None) -> str:
    """The key of a report: promise, last day, and what tells it from another for the same day."""
    return make_key("delivery", promise, period_to.isoformat(), " ".join((reference or "").casefold().split()))


def remedy_key(promise: str, remedy: str, agreed_on: date) -> str:
    """The key of a remedy: promise, what was agreed, and when."""
    return make_key("remedy", promise, remedy, agreed_on.isoformat())


def latest(rows: Iterable[Row], key: str) -> dict[str, Row]:
    """The entry of each key that counts: the latest; of two in the same second, the later in the list."""
    return {row[key]: row for row in sorted(rows, key=lambda row: row["entered_at"])}


def promises(rows: Iterable[Row]) -> dict[str, Promise]:
    """Every promise that is not withdrawn, by key, in the order of contracts and codes. Raises InputError."""
    found = [_promise(row) for row in latest(rows, "promise_key").values() if not row["withdrawn"]]
    return {one.key: one for one in sorted(found, key=lambda one: (one.contract_key, _natural(one.code)))}


def deliveries(rows: Iterable[Row]) -> dict[str, list[Delivery]]:
    """Every report by promise, the oldest period first; those withdrawn are left out."""
    found: dict[str, list[Delivery]] = {}
    for row in latest(rows, "delivery_key").values():
        if row["state"] != DeliveryState.WITHDRAWN:
            found.setdefault(row["promise_key"], []).append(_delivery(row))
    for listed in found.values():
        listed.sort(key=lambda one: (one.period_to, one.entered_at, one.key))
    return found


def remedies(rows: Iterable[Row]) -> dict[str, list[Redress]]:
    """Every remedy that stands, by promise, the first agreed first."""
    found: dict[str, list[Redress]] = {}
    for row in latest(rows, "remedy_key").values():
        if not row["withdrawn"]:
            names = ("agreed_on", "due_on", "amount")
            one = Redress(row["remedy_key"], row["promise_key"], Remedy(row["remedy"]), *(row[name] for name in names))
            found.setdefault(one.promise_key, []).append(one)
    for listed in found.values():
        listed.sort(key=lambda one: (one.agreed_on, one.key))
    return found


def milestones(text: str | None, target: Decimal, due_on: date) -> tuple[Milestone, ...]:
    """Milestones as written, `2027-03-31 1; 2027-09-30 2`, and the target on the last day. Raises InputError.

    Days and amounts rise, and none passes the last day or the target.
    """
    found: list[Milestone] = []
    for part in filter(None, (one.strip() for one in (text or "").split(";"))):
        match = PART.fullmatch(part)
        if match is None:
            raise InputError("'{part}' is no milestone. Write day and amount, such as 2027-03-31 2.", part=part)
        found.append(Milestone(_day(match[1]), Decimal(match[2])))
    if len(found) > MOST_MILESTONES:
        raise InputError("There are more than {most} milestones. Give fewer.", most=MOST_MILESTONES)
    for before, after in pairwise(found):
        if after.due_on <= before.due_on or after.amount < before.amount:
            raise InputError("Milestones must rise: each later than the one before, and reaching as much or more.")
    if found and (found[-1].due_on > due_on or found[-1].amount > target):
        raise InputError(
            "No milestone may come after the last day, {day}, or reach more than {target}.",
            day=due_on.isoformat(),
            target=target,
        )
    return (*(one for one in found if one.due_on < due_on), Milestone(due_on, target))


def written(steps: Sequence[Milestone]) -> str | None:
    """Milestones as tables hold them; the last, which is the target itself, is left out. None where there are none."""
    return "; ".join(f"{one.due_on.isoformat()} {one.amount.normalize():f}" for one in steps[:-1]) or None


def _promise(row: Row) -> Promise:
    try:
        steps = milestones(row["milestones"], row["target"], row["due_on"])
    except InputError as error:
        raise InputError("Promise {code}: {why}", code=row["code"], why=error.said) from None
    return Promise(
        key=row["promise_key"],
        adding=Adding(row["adding"]),
        steps=steps,
        **{
            name: row[name]
            for name in (
                "contract_key", "code", "title", "theme", "policy", "measure", "unit", "target", "counts_people",
                "starts_on", "due_on", "evidence", "share", "full_time",
            )
        },
    )  # fmt: skip


def _delivery(row: Row) -> Delivery:
    return Delivery(
        key=row["delivery_key"],
        promise_key=row["promise_key"],
        amount=row["amount"],
        period_from=row["period_from"],
        period_to=row["period_to"],
        state=DeliveryState(row["state"]),
        persons=row["persons"],
        entered_at=row["entered_at"],
    )


def _natural(code: str) -> tuple[Any, ...]:
    """Codes in the order people expect: P2 before P10."""
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.split(r"(\d+)", code) if part)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError("{day} is not in the calendar.", day=text) from None
