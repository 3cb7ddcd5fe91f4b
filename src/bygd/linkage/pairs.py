"""Pairs: which registered names each supplier's name is compared with, and all that is known of the two."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from bygd.engine import DuckEngine
from bygd.linkage import likeness
from bygd.linkage.classes import classes, mask
from bygd.linkage.comparison import code, compare
from bygd.linkage.dealings import read_dealings
from bygd.linkage.index import READ_AT_MOST, READ_FOR_RIVALS, read_tokens
from bygd.linkage.met import Met, paired
from bygd.linkage.numbers import propose_numbers
from bygd.linkage.options import Options
from bygd.linkage.readings import read_queries
from bygd.linkage.repair import read_repairs
from bygd.linkage.shelf import Shelf
from bygd.linkage.store import Index, open_index
from bygd.linkage.words import asked_tokens, small_words, words
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
    return meet(engine, conventions, options, read(engine, conventions, index_folder, held, register), Met())


def read(
    engine: DuckEngine, conventions: Conventions, index_folder: Path | None, held: Index | None, register: str
) -> Index:
    """Leaves what payments and numbers tell of the suppliers, and gives the index of the register."""
    read_dealings(engine)
    propose_numbers(engine, conventions.schemes)
    return held or open_index(engine, conventions, index_folder, register)


def meet(engine: DuckEngine, conventions: Conventions, options: Options, index: Index, met: Met) -> pa.Table:
    """All that is known of each supplier and each name it may mean, after `read`; each is met by itself.

    What was met before is neither searched nor measured again.
    """
    read_queries(engine, conventions)
    cores = engine.arrow("SELECT name_id, core, squeezed, is_sure FROM linkage_cores ORDER BY name_id").combine_chunks()
    same = _same_name(engine, index.shelf, options)
    widths = np.where(np.isin(np.arange(len(cores)), same[:, 0]), READ_FOR_RIVALS, READ_AT_MOST)
    widths[cores["is_sure"].to_numpy(zero_copy_only=False)] = 0
    asked = pc.binary_join_element_wise(pa.array(widths).cast(pa.string()), cores["core"].combine_chunks(), " ")
    places = met.find(asked)
    alike = [_alike(engine, index, options, cores, np.where(places < 0, widths, 0)), np.column_stack(met.found(places))]
    searched = np.unique(paired(*np.concatenate(alike).T))
    both = np.union1d(paired(*same.T), searched)
    core, name = both >> 32, both & 0xFFFFFFFF
    taken = index.shelf.take(np.unique(name))
    known = met.rows(places[core], name)
    is_new = known < 0
    fresh = _measured(engine, conventions, cores, taken, core[is_new], name[is_new])
    measured = met.beside(fresh, core, name, known)
    met.meet(asked, core, np.isin(both, searched), measured)
    return compare(engine, conventions, taken, measured)


def _alike(engine: DuckEngine, index: Index, options: Options, cores: pa.Table, widths: NDArray[Any]) -> NDArray[Any]:
    """Pairs (core, name) that share rare words, the nearest after a cheap ranking, of the cores with a width."""
    sought = np.flatnonzero(widths)
    engine.hold("linkage_sought", cores.take(pa.array(sought)))
    read_repairs(engine, index.rests)
    queries = read_tokens(engine, asked_tokens(), len(cores), len(index.tokens.counts))
    nearest = index.tokens.search(queries[sought], options.found, widths[sought])
    found = [(sought[row], name, alike) for row, name, alike in nearest]
    if not found:
        return np.empty((0, 2), np.int64)
    core, name, alike = (np.concatenate(parts) for parts in zip(*found, strict=True))
    wanted, back = np.unique(name, return_inverse=True)
    names = np.array(index.shelf.take(wanted, ["core"])["core"].to_pylist(), dtype=object)[back]
    asked = np.array(cores["core"].to_pylist(), dtype=object)[core]
    best = likeness.rank(asked, names, core, alike, options.compared, options.beside)
    return np.column_stack([core[best], name[best]])


def _measured(
    engine: DuckEngine,
    conventions: Conventions,
    cores: pa.Table,
    taken: pa.Table,
    core: NDArray[Any],
    name: NDArray[Any],
) -> pa.Table:
    """How alike the names of each pair are."""
    mine = cores.take(pa.array(np.unique(core)))
    named = taken.take(pa.array(np.searchsorted(taken["name_id"].to_numpy(), np.unique(name))))
    asked, theirs, sorts = _words(engine, conventions, mine, named)
    return likeness.compare(asked, theirs, core, name, sorts)


def _words(
    engine: DuckEngine, conventions: Conventions, cores: pa.Table, named: pa.Table
) -> tuple[likeness.Names, likeness.Names, dict[str, NDArray[Any]]]:
    """The words of suppliers' names and of those registered names over one vocabulary, and which are of what sort.

    Names have few words that differ: only those pass through the engine.
    """
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
    is_small = mask(word.dictionary.to_pylist(), small_words(conventions))
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
        both.append(likeness.Names(coded, word.dictionary, names, is_small))
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
