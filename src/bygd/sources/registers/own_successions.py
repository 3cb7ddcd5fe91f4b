"""Successions of one's own: any table that says which organisation took another's place."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bygd.engine import DuckEngine
from bygd.sources.conventions import Conventions
from bygd.sources.registers import own_table
from bygd.sources.registers.own_number import bare, clean, find_persons
from bygd.sources.registers.register import rows_set_aside, text
from bygd.sources.registers.result import ReadResult
from bygd.vocabulary.tables import successions

FIELDS = ("number", "successor_number", "kind", "happened_on")
SETTINGS = ("scheme",)
ROWS = "succession_rows"
KINDS = {
    "merged": "merge|absor|fusion|fusie|samgått|uppgått",
    "converted": "convert|ombild|omvandl|omzet|omgezet",
    "reregistered": "re-?regis|registered (anew|again)|nyregist|omregist|herinschr|opnieuw",
    "split": "split|demerge|division|delning|delat|klyv",
}
"""Word of `Succession` → how lists say it, in lower case; anything else is 'succeeded'."""


def read(
    engine: DuckEngine,
    paths: Sequence[Path],
    conventions: Conventions,
    columns: Mapping[str, Any] | None,
    headers: Mapping[str, Sequence[str]],
    source: str,
) -> ReadResult:
    """`successions` from CSV, XLSX, XLS or ODS, packed or not.

    `columns` gives the header's name per field of `FIELDS`; see `own_table.gather`. Numbers are
    cleaned as those of a register of one's own. Of rows about the same two organisations the earliest
    day stands. Rows are set aside that lack a number, name a person, a day that cannot be, or an
    organisation as its own successor. Chains, forks and cycles are kept: linkage tells what comes of them.
    """
    mapping = dict(columns or {})
    own_table.gather(engine, "own_cells", paths, FIELDS, mapping, headers, ("number", "successor_number"), SETTINGS)
    raws = ", ".join(f"{bare(column)} AS {column}_raw" for column in ("number", "successor_number"))
    old, new = (
        clean(conventions, f"{column}_raw", mapping.get("scheme", "")) for column in ("number", "successor_number")
    )
    engine.execute(
        f"""CREATE OR REPLACE TABLE own_numbered AS WITH cells AS (SELECT *, {raws} FROM own_cells)
        SELECT *, {old} AS org_id, {new} AS successor_id FROM cells"""
    )
    find_persons(engine, "own_persons", "own_numbered", "number", "org_id", conventions)
    find_persons(engine, "own_succeeding", "own_numbered", "successor_number", "successor_id", conventions)
    engine.execute(f"CREATE OR REPLACE TABLE {ROWS} AS {_rows(conventions)}")
    rows = int(engine.rows(f"SELECT COUNT(*) AS n FROM {ROWS}")[0]["n"])
    set_aside = rows_set_aside(engine, ROWS, ())
    engine.sql(
        successions,
        f"""SELECT org_id, successor_id, kind, happened_on, {text(source)} AS source FROM {ROWS} WHERE reason IS NULL
        QUALIFY ROW_NUMBER() OVER (
          PARTITION BY org_id, successor_id ORDER BY happened_on NULLS LAST, kind = 'succeeded', kind) = 1
        ORDER BY org_id, successor_id""",
    )
    kept = int(engine.rows("SELECT COUNT(*) AS n FROM successions")[0]["n"])
    for relation in ("own_cells", "own_numbered", "own_persons", "own_succeeding", ROWS):
        engine.forget(relation)
    return ReadResult(source, rows, kept, rows - kept - len(set_aside), tuple(set_aside))


def _rows(conventions: Conventions) -> str:
    kinds = " ".join(f"WHEN REGEXP_MATCHES(LOWER(n.kind), '{words}') THEN '{kind}'" for kind, words in KINDS.items())
    day = own_table.day("n.happened_on", conventions)
    return f"""
    SELECT n.file, n.row_number, n.org_id, n.successor_id, CASE {kinds} ELSE 'succeeded' END AS kind,
      {day} AS happened_on,
      CASE WHEN n.org_id IS NULL THEN 'no number'
           WHEN n.successor_id IS NULL THEN 'no number of the successor'
           WHEN o.person IS NOT NULL OR s.person IS NOT NULL THEN 'one of them is a person'
           WHEN n.org_id = n.successor_id THEN 'the successor of itself'
           WHEN n.happened_on IS NOT NULL AND {day} IS NULL THEN 'a day that cannot be' END AS reason
    FROM own_numbered n LEFT JOIN own_persons o ON n.number = o.text
    LEFT JOIN own_succeeding s ON n.successor_number = s.text"""
