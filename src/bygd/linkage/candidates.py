"""Candidates: which organisations each supplier may be, cheapest evidence first."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from bygd.engine import DuckEngine
from bygd.linkage import likeness
from bygd.linkage.classes import classes
from bygd.linkage.comparison import PLACES, code, compare
from bygd.linkage.dealings import read_dealings
from bygd.linkage.index import READ_AT_MOST, READ_FOR_RIVALS, read_tokens
from bygd.linkage.numbers import FORMER, WRITTEN, propose_numbers
from bygd.linkage.options import DEFAULT, Options
from bygd.linkage.readings import read_queries
from bygd.linkage.repair import read_repairs
from bygd.linkage.score import Weights, among_rivals, log_odds, shipped, with_parts
from bygd.linkage.shelf import Shelf
from bygd.linkage.store import Index, open_index
from bygd.linkage.words import asked_tokens, words
from bygd.sources.conventions import Conventions
from bygd.vocabulary import tables

WRITTEN_AGREES = 0.02
REPAIRED_AGREES = 0.5
DOUBTED = 0.5
"""A number without a check digit may be a slip of the pen, or a charity's number in the wrong column. It
counts in full where the names alone are at least this likely, more where leading zeros had to be restored;
otherwise the candidate gets the score DOUBTED and a person is asked."""

ALWAYS_TOLD = ("covered", "covers", "sorted", "letters", "same_squeezed", "digits_differ", "other_name", "is_ended")
"""Features that the evidence has even where they carry no weight, because sentences speak of them."""

TOLD_WHERE_SO = ("same_trade",)
"""Those of which sentences speak only where they are so."""

FACTS = {
    "days": ("not_yet + long_ended", ("registered_on", "ended_on", "first_paid_on", "last_paid_on")),
    "trade": ("same_trade + other_trade", ("industry", "bought")),
}
"""What the evidence tells beside features: where one of them is so, the facts that it rests on."""

INDEXED = ("vocabulary", "spellings")
PASSING = (
    "numbers",
    "claimed",
    "dealings",
    "queries",
    "cores",
    "repairs",
    "read",
    "likeness",
    "compared",
    "odds",
    "ranked",
    "scored",
)


def propose(
    engine: DuckEngine,
    conventions: Conventions,
    options: Options | None = None,
    index_folder: Path | None = None,
    weights: Weights | None = None,
    held: Index | None = None,
    register: str = "",
) -> None:
    """Read suppliers, organisations and organisation_names; write link_candidates.

    Dealings (or payments) tell when and for what suppliers were paid, successions whose number is a former one; both
    may be missing. Masked suppliers are looked for by pseudonym among masked organisations only. Redacted names,
    names without letters and names of nothing but legal forms get no candidates by name. With
    `index_folder` the index of the register is kept there and used again while the register stays
    the same; an index that is `held`, which `open_index` gave for this engine, is not opened again.
    `register` is what the caller tells this register from others by; without it all its rows are looked through.
    Without `weights` those that come with bygd count.
    """
    chosen, weighed = options or DEFAULT, weights or shipped()
    compare_all(engine, conventions, chosen, index_folder, held, register)
    _rank(engine, weighed, chosen.kept)
    engine.sql(tables.link_candidates, _candidates(weighed))
    forget(engine, whole=held is None)


def forget(engine: DuckEngine, *, whole: bool = True) -> None:
    """Let go of what comparing leaves behind; where not `whole`, an open index keeps what it needs."""
    for passing in (*PASSING, *(INDEXED if whole else ())):
        engine.forget(f"linkage_{passing}")


def compare_all(
    engine: DuckEngine,
    conventions: Conventions,
    options: Options,
    index_folder: Path | None,
    held: Index | None = None,
    register: str = "",
) -> None:
    """Leaves `linkage_numbers` and `linkage_compared`: all that is known of each supplier and each name it may mean."""
    read_dealings(engine)
    propose_numbers(engine, conventions.schemes)
    index = held or open_index(engine, conventions, index_folder, register)
    read_queries(engine, conventions)
    read_repairs(engine, index.rests)
    same = _same_name(engine, index.shelf, options)
    pairs = np.concatenate([same, *_alike(engine, index, options, np.unique(same[:, 0]))])
    core, name = np.divmod(np.unique(pairs[:, 0].astype(np.int64) << 32 | pairs[:, 1]), 1 << 32)
    engine.hold("linkage_taken", index.shelf.take(np.unique(name)))
    asked, named, sorts = _read(engine, conventions)
    engine.hold("linkage_likeness", likeness.compare(asked, named, core, name, sorts))
    compare(engine, conventions)
    engine.forget("linkage_taken")


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


def _read(
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


def _rank(engine: DuckEngine, weights: Weights, kept: int) -> None:
    """Leaves `linkage_ranked`, the organisations kept of each supplier, and `linkage_scored`, what speaks for them."""
    compared = engine.arrow("SELECT row_number() OVER () - 1 AS row, * FROM linkage_compared")
    narrow = compared.select(["row", "supplier_key", "org_id", "place", "registered_name"])
    engine.hold("linkage_odds", narrow.append_column("log_odds", pa.array(log_odds(compared, weights))))
    engine.sql("linkage_ranked", RANKED, kept)
    wanted = engine.arrow("SELECT row FROM linkage_ranked WHERE row IS NOT NULL ORDER BY row")["row"].combine_chunks()
    engine.put("linkage_scored", with_parts(compared.take(wanted), weights))


# The likeliest name of an organisation speaks for it, then organisations are rivals.
RANKED = f"""
    WITH best AS (
        FROM linkage_odds
        QUALIFY row_number() OVER (PARTITION BY supplier_key, org_id ORDER BY log_odds DESC, place, registered_name) = 1
    ), rivals AS (
        SELECT *, 1 / (1 + exp(-log_odds)) AS alone, {among_rivals("log_odds", "supplier_key")} AS score FROM best
    ), agreeing AS (
        SELECT n.supplier_key, n.org_id, n.how, n.is_checked OR coalesce(m.alone, 0) >=
            CASE WHEN n.how IN ('{WRITTEN}', '{FORMER}') THEN {WRITTEN_AGREES} ELSE {REPAIRED_AGREES} END AS agrees
        FROM linkage_numbers n LEFT JOIN rivals m USING (supplier_key, org_id)
    ), standing AS (
        SELECT supplier_key, org_id, a.how, a.agrees, m.row, m.log_odds,
            CASE WHEN a.agrees THEN 1.0 WHEN NOT a.agrees THEN {DOUBTED} ELSE m.score END AS score
        FROM agreeing a FULL JOIN rivals m USING (supplier_key, org_id)
    )
    SELECT *, row_number() OVER (
        PARTITION BY supplier_key ORDER BY score DESC, log_odds DESC NULLS LAST, how IS NULL, org_id
    ) AS position FROM standing QUALIFY position <= ?
"""


def _candidates(weights: Weights) -> str:
    """SQL: link_candidates; their evidence as JSON has the features that carry weight or that sentences speak of."""
    shown = [_entry(name, name, "true" if name in ALWAYS_TOLD else f"w_{name} <> 0") for name in weights.curves]
    shown += [_entry(name, name, "true") for name in ALWAYS_TOLD if name not in weights.curves]
    shown += [_entry(name, name, f"{name} <> 0") for name in TOLD_WHERE_SO if name not in weights.curves]
    said = [_entry(name, f"w_{name}", f"w_{name} <> 0") for name in weights.curves]
    return f"""
    SELECT r.supplier_key, r.org_id,
        CASE WHEN how IS NOT NULL THEN 'number' WHEN same_squeezed = 0 THEN 'fuzzy'
             WHEN address IN {PLACES} THEN 'name_place' ELSE 'name' END AS stage,
        score, position,
        '{{' || concat_ws(',',
            CASE WHEN how IS NOT NULL THEN '"number":"' || how || '","number_agrees":' || agrees END,
            CASE WHEN registered_name IS NOT NULL THEN concat_ws(',',
                '"registered_name":' || to_json(registered_name),
                '"variant":"' || variant || '"', '"form":"' || form || '"', '"address":"' || address || '"',
                {", ".join(_facts(name, wanted, columns) for name, (wanted, columns) in FACTS.items())},
                '"base":{weights.base}', '"log_odds":' || log_odds, '"rules":"{weights.version}"',
                '"features":{{' || concat_ws(',', {", ".join(shown)}) || '}}',
                '"weights":{{' || concat_ws(',', {", ".join(said)}) || '}}'
            ) END
        ) || '}}' AS evidence
    FROM linkage_ranked r LEFT JOIN linkage_scored s USING (row)
    ORDER BY r.supplier_key, position
    """


def _entry(name: str, column: str, wanted: str) -> str:
    return f"CASE WHEN {wanted} THEN '\"{name}\":' || {column} END"


def _facts(name: str, wanted: str, columns: Sequence[str]) -> str:
    told = ", ".join(f"'\"{column}\":' || to_json(CAST({column} AS VARCHAR))" for column in columns)
    return f"CASE WHEN {wanted} > 0 THEN '\"{name}\":{{' || concat_ws(',', {told}) || '}}' END"
