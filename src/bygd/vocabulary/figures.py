"""Figure: one number with everything needed to defend it."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Figure:
    """A number with its method card.

    `value` is None where the honest answer is "cannot tell". `low` and `high` bound it: all
    doubtful money elsewhere, all doubtful money here. `coverage` is the share of the money that
    `value` rests on. Shares are fractions of one.
    """

    id: str
    value: float | None
    unit: str
    low: float | None
    high: float | None
    coverage: float | None
    definition: str
    period: str
    anchor: str | None
    sources: tuple[str, ...]
    snapshot: str

    def as_row(self) -> dict[str, Any]:
        """The figure as plain values, in the order of the declaration, for JSON and tables."""
        row = asdict(self)
        row["sources"] = list(self.sources)
        return row
