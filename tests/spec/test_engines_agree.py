"""Whole chain, both engines: the same payments give the same tables, files and figures."""

from pathlib import Path

import pytest
from tests.lib.town import payments, town

from bygd.engine import DuckEngine
from bygd.engine.spark import SparkEngine
from bygd.tools import spend
from bygd.tools.spend import Filter
from bygd.vocabulary import tables
from bygd.vocabulary.words import LocalBy

LEDGERS = """
    anchor | supplier  | amount  | year | seat         | branch       | ownership   | category
    X      | Bågé & Co | 100.10  | 2018 | municipality | municipality | democratic  | Bread
    X      | Bågé & Co | -0.35   | 2020 | municipality | municipality | democratic  | Bread
    X      | Chain     | 300     | 2018 | country      | municipality | private     | Tools
    X      | Mystery   | 100     | 2020 | unknown      | unknown      | unknown     | -
    X      | It's      | -20.01  | 2020 | unknown      | unknown      | unknown     | Tools
    X      | Council   | 500     | 2020 | municipality | municipality | public      | -
    Y      | Newbie    | 50      | 2018 | county       | county       | sole_trader | Food
    Y      | Newbie    | 60      | 2020 | county       | unknown      | sole_trader | Food
    Y      | Abroad    | 7       | 2020 | unknown      | world        | foreign     | Food
"""


@pytest.mark.spark
@pytest.mark.xdist_group("spark")
@pytest.mark.slow
def test_tables_files_and_figures_are_equal(spark: SparkEngine, engine: DuckEngine, tmp_path: Path) -> None:
    place = town(engine, payments(LEDGERS))
    assert town(spark, payments(LEDGERS)) == place
    for table in (tables.spend_lines, tables.seats, tables.spend, tables.doubts):
        path = tmp_path / f"{table.__name__}.parquet"
        count = spark.write(table, path)
        with DuckEngine() as other:
            other.read(table, path)
            found = other.rows(f"SELECT * FROM {table.__name__} ORDER BY ALL")
            types = other.rows(f"DESCRIBE {table.__name__}")
        assert found == engine.rows(f"SELECT * FROM {table.__name__} ORDER BY ALL")
        assert len(found) == count
        columns = ("column_name", "column_type")
        expected = engine.rows(f"DESCRIBE {table.__name__}")
        assert [[row[c] for c in columns] for row in types] == [[row[c] for c in columns] for row in expected]
        assert [file.name for file in tmp_path.iterdir() if file.name.startswith(".")] == []
    options = {"local_by": LocalBy.EITHER, "where": Filter(years=(2018, 2020))}
    assert spend.figures(spark, place, **options) == spend.figures(engine, place, **options)
    where = Filter(anchors=("X",), years=(2018, 2020), currency="EUR")
    by = ("year", "ownership")
    assert spend.table(spark, by, "branch", where=where) == spend.table(engine, by, "branch", where=where)
    assert spend.table(spark, ("category",), where=where) == spend.table(engine, ("category",), where=where)
    assert spend.flows(spark, where=where) == spend.flows(engine, where=where)
    assert spend.top_suppliers(spark, 3, where=where) == spend.top_suppliers(engine, 3, where=where)
