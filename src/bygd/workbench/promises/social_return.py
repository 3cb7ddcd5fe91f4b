"""Social return: what is owed on a contract, which blocks fill it, what is verified, reported and left."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bygd.parameters.sentences import in_language
from bygd.reports.translate import Translator
from bygd.sources.errors import InputError
from bygd.tools import social_value
from bygd.tools.promises import Promise
from bygd.tools.social_value import Edition, Effort, Measure, Obligation
from bygd.vocabulary.contract_words import DeliveryState
from bygd.workbench import policies
from bygd.workbench.project import Project
from bygd.workbench.promises.known import Book, Row

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Filled:
    """A contract's social return: what the buyer verified as lower bound, all that is reported as upper.

    `changed` is what would be owed on the contract's present sum, where that differs from what was agreed.
    """

    edition: Edition
    verified: Obligation
    reported: Obligation
    changed: Decimal | None


def edition(project: Project, promise: Promise) -> Edition:
    """The edition of the policy that the promise was made by. Raises InputError where nobody kept it."""
    return policies.edition(promise.policy or "", project.folder)


def editions(project: Project, translate: Translator) -> list[tuple[str, str]]:
    """Editions that set social return, of the place's country and its own: `policy@version` and what it is called."""
    return [
        (one.id, f"{in_language(one.title, translate.language)}, {one.name} ({one.version})")
        for policy in policies.every(project.folder)
        for one in policy.editions
        if one.social_return is not None and policy.id.rpartition("/")[0] in ("", project.country.code)
    ]


def owed(one: Edition, contract: Mapping[str, Any], share: Decimal | None, full_time: Decimal | None) -> Decimal:
    """What is owed on a contract; `share` in per cent, where the policy does not say. Raises InputError."""
    if contract["value"] is None:
        raise InputError("The contract's value is not known. Enter it in the register of contracts first.")
    if contract["currency"] not in (None, one.currency):
        raise InputError(
            "The policy counts in {one}, the contract in {other}.", one=one.currency, other=contract["currency"]
        )
    found = _counted(one, contract["value"], (), share, full_time)
    if not found.owed:
        raise InputError("The contract is below the value from which the policy holds: nothing is owed.")
    return found.owed


def blocks(one: Edition) -> tuple[list[Measure], list[Measure]]:
    """The measures that fill an obligation, and the bonuses that come on top of them."""
    valued = [measure for measure in one.measures.values() if measure.worth is not None]
    return (
        [one for one in valued if one.worth is not None and not one.worth.bonus],
        [one for one in valued if one.worth is not None and one.worth.bonus],
    )


def counted(book: Book, promise: Promise, given: Mapping[str, Any]) -> Decimal:
    """What a report by a block counts for, in money. Raises InputError where something it needs is not said."""
    one = edition(book.project, promise)
    contract = book.contract(promise.contract_key)
    found = _counted(one, contract["value"] or promise.target, [effort(given)], promise.share, promise.full_time)
    return found.filled


def filled(book: Book, promise: Promise) -> Filled:
    """How far blocks fill what was promised. Raises InputError."""
    one = edition(book.project, promise)
    contract = book.contract(promise.contract_key)
    total = contract["value"] or Decimal(0)
    reports = [row for row in book.reports_on(promise.key) if row["block"]]

    def told(rows: Iterable[Row]) -> Obligation:
        found = _counted(one, total, [effort(row) for row in rows], promise.share, promise.full_time)
        return Obligation(True, promise.target, found.lines, found.assumed)

    now = _counted(one, total, (), promise.share, promise.full_time).owed
    verified = [row for row in reports if row["state"] == DeliveryState.VERIFIED]
    return Filled(one, told(verified), told(reports), now if now != promise.target else None)


def effort(row: Mapping[str, Any]) -> Effort:
    """What a report says, as the policy counts it. Raises InputError where no block is named."""
    if not row.get("block"):
        raise InputError("Choose the block that the effort belongs to.")
    return Effort(
        code=row["block"],
        persons=row.get("persons") or 1,
        hours=row.get("hours"),
        months=row.get("months"),
        units=row.get("units"),
        amount=row["paid"] if "paid" in row else row.get("amount"),
        bonuses=tuple((row.get("bonuses") or "").split()),
    )


def _counted(
    one: Edition, total: Decimal, efforts: Any, share: Decimal | None, full_time: Decimal | None
) -> Obligation:
    terms = one.social_return
    return social_value.obligation(
        one,
        total,
        efforts,
        share=share / HUNDRED if share is not None and (terms is None or terms.share is None) else None,
        full_time=full_time if terms is None or terms.full_time is None else None,
    )
