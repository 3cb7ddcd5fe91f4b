"""A snapshot opened for some institutions holds nothing of the others' ledgers."""

from pathlib import Path

import pytest

from bygd.engine import DuckEngine
from bygd.vocabulary import tables
from bygd.workbench import project, snapshot


def whose(engine: DuckEngine) -> set[str]:
    return {row["anchor"] for row in engine.rows("SELECT DISTINCT anchor FROM suppliers")}


def test_nothing_of_other_institutions_is_there(built_sample: Path) -> None:
    current = snapshot.current(project.read(built_sample))
    with current.engine() as whole:
        anchors = sorted(whose(whole))
        counts = {
            table.__name__: whole.rows(f"SELECT COUNT(*) AS n FROM {table.__name__}")[0]["n"]
            for table in tables.ALL
            if whole.has(table)
        }
    assert len(anchors) > 1
    total = dict.fromkeys(counts, 0)
    for anchor in anchors:
        with current.engine(anchors=[anchor]) as own:
            keys = {row["supplier_key"] for row in own.rows("SELECT supplier_key FROM suppliers")}
            files = {row["file_key"] for row in own.rows("SELECT file_key FROM ledger_files")}
            for table in tables.ALL:
                columns = table.columns()
                if not own.has(table):
                    continue
                rows = own.rows(f"SELECT * FROM {table.__name__}")
                total[table.__name__] += len(rows)
                if "anchor" in columns:
                    assert {row["anchor"] for row in rows} <= {anchor}
                if "supplier_key" in columns and table is not tables.remembered_suppliers:
                    assert {row["supplier_key"] for row in rows} <= keys
                if "file_key" in columns:
                    assert {row["file_key"] for row in rows} <= files
    for table in (tables.suppliers, tables.payments, tables.spend, tables.spend_lines, tables.links, tables.set_aside):
        assert total[table.__name__] == counts[table.__name__], "what belongs to each adds up to what there is"


def test_for_no_institution_no_ledger_is_there(built_sample: Path) -> None:
    with snapshot.current(project.read(built_sample)).engine(anchors=()) as nothing:
        for name in ("payments", "suppliers", "spend", "links", "set_aside", "doubts"):
            assert nothing.rows(f"SELECT COUNT(*) AS n FROM {name}")[0]["n"] == 0
        assert nothing.rows("SELECT COUNT(*) AS n FROM organisations")[0]["n"] > 0


@pytest.mark.parametrize("anchor", ["x' OR TRUE --", "') OR ('' = '"])
def test_an_institutions_name_is_text_and_no_statement(built_sample: Path, anchor: str) -> None:
    with snapshot.current(project.read(built_sample)).engine(anchors=[anchor]) as nothing:
        assert whose(nothing) == set()
