"""Figures of contracts: the share of purchases outside contracts, with its range, and what ends soon."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from bygd.tools.contracts.endings import LEAD_MONTHS, endings, year_after
from bygd.tools.contracts.spending import Money, Sums, parts
from bygd.tools.contracts.words import Part, WhyUnsure
from bygd.vocabulary.figures import Figure

SHARE, COUNT = "share", "contracts"
LEAST_COVERAGE = 0.2
"""Below a fifth of the money a share says more about the register than about the purchases."""

DEFINITIONS = {
    "contracts.outside_share": (
        "Share of purchases that were paid to suppliers without a contract running on the day of payment, of the "
        "purchases of which it can be told. The lower bound counts all that cannot be told as under a contract, the "
        "upper bound as outside. Not given where less than a fifth of the money can be told."
    ),
    "contracts.outside": (
        "Purchases paid to suppliers without a contract of that institution running on the day of payment."
    ),
    "contracts.within": (
        "Purchases paid to suppliers with a contract of that institution running on the day of payment."
    ),
    "contracts.doubt": "Purchases of which it cannot be told whether they fell under a contract.",
    "contracts.ending": (
        "Contracts that run and end within twelve months, those included whose options may prolong them."
    ),
    "contracts.late": (
        f"Contracts that run and end within less than the {LEAD_MONTHS} months that a new procurement is given."
    ),
}


def figures(
    money: Iterable[Money],
    contracts: Iterable[Mapping[str, Any]],
    on: date,
    currency: str,
    snapshot: str = "",
    sources: Sequence[str] = (),
) -> list[Figure]:
    """Figures for all anchors together (anchor None) and for each: shares are fractions, money in the currency."""
    paid, kept = list(money), list(contracts)
    anchors = sorted({one.anchor for one in paid} | {str(one["anchor"]) for one in kept})
    found: list[Figure] = []
    for anchor in (None, *anchors):
        own = [one for one in paid if anchor in (None, one.anchor)]
        listed = [one for one in kept if anchor in (None, one["anchor"])]
        found += _money(parts(own), _period(own), anchor, currency, snapshot, sources)
        found += _counts(listed, on, anchor, snapshot, sources)
    return found


def share_outside(sums: Sums) -> tuple[float | None, float | None, float | None, float | None]:
    """The share outside contracts, its bounds, and the share of the money that it rests on."""
    total, told = sums.total, sums.within + sums.outside
    if total <= 0:
        return None, None, None, None
    coverage = min(1.0, abs(float(told)) / float(total))
    low, high = (min(1.0, max(0.0, float(sums.outside + part) / float(total))) for part in (sums.down, sums.up))
    value = float(sums.outside) / float(told) if told > 0 else None
    if coverage < LEAST_COVERAGE or value is None or not 0 <= value <= 1:
        return None, low, high, coverage
    return value, min(low, value), max(high, value), coverage


def reasons(money: Iterable[Money]) -> list[tuple[WhyUnsure, Decimal]]:
    """Why money is in doubt, most first."""
    found: dict[WhyUnsure, Decimal] = {}
    for one in money:
        if one.part is Part.DOUBT and one.why:
            found[one.why] = found.get(one.why, Decimal(0)) + one.amount
    return sorted(found.items(), key=lambda pair: -pair[1])


def _money(
    sums: Sums, period: str, anchor: str | None, currency: str, snapshot: str, sources: Sequence[str]
) -> list[Figure]:
    value, low, high, coverage = share_outside(sums)
    found = [_figure("contracts.outside_share", value, SHARE, low, high, coverage, period, anchor, sources, snapshot)]
    for name, amount, least, most in (
        ("outside", sums.outside, sums.outside + sums.down, sums.outside + sums.up),
        ("within", sums.within, sums.within + sums.down, sums.within + sums.up),
        ("doubt", sums.doubt, sums.doubt, sums.doubt),
    ):
        bounds = float(amount), currency, float(least), float(most), coverage
        found.append(_figure(f"contracts.{name}", *bounds, period, anchor, sources, snapshot))
    return found


def _counts(
    listed: Sequence[Mapping[str, Any]], on: date, anchor: str | None, snapshot: str, sources: Sequence[str]
) -> list[Figure]:
    soon = endings(listed, on, until=year_after(on))
    late = [one for one in endings(listed, on) if one.is_late]
    dated = [one for one in listed if one["ends_on"]]
    coverage = len(dated) / len(listed) if listed else None
    counts = {"ending": float(len(soon)), "late": float(len(late))}
    return [
        _figure(f"contracts.{name}", count, COUNT, count, None, coverage, str(on), anchor, sources, snapshot)
        for name, count in counts.items()
    ]


def _figure(
    id: str, value: float | None, unit: str, low: float | None, high: float | None, coverage: float | None,
    period: str, anchor: str | None, sources: Sequence[str], snapshot: str,
) -> Figure:  # fmt: skip
    return Figure(id, value, unit, low, high, coverage, DEFINITIONS[id], period, anchor, tuple(sources), snapshot)


def _period(money: Sequence[Money]) -> str:
    if not money:
        return ""
    first, last = min(one.year for one in money), max(one.year for one in money)
    return str(first) if first == last else f"{first}–{last}"
