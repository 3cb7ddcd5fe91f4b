"""GeoNames' postal codes of one country → postcodes and areas."""

from pathlib import Path
from typing import Any

from bygd.engine import DuckEngine
from bygd.sources.bulk import CHUNK, Layout, Text, clean, scan
from bygd.sources.conventions import Conventions
from bygd.sources.errors import InputError
from bygd.sources.postcode import ROWS, PostcodeResult, settle
from bygd.sources.register import postcode, text

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
) -> PostcodeResult:
    """`postcodes` and `areas` of the country at hand; rows of other countries are left out.

    Reads GeoNames' own tab-separated file (twelve columns, no header) and comma-separated copies
    with the header `country_code,zipcode,…`. Which column holds the official municipality code is
    said in the country's `areas.yaml`. A row without that code gets one only where all rows with
    the same place and region that have a code agree on it; the notes count them.
    """
    with clean(paths, "utf-8") as texts:
        texts = [text for text in texts if not text.label.lower().endswith("readme.txt")]
        layout = NAMED if all(_has_header(text) for text in texts) else PLAIN
        rejected = scan(engine, "geonames_rows", texts, layout, _select(conventions))
    if not engine.rows("SELECT 1 FROM geonames_rows LIMIT 1"):
        raise InputError(
            f"{', '.join(path.name for path in paths)} has no postcodes of the country '{conventions.country}'. "
            "Get GeoNames' file of that country."
        )
    filled = _fill_gaps(engine)
    result = settle(
        engine, "world/geonames", conventions, rejected, {"municipality filled in from the same place": filled}
    )
    engine.forget("geonames_rows")
    return result


def _has_header(opened: Text) -> bool:
    with opened.path.open(encoding="utf-8") as lines:
        return lines.read(CHUNK).splitlines()[:1][0].startswith("country_code")


def _select(conventions: Conventions) -> str:
    """Columns by name; the code gets the prefix that the official codes have and GeoNames leaves out."""
    codes = conventions.area_codes.get("geonames", {})
    column = codes.get("municipality", "community_code")
    prefix, name = codes.get("prefix", ""), column.removesuffix("_code")
    pattern = codes.get("pattern", ".+")
    return f"""
    SELECT file, row_number, {postcode("zipcode")} AS postcode, LOWER(place) AS place, LOWER(state) AS state,
      CASE WHEN REGEXP_FULL_MATCH({text(prefix)} || {column}, {text(pattern)}) THEN {text(prefix)} || {column} END
        AS municipality,
      {name} AS municipality_name, TRY_CAST(latitude AS DOUBLE) AS latitude, TRY_CAST(longitude AS DOUBLE) AS longitude,
      CASE WHEN {postcode("zipcode")} IS NULL THEN 'no postcode'
        WHEN TRY_CAST(latitude AS DOUBLE) NOT BETWEEN -90 AND 90 THEN 'impossible latitude' END AS reason
    FROM bulk_raw WHERE LOWER(country_code) = {text(conventions.country)}"""


def _fill_gaps(engine: DuckEngine) -> int:
    """`postcode_rows`, with the municipality where one place name in one region has only one; counts the filled."""
    engine.execute(
        f"""CREATE OR REPLACE TABLE {ROWS} AS
        WITH places AS (
          SELECT place, state, MIN(municipality) AS municipality, MIN(municipality_name) AS municipality_name
          FROM geonames_rows WHERE municipality IS NOT NULL AND reason IS NULL
          GROUP BY place, state HAVING COUNT(DISTINCT municipality) = 1
        ),
        wanting AS (  -- not where another row of the same postcode has a code of its own
          SELECT postcode FROM geonames_rows GROUP BY postcode HAVING COUNT(municipality) = 0
        )
        SELECT r.file, r.row_number, r.postcode, r.latitude, r.longitude, r.reason,
          CAST(NULL AS BIGINT) AS deprivation_decile,
          CAST(NULL AS VARCHAR) AS neighbourhood, CAST(NULL AS VARCHAR) AS neighbourhood_name,
          COALESCE(r.municipality, p.municipality) AS municipality,
          COALESCE(p.municipality_name, r.municipality_name) AS municipality_name,
          CAST(NULL AS VARCHAR) AS county, CAST(NULL AS VARCHAR) AS county_name,
          r.municipality IS NULL AND p.municipality IS NOT NULL AS is_filled
        FROM geonames_rows r
        LEFT JOIN wanting w ON r.postcode = w.postcode
        LEFT JOIN places p ON w.postcode IS NOT NULL AND r.place = p.place AND r.state = p.state"""
    )
    return int(engine.rows(f"SELECT COUNT(DISTINCT postcode) AS n FROM {ROWS} WHERE is_filled")[0]["n"])
