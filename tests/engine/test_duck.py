"""The engine on one machine: what is checked, what stands when a check fails, what a lock shuts."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bygd.engine import DuckEngine, TableError
from bygd.vocabulary import tables
from bygd.vocabulary.columns import Column, Table
from bygd.vocabulary.words import Ring


class things(Table):
    """One thing."""

    one_row_per = ("key",)
    key = Column(str, "Which.")
    ring = Column(str, "Where.", one_of=Ring, optional=True)
    amount = Column(Decimal, "How much.", optional=True)
    day = Column(date, "When.", optional=True)
    moment = Column(datetime, "When exactly.", optional=True)
    is_good = Column(bool, "Whether.", optional=True)


ROW = {"key": "a", "ring": "world", "amount": Decimal("1.50"), "day": date(2020, 1, 2), "moment": None, "is_good": True}
SELECT = "SELECT '{key}' AS key, NULL AS ring, 1 AS amount, NULL AS day, NULL AS moment, NULL AS is_good"


def test_columns_are_put_in_order_and_cast(engine: DuckEngine) -> None:
    engine.sql(
        things,
        "SELECT true AS is_good, '2020-01-02' AS day, 'a' AS key, 'world' AS ring, 1.5 AS amount, NULL AS moment",
    )
    assert engine.rows("SELECT * FROM things") == [ROW]
    assert list(engine.rows("SELECT * FROM things")[0]) == list(things.columns())


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("SELECT 1 AS key", r"things lacks the columns \['amount', 'day', 'is_good', 'moment', 'ring'\]"),
        (SELECT.format(key="a") + ", 2 AS other", r"has \['other'\] that it does not declare"),
        (SELECT.format(key="a").replace("'a'", "NULL"), r"things\.key must not be empty"),
        (SELECT.format(key="a").replace("NULL AS ring", "'moon' AS ring"), "'moon'"),
        (
            SELECT.format(key="a") + " UNION ALL " + SELECT.format(key="a"),
            "must have one row per key, but 'a' has 2",
        ),
    ],
)
def test_a_relation_that_is_not_the_table_is_refused_and_the_old_one_stands(
    engine: DuckEngine, statement: str, message: str
) -> None:
    engine.register(things, [ROW])
    with pytest.raises(TableError, match=message):
        engine.sql(things, statement)
    assert engine.rows("SELECT * FROM things") == [ROW]
    assert [row["name"] for row in engine.rows("SELECT table_name AS name FROM information_schema.tables")] == [
        "things"
    ]


def test_registered_rows_are_checked_as_well(engine: DuckEngine) -> None:
    with pytest.raises(TableError, match="one row per key"):
        engine.register(things, [ROW, ROW])
    with pytest.raises(TableError, match="lacks the columns"):
        engine.register(things, [{"key": "a"}])


def test_a_statement_may_read_the_table_it_replaces(engine: DuckEngine) -> None:
    engine.register(things, [ROW])
    engine.sql(things, "SELECT * REPLACE (amount + ? AS amount) FROM things", Decimal("2.25"))
    assert engine.rows("SELECT amount FROM things") == [{"amount": Decimal("3.75")}]


def test_written_files_come_back_with_columns_and_types(engine: DuckEngine, tmp_path: Path) -> None:
    engine.register(things, [ROW])
    assert engine.write(things, tmp_path / "things.parquet") == 1
    schema = pq.read_schema(tmp_path / "things.parquet")
    assert {field.name: str(field.type) for field in schema} == {
        "key": "string",
        "ring": "string",
        "amount": "decimal128(18, 2)",
        "day": "date32[day]",
        "moment": "timestamp[us]",
        "is_good": "bool",
    }
    with DuckEngine() as other:
        other.read(things, tmp_path / "things.parquet")
        assert other.rows("SELECT * FROM things") == [ROW]


def test_no_files_give_an_empty_table(engine: DuckEngine) -> None:
    engine.read(things, [])
    assert engine.rows("SELECT * FROM things") == []
    with pytest.raises(ValueError, match="not declared"):
        engine.read("passing", [])


def test_a_view_gives_way_to_a_table_and_back(engine: DuckEngine, tmp_path: Path) -> None:
    engine.register(things, [ROW])
    engine.write(things, tmp_path / "a.parquet")
    engine.read(things, tmp_path / "a.parquet")
    engine.register(things, [])
    assert engine.rows("SELECT * FROM things") == []
    engine.read(things, [tmp_path / "a.parquet"])
    assert engine.rows("SELECT * FROM things") == [ROW]


def test_an_engine_beside_lets_go_of_its_own_only(engine: DuckEngine, tmp_path: Path) -> None:
    engine.register(things, [ROW])
    engine.write(things, tmp_path / "things.parquet")
    engine.read(things, tmp_path / "things.parquet")  # a view, as in a build
    beside = engine.beside("second")
    beside.hold("things", pa.table({"key": ["b"]}))
    assert engine.rows("SELECT key FROM things") == [{"key": "a"}]
    assert beside.rows("SELECT key FROM things") == [{"key": "b"}]
    beside.forget("things")
    assert beside.rows("SELECT key FROM things") == [{"key": "a"}]
    beside.forget("things")
    assert engine.rows("SELECT key FROM things") == [{"key": "a"}]
    beside.close()


def test_of_what_is_held_joins_know_how_many_rows_there_are(engine: DuckEngine) -> None:
    many = pa.table({"key": pa.array(range(5_000))})
    engine.put("many", many)
    engine.hold("kept", many)
    engine.hold("kept", many)

    def planned(name: str) -> str:
        return str(engine.rows(f"EXPLAIN (FORMAT json) FROM {name}")[0]["explain_value"])

    assert '"5000"' in planned("kept") and '"5000"' not in planned("many")
    assert engine.rows("SELECT sum(key) AS sum FROM kept") == engine.rows("SELECT sum(key) AS sum FROM many")
    engine.forget("kept")
    assert not engine.has("kept") and not engine.has("kept__new")


def test_a_locked_engine_reads_its_folder_and_nothing_else(engine: DuckEngine, tmp_path: Path) -> None:
    engine.register(things, [ROW])
    inside, outside = tmp_path / "in", tmp_path / "out"
    for folder in (inside, outside):
        folder.mkdir()
        engine.write(things, folder / "it's.parquet")
    engine.read(things, inside / "it's.parquet")
    engine.lock(inside)
    assert engine.rows("SELECT * FROM things") == [ROW]
    with pytest.raises(duckdb.PermissionException):
        engine.read("passing", outside / "it's.parquet")
    with pytest.raises(duckdb.Error):
        engine.execute("SET enable_external_access = true")
    with pytest.raises(duckdb.Error):
        engine.execute("INSTALL httpfs")


def test_every_declared_table_can_stand_empty(engine: DuckEngine) -> None:
    for table in tables.ALL:
        engine.read(table, [])
        assert engine.rows(f"SELECT COUNT(*) AS n FROM {table.__name__}") == [{"n": 0}]
