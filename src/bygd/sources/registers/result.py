"""ReadResult: what came out of a register, a list of owners or a postcode file, told in one way."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bygd.sources.files.bulk import Rejected
from bygd.vocabulary.said import Said

REASONS = (
    Said("a day that cannot be"),
    Said("a share that cannot be"),
    Said("no JSON"),
    Said("no company number"),
    Said("no name"),
    Said("no number"),
    Said("no number of the organisation owned"),
    Said("no number of the successor"),
    Said("no organisation number"),
    Said("no owner"),
    Said("no postcode"),
    Said("says of nothing what it is"),
    Said("the company number is not eight letters or digits"),
    Said("the number has not ten or twelve digits"),
    Said("the one owned is a person"),
    Said("the owner of itself"),
    Said("the successor of itself"),
)
"""What readers say most of rows that they set aside, to be said in each language."""


@dataclass(frozen=True)
class ReadResult:
    """What came out of a file: `rows` = `kept` + `merged` + rows set aside.

    `kept` is the number of organisations, owners or postcodes, `merged` the rows about one that an
    earlier row had, and `masked` the persons among those kept. `notes` counts what a user should
    know beside that, such as postcodes without a municipality.
    """

    source: str
    rows: int
    kept: int
    merged: int
    set_aside: tuple[Rejected, ...] = ()
    masked: int = 0
    notes: Mapping[str, int] = field(default_factory=dict)

    @property
    def reasons(self) -> dict[str, int]:
        """How many rows were set aside, by reason, most common first."""
        return dict(Counter(rejected.reason for rejected in self.set_aside).most_common())

    @property
    def told(self) -> list[Said]:
        """The same for people, each with the place of its first row."""
        return [_told(reason, number, self.set_aside) for reason, number in self.reasons.items()]


def _told(reason: str, number: int, set_aside: Iterable[Rejected]) -> Said:
    first = next(row for row in set_aside if row.reason == reason)
    where = {"reason": Said(reason), "row": str(first.row), "file": Path(first.file).name}
    if number == 1:
        return Said("{reason} (row {row} of {file})", **where)
    return Said("{reason} ({number} rows, the first is row {row} of {file})", number=number, **where)
