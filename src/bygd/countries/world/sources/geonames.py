"""GeoNames' postal codes of one country → postcodes and areas."""

from pathlib import Path
from typing import Any

import pyarrow as pa

from bygd.engine import DuckEngine
from bygd.sources.conventions import Conventions
from bygd.sources.errors import InputError
from bygd.sources.files.bulk import CHUNK, Layout, Text, clean, scan
from bygd.sources.registers.postcode import ROWS, settle
from bygd.sources.registers.register import postcode, text
from bygd.sources.registers.result import ReadResult

USED = (
    "country_code", "zipcode", "place", "state", "state_code", "province", "province_code", "community",
    "community_code", "latitude", "longitude",
)  # fmt: skip
NAMED = Layout("GeoNames' postal codes", USED)
PLAIN = Layout("GeoNames' postal codes", USED, ("accuracy",), delimiter="\t", quote="", names=(*USED, "accuracy"))


def recognises(names: list[str], conventions: Conventions) -> bool:
    """Whether a row is the header of a comma-separated copy, or a row of GeoNames' own twelve columns."""
    plain = len(names) == 12 and len(names[0]) == 2 and names[0].isupper() and "." in names[9]
    return set(USED) <= set(names) or plain


def read(
    engine: DuckEngine, paths: list[Path], pseudonym: Any, conventions: Conventions, columns: Any = None
) -> ReadResult:
    """`postcodes` and `areas` of the country at hand; rows of other countries are left out.

    Reads GeoNames' own tab-separated file (twelve columns, no header) and comma-separated copies
    with the header `country_code,zipcode,…`. The country's `areas.yaml` says which column has the
    official municipality code, and which postcodes are fine enough to lie in one. A row without that
    code gets one where all rows with the same place and region that have a code agree on it, or,
    where none has, where the place bears the name of one municipality of the county; a row that
    stays without gets the county where all municipalities of its region lie in one. The notes count
    each.
    """
    with clean(paths, "utf-8") as texts:
        texts = [text for text in texts if not text.label.lower().endswith("readme.txt")]
        layout = NAMED if all(_has_header(text) for text in texts) else PLAIN
        rejected = scan(engine, "geonames_rows", texts, layout, _select(conventions))
    if not engine.rows("SELECT 1 FROM geonames_rows LIMIT 1"):
        raise InputError(
            "{files} has no postcodes of the country '{country}'. Get GeoNames' file of that country.",
            files=[path.name for path in paths],
            country=conventions.country,
        )
    _known_areas(engine, conventions)
    result = settle(engine, "world/geonames", conventions, rejected, _fill_gaps(engine))
    for relation in ("geonames_rows", "geonames_areas"):
        engine.forget(relation)
    return result


def _has_header(opened: Text) -> bool:
    with opened.path.open(encoding="utf-8") as lines:
        return lines.read(CHUNK).splitlines()[:1][0].startswith("country_code")


def _select(conventions: Conventions) -> str:
    """Columns by name; the code gets the prefix that the official codes have and GeoNames leaves out."""
    codes = conventions.area_codes.get("geonames", {})
    column = codes.get("municipality", "community_code")
    prefix, name = codes.get("prefix", ""), column.removesuffix("_code")
    pattern, fine = codes.get("pattern", ".+"), codes.get("postcodes", ".+")
    return f"""
    WITH fitting AS (
      SELECT *, {postcode("zipcode")} AS code,
        COALESCE(REGEXP_FULL_MATCH({postcode("zipcode")}, {text(fine)}), FALSE) AS is_fine FROM bulk_raw
    )
    SELECT file, row_number, code AS postcode, is_fine, LOWER(place) AS place, LOWER(state) AS state,
      CASE WHEN is_fine AND REGEXP_FULL_MATCH({text(prefix)} || {column}, {text(pattern)})
        THEN {text(prefix)} || {column} END
        AS municipality,
      {name} AS municipality_name, TRY_CAST(latitude AS DOUBLE) AS latitude, TRY_CAST(longitude AS DOUBLE) AS longitude,
      CASE WHEN code IS NULL THEN 'no postcode'
        WHEN TRY_CAST(latitude AS DOUBLE) NOT BETWEEN -90 AND 90 THEN 'impossible latitude' END AS reason
    FROM fitting WHERE LOWER(country_code) = {text(conventions.country)}"""


def _known_areas(engine: DuckEngine, conventions: Conventions) -> None:
    """`geonames_areas`: the country's municipalities with name and county, as a passing relation."""
    listed = [area for area in conventions.areas if area.level == "municipality"]
    columns = {
        "code": [area.code for area in listed],
        "name": [area.name.lower() for area in listed],
        "parent": [area.parent or None for area in listed],
    }
    engine.put("geonames_areas", pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()}))


def _fill_gaps(engine: DuckEngine) -> dict[str, int]:
    """`postcode_rows`, with municipalities where they are certain or all but; counts the filled by way."""
    engine.execute(
        f"""CREATE OR REPLACE TABLE {ROWS} AS
        WITH coded AS (
          SELECT place, state, MIN(municipality) AS code, COUNT(DISTINCT municipality) = 1 AS is_one
          FROM geonames_rows WHERE municipality IS NOT NULL AND reason IS NULL GROUP BY place, state
        ),
        states AS (
          SELECT state, MIN(parent) AS county FROM geonames_rows r JOIN geonames_areas a ON r.municipality = a.code
          WHERE reason IS NULL GROUP BY state HAVING COUNT(DISTINCT parent) = 1
        ),
        named AS (
          SELECT s.state, a.name, MIN(a.code) AS code FROM geonames_areas a JOIN states s ON a.parent = s.county
          GROUP BY s.state, a.name HAVING COUNT(*) = 1
        ),
        wanting AS (  -- not where another row of the same postcode has a code of its own
          SELECT postcode FROM geonames_rows WHERE is_fine
          GROUP BY postcode HAVING COUNT(municipality) = 0
        )
        SELECT r.file, r.row_number, r.postcode, r.latitude, r.longitude, r.reason,
          CAST(NULL AS BIGINT) AS deprivation_decile,
          CAST(NULL AS VARCHAR) AS neighbourhood, CAST(NULL AS VARCHAR) AS neighbourhood_name,
          CASE WHEN w.postcode IS NULL THEN r.municipality WHEN c.is_one THEN c.code
               WHEN c.place IS NULL THEN n.code END AS municipality,
          r.municipality_name, CASE WHEN w.postcode IS NOT NULL THEN s.county END AS county,
          CAST(NULL AS VARCHAR) AS county_name,
          CASE WHEN w.postcode IS NULL THEN NULL WHEN c.is_one THEN 'same place'
               WHEN c.place IS NULL AND n.code IS NOT NULL THEN 'name' END AS filled_by
        FROM geonames_rows r
        LEFT JOIN wanting w ON r.postcode = w.postcode
        LEFT JOIN coded c ON r.place = c.place AND r.state = c.state
        LEFT JOIN states s ON r.state = s.state
        LEFT JOIN named n ON r.place = n.name AND r.state = n.state"""
    )
    counted = engine.rows(
        f"""SELECT COUNT(DISTINCT postcode) FILTER (filled_by = 'same place') AS place,
        COUNT(DISTINCT postcode) FILTER (filled_by = 'name') AS name FROM {ROWS} WHERE reason IS NULL"""
    )[0]
    return {
        "municipality filled in from other postcodes of the same place": counted["place"],
        "municipality filled in from a place that bears its name": counted["name"],
    }
