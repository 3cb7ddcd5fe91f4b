"""Figures: promises kept and delivered as numbers that can say how they were counted."""

from collections.abc import Sequence

from bygd.tools.promises.account import Account
from bygd.tools.promises.gathering import totals
from bygd.vocabulary.contract_words import PromiseStatus
from bygd.vocabulary.figures import Figure
from bygd.vocabulary.said import N_

KEPT = N_(
    "Share of promises due by the day that were kept. The lower bound counts what the buyer verified, the upper bound "
    "all that suppliers report. Promises of which nothing is due yet are left out."
)
DELIVERED = N_(
    "What suppliers delivered of their promises in this unit. The value and the lower bound are what the buyer "
    "verified, the upper bound is all that suppliers report, also what is disputed."
)
DEFINITIONS = {"promises.kept": KEPT, "promises.delivered": DELIVERED}
SOURCES = ("promise_entries", "delivery_entries", "remedy_entries")


def figures(accounts: Sequence[Account], snapshot: str = "", anchor: str | None = None) -> list[Figure]:
    """The share of due promises that are kept, and what was delivered in each unit that adds up.

    `coverage` is the share of promises that the value rests on: those due, and those with a report.
    """
    period = max((one.day.isoformat() for one in accounts), default="")
    due = [one for one in accounts if one.expected > 0]

    def made(id: str, unit: str, value: float | None, low: float | None, high: float | None, coverage: float) -> Figure:
        return Figure(id, value, unit, low, high, coverage, DEFINITIONS[id], period, anchor, SOURCES, snapshot)

    found = []
    kept = sum(1 for one in due if one.verified >= one.expected) / len(due) if due else None
    most = sum(1 for one in due if one.high >= one.expected) / len(due) if due else None
    found.append(made("promises.kept", "share", kept, kept, most, len(due) / len(accounts) if accounts else 0.0))
    for total in totals(accounts, lambda one: None):
        if total.adds:
            reported = sum(1 for one in accounts if one.promise.unit == total.unit and one.reports) / total.number
            low, high = float(total.verified), float(total.high)
            found.append(made("promises.delivered", total.unit, low, low, high, reported))
    return found


def late(accounts: Sequence[Account]) -> list[Account]:
    """Promises that are behind or not kept, the worst first."""
    order = (PromiseStatus.MISSED, PromiseStatus.BEHIND)
    return sorted((one for one in accounts if one.status in order), key=lambda one: order.index(one.status))
