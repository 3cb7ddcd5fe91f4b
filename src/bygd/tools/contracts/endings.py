"""Endings: which contracts end when, and from which day a new procurement should be under way."""

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bygd.sources.errors import InputError
from bygd.tools.contracts.words import Standing
from bygd.vocabulary.contract_words import ContractStage

LEAD_MONTHS = 9
"""Months that a procurement is given from its planning to the first day of the new contract, unless told otherwise."""


@dataclass(frozen=True)
class Ending:
    """One contract with its last days as seen from a day.

    `begin_by` is the day on which a new procurement should have begun; `is_late` says that it has passed while the
    contract still runs. `can_prolong` says that options may carry it beyond `ends_on`, `is_open` that nobody knows how
    far: the register has them in words alone.
    """

    contract: Mapping[str, Any]
    standing: Standing
    ends_on: date | None
    longest_until: date | None
    begin_by: date | None
    can_prolong: bool
    is_late: bool

    @property
    def is_open(self) -> bool:
        """Whether it is open-ended: it has options, and the last day with all of them is not known."""
        return self.can_prolong and self.longest_until is None


def ending(contract: Mapping[str, Any], on: date, lead_months: int = LEAD_MONTHS) -> Ending:
    """How a contract stands on a day, and when work on what follows it should begin."""
    ends, longest = contract["ends_on"], contract["longest_until"]
    can_prolong = bool(ends and longest and longest > ends) or bool(ends and not longest and contract["options"])
    standing = _standing(contract, on, can_prolong)
    begin_by = begins_by(ends, lead_months) if ends else None
    is_late = standing is Standing.RUNNING and begin_by is not None and begin_by < on
    return Ending(contract, standing, ends, longest, begin_by, can_prolong, is_late)


def endings(
    contracts: Iterable[Mapping[str, Any]],
    on: date,
    until: date | None = None,
    lead_months: int = LEAD_MONTHS,
) -> list[Ending]:
    """Contracts that run on a day and end on a known one, up to `until`, those that end first first.

    Contracts past their first end whose options may run stand by the day on which their last option ends; those whose
    last option has no known end are left out (Standing.OPEN). Raises InputError for a lead that is no number of months
    from 0 to 60.
    """
    if not 0 <= lead_months <= 60:
        raise InputError("The lead must be 0 to 60 months, not {months}.", months=lead_months)
    found = [ending(one, on, lead_months) for one in contracts]
    listed = [(last_day(one), one) for one in found if one.standing in (Standing.RUNNING, Standing.OPTION)]
    kept = [(day, one) for day, one in listed if day and (until is None or day <= until)]
    return [one for _, one in sorted(kept, key=lambda pair: (pair[0], str(pair[1].contract["contract_key"])))]


def last_day(one: Ending) -> date | None:
    """The next day on which it ends: its first end, or the last once that has passed; None where that is not known."""
    return one.longest_until if one.standing in (Standing.OPTION, Standing.OPEN) else one.ends_on


def year_after(on: date) -> date:
    """The same day of the next year; 28 February where it has no 29th."""
    return begins_by(on, -12)


def begins_by(ends_on: date, lead_months: int) -> date:
    """The day so many months before; the month's last where it has fewer days."""
    months = ends_on.year * 12 + ends_on.month - 1 - lead_months
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(ends_on.day, calendar.monthrange(year, month)[1]))


def _standing(contract: Mapping[str, Any], on: date, can_prolong: bool) -> Standing:
    ends, longest = contract["ends_on"], contract["longest_until"]
    starts = contract["starts_on"] or contract["signed_on"]
    if contract["stage"] != ContractStage.SIGNED:
        return Standing.COMING
    if starts and on < starts:
        return Standing.WAITING
    if not ends:
        return Standing.ENDED if longest and longest < on else Standing.UNKNOWN
    if on <= ends:
        return Standing.RUNNING
    if can_prolong and longest is None:
        return Standing.OPEN
    if can_prolong and on <= longest:
        return Standing.OPTION
    return Standing.ENDED
