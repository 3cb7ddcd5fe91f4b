"""Ordnance Survey's Code-Point Open → postcodes with ward, district and county, and their areas."""

from pathlib import Path
from typing import Any

from bygd.engine import DuckEngine
from bygd.sources.conventions import Conventions
from bygd.sources.files.bulk import Layout, Text, clean, scan
from bygd.sources.registers import postcode
from bygd.sources.registers.grid import to_degrees
from bygd.sources.registers.register import postcode as clean_postcode
from bygd.sources.registers.result import ReadResult

ORDER = (
    "Postcode", "Positional_quality_indicator", "Eastings", "Northings", "Country_code", "NHS_regional_HA_code",
    "NHS_HA_code", "Admin_county_code", "Admin_district_code", "Admin_ward_code",
)  # fmt: skip
USED = ("Postcode", "Eastings", "Northings", "Admin_county_code", "Admin_district_code", "Admin_ward_code")
IGNORED = tuple(name for name in ORDER if name not in USED)
NAMED = Layout("Code-Point Open", USED, IGNORED)
PLAIN = Layout("Code-Point Open", USED, IGNORED, names=ORDER)
NATIONAL_GRID = 27700


def recognises(names: list[str], conventions: Conventions) -> bool:
    """Whether a header is Code-Point Open's; its plain files have none and must be named."""
    return set(USED) <= set(names)


def read(
    engine: DuckEngine, paths: list[Path], pseudonym: Any, conventions: Conventions, columns: Any = None
) -> ReadResult:
    """`postcodes` and `areas`: the ward as neighbourhood, the district as municipality, the county where it has one.

    Reads files with the header in words and Ordnance Survey's own files without header. Postcodes
    without a position (quality 90) keep their codes and have no latitude and longitude.
    """
    with clean(paths, NAMED.encoding) as texts:
        texts = [text for text in texts if "/Doc/" not in text.label]
        layout = NAMED if all(_has_header(text) for text in texts) else PLAIN
        rejected = scan(engine, "codepoint_rows", texts, layout, _select())
    to_degrees(engine, "codepoint_rows", NATIONAL_GRID, into=postcode.ROWS)
    return postcode.settle(engine, "gb/codepoint_open", conventions, rejected)


def _has_header(opened: Text) -> bool:
    with opened.path.open(encoding="utf-8") as lines:
        return lines.readline().startswith("Postcode,")


def _select() -> str:
    empty = "CAST(NULL AS VARCHAR)"
    return f"""
    SELECT file, row_number, {clean_postcode("Postcode")} AS postcode,
      NULLIF(TRY_CAST(Eastings AS DOUBLE), 0) AS x, NULLIF(TRY_CAST(Northings AS DOUBLE), 0) AS y,
      CAST(NULL AS BIGINT) AS deprivation_decile, Admin_ward_code AS neighbourhood, {empty} AS neighbourhood_name,
      Admin_district_code AS municipality, {empty} AS municipality_name,
      Admin_county_code AS county, {empty} AS county_name,
      CASE WHEN Postcode IS NULL THEN 'no postcode' END AS reason
    FROM bulk_raw"""
