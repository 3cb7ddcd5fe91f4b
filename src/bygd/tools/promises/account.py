"""Account: what was delivered of a promise, verified and reported, beside what was due, and in a word how it stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bygd.tools.promises import sentences
from bygd.tools.promises.entries import Delivery, Promise, Redress
from bygd.vocabulary.contract_words import Adding, DeliveryState, PromiseStatus, Remedy
from bygd.vocabulary.said import Said

NONE = Decimal(0)
WAITING = (DeliveryState.REPORTED, DeliveryState.ASKED)


@dataclass(frozen=True, slots=True)
class Account:
    """A promise on a day, amounts in its unit.

    `verified` is the lower bound of what was delivered, `high` the upper: all that the supplier reports,
    also what waits (`waiting`) and what the buyer disputes (`disputed`). Where reports add up,
    verified + waiting + disputed = high. `expected` was due before that day, with more time where that was
    agreed (`last_day`). `reason` says why the status is what it is.
    """

    promise: Promise
    day: date
    verified: Decimal
    waiting: Decimal
    disputed: Decimal
    high: Decimal
    expected: Decimal
    last_day: date
    persons: int
    reports: int
    redress: tuple[Redress, ...]
    status: PromiseStatus
    reason: Said

    @property
    def low(self) -> Decimal:
        """The lower bound: what was verified."""
        return self.verified

    @property
    def left(self) -> Decimal:
        """What is still to be verified before all of it is kept, never below nought."""
        return max(self.promise.target - self.verified, NONE)

    @property
    def share(self) -> Decimal | None:
        """Verified as a share of the target, at most one; None where the target is nought."""
        return min(self.verified / self.promise.target, Decimal(1)) if self.promise.target else None


def accounts(
    promises: Mapping[str, Promise],
    deliveries: Mapping[str, Sequence[Delivery]],
    remedies: Mapping[str, Sequence[Redress]],
    day: date,
) -> list[Account]:
    """The account of every promise on a day, in their order."""
    return [account(one, deliveries.get(key, ()), remedies.get(key, ()), day) for key, one in promises.items()]


def account(promise: Promise, reports: Sequence[Delivery], redress: Sequence[Redress], day: date) -> Account:
    """The account of a promise. Reports count whatever day they are about; only what is due depends on `day`."""
    parts = {state: [one for one in reports if one.state is state] for state in DeliveryState}
    waiting = [one for one in reports if one.state in WAITING]
    verified, disputed = parts[DeliveryState.VERIFIED], parts[DeliveryState.DISPUTED]
    if promise.adding is Adding.SUM:
        low, open_, against = _sum(verified), _sum(waiting), _sum(disputed)
        high = low + open_ + against
    else:
        low, open_, against = _last(verified), _last(waiting), _last(disputed)
        high = max(low, _last(list(reports)))
    last_day = max([promise.due_on, *(one.due_on for one in redress if one.due_on)])
    settled = any(one.remedy is Remedy.WAIVED for one in redress)
    expected = NONE if settled else _expected(promise, last_day, day)
    status, reason = _status(promise, low, high, against, expected, last_day, day, settled)
    return Account(
        promise, day, low, open_, against, high, expected, last_day,
        _persons(promise, verified), len(reports), tuple(redress), status, reason,
    )  # fmt: skip


def _status(
    promise: Promise, low: Decimal, high: Decimal, against: Decimal, expected: Decimal, last_day: date, day: date,
    settled: bool,
) -> tuple[PromiseStatus, Said]:  # fmt: skip
    amounts = {"verified": low, "target": promise.target, "high": high, "expected": expected, "disputed": against}
    told = {name: _plain(amount) for name, amount in amounts.items()}
    if low >= promise.target:
        return PromiseStatus.KEPT, Said(sentences.KEPT, **told)
    if settled:
        return PromiseStatus.NOT_DUE, Said(sentences.WAIVED, **told)
    if day > last_day and high < promise.target:
        return PromiseStatus.MISSED, Said(sentences.MISSED, day=last_day.isoformat(), **told)
    if high < expected:
        return PromiseStatus.BEHIND, Said(sentences.BEHIND, **told)
    if low < expected and high - against < expected:
        return PromiseStatus.DISPUTED, Said(sentences.DISPUTED, **told)
    if low < expected:
        return PromiseStatus.WAITING, Said(sentences.WAITING, **told)
    if expected:
        return PromiseStatus.ON_TRACK, Said(sentences.ON_TRACK, **told)
    return PromiseStatus.NOT_DUE, Said(sentences.NOT_DUE, day=promise.steps[0].due_on.isoformat(), **told)


def _plain(amount: Decimal) -> Decimal | int:
    """An amount without noughts behind the mark, as sentences give it."""
    return int(amount) if amount == amount.to_integral_value() else amount


def _expected(promise: Promise, last_day: date, day: date) -> Decimal:
    """What was due by then. Where more time was agreed, nothing more is due between the old and the new last day."""
    if promise.due_on < day <= last_day:
        return max((one.amount for one in promise.steps[:-1]), default=NONE)
    return promise.expected(day)


def _sum(reports: Iterable[Delivery]) -> Decimal:
    return sum((one.amount for one in reports), NONE)


def _last(reports: Sequence[Delivery]) -> Decimal:
    """The amount of the report on the latest period."""
    return reports[-1].amount if reports else NONE


def _persons(promise: Promise, verified: Sequence[Delivery]) -> int:
    """People counted in what was verified."""
    if promise.adding is Adding.LATEST:
        return (verified[-1].persons or 0) if verified else 0
    return sum(one.persons or 0 for one in verified)
