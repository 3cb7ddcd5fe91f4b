"""Whose a supplier is: every basis, the chain of owners, and SQL against plain Python."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.lib.text_tables import draw

from bygd import countries, ownership
from bygd.engine import DuckEngine
from bygd.ownership.kinds import HANDED_DOWN, STEPS
from bygd.vocabulary import tables
from bygd.vocabulary.words import OwnershipKind

COUNTRY = countries.load("se")
FORMS = ownership.legal_forms(COUNTRY)

SUPPLIERS = """
    supplier_key | name | org_number    | is_masked
    s1           | One  | -             | no
"""
LINKS = """
    supplier_key | org_id | state
    s1           | o1     | linked
"""


def judged(
    engine: DuckEngine,
    organisations: str,
    parents: str = "",
    decisions: str = "",
    suppliers: str = SUPPLIERS,
    links: str = LINKS,
) -> tuple[str, str, str]:
    """Ownership, basis and source of s1."""
    for table, text in (
        (tables.suppliers, suppliers),
        (tables.links, links),
        (tables.organisations, organisations),
        (tables.parents, parents),
        (tables.class_decisions, decisions),
    ):
        engine.register(table, draw(table, text, country="se", source="register") if text else [])
    engine.register(tables.legal_forms, FORMS)
    ownership.run(engine, COUNTRY)
    (row,) = engine.rows("SELECT ownership, basis, source FROM ownerships WHERE supplier_key = 's1'")
    return row["ownership"], row["basis"], row["source"]


@pytest.mark.parametrize(
    ("organisation", "kind", "basis"),
    [
        ("o1 | 49 | se | no", "private", "legal form"),
        ("o1 | AB | se | no", "private", "legal form"),
        ("o1 | ek | se | no", "democratic", "legal form"),
        ("o1 | 82 | se | no", "public", "legal form"),
        ("o1 | 61 | se | no", "social", "legal form"),
        ("o1 | E  | se | no", "sole_trader", "legal form"),
        ("o1 | 49 | se | yes", "sole_trader", "masked"),
        ("o1 | 49 | de | no", "foreign", "country"),
        ("o1 | 99 | se | no", "unknown", "none"),
        ("o1 | ?? | se | no", "unknown", "none"),
        ("o1 | -  | se | no", "unknown", "none"),
        ("o2 | 49 | se | no", "unknown", "none"),
    ],
)
def test_what_the_register_tells(engine: DuckEngine, organisation: str, kind: str, basis: str) -> None:
    found = judged(engine, f"org_id | legal_form | country | is_masked\n{organisation}")
    assert found[:2] == (kind, basis)


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("212000-1355", "public"),
        ("16 556016-0680", "private"),
        ("SE556016068001", "unknown"),
        ("8001001234", "unknown"),  # third digit below 2: no organisation number
        ("802400-1234", "social"),
        ("p:1234567890", "unknown"),
        ("", "unknown"),
    ],
)
def test_the_number_is_the_last_resort(engine: DuckEngine, number: str, kind: str) -> None:
    supplier = f"supplier_key | name | org_number | is_masked\ns1 | One | {number or '-'} | no"
    found = judged(engine, "", suppliers=supplier, links="")
    assert found[:2] == (kind, "none" if kind == "unknown" else "number")


def test_a_masked_supplier_is_a_sole_trader(engine: DuckEngine) -> None:
    found = judged(engine, "", suppliers=SUPPLIERS.replace("no\n", "yes\n"), links="")
    assert found[:2] == ("sole_trader", "masked")


ORGANISATIONS = """
    org_id | legal_form | country
    o1     | 49         | se
    o2     | 49         | se
    kommun | 82         | se
    koop   | 51         | se
    fond   | 72         | se
    gmbh   | 49         | de
"""


@pytest.mark.parametrize(
    ("owners", "kind", "source"),
    [
        ("o1 | o2     | 1.0", "private_group", "register: o2"),
        ("o1 | o2     | -", "private_group", "register: o2"),
        ("o1 | o2     | 0.5", "private", None),
        ("o1 | kommun | 0.51", "public", "register: kommun"),
        ("o1 | koop   | 1.0", "democratic", "register: koop"),
        ("o1 | fond   | 1.0", "private_group", "register: fond"),
        ("o1 | gmbh   | 1.0", "private_group", "register: gmbh"),
        ("o1 | de     | 1.0", "private_group", "register: de"),
        ("o1 | o2     | 1.0\no2 | kommun | 1.0", "public", "register: kommun"),
        ("o1 | o2     | 1.0\no2 | kommun | 0.2", "private_group", "register: o2"),
        ("o1 | o2     | 1.0\no2 | o1     | 1.0", "private_group", "register: o2"),
        ("o1 | o1     | 1.0", "private", None),
        ("koop | kommun | 1.0", "private", None),
    ],
)
def test_the_ultimate_owner(engine: DuckEngine, owners: str, kind: str, source: str | None) -> None:
    found = judged(engine, ORGANISATIONS, parents=f"org_id | parent_id | share\n{owners}")
    assert found[0] == kind
    assert source is None or found[1:] == ("owner", source)


def test_an_owner_does_not_change_a_form_that_is_no_company(engine: DuckEngine) -> None:
    organisations = ORGANISATIONS.replace("o1     | 49", "o1     | 51")
    found = judged(engine, organisations, parents="org_id | parent_id | share\no1 | o2 | 1.0")
    assert found[:2] == ("democratic", "legal form")


@pytest.mark.parametrize(
    ("findings", "kind"),
    [
        ("o1 | employee_owned      | e1 | 2020-01-01", "employee_owned"),
        ("s1 | private_independent | e1 | 2020-01-01", "private_independent"),
        ("o1 | social | e0 | 2020-01-01\no1 | public | e1 | 2020-01-02", "public"),
        ("s1 | social | e0 | 2020-01-01\no1 | public | e1 | 2020-01-02", "public"),
        ("s1 | public | e1 | 2020-01-03\no1 | social | e0 | 2020-01-02", "public"),
        ("s1 | public | e1 | 2020-01-02\no1 | social | e0 | 2020-01-02", "public"),
    ],
)
def test_the_latest_finding_counts_above_all(engine: DuckEngine, findings: str, kind: str) -> None:
    parents = "org_id | parent_id | share\no1 | kommun | 1.0"
    decisions = f"subject_id | kind | evidence | decided_at\n{findings}"
    assert judged(engine, ORGANISATIONS, parents, decisions) == (kind, "override", "e1")


def test_a_finding_about_the_owner_reaches_the_company(engine: DuckEngine) -> None:
    parents = "org_id | parent_id | share\no1 | o2 | 1.0"
    decisions = "subject_id | kind | evidence | decided_at\no2 | employee_owned | e | 2020-01-01"
    assert judged(engine, ORGANISATIONS, parents, decisions)[:2] == ("employee_owned", "owner")


def test_an_unverified_form_says_so(engine: DuckEngine) -> None:
    engine.register(tables.class_decisions, [])
    judged(engine, ORGANISATIONS)
    forms = [{**row, "is_verified": False} for row in FORMS]
    engine.register(tables.legal_forms, forms)
    ownership.run(engine, COUNTRY)
    (row,) = engine.rows("SELECT source FROM ownerships")
    assert row["source"].endswith("(not verified)")


def test_industry_and_size_come_from_the_organisation(engine: DuckEngine) -> None:
    judged(engine, "org_id | legal_form | industry | size_band\no1 | 49 | 56100 | small")
    (row,) = engine.rows("FROM ownerships")
    assert (row["legal_form"], row["industry"], row["size_band"]) == ("49", "56100", "small")


# The same in plain Python, for comparison.


def latest(decisions: Iterable[dict[str, Any]], subject: str | None) -> dict[str, Any] | None:
    about = [one for one in decisions if one["subject_id"] == subject]
    if not about:
        return None
    day = max(one["decided_at"] for one in about)
    ties = [one for one in about if one["decided_at"] == day]
    return min(ties, key=lambda one: (one["decided_by"], one["kind"], one["evidence"]))


def ultimate(parents: dict[str, dict[str, Any]], org: str) -> str | None:
    at, owner = org, None
    for _ in range(STEPS):
        one = parents.get(at)
        if one is None or one["parent_id"] in (at, org) or not (one["share"] is None or one["share"] > 0.5):
            break
        at = owner = one["parent_id"]
    return owner


def kind_of(
    supplier: dict[str, Any],
    org: dict[str, Any] | None,
    organisations: dict[str, dict[str, Any]],
    parents: dict[str, dict[str, Any]],
    decisions: list[dict[str, Any]],
) -> str:
    forms = {row["legal_form"].lower(): row["kind"].value for row in FORMS}
    own, its = latest(decisions, supplier["supplier_key"]), latest(decisions, org and org["org_id"])
    if own and not (its and its["decided_at"] > own["decided_at"]):
        return str(own["kind"])
    if its:
        return str(its["kind"])
    if supplier["is_masked"] or (org and org["is_masked"]):
        return "sole_trader"
    form = forms.get((org["legal_form"] or "").strip().lower(), "unknown") if org else "unknown"
    if org:
        if org["country"] != "se":
            return "foreign"
        owner = ultimate(parents, org["org_id"])
        if owner and form in ("private", "unknown"):
            said = latest(decisions, owner)
            top = organisations.get(owner)
            kind = said["kind"] if said else forms.get((top["legal_form"] or "").lower()) if top else None
            return str(kind) if kind in HANDED_DOWN else "private_group"
        if form != "unknown":
            return form
    digits = re.sub("[^0-9]", "", supplier["org_number"] or "")
    return next(
        (one.kind.value for one in ownership.number_kinds(COUNTRY) if re.search(one.pattern, digits)), "unknown"
    )


IDS = [f"o{n}" for n in range(6)]
ORGANISATION = st.fixed_dictionaries(
    {
        "legal_form": st.sampled_from(["49", "AB", "51", "82", "72", "10", "99", "zz", None]),
        "country": st.sampled_from(["se", "se", "se", "de"]),
        "is_masked": st.sampled_from([False, False, False, True]),
    }
)
PARENT = st.fixed_dictionaries(
    {"parent_id": st.sampled_from([*IDS, "de", "gone"]), "share": st.sampled_from([None, 0.2, 0.5, 0.6, 1.0])}
)
DECISION = st.fixed_dictionaries(
    {
        "subject_id": st.sampled_from([*IDS, "s0", "s1", "s2"]),
        "kind": st.sampled_from([word.value for word in OwnershipKind]),
        "evidence": st.sampled_from(["e1", "e2"]),
        "decided_by": st.sampled_from(["a", "b"]),
        "decided_at": st.sampled_from([datetime(2020, 1, day) for day in (1, 2, 3)]),
    }
)
NUMBERS = st.sampled_from([None, "", "212000-1355", "165560160680", "969000-1234", "p:5560160680", "x"])


@pytest.fixture(scope="module")
def engine_of_module() -> Iterator[DuckEngine]:
    """One engine for every example: each example puts its tables anew."""
    with DuckEngine(threads=1) as engine:
        yield engine


@settings(max_examples=30, deadline=None)
@given(
    organisations=st.dictionaries(st.sampled_from(IDS), ORGANISATION),
    parents=st.dictionaries(st.sampled_from(IDS), PARENT),
    decisions=st.lists(DECISION, max_size=4),
    linked=st.lists(st.none() | st.sampled_from(IDS), min_size=3, max_size=3),
    numbers=st.lists(NUMBERS, min_size=3, max_size=3),
    masked=st.integers(0, 6),
)
def test_sql_and_plain_python_judge_alike(
    organisations: dict[str, dict[str, Any]],
    parents: dict[str, dict[str, Any]],
    decisions: list[dict[str, Any]],
    linked: list[str | None],
    numbers: list[str | None],
    masked: int,
    engine_of_module: DuckEngine,
) -> None:
    engine = engine_of_module
    suppliers = [
        {"supplier_key": f"s{n}", "org_number": number, "is_masked": n == masked} for n, number in enumerate(numbers)
    ]
    listed = {org_id: {**one, "org_id": org_id} for org_id, one in organisations.items()}
    full = {
        tables.suppliers: suppliers,
        tables.organisations: list(listed.values()),
        tables.parents: [{**one, "org_id": org_id} for org_id, one in parents.items()],
        tables.class_decisions: decisions,
        tables.links: [
            {"supplier_key": f"s{n}", "org_id": org_id, "state": "linked" if org_id else "unresolved"}
            for n, org_id in enumerate(linked)
        ],
    }
    for table, rows in full.items():
        blank = draw(table, "| ".join(table.columns()) + "\n" + "| ".join("-" for _ in table.columns()))[0]
        needed = {"name": "n", "anchor": "a", "source": "s", "stage": "none", "evidence": "{}", "status": "active"}
        needed["is_contested"] = False
        kept = {name: needed.get(name, value) for name, value in blank.items()}
        kept |= {"size_band": "unknown"} if "size_band" in kept else {}
        engine.register(table, [{**kept, **row} for row in rows])
    engine.register(tables.legal_forms, FORMS)
    ownership.run(engine, COUNTRY)
    found = {row["supplier_key"]: row["ownership"] for row in engine.rows("FROM ownerships")}
    assert found == {
        one["supplier_key"]: kind_of(one, listed.get(org_id or ""), listed, parents, decisions)
        if org_id is None or org_id in listed
        else found[one["supplier_key"]]
        for one, org_id in zip(suppliers, linked, strict=True)
    }
