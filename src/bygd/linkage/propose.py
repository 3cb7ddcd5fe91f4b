"""Candidates: which organisations each supplier may be, cheapest evidence first."""

import re
from pathlib import Path

import numpy as np
import pyarrow as pa

from bygd.engine import DuckEngine
from bygd.linkage import likeness, names
from bygd.linkage.index import TokenIndex, read_tokens
from bygd.linkage.numbers import WRITTEN, propose_numbers
from bygd.linkage.options import DEFAULT, Options
from bygd.linkage.score import FEATURES, score
from bygd.sources.conventions import Conventions
from bygd.vocabulary import tables

WRITTEN_AGREES = 0.05
REPAIRED_AGREES = 0.5
DOUBTED = 0.5
"""A number without a check digit may be a slip of the pen, or a charity's number in the wrong column. It
counts in full where the names score at least this much, more where leading zeros had to be restored;
otherwise the candidate gets the score DOUBTED and a person is asked."""

PASSING = (
    "numbers",
    "claimed",
    "asked",
    "variants",
    "queries",
    "cores",
    "names",
    "pairs",
    "likeness",
    "areas",
    "compared",
    "scored",
)


def propose(
    engine: DuckEngine, conventions: Conventions, options: Options | None = None, index_folder: Path | None = None
) -> None:
    """Read suppliers, organisations and organisation_names; write link_candidates.

    Masked suppliers are looked for by pseudonym among masked organisations only. Redacted names,
    names without letters and names of nothing but legal forms get no candidates by name.
    """
    chosen = options or DEFAULT
    propose_numbers(engine, conventions.schemes)
    _read_names(engine, conventions)
    _read_queries(engine, conventions)
    _pair_names(engine, chosen)
    _compare(engine, conventions)
    _write(engine, chosen)
    for name in PASSING:
        engine.forget(f"linkage_{name}")


def _read_names(engine: DuckEngine, conventions: Conventions) -> None:
    """Leaves `linkage_names`: every name of every organisation that is not masked, in a fixed order."""
    engine.sql(
        "linkage_named",
        """
        SELECT org_id, name, min(is_other) AS is_other, min(is_ended) AS is_ended FROM (
            SELECT org_id, name, 0 AS is_other, CAST(status = 'ended' AS INTEGER) AS is_ended
            FROM organisations WHERE NOT is_masked
            UNION ALL
            SELECT n.org_id, n.name, CAST(n.kind <> 'registered' AS INTEGER), CAST(o.status = 'ended' AS INTEGER)
            FROM organisation_names n JOIN organisations o USING (org_id) WHERE NOT o.is_masked
        ) GROUP BY org_id, name
        """,
    )
    engine.sql(
        "linkage_names",
        f"""
        SELECT CAST(row_number() OVER (ORDER BY org_id, name) - 1 AS INTEGER) AS name_id, *
        FROM ({names.split("linkage_named", conventions)}) WHERE core <> '' ORDER BY name_id
        """,
    )
    engine.forget("linkage_named")


def _read_queries(engine: DuckEngine, conventions: Conventions) -> None:
    """Leaves `linkage_queries`, the names to look for, and `linkage_cores`, their distinct cores."""
    redacted = sorted({names.fold(word) for word in conventions.redacted_names}) or [""]
    engine.sql(
        "linkage_asked",
        f"""
        SELECT supplier_key, name FROM suppliers
        WHERE NOT is_masked AND NOT list_contains(?, trim(regexp_replace({names.cleaned("name")}, '[0-9 ]+', ' ', 'g')))
        """,
        redacted,
    )
    engine.sql("linkage_variants", names.variants(conventions))
    engine.sql(
        "linkage_queries",
        f"""
        SELECT *, CAST(dense_rank() OVER (ORDER BY core) - 1 AS INTEGER) AS core_id
        FROM ({names.split("linkage_variants", conventions)}) WHERE core <> ''
        QUALIFY row_number() OVER (PARTITION BY supplier_key, core ORDER BY place) = 1
        """,
    )
    engine.sql(
        "linkage_cores",
        "SELECT DISTINCT core_id AS name_id, core, squeezed FROM linkage_queries ORDER BY name_id",
    )


def _pair_names(engine: DuckEngine, options: Options) -> None:
    """Leaves `linkage_likeness`: pairs of core and name that may be the same, with how alike they are."""
    exact = engine.arrow(
        """
        SELECT * FROM (
            SELECT c.name_id AS core_id, n.name_id FROM linkage_cores c JOIN linkage_names n USING (squeezed)
            QUALIFY row_number() OVER (PARTITION BY c.name_id ORDER BY n.is_ended, n.is_other, n.name_id) <= ?
        )
        UNION
        SELECT q.core_id, n.name_id
        FROM linkage_numbers f JOIN linkage_queries q USING (supplier_key) JOIN linkage_names n USING (org_id)
        """,
        options.exact,
    )
    cores, registered = (_column(engine, relation) for relation in ("linkage_cores", "linkage_names"))
    index = TokenIndex.build(engine, "linkage_names", len(registered))
    queries = read_tokens(engine, "linkage_cores", len(cores))
    kept = [np.column_stack([exact["core_id"].to_numpy(), exact["name_id"].to_numpy()])]
    for core, name in index.search(queries, options.found):
        value = likeness.cosine(queries, index, core, name)
        best = likeness.rank(_texts(cores, core), _texts(registered, name), core, value, options.compared)
        kept.append(np.column_stack([core[best], name[best]]))
    pairs = np.unique(np.concatenate(kept), axis=0)
    core, name = pairs[:, 0], pairs[:, 1]
    engine.put(
        "linkage_likeness",
        likeness.compare(queries, index, core, name, _texts(cores, core), _texts(registered, name)),
    )


def _column(engine: DuckEngine, relation: str) -> pa.ChunkedArray:
    return engine.arrow(f"SELECT core FROM {relation} ORDER BY name_id")["core"]


def _texts(column: pa.ChunkedArray, rows: np.ndarray) -> np.ndarray:
    return np.array(column.take(pa.array(rows)).to_pylist(), dtype=object)


def _compare(engine: DuckEngine, conventions: Conventions) -> None:
    """Leaves `linkage_scored`: one row per supplier and organisation, the best of their names' pairs."""
    left, right = _code("s.postcode"), _code("o.postcode")
    _read_areas(engine, conventions)
    engine.sql(
        "linkage_compared",
        f"""
        WITH places AS (
            SELECT q.supplier_key, n.org_id, q.variant, q.place, q.name AS supplier_name, n.name AS registered_name,
                l.* EXCLUDE (core_id, name_id), q.squeezed = n.squeezed AS is_same, q.form AS left_form, n.form AS right_form,
                n.is_other, n.is_ended, coalesce(c.org_id <> n.org_id, false) AS claims_other,
                coalesce({left}, '') AS left_code, coalesce({right}, '') AS right_code,
                {names.cleaned("coalesce(s.town, '')")} AS left_town, {names.cleaned("coalesce(o.town, '')")} AS right_town
            FROM linkage_likeness l
            JOIN linkage_queries q USING (core_id)
            JOIN linkage_names n ON n.name_id = l.name_id
            JOIN suppliers s ON s.supplier_key = q.supplier_key
            JOIN organisations o ON o.org_id = n.org_id
            LEFT JOIN linkage_claimed c
                ON c.supplier_key = s.supplier_key AND c.scheme = split_part(n.org_id, ':', 1)
        ), levels AS (
            SELECT places.*, CASE
                WHEN left_code <> '' AND left_code = right_code THEN 'same postcode'
                WHEN left_area.area = right_area.area THEN 'same postcode area'
                WHEN left_town <> ' ' AND left_town = right_town THEN 'same town'
                WHEN left_code <> '' AND right_code <> '' OR left_town <> ' ' AND right_town <> ' ' THEN 'elsewhere'
                ELSE 'not known' END AS address,
                CASE WHEN left_form IS NULL OR right_form IS NULL THEN 'not written in both'
                     WHEN left_form = right_form THEN 'same' ELSE 'differs' END AS form
            FROM places
            LEFT JOIN linkage_areas left_area ON left_area.code = left_code
            LEFT JOIN linkage_areas right_area ON right_area.code = right_code
        )
        SELECT *, CAST(is_same AS INTEGER) AS same_squeezed,
            CAST(form = 'same' AS INTEGER) AS same_form, CAST(form = 'differs' AS INTEGER) AS other_form,
            CAST(place > 0 AS INTEGER) AS is_cut, is_other AS other_name,
            CAST(claims_other AS INTEGER) AS other_number,
            CAST(address = 'same postcode' AS INTEGER) AS same_postcode,
            CAST(address = 'same postcode area' AS INTEGER) AS same_area,
            CAST(address = 'same town' AS INTEGER) AS same_town, CAST(address = 'elsewhere' AS INTEGER) AS other_place
        FROM levels
        """,
    )
    engine.sql(
        "linkage_scored",
        f"""
        SELECT *, {score()} AS score FROM linkage_compared
        QUALIFY row_number() OVER (PARTITION BY supplier_key, org_id ORDER BY score DESC, place, registered_name) = 1
        """,
    )


def _code(column: str) -> str:
    return f"upper(regexp_replace({column}, '[^A-Za-z0-9]', '', 'g'))"


def _read_areas(engine: DuckEngine, conventions: Conventions) -> None:
    """Leaves `linkage_areas` (code, area): the country's postcode area of every postcode that is compared."""
    pattern = re.compile(conventions.postcode_area or "$^")
    codes = engine.rows(
        f"""
        SELECT DISTINCT code FROM (
            SELECT {_code("postcode")} AS code FROM suppliers
            UNION ALL
            SELECT {_code("o.postcode")} FROM linkage_likeness l JOIN linkage_names n USING (name_id)
            JOIN organisations o USING (org_id)
        ) WHERE code <> '' ORDER BY code
        """
    )
    found = [(row["code"], match[0]) for row in codes if (match := pattern.search(row["code"])) and match[0]]
    engine.put(
        "linkage_areas",
        pa.table(
            {"code": pa.array([f[0] for f in found], pa.string()), "area": pa.array([f[1] for f in found], pa.string())}
        ),
    )


def _write(engine: DuckEngine, options: Options) -> None:
    """Write link_candidates: those found by number first in standing, then by score."""
    features = ", ".join(f"'{name}', {name}" for name in FEATURES)
    engine.sql(
        tables.link_candidates,
        f"""
        WITH named AS (
            SELECT supplier_key, org_id, score,
                CASE WHEN NOT is_same THEN 'fuzzy'
                     WHEN address IN ('same postcode', 'same postcode area', 'same town') THEN 'name_place'
                     ELSE 'name' END AS stage,
                json_object('registered_name', registered_name, 'variant', variant, 'form', form,
                    'address', address, 'features', json_object({features})) AS evidence
            FROM linkage_scored
        ), agreeing AS (
            SELECT n.*, m.evidence, n.is_checked OR coalesce(m.score, 0) >=
                CASE n.how WHEN '{WRITTEN}' THEN {WRITTEN_AGREES} ELSE {REPAIRED_AGREES} END AS agrees
            FROM linkage_numbers n LEFT JOIN named m USING (supplier_key, org_id)
        ), numbered AS (
            SELECT supplier_key, org_id, CASE WHEN agrees THEN 1.0 ELSE {DOUBTED} END AS score, 'number' AS stage,
                json_merge_patch(coalesce(evidence, '{{}}'), json_object('number', how, 'number_agrees', agrees)) AS evidence
            FROM agreeing
        ), candidates AS (
            SELECT * FROM numbered
            UNION ALL
            SELECT supplier_key, org_id, score, stage, evidence
            FROM named ANTI JOIN numbered USING (supplier_key, org_id)
        )
        SELECT supplier_key, org_id, stage, score,
            row_number() OVER (PARTITION BY supplier_key ORDER BY score DESC, stage = 'number' DESC, org_id) AS position,
            evidence
        FROM candidates QUALIFY position <= {options.kept}
        """,
    )
