"""Registers merged: what several registers say about one organisation, as one row."""

from collections.abc import Sequence
from pathlib import Path

from bygd.engine import DuckEngine
from bygd.sources.registers.register import text
from bygd.vocabulary.tables import organisation_names, organisations, parents, successions, workplaces

TABLES = (organisations, organisation_names, workplaces, parents, successions)
FIRST = (
    "name", "legal_form", "registered_on", "ended_on", "postcode", "town", "municipality", "country", "industry",
    "source",
)  # fmt: skip
"""Columns for which the preferred register that fills them is taken; unknown words count as not filled."""
WORDS = ("status", "size_band")
OWNER_ORDER = ("until DESC NULLS FIRST", "is_control DESC", *(n for n in parents.columns() if n != "until"))
"""Of two rows about one owner the one that lasts, then the one that controls; the rest only breaks ties."""


def merge(engine: DuckEngine, folders: Sequence[Path], preferred: Sequence[str]) -> None:
    """The tables of `TABLES` from folders of Parquet files, one a register.

    One row per organisation: each column comes from the register that stands first in `preferred`
    among those that fill it; registers that are not listed come last. `source` is the first of
    them. A name that differs from the one taken stands in `organisation_names`. An organisation is
    masked where any register masked it; nothing of its names is kept then. All that is said of the
    owners of one organisation comes from the preferred source that says anything. A succession is
    told by the preferred source that knows it.
    """
    if len(folders) < 2:
        for table in TABLES:
            engine.read(table, [folder / f"{table.__name__}.parquet" for folder in folders])
        return
    for table in TABLES:
        engine.read(f"all_{table.__name__}", [folder / f"{table.__name__}.parquet" for folder in folders])
    rank = " ".join(f"WHEN {text(source)} THEN {place}" for place, source in enumerate(preferred))
    rank = f"CASE source {rank} ELSE {len(preferred)} END" if rank else "0"
    engine.execute(
        f"""CREATE OR REPLACE TABLE ranked AS
        WITH repeated AS (SELECT org_id FROM all_organisations GROUP BY org_id HAVING COUNT(*) > 1)
        SELECT *, {rank} AS rank FROM all_organisations SEMI JOIN repeated USING (org_id)"""
    )
    taken = ", ".join(
        [f"ARG_MIN({column}, rank) AS {column}" for column in FIRST]
        + [f"COALESCE(ARG_MIN(NULLIF({column}, 'unknown'), rank), 'unknown') AS {column}" for column in WORDS]
    )
    engine.sql(
        organisations,
        f"""SELECT * FROM all_organisations ANTI JOIN (SELECT DISTINCT org_id FROM ranked) USING (org_id)
        UNION ALL BY NAME
        SELECT org_id, {taken}, BOOL_OR(is_masked) AS is_masked FROM ranked GROUP BY org_id
        ORDER BY org_id""",
    )
    engine.sql(
        organisation_names,
        """
        WITH named AS (
          SELECT org_id, name, kind, until FROM all_organisation_names
          UNION ALL SELECT org_id, name, 'registered', NULL FROM ranked
        )
        SELECT n.org_id, n.name, MAX(n.kind) AS kind, MAX(n.until) AS until
        FROM named n JOIN organisations o ON n.org_id = o.org_id
        WHERE NOT o.is_masked AND n.name <> o.name
        GROUP BY n.org_id, n.name ORDER BY n.org_id, n.name""",
    )
    others = ", ".join(f"MIN({column}) AS {column}" for column in workplaces.columns() if column != "workplace_key")
    engine.sql(
        workplaces,
        f"SELECT workplace_key, {others} FROM all_workplaces GROUP BY workplace_key ORDER BY workplace_key",
    )
    engine.sql(
        parents,
        f"""
        WITH preferred AS (
          SELECT * FROM all_parents QUALIFY DENSE_RANK() OVER (PARTITION BY org_id ORDER BY {rank}, source) = 1
        )
        SELECT * FROM preferred
        QUALIFY ROW_NUMBER() OVER (PARTITION BY org_id, parent_id ORDER BY {", ".join(OWNER_ORDER)}) = 1
        ORDER BY org_id, parent_id""",
    )
    engine.sql(
        successions,
        f"""
        SELECT * FROM all_successions
        QUALIFY ROW_NUMBER() OVER (
          PARTITION BY org_id, successor_id ORDER BY {rank}, happened_on NULLS LAST, kind, source) = 1
        ORDER BY org_id, successor_id""",
    )
    engine.forget("ranked")
    for table in TABLES:
        engine.forget(f"all_{table.__name__}")
