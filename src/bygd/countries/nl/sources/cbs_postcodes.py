"""Statistics Netherlands' addresses → postcodes with neighbourhood and municipality."""

from pathlib import Path
from typing import Any

from bygd.countries.nl.sources import _addresses
from bygd.engine import DuckEngine
from bygd.sources.conventions import Conventions
from bygd.sources.registers import postcode
from bygd.sources.registers.result import ReadResult


def recognises(names: list[str], conventions: Conventions) -> bool:
    """Whether a header is that of the file of addresses."""
    return _addresses.recognises(names)


def read(
    engine: DuckEngine, paths: list[Path], pseudonym: Any, conventions: Conventions, columns: Any = None
) -> ReadResult:
    """`postcodes` and `areas`: the neighbourhood (buurt) where all its addresses lie in one, and the municipality."""
    _, rejected = _addresses.scanned(engine, "address_rows", paths)
    empty = "CAST(NULL AS VARCHAR)"
    engine.execute(
        f"""CREATE OR REPLACE TABLE {postcode.ROWS} AS
        SELECT MIN(file) AS file, MIN(row_number) AS row_number, postcode,
          CAST(NULL AS DOUBLE) AS latitude, CAST(NULL AS DOUBLE) AS longitude,
          CAST(NULL AS BIGINT) AS deprivation_decile, neighbourhood, {empty} AS neighbourhood_name,
          municipality, {empty} AS municipality_name, {empty} AS county, {empty} AS county_name,
          CASE WHEN postcode IS NULL THEN 'no postcode' END AS reason
        FROM address_rows GROUP BY postcode, neighbourhood, municipality"""
    )
    engine.forget("address_rows")
    return postcode.settle(engine, "nl/cbs_postcodes", conventions, rejected)


def places(engine: DuckEngine, paths: list[Path], into: str) -> None:
    """Postcodes by the areas they lie in, as `into`: postcode, level, vintage, code, weight (number of addresses)."""
    year, _ = _addresses.scanned(engine, "address_rows", paths)
    levels = {"neighbourhood": ("small_area", year), "district": ("district", year)} | {
        "municipality": ("municipality", "")
    }
    parts = [
        f"SELECT postcode, '{level}' AS level, '{vintage}' AS vintage, {kind} AS code, COUNT(*) AS weight "
        f"FROM address_rows WHERE {kind} IS NOT NULL GROUP BY postcode, {kind}"
        for kind, (level, vintage) in levels.items()
    ]
    engine.execute(f'CREATE OR REPLACE TABLE "{into}" AS {" UNION ALL ".join(parts)}')
    engine.forget("address_rows")
