"""Postcodes and areas: from one row per postcode and place to one row per postcode, with its areas."""

from collections.abc import Mapping, Sequence

from bygd.engine import DuckEngine
from bygd.sources.conventions import Conventions
from bygd.sources.files.bulk import Rejected
from bygd.sources.registers.register import rows_set_aside, text
from bygd.sources.registers.result import ReadResult
from bygd.vocabulary.tables import areas, postcodes
from bygd.vocabulary.words import Ring

ROWS = "postcode_rows"
LEVELS = ("neighbourhood", "municipality", "county")


def settle(
    engine: DuckEngine,
    source: str,
    conventions: Conventions,
    rejected: Sequence[Rejected] = (),
    notes: Mapping[str, int] | None = None,
) -> ReadResult:
    """Turn the passing relation `postcode_rows` into `postcodes` and `areas`.

    It has file, row_number, postcode, latitude, longitude, deprivation_decile, reason (null where
    usable) and, per level of `LEVELS`, a code and a name (either may be null). A postcode whose rows
    name two municipalities gets none: it is counted, not guessed. Names and parents of areas come
    from the country's own list first, then from the file. The country itself is the outermost area.
    """
    home = text(conventions.country)
    total = int(engine.rows(f"SELECT COUNT(*) AS n FROM {ROWS}")[0]["n"]) + len(rejected)
    set_aside = rows_set_aside(engine, ROWS, rejected)
    _known_areas(engine, conventions)
    engine.execute(
        f"""CREATE OR REPLACE TABLE postcode_single AS
        SELECT postcode, {", ".join(_agreed(level) for level in LEVELS)},
          ROUND(AVG(latitude), 6) AS latitude, ROUND(AVG(longitude), 6) AS longitude,
          MIN(deprivation_decile) AS deprivation_decile,
          COALESCE(MIN(municipality) <> MAX(municipality), FALSE) AS is_doubtful
        FROM {ROWS} WHERE reason IS NULL GROUP BY postcode"""
    )
    engine.sql(
        postcodes,
        f"""SELECT {home} AS country, postcode, {_id("neighbourhood", home)}, {_id("municipality", home)},
          {home} || ':' || COALESCE(p.county, CASE WHEN a.parent_level = 'county' THEN a.parent END) AS county_id,
          latitude, longitude, deprivation_decile
        FROM postcode_single p LEFT JOIN area_known a ON p.municipality = a.code ORDER BY postcode""",
    )
    engine.sql(areas, _areas(home, text(conventions.country_name or conventions.country)))
    counts = engine.rows(
        """SELECT COUNT(*) AS kept, COUNT(*) FILTER (p.municipality_id IS NULL) AS without_municipality,
          COUNT(*) FILTER (is_doubtful) AS doubtful, COUNT(*) FILTER (p.latitude IS NULL) AS without_position
        FROM postcodes p JOIN postcode_single s ON p.postcode = s.postcode"""
    )[0]
    for relation in (ROWS, "postcode_single", "area_known"):
        engine.forget(relation)
    return ReadResult(
        source,
        total,
        counts["kept"],
        total - counts["kept"] - len(set_aside),
        tuple(set_aside),
        notes={
            "postcodes without a municipality": counts["without_municipality"],
            "of these, because their rows name several": counts["doubtful"],
            "postcodes without a position": counts["without_position"],
            **(notes or {}),
        },
    )


def _known_areas(engine: DuckEngine, conventions: Conventions) -> None:
    """The country's own list of areas, as the passing relation `area_known`."""
    levels = {area.code: area.level for area in conventions.areas}
    listed = [
        (area.code, area.level, area.name, area.parent or None, levels.get(area.parent)) for area in conventions.areas
    ]
    engine.execute(
        "CREATE OR REPLACE TABLE area_known "
        "(code VARCHAR, level VARCHAR, name VARCHAR, parent VARCHAR, parent_level VARCHAR)"
    )
    if listed:
        values = ", ".join(f"({', '.join('NULL' if cell is None else text(cell) for cell in row)})" for row in listed)
        engine.execute(f"INSERT INTO area_known VALUES {values}")


def _agreed(level: str) -> str:
    """The code all rows of a postcode agree on, else nothing."""
    return f"CASE WHEN MIN({level}) = MAX({level}) THEN MIN({level}) END AS {level}"


def _id(level: str, home: str) -> str:
    return f"{home} || ':' || p.{level} AS {level}_id"


def _areas(home: str, name: str) -> str:
    """Areas of the country's list, then those only the file knows, each in the smallest known area around it."""
    found = " UNION ALL ".join(
        f"SELECT {level} AS code, '{level}' AS level, {level}_name AS name, {around} AS around, deprivation_decile "
        f"FROM {ROWS} WHERE reason IS NULL AND {level} IS NOT NULL"
        for level, around in zip(LEVELS, ("municipality", "county", "CAST(NULL AS VARCHAR)"), strict=True)
    )
    return f"""
    WITH found AS ({found}),
    one AS (
      SELECT code, MIN(level) AS level, MIN(name) AS name, MIN(around) AS around, MIN(deprivation_decile) AS decile
      FROM found GROUP BY code
    ),
    listed AS (
      SELECT COALESCE(k.code, o.code) AS code, COALESCE(k.level, o.level) AS level,
        COALESCE(k.name, o.name, o.code) AS name,
        COALESCE(k.parent, o.around) AS parent, CASE WHEN o.level = 'neighbourhood' THEN decile END AS decile
      FROM one o FULL JOIN area_known k ON o.code = k.code
    )
    SELECT {home} || ':' || code AS area_id, level, name, COALESCE({home} || ':' || parent, {home}) AS parent_id,
      decile AS deprivation_decile FROM listed
    UNION ALL
    SELECT {home}, '{Ring.COUNTRY}', {name}, NULL, NULL
    ORDER BY 1
    """
