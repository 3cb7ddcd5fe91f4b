"""Candidates: which organisations each supplier may be, cheapest evidence first."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from bygd.engine import DuckEngine
from bygd.linkage import likeness
from bygd.linkage.comparison import PLACES, code, compare
from bygd.linkage.index import read_tokens
from bygd.linkage.numbers import WRITTEN, propose_numbers
from bygd.linkage.options import DEFAULT, Options
from bygd.linkage.readings import read_queries
from bygd.linkage.score import FEATURES
from bygd.linkage.store import open_index
from bygd.sources.conventions import Conventions
from bygd.vocabulary import tables

WRITTEN_AGREES = 0.05
REPAIRED_AGREES = 0.5
DOUBTED = 0.5
"""A number without a check digit may be a slip of the pen, or a charity's number in the wrong column. It
counts in full where the names score at least this much, more where leading zeros had to be restored;
otherwise the candidate gets the score DOUBTED and a person is asked."""

PASSING = ("numbers", "claimed", "queries", "cores", "names", "likeness", "scored")


def propose(
    engine: DuckEngine, conventions: Conventions, options: Options | None = None, index_folder: Path | None = None
) -> None:
    """Read suppliers, organisations and organisation_names; write link_candidates.

    Masked suppliers are looked for by pseudonym among masked organisations only. Redacted names,
    names without letters and names of nothing but legal forms get no candidates by name. With
    `index_folder` the index of the register is kept there and used again while the register stays
    the same.
    """
    chosen = options or DEFAULT
    propose_numbers(engine, conventions.schemes)
    index = open_index(engine, conventions, index_folder)
    read_queries(engine, conventions)
    cores, registered = (_column(engine, relation) for relation in ("linkage_cores", "linkage_names"))
    queries = read_tokens(engine, "linkage_cores", len(cores))
    pairs = [_same_name(engine, chosen)]
    unsure = engine.arrow("SELECT name_id FROM linkage_cores WHERE NOT is_sure ORDER BY name_id")["name_id"].to_numpy()
    for row, name in index.search(queries[unsure], chosen.found):
        core = unsure[row]
        alike = likeness.cosine(queries, index, core, name)
        best = likeness.rank(_texts(cores, core), _texts(registered, name), core, alike, chosen.compared)
        pairs.append(np.column_stack([core[best], name[best]]))
    core, name = np.unique(np.concatenate(pairs), axis=0).T
    texts = _texts(cores, core), _texts(registered, name)
    engine.put("linkage_likeness", likeness.compare(queries, index, core, name, *texts))
    compare(engine, conventions)
    engine.sql(tables.link_candidates, CANDIDATES, chosen.kept)
    for passing in PASSING:
        engine.forget(f"linkage_{passing}")


def _same_name(engine: DuckEngine, options: Options) -> NDArray[Any]:
    """Pairs (core, name) that are the same when squeezed, or that share a number: always compared."""
    found = engine.arrow(
        f"""
        WITH same AS (SELECT c.name_id AS core_id, n.* FROM linkage_cores c JOIN linkage_names n USING (squeezed))
        SELECT core_id, name_id FROM (
            FROM same QUALIFY row_number() OVER (PARTITION BY core_id ORDER BY is_ended, is_other, name_id) <= ?
        )
        UNION
        SELECT core_id, name_id
        FROM same JOIN linkage_queries q USING (core_id) JOIN suppliers s USING (supplier_key)
        JOIN organisations o ON o.org_id = same.org_id AND {code("o.postcode")} = {code("s.postcode")}
        WHERE {code("s.postcode")} <> ''
        UNION
        SELECT q.core_id, n.name_id
        FROM linkage_numbers f JOIN linkage_queries q USING (supplier_key) JOIN linkage_names n USING (org_id)
        """,
        options.exact,
    )
    return np.column_stack([found["core_id"].to_numpy(), found["name_id"].to_numpy()])


def _column(engine: DuckEngine, relation: str) -> pa.ChunkedArray:
    return engine.arrow(f"SELECT core FROM {relation} ORDER BY name_id")["core"].combine_chunks()


def _texts(column: pa.ChunkedArray, rows: NDArray[Any]) -> NDArray[np.object_]:
    return np.array(column.take(pa.array(rows)).to_pylist(), dtype=object)


CANDIDATES = f"""
    WITH agreeing AS (
        SELECT n.supplier_key, n.org_id, n.how, n.is_checked OR coalesce(m.score, 0) >=
            CASE n.how WHEN '{WRITTEN}' THEN {WRITTEN_AGREES} ELSE {REPAIRED_AGREES} END AS agrees
        FROM linkage_numbers n LEFT JOIN linkage_scored m USING (supplier_key, org_id)
    ), standing AS (
        SELECT supplier_key, org_id,
            CASE WHEN a.agrees THEN 1.0 WHEN NOT a.agrees THEN {DOUBTED} ELSE m.score END AS score,
            a.how, a.agrees, m.* EXCLUDE (supplier_key, org_id, score)
        FROM agreeing a FULL JOIN linkage_scored m USING (supplier_key, org_id)
    ), placed AS (
        SELECT *, row_number() OVER (
            PARTITION BY supplier_key ORDER BY score DESC, how IS NULL, org_id
        ) AS position FROM standing QUALIFY position <= ?
    )
    SELECT supplier_key, org_id,
        CASE WHEN how IS NOT NULL THEN 'number' WHEN same_squeezed = 0 THEN 'fuzzy'
             WHEN address IN {PLACES} THEN 'name_place' ELSE 'name' END AS stage,
        score, position,
        json_merge_patch(
            CASE WHEN how IS NULL THEN '{{}}' ELSE json_object('number', how, 'number_agrees', agrees) END,
            CASE WHEN registered_name IS NULL THEN '{{}}' ELSE json_object(
                'registered_name', registered_name, 'variant', variant, 'form', form, 'address', address,
                'features', json_object({", ".join(f"'{name}', {name}" for name in FEATURES)})
            ) END
        ) AS evidence
    FROM placed
    ORDER BY supplier_key, position
"""
