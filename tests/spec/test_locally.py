"""Steps written for DuckDB: on DuckDB itself, from Spark in one piece, and from Spark in parts."""

from pathlib import Path
from uuid import uuid4

import pytest
from tests.lib.linking import ORGANISATION, SUPPLIER

from bygd.engine import DuckEngine, Engine
from bygd.engine.spark import SparkEngine
from bygd.vocabulary import tables

READS = (tables.organisations, tables.workplaces)


def step(engine: DuckEngine, kept: Path | None) -> int:
    """Every supplier and how many came with it; what is kept tells how often the step was run."""
    if kept:
        (kept / str(uuid4())).touch()
    engine.sql(
        tables.organisation_names,
        """
        SELECT supplier_key AS org_id, CAST((SELECT count(*) FROM suppliers) AS VARCHAR) AS name, 'registered' AS kind,
            NULL AS "until"
        FROM suppliers WHERE (SELECT count(*) FROM organisations) = 3
        """,
    )
    return int(engine.rows("SELECT count(*) AS n FROM suppliers")[0]["n"])


def given(engine: Engine) -> None:
    suppliers = [{**SUPPLIER, "supplier_key": f"k{number}", "name": "Acorn"} for number in range(40)]
    engine.register(tables.suppliers, suppliers)
    engine.register(tables.organisations, [{**ORGANISATION, "org_id": f"o{n}", "name": "Acorn"} for n in range(3)])


def came_with(engine: Engine) -> dict[str, int]:
    return {row["org_id"]: int(row["name"]) for row in engine.rows("SELECT * FROM organisation_names")}


def test_duck_runs_a_step_on_itself(engine: DuckEngine, tmp_path: Path) -> None:
    given(engine)
    assert engine.locally(step, READS, tables.organisation_names, each=tables.suppliers, kept=tmp_path) == 40
    assert came_with(engine) == {f"k{number}": 40 for number in range(40)}
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.spark
@pytest.mark.xdist_group("spark")
@pytest.mark.slow
def test_spark_runs_a_step_in_one_piece_or_on_parts(spark: SparkEngine, tmp_path: Path) -> None:
    given(spark)
    assert spark.locally(step, (*READS, tables.suppliers), tables.organisation_names) == 40
    assert came_with(spark) == {f"k{number}": 40 for number in range(40)}
    # On no rows first, then on every part; each supplier is in one of them.
    assert spark.locally(step, READS, tables.organisation_names, each=tables.suppliers, kept=tmp_path) == 0
    parts = came_with(spark)
    assert parts.keys() == {f"k{number}" for number in range(40)}
    assert max(parts.values()) < 40
    assert len(list(tmp_path.iterdir())) == 3
