"""ReadResult: what came out of a register, a list of owners or a postcode file, told in one way."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from bygd.sources.files.bulk import Rejected


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
