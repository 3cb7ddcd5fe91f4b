"""Names on the shelf are fetched by id and by hash, whichever batch they stand in."""

from pathlib import Path

import numpy as np
import pyarrow as pa
from tests.lib.linking import ORGANISATION

from bygd.engine import DuckEngine
from bygd.linkage.shelf import Lookup, Shelf
from bygd.vocabulary import tables

NAMES = [(f"XX:{number // 2:03}", f"Name {number}", f"name{number % 7}") for number in range(40)]


def shelved(engine: DuckEngine) -> None:
    """A register of twenty organisations of two names each."""
    ids = sorted({org_id for org_id, _, _ in NAMES})
    engine.register(tables.organisations, [{**ORGANISATION, "org_id": id, "name": id, "town": id[-1]} for id in ids])
    rows = {
        "name_id": list(range(len(NAMES))),
        "org_id": [org_id for org_id, _, _ in NAMES],
        "name": [name for _, name, _ in NAMES],
        "squeezed": [squeezed for _, _, squeezed in NAMES],
    }
    other = {"is_other": 0, "is_ended": 0, "form": None, "core": "x"}
    engine.put("linkage_names", pa.table({**rows, **{name: [value] * len(NAMES) for name, value in other.items()}}))


def hashed(engine: DuckEngine, *texts: str) -> np.ndarray:
    return np.asarray(engine.arrow("SELECT hash(unnest(?)) AS h", list(texts))["h"].to_numpy())


def test_names_are_found_by_what_they_are_squeezed_to(engine: DuckEngine) -> None:
    shelved(engine)
    shelf = Shelf.of(engine)
    place, ids = shelf.squeezed.find(hashed(engine, "nowhere", "name6", "name0"))
    assert sorted(zip(place.tolist(), ids.tolist(), strict=True)) == [
        (place, number) for place, rest in ((1, 6), (2, 0)) for number in range(40) if number % 7 == rest
    ]
    assert sorted(shelf.owners.find(hashed(engine, "XX:003"))[1]) == [6, 7]


def test_names_in_several_batches_are_taken_in_order(engine: DuckEngine) -> None:
    shelved(engine)
    whole = Shelf.of(engine)
    cut = pa.Table.from_batches(whole.batches).to_batches(max_chunksize=7)
    shelf = Shelf(tuple(cut), whole.squeezed, whole.owners)
    assert len(shelf.batches) > 3 and len(shelf) == len(NAMES)
    for ids in ([], [0], [6, 7, 39], range(40)):
        found = shelf.take(np.array(ids, dtype=np.int64))
        assert found["name"].to_pylist() == [NAMES[number][1] for number in ids]
        assert found["name_id"].to_pylist() == list(ids)
        assert found["town"].to_pylist() == [NAMES[number][0][-1] for number in ids]
    assert shelf.take(np.array([1]), ["core"]).column_names == ["core", "name_id"]


def test_a_kept_shelf_is_the_same(engine: DuckEngine, tmp_path: Path) -> None:
    shelved(engine)
    Shelf.keep(engine, tmp_path)
    kept, fresh = Shelf.kept(tmp_path), Shelf.of(engine)
    every = np.arange(len(NAMES))
    assert kept.take(every).equals(fresh.take(every))
    assert np.array_equal(kept.squeezed.ids, fresh.squeezed.ids)


def test_a_register_without_names_has_an_empty_shelf(engine: DuckEngine, tmp_path: Path) -> None:
    shelved(engine)
    engine.sql("linkage_none", "SELECT * FROM linkage_names LIMIT 0")
    engine.sql("linkage_names", "FROM linkage_none")
    Shelf.keep(engine, tmp_path)
    for shelf in (Shelf.of(engine), Shelf.kept(tmp_path)):
        assert len(shelf) == 0
        assert len(shelf.take(np.array([], dtype=np.int64))) == 0
        assert len(shelf.squeezed.find(hashed(engine, "name1"))[1]) == 0


def test_rows_of_a_lookup_may_have_other_numbers() -> None:
    lookup = Lookup.of(np.array([5, 3, 5], dtype=np.uint64), np.array([10, 11, 12]))
    place, ids = lookup.find(np.array([4, 5], dtype=np.uint64))
    assert (place.tolist(), sorted(ids.tolist())) == ([1, 1], [10, 12])
