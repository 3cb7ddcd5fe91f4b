"""Whose a supplier is: every basis, the chain of owners, and SQL against plain Python."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.lib.text_tables import draw

from bygd import countries, ownership
from bygd.engine import DuckEngine
from bygd.ownership.kinds import HANDED_DOWN
from bygd.vocabulary import tables
from bygd.vocabulary.words import Control, OwnershipKind

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
    ownership.ultimate(engine)
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


PARENTS = "org_id | parent_id | kind | nature | share_low | is_control"


@pytest.mark.parametrize(
    ("owners", "kind", "source"),
    [
        ("o1 | o2     | organisation | shares | 1.0 | yes", "private_group", "register: o2"),
        ("o1 | o2     | organisation | unknown | - | yes", "private_group", "register: o2"),
        ("o1 | o2     | organisation | shares | 0.5 | no", "private", None),
        ("o1 | kommun | organisation | shares | 0.51 | yes", "public", "register: kommun"),
        ("o1 | other  | public_body  | votes | 1.0 | yes", "public", "register: other"),
        ("o1 | koop   | organisation | shares | 1.0 | yes", "democratic", "register: koop"),
        ("o1 | fond   | organisation | shares | 1.0 | yes", "private_group", "register: fond"),
        ("o1 | gmbh   | organisation | shares | 1.0 | yes", "foreign", "register: gmbh"),
        ("o1 | o1/person:1 | person | votes | 0.75 | yes", "private_independent", "register: o1/persons"),
        ("o1 | o1/person:1 | person | votes | 0.25 | no\no1 | o1/person:2 | person | shares | 0.25 | no",
         "private_independent", "register: o1/persons"),
        ("o1 | o1/person:1 | person | influence | - | no", "private", None),
        ("o1 | o1/person:1 | person | votes | 0.25 | no\no1 | o2 | organisation | shares | 0.25 | no", "private", None),
        ("o1 | o2 | organisation | shares | 0.75 | yes\no1 | fond | organisation | shares | 0.75 | yes",
         "private_group", "register: several"),
        ("o1 | o2 | organisation | board | - | yes\no1 | fond | organisation | votes | 0.5 | yes",
         "private_group", "register: fond"),
        ("o1 | o2     | organisation | shares | 1.0 | yes\no2 | kommun | organisation | shares | 1.0 | yes",
         "public", "register: kommun"),
        ("o1 | o2     | organisation | shares | 1.0 | yes\no2 | kommun | organisation | shares | 0.2 | no",
         "private_group", "register: o2"),
        ("o1 | o2     | organisation | shares | 1.0 | yes\no2 | o1 | organisation | shares | 1.0 | yes",
         "private_group", "register: cycle"),
        ("koop | kommun | organisation | shares | 1.0 | yes", "private", None),
    ],
)  # fmt: skip
def test_the_ultimate_owner(engine: DuckEngine, owners: str, kind: str, source: str | None) -> None:
    found = judged(engine, ORGANISATIONS, parents=f"{PARENTS}\n{owners}")
    assert found[0] == kind
    assert source is None or found[1:] == ("owner", source)


def test_an_owner_does_not_change_a_form_that_is_no_company(engine: DuckEngine) -> None:
    organisations = ORGANISATIONS.replace("o1     | 49", "o1     | 51")
    found = judged(engine, organisations, parents=f"{PARENTS}\no1 | o2 | organisation | shares | 1 | yes")
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
    parents = f"{PARENTS}\no1 | kommun | organisation | shares | 1 | yes"
    decisions = f"subject_id | kind | evidence | decided_at\n{findings}"
    assert judged(engine, ORGANISATIONS, parents, decisions) == (kind, "override", "e1")


def test_a_finding_about_the_owner_reaches_the_company(engine: DuckEngine) -> None:
    parents = f"{PARENTS}\no1 | o2 | organisation | shares | 1 | yes"
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


def ultimate(parents: list[dict[str, Any]], org: str) -> tuple[str, dict[str, Any] | None, bool]:
    """How the way up ends, the row that names the owner at the end, and whether persons own `org` by themselves."""
    at, last, seen = org, None, {org}
    while True:
        lasting = [one for one in parents if one["org_id"] == at and one["until"] is None]
        strong = [one for one in lasting if one["is_control"] and one["kind"] != "person"]
        order = [word.value for word in Control if word not in (Control.INFLUENCE, Control.UNKNOWN)]

        def strength(one: dict[str, Any], order: list[str] = order) -> tuple[int, float]:
            return order.index(one["nature"]) if one["nature"] in order else 3, -(one["share_low"] or 0)

        best = [one for one in strong if strength(one) == min(map(strength, strong))]
        if len(best) > 1:
            return "several", None, False
        if not best:
            persons = [one for one in lasting if one["kind"] == "person"]
            controlling = [one for one in persons if one["is_control"]]
            owning = [one for one in persons if one["nature"] in ("votes", "shares")]
            if controlling or (owning and len(persons) == len(lasting)):
                countries = {one["country"] for one in controlling or owning}
                country = countries.pop() if len(countries) == 1 else None
                return "persons", {"parent_id": f"{at}/persons", "kind": "person", "country": country}, at == org
            return ("top" if last else "none"), last, False
        last, at = best[0], best[0]["parent_id"]
        if at in seen:
            return "cycle", None, False
        seen.add(at)


def kind_of(
    supplier: dict[str, Any],
    org: dict[str, Any] | None,
    organisations: dict[str, dict[str, Any]],
    parents: list[dict[str, Any]],
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
        ended, owner, is_direct = ultimate(parents, org["org_id"])
        if ended != "none" and form in ("private", "unknown"):
            top = organisations.get(owner["parent_id"]) if owner else None
            said = latest(decisions, owner["parent_id"]) if owner else None
            if said and said["kind"] in HANDED_DOWN:
                return str(said["kind"])
            named = [one["country"] for one in parents if owner and one["parent_id"] == owner["parent_id"]]
            country = top["country"] if top else owner["country"] if owner and ended == "persons" else None
            country = country or min((one for one in named if one), default=None)
            if country not in (None, "se"):
                return "foreign"
            if owner and owner["kind"] == "public_body":
                return "public"
            kind = forms.get((top["legal_form"] or "").lower()) if top else None
            if kind in HANDED_DOWN:
                return str(kind)
            return "private_independent" if is_direct else "private_group"
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
    {
        "org_id": st.sampled_from(IDS),
        "parent_id": st.sampled_from([*IDS, "gone"]),
        "kind": st.sampled_from(["organisation", "organisation", "organisation", "public_body", "person"]),
        "country": st.sampled_from([None, "se", "se", "de"]),
        "nature": st.sampled_from([word.value for word in Control]),
        "share_low": st.sampled_from([None, 0.25, 0.5, 0.75]),
        "is_control": st.sampled_from([True, True, False]),
        "until": st.sampled_from([None, None, None, date(2020, 1, 1)]),
    }
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
    parents=st.lists(PARENT, max_size=8, unique_by=lambda one: (one["org_id"], one["parent_id"])),
    decisions=st.lists(DECISION, max_size=4),
    linked=st.lists(st.none() | st.sampled_from(IDS), min_size=3, max_size=3),
    numbers=st.lists(NUMBERS, min_size=3, max_size=3),
    masked=st.integers(0, 6),
)
def test_sql_and_plain_python_judge_alike(
    organisations: dict[str, dict[str, Any]],
    parents: list[dict[str, Any]],
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
        tables.parents: parents,
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
    ownership.ultimate(engine)
    ownership.run(engine, COUNTRY)
    found = {row["supplier_key"]: row["ownership"] for row in engine.rows("FROM ownerships")}
    assert found == {
        one["supplier_key"]: kind_of(one, listed.get(org_id or ""), listed, parents, decisions)
        if org_id is None or org_id in listed
        else found[one["supplier_key"]]
        for one, org_id in zip(suppliers, linked, strict=True)
    }
