"""Capacity: how large a purchase a firm of some size can carry, and how many jobs a sum of purchases would carry."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from math import ceil

from bygd.parameters import Parameter, Value
from bygd.parameters.named import Named
from bygd.parameters.sentences import Texts
from bygd.tools.gaps.bought import NOUGHT
from bygd.tools.gaps.firms import Count
from bygd.vocabulary.words import SizeBand

TOPIC = "market"
"""The value files these values stand in, in packs and in the project's own folder."""

BANDS = {
    SizeBand.MICRO: "turnover_micro",
    SizeBand.SMALL: "turnover_small",
    SizeBand.MEDIUM: "turnover_medium",
}
EMPLOYEES = {SizeBand.MICRO: 9, SizeBand.SMALL: 49, SizeBand.MEDIUM: 249}
"""The most employees that a band holds."""
SMALL_FIRMS = (SizeBand.MICRO, SizeBand.SMALL)
PER_EMPLOYEE = "turnover_per_employee"


@dataclass(frozen=True)
class Rest:
    """What a value rests on, to be shown beside what was made of it."""

    key: str
    label: Mapping[str, str]
    about: str
    value: Decimal | None
    unit: str
    source: Named
    since: date | None
    verified: bool
    note: Texts


@dataclass(frozen=True)
class Capacity:
    """Yearly purchases that firms can carry at most, by size, in `currency`; None is "not known".

    `jobs_by` is the turnover per employee by division of NACE, '' for all others.
    """

    currency: str
    most: Mapping[SizeBand, Decimal | None]
    least_share: Decimal
    jobs_by: Mapping[str, Decimal] = field(default_factory=dict)
    rests: tuple[Rest, ...] = ()

    def carries(self, size: SizeBand, yearly: Decimal) -> bool | None:
        """Whether a firm of that size can carry so much a year; None where that is not known."""
        if size is SizeBand.LARGE:
            return True
        most = self.most.get(size)
        return None if most is None else yearly <= most

    def reach(self, counts: Iterable[Count], wanted: Decimal) -> tuple[Decimal, Decimal]:
        """How much of a yearly sum the firms counted could carry together: at least, and at most.

        At least counts firms of a known size alone; at most takes one of an unknown size to carry all of it. A large
        firm carries all of it.
        """
        low, is_open = NOUGHT, False
        for one in counts:
            most = wanted if one.size is SizeBand.LARGE else self.most.get(one.size)
            if most is None:
                is_open = True
            else:
                low += most * one.firms
        low = max(NOUGHT, min(wanted, low))
        return low, max(NOUGHT, wanted) if is_open else low

    def lots(self, size: SizeBand, yearly: Decimal) -> int | None:
        """Into how many equal lots a yearly sum has to be split for firms of that size to carry one."""
        most = self.most.get(size)
        if not most or yearly <= 0:
            return None
        return max(1, ceil(yearly / most))

    def jobs(self, yearly: Decimal, industries: Iterable[str] = ()) -> float | None:
        """How many jobs a yearly sum is the turnover of, by the first of the industries whose turnover is known."""
        for code in (*(code[:2] for code in industries), ""):
            if code in self.jobs_by:
                return float(yearly / self.jobs_by[code]) if yearly > 0 else 0.0
        return None


def capacity(values: Mapping[str, Parameter], currency: str, day: date) -> Capacity:
    """Capacity by the values of a day, those in another currency left out as not known.

    `values` are the parameters of the topic `market`, the project's own first.
    """
    held = {key: (one, one.on(day)) for key, one in values.items()}

    def number(key: str) -> Decimal | None:
        parameter, value = held.get(key, (None, None))
        if parameter is None or value is None or not value.known or not isinstance(value.value, Decimal | int):
            return None
        return Decimal(value.value) if parameter.unit in (currency, "share") else None

    part = number("largest_share_of_turnover")
    ceilings = {size: number(key) for size, key in BANDS.items()}
    jobs_by: dict[str, Decimal] = {}
    for key, (parameter, _value) in held.items():
        amount = number(key) if key.startswith(PER_EMPLOYEE) else None
        if amount:
            jobs_by |= dict.fromkeys(parameter.applies.get("division", ("",)), amount)
    each = jobs_by.get("")
    if each:  # what so many people turn over says more than the definition of the band
        ceilings = {
            size: each * number if ceiling is None else min(ceiling, each * number)
            for (size, ceiling), number in zip(ceilings.items(), EMPLOYEES.values(), strict=True)
        }
    return Capacity(
        currency=currency,
        most={size: None if ceiling is None or part is None else ceiling * part for size, ceiling in ceilings.items()},
        least_share=number("least_share_of_industry") or NOUGHT,
        jobs_by=jobs_by,
        rests=tuple(_rest(parameter, value, currency) for parameter, value in held.values() if value),
    )


def _rest(parameter: Parameter, value: Value, currency: str) -> Rest:
    fits = parameter.unit in (currency, "share")
    known = value.known and fits and isinstance(value.value, Decimal | int)
    return Rest(
        key=parameter.key,
        label=parameter.label,
        about=parameter.about,
        value=Decimal(value.value) if known and isinstance(value.value, Decimal | int) else None,
        unit=parameter.unit,
        source=value.source,
        since=value.since,
        verified=value.verified,
        note=value.note,
    )
