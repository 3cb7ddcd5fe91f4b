"""Comparison: pairs of supplier and organisation with every feature the score is made from."""

import re

import numpy as np
import pyarrow as pa

from bygd.engine import DuckEngine
from bygd.linkage import names, trades
from bygd.linkage.hidden import HIDDEN, OTHER
from bygd.linkage.renamed import RENAMED
from bygd.sources.conventions import Conventions

YOUNG, LATE = 31, 365
"""Days by which the first of the month may stand for a later day, and a new company is paid before it is registered;
and days after its end in which bills of an organisation are still paid."""

PLACES = ("same postcode", "same postcode area", "same town")
"""Agreement of addresses, closest first; 'elsewhere' and 'not known' are the other answers."""


def compare(engine: DuckEngine, conventions: Conventions, taken: pa.Table, likeness: pa.Table) -> pa.Table:
    """Every feature of each pair of `likeness`, from the registered names `taken` and what is known of the suppliers.

    What was measured of the names does not pass through the engine, which is told what it asks for only.
    """
    asked = likeness.select(["core_id", "name_id", "covered"])
    engine.hold("linkage_likeness", asked.append_column("row", pa.array(np.arange(len(asked)))))
    engine.put("linkage_taken", taken)
    engine.sql(
        "linkage_met",
        f"""
        SELECT *, replace(core, ' ', '') AS squeezed, {names.digits("core")} AS digits,
            {trades.division("industry", conventions)} AS division
        FROM linkage_taken
        """,
    )
    engine.forget("linkage_taken")
    _read_areas(engine, conventions)
    trades.read_trades(engine, conventions)
    compared = engine.arrow(COMPARED)
    for passing in ("linkage_areas", "linkage_met", "linkage_dealt", "linkage_likeness"):
        engine.forget(passing)
    return _with_likeness(compared, likeness.drop_columns(["core_id", "name_id"]))


def _with_likeness(compared: pa.Table, likeness: pa.Table) -> pa.Table:
    """The pairs with what was measured of their names: those that differ in blanks only are wholly alike."""
    row, same = compared["row"].to_numpy(), compared["same_squeezed"].to_numpy() == 1
    compared = compared.drop_columns(["row"])
    for measure in likeness.column_names:
        values = likeness[measure].to_numpy()[row]
        if measure in WHOLLY:
            values[same] = WHOLLY[measure]
        compared = compared.append_column(measure, pa.array(values))
    return compared


def code(column: str) -> str:
    """SQL: a postcode in capitals without blanks; empty where there is none."""
    return f"coalesce(upper(regexp_replace({column}, '[^A-Za-z0-9]', '', 'g')), '')"


# Names that differ in blanks only share few words but are the same name: they count as wholly alike.
ALIKE = ("cosine", "covered", "covers", "sorted", "subset", "winkler", "partial", "first_word", "last_word")
UNLIKE = ("missing", "extra", "conflict", "misspelled")
WHOLLY = {**dict.fromkeys(ALIKE, 1.0), **dict.fromkeys(UNLIKE, 0.0)}

COMPARED = f"""
    WITH met AS (
        SELECT *, {code("postcode")} AS code, {names.cleaned("coalesce(town, '')")} AS cleaned_town FROM linkage_met
    ), asked AS (
        SELECT supplier_key, {code("postcode")} AS code, {names.cleaned("coalesce(town, '')")} AS town,
            first_paid_on, last_paid_on, category, sold_by
        FROM suppliers LEFT JOIN linkage_dealt USING (supplier_key)
    ), paired AS (
        SELECT q.supplier_key, n.org_id, q.variant, q.place, n.name AS registered_name,
            q.form AS asked_form, n.form AS named_form, q.is_person,
            l.row, CASE WHEN q.squeezed = n.squeezed THEN 1 ELSE l.covered END AS covered,
            CAST(n.is_other = {OTHER} AS INTEGER) AS other_name, CAST(n.is_other = {HIDDEN} AS INTEGER) AS hidden_name,
            CASE WHEN n.ended_on >= s.first_paid_on THEN 0 ELSE n.is_ended END AS is_ended,
            CAST(coalesce(date_diff('day', s.last_paid_on, n.registered_on) > {YOUNG}, false) AS INTEGER) AS not_yet,
            CAST(coalesce(date_diff('day', n.ended_on, s.first_paid_on) > {LATE}, false) AS INTEGER) AS long_ended,
            coalesce(CAST(list_contains(s.sold_by, n.division) AS INTEGER), 0) AS same_trade,
            coalesce(CAST(NOT list_contains(s.sold_by, n.division) AS INTEGER), 0) AS other_trade,
            n.registered_on, n.ended_on, s.first_paid_on, s.last_paid_on, n.industry, s.category AS bought,
            CAST(q.squeezed = n.squeezed AS INTEGER) AS same_squeezed,
            CAST(q.digits <> n.digits AS INTEGER) AS digits_differ,
            CAST(q.variant = 'trading as' AS INTEGER) AS trading_as,
            CAST(q.variant = 'before trading as' AS INTEGER) AS before_trading_as,
            CAST(q.variant = '{RENAMED}' AS INTEGER) AS renamed,
            CAST(q.variant NOT IN ('as written', 'trading as', 'before trading as', '{RENAMED}') AS INTEGER) AS is_cut,
            CAST(coalesce(c.org_id <> n.org_id, false) AS INTEGER) AS other_number,
            CASE WHEN q.form IS NULL OR n.form IS NULL THEN 'not written in both'
                 WHEN q.form = n.form THEN 'same' ELSE 'differs' END AS form,
            CASE WHEN s.code <> '' AND s.code = n.code THEN 'same postcode'
                 WHEN left_area.area = right_area.area THEN 'same postcode area'
                 WHEN s.town <> ' ' AND s.town = n.cleaned_town THEN 'same town'
                 WHEN s.code <> '' AND n.code <> '' OR s.town <> ' ' AND n.cleaned_town <> ' ' THEN 'elsewhere'
                 ELSE 'not known' END AS address
        FROM linkage_likeness l
        JOIN linkage_queries q USING (core_id)
        JOIN met n ON n.name_id = l.name_id
        JOIN asked s ON s.supplier_key = q.supplier_key
        LEFT JOIN linkage_areas left_area ON left_area.code = s.code
        LEFT JOIN linkage_areas right_area ON right_area.code = n.code
        LEFT JOIN linkage_claimed c ON c.supplier_key = q.supplier_key AND c.scheme = split_part(n.org_id, ':', 1)
    )
    , counted AS (
        SELECT supplier_key, count(DISTINCT org_id) FILTER (WHERE covered > 0.999 AND hidden_name = 0) AS holding,
            count(DISTINCT org_id) FILTER (WHERE same_squeezed = 1 AND hidden_name = 0) AS namesakes
        FROM paired GROUP BY supplier_key
    )
    SELECT * EXCLUDE (covered), CAST(form = 'same' AS INTEGER) AS same_form,
        CAST(form = 'differs' AS INTEGER) AS other_form,
        CAST(asked_form IS NULL AND named_form IS NOT NULL AS INTEGER) AS form_left_out,
        CAST(asked_form IS NOT NULL AND named_form IS NULL AS INTEGER) AS form_added,
        CAST(is_person AND asked_form IS NULL AND named_form IS NOT NULL
            AND address NOT IN {PLACES} AS INTEGER) AS person_name,
        CAST(address = 'same postcode' AS INTEGER) AS same_postcode,
        CAST(address = 'same postcode area' AS INTEGER) AS same_area,
        CAST(address = 'same town' AS INTEGER) AS same_town, CAST(address = 'elsewhere' AS INTEGER) AS other_place
    FROM paired JOIN counted USING (supplier_key)
"""


def _read_areas(engine: DuckEngine, conventions: Conventions) -> None:
    """Leaves `linkage_areas` (code, area): the country's postcode area of every postcode that is compared with another.

    The packs' expressions look ahead, which SQL's cannot; hence distinct codes and Python.
    """
    pattern = re.compile(conventions.postcode_area or "$^")
    codes = engine.rows(
        f"""
        WITH placed AS (
            SELECT supplier_key, {code("postcode")} AS code FROM suppliers WHERE NOT is_masked AND code <> ''
        ), met AS (
            SELECT name_id FROM linkage_likeness
            JOIN linkage_queries USING (core_id) SEMI JOIN placed USING (supplier_key)
        )
        SELECT code FROM placed
        UNION
        SELECT {code("postcode")} FROM linkage_met SEMI JOIN met USING (name_id)
        """
    )
    found = [(row["code"], match[0]) for row in codes if (match := pattern.search(row["code"])) and match[0]]
    areas = {"code": [code for code, _ in found], "area": [area for _, area in found]}
    engine.hold("linkage_areas", pa.table(areas, schema=pa.schema([("code", pa.string()), ("area", pa.string())])))
