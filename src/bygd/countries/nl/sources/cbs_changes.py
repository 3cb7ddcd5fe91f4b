"""Two years of Statistics Netherlands' addresses → what became of neighbourhoods and districts, shared by addresses."""

from collections.abc import Sequence
from pathlib import Path

from bygd.countries.nl.sources import _addresses
from bygd.engine import DuckEngine
from bygd.sources.errors import InputError
from bygd.sources.statistics.divisions import Correspondence, shared
from bygd.vocabulary.place_words import Level

LEVELS = {"neighbourhood": Level.SMALL_AREA, "district": Level.DISTRICT}
BASIS = "addresses that are in both years' files"


def recognises(names: list[str]) -> bool:
    """Whether a header is that of the file of addresses."""
    return _addresses.recognises(names)


def read(engine: DuckEngine, paths: Sequence[Path]) -> list[Correspondence]:
    """From the older year to the newer, of neighbourhoods and of districts. Addresses of only one year are left out.

    Raises InputError unless there are two files, of two years.
    """
    if len(paths) != 2:
        raise InputError("Name two files of addresses, of an older and of a newer year. There are {number}.",
                         number=len(paths))  # fmt: skip
    years = [_scanned(engine, f"addresses_{place}", path) for place, path in enumerate(paths)]
    if years[0] == years[1]:
        raise InputError("Both files are of {year}. Name files of two years.", year=years[0])
    older, newer = sorted((0, 1), key=lambda place: years[place])
    found = []
    for kind, level in LEVELS.items():
        rows = engine.rows(
            f"""SELECT o.{kind} AS old, n.{kind} AS new, COUNT(*) AS weight
            FROM addresses_{older} AS o JOIN addresses_{newer} AS n ON o.unit = n.unit
            WHERE o.{kind} IS NOT NULL AND n.{kind} IS NOT NULL GROUP BY 1, 2"""
        )
        pairs = shared({(row["old"], row["new"]): float(row["weight"]) for row in rows})
        source = f"Statistics Netherlands: addresses of {years[older]} and {years[newer]}"
        found.append(Correspondence(level, years[older], years[newer], pairs, False, BASIS, source))
    for place in (0, 1):
        engine.forget(f"addresses_{place}")
    return found


def _scanned(engine: DuckEngine, into: str, path: Path) -> str:
    """The addresses of a file, each once, as little as is needed of eight million; gives the year."""
    year, _ = _addresses.scanned(engine, "address_rows", [path])
    engine.execute(
        f"""CREATE OR REPLACE TABLE {into} AS
        SELECT HASH(postcode, number) AS unit, MIN(neighbourhood) AS neighbourhood, MIN(district) AS district
        FROM address_rows GROUP BY 1"""
    )
    engine.forget("address_rows")
    return year
