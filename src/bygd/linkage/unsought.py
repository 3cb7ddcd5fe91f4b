"""Unsought: suppliers that were not looked for by name, and why."""

from bygd.engine import DuckEngine
from bygd.linkage import names, readings
from bygd.sources.conventions import Conventions

# Of suppliers without a candidate, those whose name is withheld, or of whose name nothing is left to look for.
UNSOUGHT = """
    SELECT supplier_key, CASE WHEN is_withheld THEN 'withheld' ELSE 'form_alone' END AS unsought
    FROM ({bare}) WHERE is_withheld OR core = ''
"""

NOBODY = "SELECT '' AS supplier_key, '' AS unsought LIMIT 0"


def read_unsought(engine: DuckEngine, conventions: Conventions | None) -> None:
    """Read suppliers and linkage_machine; leave linkage_unsought (supplier_key, unsought).

    `unsought` is 'withheld' where the ledger withholds the name, 'form_alone' where a legal form, small words or digits
    are all that stands there. Without conventions nobody can tell, and nobody is in it.
    """
    if conventions is None:
        engine.sql("linkage_unsought", NOBODY)
        return
    engine.sql(
        "linkage_nameless",
        f"""
        SELECT supplier_key, s.name, {readings.withheld("s.name")} AS is_withheld
        FROM suppliers s JOIN linkage_machine m USING (supplier_key)
        WHERE m.candidate_id IS NULL AND NOT s.is_masked
            AND length(s.name) <= {names.LONGEST} AND regexp_matches(s.name, '\\p{{L}}')
        """,
        readings.withheld_names(conventions),
    )
    engine.sql("linkage_unsought", UNSOUGHT.format(bare=names.split("linkage_nameless", conventions)))
    engine.forget("linkage_nameless")
