"""Values of one's own by area and period, from CSV: a survey, a count, a file of a statistical office."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bygd.sources.errors import InputError
from bygd.vocabulary.place_words import Level, ValueStatus

NEEDED = ("area", "indicator", "period", "value")
KNOWN = (*NEEDED, "breakdown", "vintage", "name", "level", "parent", "source", "status")
SAID = {
    one.value: one for one in (ValueStatus.ESTIMATED, ValueStatus.PROVISIONAL, ValueStatus.BREAK, ValueStatus.REVISED)
}
"""What a file may say of a value that it gives; without it the value is as it was observed."""
WITHHELD = {"..", "x", "c"}


@dataclass(frozen=True)
class OwnValue:
    """One line of the file. `area` and `parent` are codes, with or without country."""

    area: str
    indicator: str
    period: str
    value: float | None
    status: ValueStatus
    breakdown: str = ""
    vintage: str = ""
    name: str = ""
    level: Level | None = None
    parent: str = ""
    source: str = ""


def read(path: Path) -> Iterator[OwnValue]:
    """The lines of a CSV file: commas or semicolons, decimal point or comma, UTF-8.

    Raises InputError, with the number of the line, for what is missing, unknown or no number.
    """
    with path.open(encoding="utf-8-sig", newline="") as opened:
        first = opened.readline()
        opened.seek(0)
        rows = csv.DictReader(opened, delimiter=";" if first.count(";") > first.count(",") else ",")
        names = rows.fieldnames or []
        missing, unknown = [name for name in NEEDED if name not in names], sorted(set(names) - set(KNOWN))
        if missing or unknown:
            raise InputError(
                "{file} lacks the columns {missing} and has {unknown} that are not known. Known: {known}.",
                file=path.name,
                missing=missing or "–",
                unknown=unknown or "–",
                known=KNOWN,
            )
        for line, row in enumerate(rows, start=2):
            yield as_value(row, f"{path.name}:{line}")


def as_value(row: Mapping[str, str | None], where: str) -> OwnValue:
    """A value of what columns say. Raises InputError, with where it stands, for what is missing or no number."""
    given = {name: (row.get(name) or "").strip() for name in KNOWN}
    empty = [name for name in NEEDED[:3] if not given[name]]
    if empty:
        raise InputError("{where} has no {name}.", where=where, name=empty[0])
    text, value, status = given["value"].replace("\u00a0", "").replace(" ", ""), None, ValueStatus.OBSERVED
    if text.lower() in WITHHELD:
        status = ValueStatus.SUPPRESSED
    elif not text:
        status = ValueStatus.MISSING
    else:
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            raise InputError("{where} has the value '{text}', which is no number.", where=where, text=text) from None
    if value is not None and given["status"] not in ("", ValueStatus.OBSERVED.value):
        if given["status"] not in SAID:
            raise InputError(
                "{where} has the status '{text}'. Known: {known}.", where=where, text=given["status"], known=list(SAID)
            )
        status = SAID[given["status"]]
    if given["level"] and given["level"] not in list(Level):
        raise InputError(
            "{where} has the level '{text}'. Known: {known}.", where=where, text=given["level"], known=list(Level)
        )
    return OwnValue(
        given["area"],
        given["indicator"],
        given["period"],
        value,
        status,
        given["breakdown"],
        given["vintage"],
        given["name"],
        Level(given["level"]) if given["level"] else None,
        given["parent"],
        given["source"],
    )
