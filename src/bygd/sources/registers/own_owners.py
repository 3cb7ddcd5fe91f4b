"""Owners of one's own: any table that says who owns whom, read through a mapping of its columns."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bygd.engine import DuckEngine
from bygd.sources.conventions import Conventions
from bygd.sources.registers import own_table
from bygd.sources.registers.country_names import NOWHERE, country_codes
from bygd.sources.registers.own_number import OTHER, bare, clean, find_persons
from bygd.sources.registers.owners import MAJORITY, ROWS, settle
from bygd.sources.registers.result import ReadResult

FIELDS = ("number", "parent_number", "parent_name", "parent_country", "parent_kind", "share", "since", "until")
SETTINGS = ("scheme",)
LEI = "[A-Z0-9]{18}[0-9]{2}"
"""Legal entity identifier (ISO 17442)."""
PERSON = "person|individual|privat|natuurlijk|fysisk"
PUBLIC = "public|state|government|municipal|council|offentlig|stat|kommun|region|overheid|gemeente|provincie"


def read(
    engine: DuckEngine,
    paths: Sequence[Path],
    conventions: Conventions,
    columns: Mapping[str, Any] | None,
    headers: Mapping[str, Sequence[str]],
    source: str,
) -> ReadResult:
    """`parents` from CSV, XLSX, XLS or ODS, packed or not; see `bygd.sources.registers.owners.settle`.

    `columns` gives the header's name per field of `FIELDS`; see `own_table.gather`. Numbers are
    cleaned as those of a register of one's own; an owner in another country is `XX-OTHER:number`, one
    with an LEI `XI-LEI:…`. Shares are per cent where any has the sign or is above one, else parts of
    one; an owner without a share controls. A personal number, or a kind that says so, makes a person.
    Rows are set aside where the number of the owned is missing or a person's, where nothing is said
    of the owner, and where a share cannot be.
    """
    mapping = dict(columns or {})
    own_table.gather(engine, "own_cells", paths, FIELDS, mapping, headers, ("number", "parent_number"), SETTINGS)
    scheme = mapping.get("scheme", "")
    codes = country_codes(engine, "own_cells", "parent_country", conventions)
    home = f"'{conventions.country}'"
    raws = ", ".join(f"{bare(column)} AS {column}_raw" for column in ("number", "parent_number"))
    number, owner = (clean(conventions, f"{column}_raw", scheme) for column in ("number", "parent_number"))
    percent = "REGEXP_REPLACE(REPLACE(share, ',', '.'), '[%\\s\\x{00a0}]', '', 'g')"
    engine.execute(
        f"""CREATE OR REPLACE TABLE own_numbered AS
        WITH cells AS (
          SELECT o.*, {raws}, TRY_CAST({percent} AS DOUBLE) AS part, CONTAINS(COALESCE(share, ''), '%') AS is_percent,
            CASE WHEN parent_country IS NULL THEN {home} ELSE COALESCE(c.code, '{NOWHERE}') END AS country
          FROM own_cells o LEFT JOIN {codes} c ON parent_country = c.text)
        SELECT *, {number} AS org_id,
          CASE WHEN REGEXP_FULL_MATCH(parent_number_raw, '{LEI}') THEN 'XI-LEI:' || parent_number_raw
               WHEN country <> {home} THEN UPPER(country) || '-{OTHER}:' || parent_number_raw
               ELSE {owner} END AS owner_id,
          part / CASE WHEN MAX(is_percent OR part > 1) OVER () THEN 100 ELSE 1 END AS held
        FROM cells"""
    )
    find_persons(engine, "own_persons", "own_numbered", "number", "org_id", conventions)
    find_persons(engine, "own_owning_persons", "own_numbered", "parent_number", "owner_id", conventions)
    engine.execute(f"CREATE OR REPLACE TABLE {ROWS} AS {_rows(conventions)}")
    for relation in ("own_cells", "own_numbered", "own_persons", "own_owning_persons", codes):
        engine.forget(relation)
    return settle(engine, source)


def _rows(conventions: Conventions) -> str:
    kind = "LOWER(COALESCE(n.parent_kind, ''))"
    return f"""
    SELECT n.file, n.row_number, n.org_id, n.owner_id,
      CASE WHEN o.person IS NOT NULL OR REGEXP_MATCHES({kind}, '{PERSON}') THEN 'person'
           WHEN REGEXP_MATCHES({kind}, '{PUBLIC}') THEN 'public_body' ELSE 'organisation' END AS kind,
      n.parent_name AS name, n.country,
      CASE WHEN n.share IS NULL THEN 'unknown' ELSE 'shares' END AS nature,
      n.held AS share_low, n.held AS share_high, n.share IS NULL OR n.held > {MAJORITY} AS is_control,
      {own_table.day("n.since", conventions)} AS since, {own_table.day("n.until", conventions)} AS until,
      CASE WHEN p.person IS NOT NULL THEN 'the one owned is a person'
           WHEN n.parent_number IS NULL AND n.parent_name IS NULL AND n.parent_kind IS NULL THEN 'no owner'
           WHEN n.share IS NOT NULL AND (n.held IS NULL OR n.held < 0 OR n.held > 1) THEN 'a share that cannot be'
           WHEN n.until IS NOT NULL AND {own_table.day("n.until", conventions)} IS NULL THEN 'a day that cannot be'
      END AS reason
    FROM own_numbered n LEFT JOIN own_persons p ON n.number = p.text
    LEFT JOIN own_owning_persons o ON n.parent_number = o.text"""
