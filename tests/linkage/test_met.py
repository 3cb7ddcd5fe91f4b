"""What was met before gives the same candidates as meeting anew, whatever else changed since."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.lib.linking import load

from bygd.countries import pack
from bygd.engine import DuckEngine
from bygd.linkage import halves, pairs, propose
from bygd.linkage.index import TokenIndex

ACORN = {"org_id": "GB-COH:00000001", "name": "Acorn Joinery Ltd", "postcode": "PR1 2AB"}
REGISTER = [
    ACORN,
    *({"org_id": f"GB-COH:000001{n:02}", "name": "Acorn Joinery Ltd", "postcode": f"LS{n} 1AA"} for n in range(30)),
    {"org_id": "GB-COH:00000002", "name": "Beech Joinery Works Limited"},
    {"org_id": "GB-COH:00000003", "name": "Birch Joinery Works (The Turnery) Limited"},
    {"org_id": "GB-COH:00000004", "name": "Quarry Lane Nursery CIC"},
]
SUPPLIERS = [
    {"name": "Acorn Joinery"},
    {"name": "Beech Jonery Works"},
    {"name": "The Turnery"},
    {"name": "Zyx Qvw"},
    {"name": "Nobody Ltd t/a Quarry Lane Nursery"},
]
LATER: list[list[dict[str, Any]]] = [
    SUPPLIERS,
    SUPPLIERS[:2],
    [*SUPPLIERS, {"name": "Quary Lane Nursry"}, {"name": "Birch Joinery Works Ltd"}],
    [{"name": "Acorn Joinery", "postcode": "PR1 2AB"}, {"name": "Acorn Joinery (Leeds)", "org_number": "00000002"}],
    [{"name": "Larch Roofing"}],
    [],
]


def candidates(engine: DuckEngine, suppliers: list[dict[str, Any]], folder: Path | None) -> list[dict[str, Any]]:
    load(engine, suppliers, REGISTER)
    propose(engine, pack.load("gb").conventions(), index_folder=folder)
    return engine.rows("SELECT * FROM link_candidates ORDER BY supplier_key, position")


def kept(folder: Path) -> Path:
    (file,) = folder.glob("names-*/met-*")
    return file


@pytest.fixture(scope="module", params=[1, 1_000])
def met(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An index with which the suppliers were met, half by half and all in one."""
    folder = tmp_path_factory.mktemp("met")
    with pytest.MonkeyPatch.context() as patch, DuckEngine(threads=2) as engine:
        patch.setattr(halves, "FEWEST", request.param)
        candidates(engine, SUPPLIERS, folder)
        yield folder


@pytest.mark.parametrize("later", LATER)
def test_what_was_met_before_is_what_is_met_anew(later: list[dict[str, Any]], met: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(met, tmp_path / "index"))
    with DuckEngine(threads=2) as engine:
        anew = candidates(engine, later, None)
        assert candidates(engine, later, folder) == anew
        assert candidates(engine, later, folder) == anew


def test_names_that_were_met_are_neither_searched_nor_measured_again(
    engine: DuckEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    candidates(engine, SUPPLIERS, tmp_path)
    looked: list[int] = []
    search, compare = TokenIndex.search, pairs.likeness.compare
    monkeypatch.setattr(TokenIndex, "search", lambda *a: looked.append(a[1].shape[0]) or search(*a))
    monkeypatch.setattr(pairs.likeness, "compare", lambda *a: looked.append(len(a[2])) or compare(*a))
    candidates(engine, SUPPLIERS, tmp_path)
    assert looked == [0, 0]
    candidates(engine, [*SUPPLIERS, {"name": "Larch Joinery"}], tmp_path)
    assert looked[2] == 1 and 0 < looked[3] < len(REGISTER)


def test_a_name_that_nobody_asks_for_any_more_is_not_kept(engine: DuckEngine, tmp_path: Path) -> None:
    candidates(engine, SUPPLIERS, tmp_path)
    assert b"turnery" in kept(tmp_path).read_bytes()
    candidates(engine, SUPPLIERS[:2], tmp_path)
    assert b"turnery" not in kept(tmp_path).read_bytes()


def test_another_register_is_met_anew(engine: DuckEngine, tmp_path: Path) -> None:
    candidates(engine, SUPPLIERS, tmp_path)
    load(engine, SUPPLIERS, [{"org_id": "GB-COH:00000009", "name": "Acorn Joinery Ltd"}])
    propose(engine, pack.load("gb").conventions(), index_folder=tmp_path)
    assert {row["org_id"] for row in engine.rows("FROM link_candidates")} == {"GB-COH:00000009"}


def test_a_file_that_is_cut_off_is_met_anew(engine: DuckEngine, tmp_path: Path) -> None:
    anew = candidates(engine, SUPPLIERS, tmp_path)
    whole = kept(tmp_path).read_bytes()
    kept(tmp_path).write_bytes(whole[: len(whole) // 2])
    assert candidates(engine, SUPPLIERS, tmp_path) == anew
    assert kept(tmp_path).read_bytes() == whole
