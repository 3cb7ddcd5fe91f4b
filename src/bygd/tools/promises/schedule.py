"""Schedule: which milestones are due when, how each stands, and of which a supplier is to be reminded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from bygd.tools.promises.account import Account
from bygd.tools.promises.entries import Milestone, Promise
from bygd.vocabulary.contract_words import MilestoneState, PromiseStatus, Remedy

AHEAD = timedelta(days=14)
"""How long before a milestone a supplier is reminded first."""
AFTER = timedelta(days=7)
"""How long after it once more, where nothing was reported."""


@dataclass(frozen=True, slots=True)
class Due:
    """A milestone of a promise on a day; `days` until it, below nought where it has passed."""

    promise: Promise
    step: Milestone
    state: MilestoneState
    days: int


def due(accounts: Iterable[Account]) -> list[Due]:
    """Every milestone of those accounts, the earliest first; those of promises that were let go are left out."""
    found = [
        Due(one.promise, step, _state(one, step), (step.due_on - one.day).days)
        for one in accounts
        for step in _steps(one)
    ]
    return sorted(found, key=lambda due: (due.step.due_on, due.promise.contract_key, due.promise.code))


def to_remind(accounts: Iterable[Account]) -> list[tuple[Due, bool]]:
    """Milestones of which a supplier is to be reminded now, and whether they have passed.

    Two weeks before, and once more a week after, while less than what is due is reported. Older ones are
    not called back from the past: of each promise it is the latest that passed and the next to come.
    """
    found: list[tuple[Due, bool]] = []
    for one in accounts:
        if one.status is PromiseStatus.KEPT:
            continue
        open_ = [step for step in due([one]) if step.state in (MilestoneState.COMING, MilestoneState.OVERDUE)]
        passed = [step for step in open_ if step.days <= -AFTER.days]
        coming = [step for step in open_ if 0 <= step.days <= AHEAD.days and one.high < step.step.amount]
        found += [*((step, True) for step in passed[-1:]), *((step, False) for step in coming[:1])]
    return found


def _steps(account: Account) -> list[Milestone]:
    """The milestones, the last on the day that holds after all that was agreed."""
    if any(one.remedy is Remedy.WAIVED for one in account.redress):
        return []
    *before, last = account.promise.steps
    return [*before, Milestone(account.last_day, last.amount)]


def _state(account: Account, step: Milestone) -> MilestoneState:
    if account.verified >= step.amount:
        return MilestoneState.REACHED
    if account.high >= step.amount:
        return MilestoneState.REPORTED
    return MilestoneState.OVERDUE if step.due_on < account.day else MilestoneState.COMING
