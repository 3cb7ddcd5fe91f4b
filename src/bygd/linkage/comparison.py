"""Comparison: pairs of supplier and organisation with every feature and the score."""

import re

import pyarrow as pa

from bygd.engine import DuckEngine
from bygd.linkage import names
from bygd.linkage.score import score
from bygd.sources.conventions import Conventions

PLACES = ("same postcode", "same postcode area", "same town")
"""Agreement of addresses, closest first; 'elsewhere' and 'not known' are the other answers."""


def compare(engine: DuckEngine, conventions: Conventions) -> None:
    """From `linkage_likeness` leaves `linkage_scored`: one row per supplier and organisation.

    Of all pairs of their names the one with the highest score counts.
    """
    _read_areas(engine, conventions)
    engine.sql("linkage_compared", COMPARED)
    engine.sql(
        "linkage_scored",
        f"""
        SELECT *, {score()} AS score FROM linkage_compared
        QUALIFY row_number() OVER (PARTITION BY supplier_key, org_id ORDER BY score DESC, place, registered_name) = 1
        """,
    )
    for passing in ("linkage_areas", "linkage_compared"):
        engine.forget(passing)


def code(column: str) -> str:
    """SQL: a postcode in capitals without blanks; empty where there is none."""
    return f"coalesce(upper(regexp_replace({column}, '[^A-Za-z0-9]', '', 'g')), '')"


# Names that differ in blanks only share few words but are the same name: they count as wholly alike.
ALIKE = ", ".join(
    f"CASE WHEN q.squeezed = n.squeezed THEN 1.0 ELSE l.{measure} END AS {measure}"
    for measure in ("cosine", "covered", "covers", "sorted", "winkler")
)

COMPARED = f"""
    WITH addressed AS (
        SELECT o.org_id, {code("o.postcode")} AS code, {names.cleaned("coalesce(o.town, '')")} AS town
        FROM organisations o SEMI JOIN (
            SELECT n.org_id FROM linkage_likeness l JOIN linkage_names n USING (name_id)
        ) found USING (org_id)
    ), asked AS (
        SELECT supplier_key, {code("postcode")} AS code, {names.cleaned("coalesce(town, '')")} AS town FROM suppliers
    ), paired AS (
        SELECT q.supplier_key, n.org_id, q.variant, q.place, n.name AS registered_name,
            l.* EXCLUDE (core_id, name_id) REPLACE ({ALIKE}), n.is_other AS other_name, n.is_ended,
            CAST(q.squeezed = n.squeezed AS INTEGER) AS same_squeezed,
            CAST(split_part(q.core, ' ', 1) = split_part(n.core, ' ', 1) AS INTEGER) AS first_word,
            CAST(q.digits <> n.digits AS INTEGER) AS digits_differ,
            CAST(q.place > 0 AS INTEGER) AS is_cut,
            CAST(coalesce(c.org_id <> n.org_id, false) AS INTEGER) AS other_number,
            CASE WHEN q.form IS NULL OR n.form IS NULL THEN 'not written in both'
                 WHEN q.form = n.form THEN 'same' ELSE 'differs' END AS form,
            CASE WHEN s.code <> '' AND s.code = o.code THEN 'same postcode'
                 WHEN left_area.area = right_area.area THEN 'same postcode area'
                 WHEN s.town <> ' ' AND s.town = o.town THEN 'same town'
                 WHEN s.code <> '' AND o.code <> '' OR s.town <> ' ' AND o.town <> ' ' THEN 'elsewhere'
                 ELSE 'not known' END AS address
        FROM linkage_likeness l
        JOIN linkage_queries q USING (core_id)
        JOIN linkage_names n ON n.name_id = l.name_id
        JOIN asked s ON s.supplier_key = q.supplier_key
        JOIN addressed o ON o.org_id = n.org_id
        LEFT JOIN linkage_areas left_area ON left_area.code = s.code
        LEFT JOIN linkage_areas right_area ON right_area.code = o.code
        LEFT JOIN linkage_claimed c ON c.supplier_key = q.supplier_key AND c.scheme = split_part(n.org_id, ':', 1)
    )
    SELECT *, CAST(form = 'same' AS INTEGER) AS same_form, CAST(form = 'differs' AS INTEGER) AS other_form,
        CAST(address = 'same postcode' AS INTEGER) AS same_postcode,
        CAST(address = 'same postcode area' AS INTEGER) AS same_area,
        CAST(address = 'same town' AS INTEGER) AS same_town, CAST(address = 'elsewhere' AS INTEGER) AS other_place
    FROM paired
"""


def _read_areas(engine: DuckEngine, conventions: Conventions) -> None:
    """Leaves `linkage_areas` (code, area): the country's postcode area of every postcode that is compared.

    The packs' expressions look ahead, which SQL's cannot; hence distinct codes and Python.
    """
    pattern = re.compile(conventions.postcode_area or "$^")
    codes = engine.rows(
        f"""
        SELECT {code("postcode")} AS code FROM suppliers WHERE NOT is_masked
        UNION
        SELECT {code("o.postcode")} FROM linkage_likeness l JOIN linkage_names n USING (name_id)
        JOIN organisations o USING (org_id)
        """
    )
    found = [(row["code"], match[0]) for row in codes if (match := pattern.search(row["code"])) and match[0]]
    areas = {"code": [code for code, _ in found], "area": [area for _, area in found]}
    engine.put("linkage_areas", pa.table(areas, schema=pa.schema([("code", pa.string()), ("area", pa.string())])))
