"""Pairs: which registered names each supplier's name is compared with, and all that is known of the two."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
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
    """Leaves what payments and numbers tell of the suppliers, and gives the index of the register."""
    read_dealings(engine)
    propose_numbers(engine, conventions.schemes)
    return held or open_index(engine, conventions, index_folder, register)


def meet(engine: DuckEngine, conventions: Conventions, options: Options, index: Index) -> pa.Table:
    """All that is known of each supplier and each name it may mean, after `read`; each is met by itself."""
    read_queries(engine, conventions)
    read_repairs(engine, index.rests)
    same = _same_name(engine, index.shelf, options)
    pairs = np.concatenate([same, *_alike(engine, index, options, np.unique(same[:, 0]))])
    core, name = np.divmod(np.unique(pairs[:, 0].astype(np.int64) << 32 | pairs[:, 1]), 1 << 32)
    taken = index.shelf.take(np.unique(name))
    asked, named, sorts = _words(engine, conventions, taken)
    return compare(engine, conventions, taken, likeness.compare(asked, named, core, name, sorts))


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
    engine: DuckEngine, conventions: Conventions, named: pa.Table
) -> tuple[likeness.Names, likeness.Names, dict[str, NDArray[Any]]]:
    """The words of suppliers' names and of those registered names over one vocabulary, and which are of what sort.

    Names have few words that differ: only those pass through the engine.
    """
    cores = engine.arrow("SELECT name_id, core FROM linkage_cores ORDER BY name_id")
    split = [pc.split_pattern(side["core"].combine_chunks(), " ") for side in (cores, named)]
    raw = pa.concat_arrays([side.flatten() for side in split]).dictionary_encode()
    engine.hold("linkage_read", pa.table({"name_id": np.arange(len(raw.dictionary)), "core": raw.dictionary}))
    read = engine.arrow(
        f"""SELECT name_id, word, coalesce(names, 0) AS names, coalesce(is_place, false) AS is_place
        FROM ({words("linkage_read")}) LEFT JOIN linkage_vocabulary USING (word) ORDER BY name_id, part"""
    )
    word = read["word"].combine_chunks().dictionary_encode()
    codes, standing = word.indices.to_numpy(), np.empty(len(word.dictionary), np.int64)
    standing[codes] = np.arange(len(codes))
    names, is_place = (read[column].to_numpy()[standing] for column in ("names", "is_place"))
    # An abbreviation may stand for several words, and an empty name has none.
    parts = np.bincount(read["name_id"].to_numpy(), minlength=len(raw.dictionary))
    first, of = np.cumsum(parts) - parts, raw.indices.to_numpy()
    both, start = [], 0
    for side, texts in zip((cores, named), split, strict=True):
        mine = of[start : start + len(texts.flatten())]
        start += len(mine)
        ids = np.repeat(side["name_id"].to_numpy(), pc.list_value_length(texts).to_numpy())
        count = parts[mine]
        within = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        coded = pa.table({"name_id": np.repeat(ids, count), "code": codes[np.repeat(first[mine], count) + within]})
        both.append(likeness.Names(coded, word.dictionary, names))
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
