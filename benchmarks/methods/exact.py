"""The bare exact join: names without case, accents, punctuation and legal form, where one organisation has the name.

exact.py FOLDER OUT
"""

import sys
from pathlib import Path

import duckdb

FORMS = "limited|ltd|plc|public limited company|llp|limited liability partnership|cic|community interest company"


def bare(name: str) -> str:
    """The name's letters and digits without its legal form; SQL."""
    folded = f"regexp_replace(lower(strip_accents({name})), '[''`.]', '', 'g')"
    return f"""replace(regexp_replace(
        trim(regexp_replace({folded}, '[^a-z0-9]+', ' ', 'g')), ' ({FORMS})$', ''), ' ', '')"""


def main(folder: Path, out: Path) -> None:
    with duckdb.connect() as engine:
        engine.execute("SET threads = 2")
        engine.execute(
            f"""COPY (
                WITH register AS (
                    SELECT bare, min(org_id) AS org_id FROM (
                        SELECT {bare("name")} AS bare, org_id FROM '{folder}/organisations.parquet'
                    ) GROUP BY bare HAVING count(DISTINCT org_id) = 1
                )
                SELECT supplier_key, org_id, CAST(1 AS DOUBLE) AS score
                FROM (SELECT supplier_key, {bare("name")} AS bare FROM '{folder}/suppliers.parquet')
                JOIN register USING (bare) WHERE bare <> ''
            ) TO '{out}' (FORMAT parquet)"""
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
