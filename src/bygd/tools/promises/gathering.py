"""Gathering: delivered against promised by contract, theme, institution or year; units are never mixed."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bygd.tools.promises.account import NONE, Account
from bygd.tools.promises.entries import Delivery, Promise
from bygd.vocabulary.contract_words import Adding, DeliveryState, PromiseStatus


@dataclass
class Total:
    """Promises of one group in one unit, with what was delivered of them.

    Amounts are sums where `adds`, else None stands for them: shares and the like cannot be added. verified +
    waiting + disputed = high, summed over promises whose reports add up; `expected` was due by the day.
    `by_status` counts promises, whatever their unit.
    """

    key: Hashable
    unit: str
    promised: Decimal = NONE
    expected: Decimal = NONE
    verified: Decimal = NONE
    waiting: Decimal = NONE
    disputed: Decimal = NONE
    high: Decimal = NONE
    persons: int = 0
    number: int = 0
    adds: bool = True
    by_status: dict[PromiseStatus, int] = field(default_factory=dict)

    @property
    def share(self) -> Decimal | None:
        """Verified as a share of what was promised; None where it cannot be told."""
        return self.verified / self.promised if self.adds and self.promised else None


def totals(accounts: Iterable[Account], key: Callable[[Account], Hashable]) -> list[Total]:
    """One total per group and unit, in order of appearance."""
    found: dict[tuple[Hashable, str], Total] = {}
    for one in accounts:
        group = key(one)
        total = found.setdefault((group, one.promise.unit), Total(group, one.promise.unit))
        total.promised += one.promise.target
        for name in ("expected", "verified", "waiting", "disputed", "high", "persons"):
            setattr(total, name, getattr(total, name) + getattr(one, name))
        total.number += 1
        total.adds = total.adds and (one.promise.adding is Adding.SUM)
        total.by_status[one.status] = total.by_status.get(one.status, 0) + 1
    for total in found.values():
        total.adds = total.adds or total.number == 1
    return list(found.values())


def by_year(promises: Mapping[str, Promise], deliveries: Mapping[str, Sequence[Delivery]]) -> list[Total]:
    """What fell due in each calendar year, and what was delivered for it, by unit; of promises whose reports add up.

    A year's `promised` is what its milestones add to those before; a report belongs to the year of its last
    day. Over all years they come to the promises' targets and reports.
    """
    found: dict[tuple[int, str], Total] = {}

    def of(day: date, unit: str) -> Total:
        return found.setdefault((day.year, unit), Total(day.year, unit))

    for key, one in promises.items():
        if one.adding is not Adding.SUM:
            continue
        reached = NONE
        for step in one.steps:
            of(step.due_on, one.unit).promised += step.amount - reached
            reached = step.amount
        for report in deliveries.get(key, ()):
            _take(of(report.period_to, one.unit), report)
    return [found[place] for place in sorted(found)]


def _take(total: Total, report: Delivery) -> None:
    total.high += report.amount
    total.number += 1
    if report.state is DeliveryState.VERIFIED:
        total.verified += report.amount
        total.persons += report.persons or 0
    elif report.state is DeliveryState.DISPUTED:
        total.disputed += report.amount
    else:
        total.waiting += report.amount
