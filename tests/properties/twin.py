"""The spend tool's answers once more, slowly, in plain Python over payments: no SQL, no shared arithmetic."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

ORDER = ("municipality", "county", "country", "world", "unknown")


def ring_of(row: Mapping[str, Any], by: str) -> str:
    """The ring of a payment's supplier, as it was drawn."""
    seat, branch = row.get("seat", "unknown"), row.get("branch", "unknown")
    if seat == "unknown" and branch == "world" and not row.get("org"):
        seat = "world"  # an address abroad that no register knows
    rings = {"seat": seat, "branch": branch, "either": min(seat, branch, key=ORDER.index)}
    return str(rings[by])


def local_share(rows: Iterable[Mapping[str, Any]], by: str, ring: str) -> dict[str, Any]:
    """Sums and share of the money in the ring, with bounds; suppliers, and the largest one's share."""
    here = ORDER[: ORDER.index(ring) + 1]
    local = elsewhere = unknown = Fraction(0)
    doubtful: dict[str, Fraction] = defaultdict(Fraction)
    parties: dict[str, Fraction] = defaultdict(Fraction)
    for row in rows:
        if row.get("ownership") == "public":
            continue
        amount = Fraction(str(row["amount"]))
        found = ring_of(row, by)
        party = row.get("org") or f"{row['anchor']}/{row['supplier']}"
        parties[party] += amount
        if found == "unknown":
            unknown += amount
            doubtful[party] += amount
        elif found in here:
            local += amount
        else:
            elsewhere += amount
    total, placed = local + elsewhere + unknown, local + elsewhere
    answer: dict[str, Any] = {"local": local, "elsewhere": elsewhere, "unknown": unknown, "total": total}
    answer |= {"suppliers": len(parties), "largest": None}
    answer |= {"share": None, "low": None, "high": None, "coverage": None}
    if total > 0:
        answer["largest"] = min(Fraction(1), max(parties.values()) / total)
        answer["coverage"] = min(Fraction(1), abs(placed) / total)
        if placed > 0 and answer["coverage"] >= Fraction(1, 5) and 0 <= local / placed <= 1:
            answer["share"] = local / placed
        low = (local + sum(amount for amount in doubtful.values() if amount < 0)) / total
        high = (local + sum(amount for amount in doubtful.values() if amount > 0)) / total
        known = [] if answer["share"] is None else [answer["share"]]
        answer["low"] = min([max(Fraction(0), min(Fraction(1), low)), *known])
        answer["high"] = max([max(Fraction(0), min(Fraction(1), high)), *known])
    return answer
