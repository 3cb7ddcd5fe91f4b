"""Owners: from one row per stated owner to `parents`. Persons are counted, never named."""

from collections.abc import Sequence

from bygd.engine import DuckEngine
from bygd.sources.files.bulk import Rejected
from bygd.sources.registers.register import rows_set_aside, text
from bygd.sources.registers.result import ReadResult
from bygd.vocabulary.tables import parents

ROWS = "owner_rows"
MAJORITY = 0.5
"""Above this share an owner controls (directive 2013/34/EU art. 22: majority of the votes)."""
LONGEST = 200
"""A name longer than this is no name."""

# Owners without a known number get one of their own. Its order follows what is stored, so that the
# order of rows changes nothing and nothing of a person stands in it.
NUMBERED = """
    SELECT *, org_id || '/' || kind || ':' || ROW_NUMBER() OVER (
        PARTITION BY org_id, kind
        ORDER BY until NULLS FIRST, is_control DESC, nature, share_low DESC NULLS LAST, share_high DESC NULLS LAST,
            since NULLS LAST, country NULLS LAST, file, row_number) AS parent_id
    FROM {rows} WHERE reason IS NULL AND owner_id IS NULL
"""

# One row per owner: what lasts before what has ended, control before influence, the latest first.
KNOWN = """
    SELECT *, owner_id AS parent_id
    FROM {rows} WHERE reason IS NULL AND owner_id IS NOT NULL
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY org_id, owner_id
        ORDER BY until DESC NULLS FIRST, is_control DESC, since DESC NULLS LAST, share_low DESC NULLS LAST,
            nature, kind, name, country, share_high) = 1
"""


def settle(
    engine: DuckEngine,
    source: str,
    rejected: Sequence[Rejected] = (),
    notes: dict[str, int] | None = None,
) -> ReadResult:
    """Turn the passing relation `owner_rows` into `parents`; the relation is dropped.

    It has one row per stated owner: file, row_number, org_id, owner_id (null where it is a person
    or has no known number), kind, name, country, nature, share_low, share_high, is_control, since,
    until, and reason (null where the row is usable). Rows without owned organisation and owners of
    themselves are set aside. Names are kept of organisations with a known number only.
    """
    engine.execute(
        f"""CREATE OR REPLACE TABLE {ROWS} AS SELECT * REPLACE (
          CASE WHEN kind = 'person' THEN NULL ELSE owner_id END AS owner_id,
          CASE WHEN reason IS NOT NULL THEN reason
               WHEN org_id IS NULL THEN 'no number of the organisation owned'
               WHEN owner_id = org_id AND kind <> 'person' THEN 'the owner of itself'
               WHEN kind IS NULL THEN 'no owner' END AS reason)
        FROM {ROWS}"""
    )
    rows = int(engine.rows(f"SELECT COUNT(*) AS n FROM {ROWS}")[0]["n"]) + len(rejected)
    set_aside = rows_set_aside(engine, ROWS, rejected)
    engine.sql(
        parents,
        f"""SELECT org_id, parent_id, kind,
          CASE WHEN owner_id IS NOT NULL AND LENGTH(name) <= {LONGEST} THEN name END AS name,
          country, nature, share_low, share_high, is_control, since, until, {text(source)} AS source
        FROM ({NUMBERED.format(rows=ROWS)} UNION ALL {KNOWN.format(rows=ROWS)})
        ORDER BY org_id, parent_id""",
    )
    engine.forget(ROWS)
    counts = engine.rows(
        """SELECT COUNT(*) AS kept, COUNT(*) FILTER (kind = 'person') AS persons,
          COUNT(DISTINCT org_id) AS owned, COUNT(*) FILTER (is_control) AS controls,
          COUNT(*) FILTER (until <= current_date) AS ended
        FROM parents"""
    )[0]
    said = {
        "organisations with an owner": counts["owned"],
        "owners that control": counts["controls"],
        "owners that no longer are": counts["ended"],
    }
    merged = rows - counts["kept"] - len(set_aside)
    return ReadResult(
        source,
        rows,
        counts["kept"],
        merged,
        tuple(set_aside),
        masked=counts["persons"],
        notes={**said, **(notes or {})},
    )
