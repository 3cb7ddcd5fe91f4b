"""Groups: ledger suppliers that are one organisation, found within and across anchors before linking."""

import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from bygd.engine import DuckEngine
from bygd.linkage import names, ties
from bygd.linkage.comparison import code
from bygd.linkage.numbers import read_number
from bygd.sources.conventions import Conventions
from bygd.vocabulary import tables
from bygd.vocabulary.words import GroupBasis

LIKE = 80.0
"""Least likeness (token set ratio, 0 to 100) of names under one supplier number, or one number without check digit."""
SHARED = 3
"""So many supplier numbers that two anchors use for like names, and half of all that both use, are one series."""
SHORTEST, LONG = 6, 12
"""From so many letters one slip of the pen, or two, leave a name recognisable at the same postcode."""
NOTES = r"\([^)]*\)?|\*\*.*"
"""What ledgers write behind a name to tell accounts of one supplier apart: brackets, or anything after two asterisks.

After one asterisk purchase cards name the shop that a payment service was paid for.
"""


@dataclass(frozen=True)
class Grouping:
    """What came of grouping: groups, suppliers in them, and ties not followed for what would have clashed."""

    groups: int
    suppliers: int
    split: int


def group(engine: DuckEngine, conventions: Conventions) -> Grouping:
    """Read suppliers and remembered_suppliers; write supplier_groups.

    Suppliers are tied by the same organisation number (names must be alike where it has no check digit); by
    the same supplier number with names alike, of one anchor or of anchors that share a series of numbers; by
    the same name, words in any order, unless numbers, places or forms tell them apart, within one anchor also
    but for notes in brackets; and by names a slip of the pen apart at one postcode of one anchor. Where
    neither form nor place is known, the same name ties within one anchor only. Ties carry on from supplier to
    supplier, but no group holds two organisation numbers of one scheme, or two legal forms. Masked suppliers
    and redacted names are left alone. The order of rows does not matter, and the work grows with their
    number.
    """
    if not engine.has(tables.remembered_suppliers):
        engine.read(tables.remembered_suppliers, [])
    _read(engine, conventions)
    asked = engine.arrow(_asked(conventions))
    of = {name: np.array(asked[name].to_pylist(), dtype=object) for name in asked.column_names}

    def like(bucket: str) -> ties.Pairs:
        return ties.alike(ties.neighbours(of[bucket], of["core"]), of["core"], of["digits"], LIKE)

    near = ties.neighbours(of["at_postcode"], of["squeezed"])
    knots = ties.Knots(of["supplier_key"], of["number_id"], of["form"])
    knots.follow(ties.stars(of["checked"]), GroupBasis.NUMBER)
    knots.follow(like("unchecked"), GroupBasis.NUMBER)
    knots.follow(like("account"), GroupBasis.ACCOUNT)
    knots.follow(ties.between(like("supplier_number"), of["supplier_number"], of["anchor"], SHARED), GroupBasis.ACCOUNT)
    knots.follow(ties.stars(of["same_name"]), GroupBasis.NAME)
    knots.follow(ties.stars(of["same_but_notes"]), GroupBasis.BRACKETS)
    knots.follow(ties.misspelled(near, of["squeezed"], of["digits"], SHORTEST, LONG), GroupBasis.SPELLING)
    rows = knots.rows()
    engine.register(tables.supplier_groups, rows)
    for passing in ("group_suppliers", "group_numbers", "group_areas"):
        engine.forget(passing)
    return Grouping(len({row["group_key"] for row in rows}), len(rows), knots.split)


def _read(engine: DuckEngine, conventions: Conventions) -> None:
    """Leaves `group_suppliers`, who may be tied, with `group_numbers` and `group_areas` as read from their cells."""
    engine.sql(
        "group_suppliers",
        f"""
        SELECT * FROM (
            SELECT supplier_key, anchor, supplier_number, name, org_number, postcode, town
            FROM suppliers WHERE NOT is_masked
            UNION ALL BY NAME
            SELECT * FROM remembered_suppliers ANTI JOIN suppliers USING (supplier_key)
        ) WHERE NOT regexp_matches({names.cleaned("name")}, ?)
        """,
        f"^ ({'|'.join(sorted({names.fold(word) for word in conventions.redacted_names})) or '$'})( |$)",
    )
    numbers = {}
    for row in engine.rows("SELECT DISTINCT org_number FROM group_suppliers WHERE trim(org_number) <> ''"):
        # Of numbers that fit several schemes the one with a check digit is likelier.
        found = sorted(read_number(row["org_number"], conventions.schemes), key=lambda one: not one.is_checked)
        numbers[row["org_number"]] = found[0] if found else None
    engine.hold(
        "group_numbers",
        pa.table(
            {
                "org_number": pa.array(list(numbers), pa.string()),
                "number_id": pa.array([one and one.org_id for one in numbers.values()], pa.string()),
                "is_checked": pa.array([one and one.is_checked for one in numbers.values()], pa.bool_()),
            }
        ),
    )
    pattern = re.compile(conventions.postcode_area or "$^")
    codes = engine.rows(f"SELECT DISTINCT {code('postcode')} AS code FROM group_suppliers ORDER BY code")
    areas = {row["code"]: area[0] for row in codes if (area := pattern.search(row["code"])) and area[0]}
    schema = pa.schema([("code", pa.string()), ("area", pa.string())])
    engine.hold("group_areas", pa.table({"code": list(areas), "area": list(areas.values())}, schema=schema))


def _asked(conventions: Conventions) -> str:
    """SQL: every supplier whose name says something, with the buckets in which it may be tied."""
    cut = f"(SELECT * REPLACE (regexp_replace(name, '{NOTES}', ' ', 'g') AS name) FROM group_suppliers)"
    bare = names.split(cut, conventions)
    return f"""
    WITH whole AS ({_bucketed(names.split("group_suppliers", conventions), "''")}),
    bare AS ({_bucketed(bare, "anchor")})
    SELECT b.supplier_key, b.anchor, nullif(trim(b.supplier_number), '') AS supplier_number,
        b.number_id, b.form, b.core, b.squeezed, b.digits, w.bucket AS same_name,
        b.bucket AS same_but_notes,
        CASE WHEN b.is_checked THEN b.number_id END AS checked,
        CASE WHEN NOT b.is_checked THEN b.number_id END AS unchecked,
        CASE WHEN trim(b.supplier_number) <> ''
            THEN concat_ws(chr(31), b.anchor, trim(b.supplier_number)) END AS account,
        CASE WHEN b.code <> '' THEN concat_ws(chr(31), b.anchor, b.code) END AS at_postcode
    FROM bare b LEFT JOIN whole w USING (supplier_key)
    ORDER BY b.supplier_key
    """


def _bucketed(spelled: str, within: str) -> str:
    """SQL: names made comparable, each with its `bucket`: suppliers of one bucket bear the same name.

    What one member of a bucket alone knows (a form, a place, a number) is taken to hold for those that
    do not say; where members know different things, those that say nothing keep to themselves.
    """
    return f"""
    WITH spelled AS (
        SELECT * EXCLUDE (town), {TURNED} AS turned, {names.cleaned("coalesce(town, '')")} AS town,
            {code("postcode")} AS code, {within} AS within
        FROM ({spelled}) WHERE core <> ''
    ), placed AS (
        SELECT s.*, n.number_id, n.is_checked, coalesce(a.area, nullif(trim(s.town), '')) AS place
        FROM spelled s LEFT JOIN group_numbers n USING (org_number) LEFT JOIN group_areas a ON a.code = s.code
    ), formed AS (
        SELECT *, {_known("form")} AS same_form FROM placed WINDOW w AS (PARTITION BY within, turned)
    ), sited AS (
        SELECT *, {_known("place")} AS same_place FROM formed WINDOW w AS (PARTITION BY within, turned, same_form)
    ), numbered AS (
        SELECT *, {_known("number_id")} AS same_number
        FROM sited WINDOW w AS (PARTITION BY within, turned, same_form, same_place)
    )
    SELECT *, concat_ws(chr(31), within, turned, same_form, same_place, same_number,
        CASE WHEN same_form = '' AND same_place = '' THEN anchor ELSE '' END) AS bucket
    FROM numbered
    """


# The words in alphabetical order, so that their order does not matter; of mere initials it does.
TURNED = """CASE WHEN regexp_matches(core, '\\S{3}')
    THEN array_to_string(list_sort(string_split(core, ' ')), '') ELSE squeezed END"""


def _known(column: str) -> str:
    """SQL over a window `w`: the row's own value, else the only one that its bucket knows, else nothing."""
    return (
        f"coalesce({column}, CASE WHEN min({column}) OVER w = max({column}) OVER w THEN min({column}) OVER w END, '')"
    )
