"""Pairs: which registered names each supplier's name is compared with, and all that is known of the two."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from bygd.engine import DuckEngine
from bygd.linkage import likeness
from bygd.linkage.classes import classes
from bygd.linkage.comparison import code, compare
from bygd.linkage.dealings import read_dealings
from bygd.linkage.index import READ_AT_MOST, READ_FOR_RIVALS, read_tokens
from bygd.linkage.numbers import propose_numbers
from bygd.linkage.options import Options
from bygd.linkage.readings import read_queries
from bygd.linkage.repair import read_repairs
from bygd.linkage.shelf import Shelf
from bygd.linkage.store import Index, open_index
from bygd.linkage.words import asked_tokens, words
from bygd.sources.conventions import Conventions


def compare_all(
    engine: DuckEngine,
    conventions: Conventions,
    options: Options,
    index_folder: Path | None,
    held: Index | None = None,
    register: str = "",
) -> pa.Table:
    """All that is known of each supplier and each name it may mean."""
    return meet(engine, conventions, options, read(engine, conventions, index_folder, held, register))


def read(
    engine: DuckEngine, conventions: Conventions, index_folder: Path | None, held: Index | None, register: str
) -> Index:
    """Leaves what is known of the suppliers by themselves, and gives the index of the register."""
    read_dealings(engine)
    propose_numbers(engine, conventions.schemes)
    index = held or open_index(engine, conventions, index_folder, register)
    read_queries(engine, conventions)
    read_repairs(engine, index.rests)
    return index


def meet(engine: DuckEngine, conventions: Conventions, options: Options, index: Index) -> pa.Table:
    """All that is known of each supplier, as `read` left them, and each name it may mean; each is met by itself."""
    same = _same_name(engine, index.shelf, options)
    pairs = np.concatenate([same, *_alike(engine, index, options, np.unique(same[:, 0]))])
    core, name = np.divmod(np.unique(pairs[:, 0].astype(np.int64) << 32 | pairs[:, 1]), 1 << 32)
    engine.hold("linkage_taken", index.shelf.take(np.unique(name)))
    asked, named, sorts = _words(engine, conventions)
    compared = compare(engine, conventions, likeness.compare(asked, named, core, name, sorts))
    engine.forget("linkage_taken")
    return compared


def _alike(engine: DuckEngine, index: Index, options: Options, found_already: NDArray[Any]) -> list[NDArray[Any]]:
    """Pairs (core, name) that share rare words, the nearest after a cheap ranking."""
    cores = engine.arrow("SELECT core, is_sure FROM linkage_cores ORDER BY name_id")
    texts = cores["core"].combine_chunks()
    unsure = np.flatnonzero(~cores["is_sure"].to_numpy())
    queries = read_tokens(engine, asked_tokens(), len(texts), len(index.tokens.counts))
    at_most = np.where(np.isin(unsure, found_already), READ_FOR_RIVALS, READ_AT_MOST)
    nearest = index.tokens.search(queries[unsure], options.found, at_most)
    found = [(unsure[row], name, alike) for row, name, alike in nearest]
    if not found:
        return []
    core, name, alike = (np.concatenate(parts) for parts in zip(*found, strict=True))
    wanted, back = np.unique(name, return_inverse=True)
    names = np.array(index.shelf.take(wanted, ["core"])["core"].to_pylist(), dtype=object)[back]
    asked = np.array(texts.to_pylist(), dtype=object)[core]
    best = likeness.rank(asked, names, core, alike, options.compared, options.beside)
    return [np.column_stack([core[best], name[best]])]


def _words(
    engine: DuckEngine, conventions: Conventions
) -> tuple[likeness.Names, likeness.Names, dict[str, NDArray[Any]]]:
    """The words of both sides over one vocabulary, and which of those words are of what sort."""
    sides = {"cores": "linkage_cores", "names": "linkage_taken"}
    read = {
        side: engine.arrow(f"SELECT name_id, word FROM ({words(relation)}) ORDER BY name_id, position, part")
        for side, relation in sides.items()
    }
    joined = pa.concat_tables(list(read.values()))["word"].combine_chunks().dictionary_encode()
    engine.hold("linkage_read", pa.table({"code": np.arange(len(joined.dictionary)), "word": joined.dictionary}))
    known = engine.arrow(
        """SELECT coalesce(names, 0) AS names, coalesce(is_place, false) AS is_place
        FROM linkage_read LEFT JOIN linkage_vocabulary USING (word) ORDER BY code"""
    )
    names, is_place = known["names"].to_numpy(), known["is_place"].to_numpy()
    codes = joined.indices.to_numpy()
    both = []
    for start, table in ((0, read["cores"]), (len(read["cores"]), read["names"])):
        ids = table["name_id"].combine_chunks()
        coded = pa.table({"name_id": ids, "code": codes[start : start + len(ids)]})
        both.append(likeness.Names(coded, joined.dictionary, names))
    return both[0], both[1], classes(conventions, both[0].vocabulary, is_place)


def _same_name(engine: DuckEngine, shelf: Shelf, options: Options) -> NDArray[Any]:
    """Pairs (core, name) that are the same when squeezed, or that share a number: always compared."""
    cores = engine.arrow("SELECT name_id, hash(squeezed) AS squeezed FROM linkage_cores")
    place, named = shelf.squeezed.find(cores["squeezed"].to_numpy())
    owners = engine.arrow("SELECT DISTINCT hash(org_id) AS owner FROM linkage_numbers")["owner"].to_numpy()
    engine.hold("linkage_near", shelf.take(np.unique(np.concatenate([named, shelf.owners.find(owners)[1]]))))
    engine.hold("linkage_pairs", pa.table({"core_id": cores["name_id"].to_numpy()[place], "name_id": named}))
    engine.sql(
        "linkage_same",
        """SELECT core_id, n.name_id, n.is_ended, n.is_other, n.postcode
        FROM linkage_pairs p JOIN linkage_near n USING (name_id) JOIN linkage_cores c ON c.name_id = core_id
        WHERE replace(n.core, ' ', '') = c.squeezed""",
    )
    found = engine.arrow(
        f"""
        SELECT core_id, name_id FROM (
            FROM linkage_same
            QUALIFY row_number() OVER (PARTITION BY core_id ORDER BY is_ended, is_other, name_id) <= ?
        )
        UNION
        SELECT core_id, name_id
        FROM linkage_same n JOIN linkage_queries q USING (core_id) JOIN suppliers s USING (supplier_key)
        WHERE {code("s.postcode")} <> '' AND {code("n.postcode")} = {code("s.postcode")}
        UNION
        SELECT q.core_id, n.name_id
        FROM linkage_numbers f JOIN linkage_queries q USING (supplier_key) JOIN linkage_near n USING (org_id)
        """,
        options.exact,
    )
    for passing in ("linkage_near", "linkage_pairs", "linkage_same"):
        engine.forget(passing)
    return np.column_stack([found["core_id"].to_numpy(), found["name_id"].to_numpy()])
