"""Statistics Netherlands' file of addresses (postcode, house number) with the neighbourhood of one year, as rows."""

import re
from collections.abc import Sequence
from pathlib import Path

from bygd.engine import DuckEngine
from bygd.sources.errors import InputError
from bygd.sources.files.bulk import Layout, Rejected, Text, clean, first_line, scan, split

DELIMITER = ";"
UNIT = ("PC6", "Huisnummer")
CODES = {
    "neighbourhood": re.compile(r"Buurt(\d{4})"),
    "district": re.compile(r"Wijk(\d{4})"),
    "municipality": re.compile(r"Gem(?:eente)?(\d{4})"),
}
PREFIX = {"neighbourhood": ("BU", 8), "district": ("WK", 6), "municipality": ("GM", 4)}


def recognises(names: Sequence[str]) -> bool:
    """Whether a header is the file's: PC6;Huisnummer;Buurt2025;Wijk2025;Gemeente2025."""
    return set(UNIT) <= set(names) and len(_columns(names)) == len(CODES)


def scanned(engine: DuckEngine, into: str, paths: Sequence[Path]) -> tuple[str, list[Rejected]]:
    """Every address as a row of `into` (file, row_number, postcode, number, neighbourhood, district, municipality).

    Codes get their letters and their noughts back, which the file leaves out. Gives the year of the division and
    the rows that do not fit. An archive's tables of names are passed over. Raises InputError where no file is of
    addresses.
    """
    with clean(paths, "utf-8") as texts:
        fitting = [text for text in texts if recognises(_names(text))]
        if not fitting:
            raise InputError(
                "{files} has no table with the columns PC6, Huisnummer and the codes of one year (Buurt2025). Get "
                "'Buurt, wijk en gemeente voor postcode-huisnummer'.",
                files=[path.name for path in paths],
            )
        found = _columns(_names(fitting[0]))
        layout = Layout("the file of addresses", (*UNIT, *found.values()), delimiter=DELIMITER)
        codes = ", ".join(f"{_code(kind, name)} AS {kind}" for kind, name in found.items())
        select = (
            "SELECT file, row_number, UPPER(REPLACE(PC6, ' ', '')) AS postcode, Huisnummer AS number, "
            f"{codes} FROM bulk_raw"
        )
        rejected = scan(engine, into, fitting, layout, select)
    year = CODES["neighbourhood"].fullmatch(found["neighbourhood"])
    assert year is not None
    return year[1], rejected


def _names(text: Text) -> list[str]:
    return split(first_line(text) or DELIMITER, DELIMITER)


def _columns(names: Sequence[str]) -> dict[str, str]:
    listed = {kind: next((name for name in names if form.fullmatch(name)), "") for kind, form in CODES.items()}
    return {kind: name for kind, name in listed.items() if name}


def _code(kind: str, name: str) -> str:
    letters, width = PREFIX[kind]
    return f"""'{letters}' || LPAD("{name}", {width}, '0')"""
