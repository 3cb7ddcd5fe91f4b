"""What is compared: every registered name and every supplier's name, read into a fixed order."""

from bygd.engine import DuckEngine
from bygd.linkage import hidden, names
from bygd.linkage.persons import like_a_person
from bygd.linkage.renamed import renamed
from bygd.sources.conventions import Conventions


def read_names(engine: DuckEngine, conventions: Conventions) -> None:
    """Leaves `linkage_names`: every name of every organisation that is not masked, `name_id` in a fixed order.

    `is_other` is 0 for registered names, 1 for former and trading names, and 2 for those that hide in a registered one,
    which stand behind all others.
    """
    engine.sql(
        "linkage_given",
        """
        SELECT CAST(row_number() OVER () - 1 AS INTEGER) AS name_id, * FROM (
            SELECT org_id, name, min(is_other) AS is_other, min(is_ended) AS is_ended FROM (
                SELECT org_id, name, 0 AS is_other, CAST(status = 'ended' AS INTEGER) AS is_ended
                FROM organisations WHERE NOT is_masked
                UNION ALL
                SELECT n.org_id, n.name, CAST(n.kind <> 'registered' AS INTEGER), CAST(o.status = 'ended' AS INTEGER)
                FROM organisation_names n JOIN organisations o USING (org_id) WHERE NOT o.is_masked
            ) GROUP BY org_id, name ORDER BY org_id, name
        )
        """,
    )
    engine.sql("linkage_cut", hidden.cut("linkage_given", conventions))
    engine.sql("linkage_whole", "FROM linkage_given WHERE name_id IN (SELECT of FROM linkage_cut)")
    engine.sql("linkage_hidden", hidden.unlike("linkage_cut", "linkage_whole", conventions))
    engine.sql("linkage_names", names.split(f"({NAMED})", conventions))
    for passing in ("linkage_given", "linkage_cut", "linkage_whole", "linkage_hidden"):
        engine.forget(passing)


NAMED = f"""
    FROM linkage_given
    UNION ALL BY NAME
    SELECT CAST((SELECT count(*) FROM linkage_given) + row_number() OVER () - 1 AS INTEGER) AS name_id, *,
        {hidden.HIDDEN} AS is_other
    FROM (
        SELECT org_id, name, min(is_ended) AS is_ended FROM linkage_hidden
        GROUP BY org_id, name ORDER BY org_id, name
    )
"""


AFTER_CUTS = 20
"""The place of other names in the order in which a supplier's names are tried, behind those in its own."""


def read_queries(engine: DuckEngine, conventions: Conventions) -> None:
    """Leaves `linkage_queries`, suppliers' names to look for, and `linkage_cores`, their distinct cores.

    A supplier found by a checked number is sure: only names that are the same as its own are compared (`is_sure`).
    Sure suppliers have cores of their own, so that what is compared does not depend on who else writes the same name.
    """
    engine.sql(
        "linkage_asked",
        f"""
        SELECT supplier_key, name FROM suppliers WHERE NOT is_masked AND NOT {withheld("name")}
        """,
        withheld_names(conventions),
    )
    cuts = names.variants(conventions)
    others = renamed("linkage_asked", AFTER_CUTS, conventions)
    engine.sql("linkage_variants", f"{cuts} UNION ALL BY NAME {others}")
    engine.sql("linkage_worded", f"FROM ({names.split('linkage_variants', conventions)}) WHERE core <> ''")
    engine.sql(
        "linkage_queries",
        f"""
        WITH sure AS (SELECT DISTINCT supplier_key FROM linkage_numbers WHERE is_checked)
        SELECT w.*, s.supplier_key IS NOT NULL AS is_sure, {like_a_person("core", conventions)} AS is_person,
            CAST(dense_rank() OVER (ORDER BY core, s.supplier_key IS NOT NULL) - 1 AS INTEGER) AS core_id
        FROM linkage_worded w LEFT JOIN sure s USING (supplier_key)
        WHERE place = 0 OR s.supplier_key IS NULL
        QUALIFY row_number() OVER (PARTITION BY w.supplier_key, core ORDER BY place) = 1
        """,
    )
    read_cores(engine)
    for passing in ("linkage_asked", "linkage_variants", "linkage_worded"):
        engine.forget(passing)


def withheld(column: str) -> str:
    """SQL: whether the column is one of the `withheld_names`, its parameter; digits beside it do not count."""
    return f"list_contains(?, trim(regexp_replace({names.cleaned(column)}, '[0-9 ]+', ' ', 'g')))"


def withheld_names(conventions: Conventions) -> list[str]:
    """What ledgers of the country write instead of a name."""
    return sorted({names.fold(word) for word in conventions.redacted_names}) or [""]


def read_cores(engine: DuckEngine) -> None:
    """Leaves `linkage_cores`: the distinct cores of `linkage_queries`, numbered from nought."""
    engine.sql(
        "linkage_cores",
        """
        SELECT core_id AS name_id, core, any_value(squeezed) AS squeezed, any_value(is_sure) AS is_sure
        FROM linkage_queries GROUP BY core_id, core ORDER BY name_id
        """,
    )
