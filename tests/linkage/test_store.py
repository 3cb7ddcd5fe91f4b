"""The kept index gives the same candidates as a fresh one, and follows the register."""

from pathlib import Path
from typing import Any

from tests.lib.linking import load

from bygd.countries import pack
from bygd.engine import DuckEngine
from bygd.linkage import propose

SUPPLIERS = [{"name": "Acorn Joinery"}, {"name": "Beech Jonery Works"}]
REGISTER = [
    {"org_id": "GB-COH:00000001", "name": "Acorn Joinery Ltd"},
    {"org_id": "GB-COH:00000002", "name": "Beech Joinery Works Limited"},
]


def candidates(engine: DuckEngine, folder: Path | None) -> list[dict[str, Any]]:
    propose(engine, pack.load("gb").conventions(), index_folder=folder)
    return engine.rows("SELECT * FROM link_candidates ORDER BY supplier_key, position")


def test_kept_index_gives_the_same(engine: DuckEngine, tmp_path: Path) -> None:
    load(engine, SUPPLIERS, REGISTER)
    fresh = candidates(engine, None)
    assert fresh
    assert candidates(engine, tmp_path) == fresh
    kept = sorted(path.name for path in tmp_path.iterdir())
    assert candidates(engine, tmp_path) == fresh
    assert sorted(path.name for path in tmp_path.iterdir()) == kept


def test_another_register_takes_its_place(engine: DuckEngine, tmp_path: Path) -> None:
    load(engine, SUPPLIERS, REGISTER)
    candidates(engine, tmp_path)
    load(engine, SUPPLIERS, [{"org_id": "GB-COH:00000003", "name": "Acorn Joinery Ltd"}])
    assert {row["org_id"] for row in candidates(engine, tmp_path)} == {"GB-COH:00000003"}
    assert len(list(tmp_path.iterdir())) == 1


def test_a_broken_index_is_built_anew(engine: DuckEngine, tmp_path: Path) -> None:
    load(engine, SUPPLIERS, REGISTER)
    fresh = candidates(engine, tmp_path)
    next(tmp_path.glob("names-*/counts.npy")).unlink()
    assert candidates(engine, tmp_path) == fresh


def test_a_new_address_is_seen(engine: DuckEngine, tmp_path: Path) -> None:
    suppliers = [{"name": "Acorn Joinery", "postcode": "PR1 2AB"}]
    for postcode, stage in (("LS1 1AA", "name"), ("PR1 2AB", "name_place")):
        load(engine, suppliers, [{**REGISTER[0], "postcode": postcode}])
        assert [row["stage"] for row in candidates(engine, tmp_path)] == [stage]


def test_a_register_told_by_its_mark_is_not_looked_through(engine: DuckEngine, tmp_path: Path) -> None:
    conventions = pack.load("gb").conventions()
    load(engine, SUPPLIERS, REGISTER)
    propose(engine, conventions, index_folder=tmp_path, register="first")
    load(engine, SUPPLIERS, [])
    propose(engine, conventions, index_folder=tmp_path, register="first")
    assert engine.rows("SELECT 1 AS one FROM link_candidates")
    propose(engine, conventions, index_folder=tmp_path, register="second")
    assert engine.rows("SELECT 1 AS one FROM link_candidates") == []


def test_with_and_without_a_mark_the_index_is_the_same(engine: DuckEngine, tmp_path: Path) -> None:
    load(engine, SUPPLIERS, REGISTER)
    found = candidates(engine, tmp_path)
    (kept,) = tmp_path.iterdir()
    made = (kept / "counts.npy").stat().st_mtime_ns
    propose(engine, pack.load("gb").conventions(), index_folder=tmp_path, register="first")
    assert candidates(engine, tmp_path) == found
    assert list(tmp_path.iterdir()) == [kept] and (kept / "counts.npy").stat().st_mtime_ns == made
