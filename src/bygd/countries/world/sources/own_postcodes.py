"""Postcodes of one's own, by a mapping of columns or by the names they usually have."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bygd.engine import DuckEngine
from bygd.sources.conventions import Conventions
from bygd.sources.registers import own_table, postcode
from bygd.sources.registers.register import postcode as clean_postcode
from bygd.sources.registers.result import ReadResult

HEADERS = {
    "postcode": ("postcode", "post code", "postal code", "postnummer", "postnr", "zipcode", "zip"),
    "municipality": ("municipality code", "kommunkod", "gemeentecode", "district code", "lad code", "municipality"),
    "municipality_name": ("municipality name", "kommun", "kommunnamn", "gemeente", "gemeentenaam", "district"),
    "county": ("county code", "länskod", "lanskod", "provinciecode", "county"),
    "county_name": ("county name", "län", "lan", "provincie", "provincienaam"),
    "neighbourhood": ("neighbourhood code", "neighbourhood", "deso", "regso", "buurtcode", "wijkcode", "lsoa"),
    "neighbourhood_name": ("neighbourhood name", "buurtnaam", "wijknaam"),
    "latitude": ("latitude", "lat", "latitud", "breedtegraad"),
    "longitude": ("longitude", "long", "lon", "lng", "longitud", "lengtegraad"),
    "deprivation_decile": ("deprivation decile", "imd decile"),
}
FIELDS = tuple(HEADERS)
NEEDED = ("postcode", "municipality")


def recognises(names: list[str], conventions: Conventions) -> bool:
    """Whether a header has columns for postcode and municipality code."""
    return set(NEEDED) <= set(own_table.find_columns(names, HEADERS))


def read(
    engine: DuckEngine,
    paths: list[Path],
    pseudonym: Any,
    conventions: Conventions,
    columns: Mapping[str, Any] | None = None,
) -> ReadResult:
    """`postcodes` and `areas`; see `bygd.sources.own_table.gather` for files and `columns`."""
    own_table.gather(engine, "own_cells", paths, FIELDS, dict(columns or {}), HEADERS, NEEDED)
    degrees = {name: f"TRY_CAST(REPLACE({name}, ',', '.') AS DOUBLE)" for name in ("latitude", "longitude")}
    decile = "TRY_CAST(deprivation_decile AS BIGINT)"
    engine.execute(
        f"""CREATE OR REPLACE TABLE {postcode.ROWS} AS
        SELECT * REPLACE ({clean_postcode("postcode")} AS postcode, {degrees["latitude"]} AS latitude,
          {degrees["longitude"]} AS longitude,
          CASE WHEN {decile} BETWEEN 1 AND 10 THEN {decile} END AS deprivation_decile),
          CASE WHEN {clean_postcode("postcode")} IS NULL THEN 'no postcode' END AS reason
        FROM own_cells"""
    )
    engine.forget("own_cells")
    return postcode.settle(engine, "world/own_postcodes", conventions)
