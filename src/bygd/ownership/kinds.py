"""Whose each supplier is: a person's finding, else the owner, else the legal form, else the number.

Reads suppliers, links, organisations, parents, legal_forms, class_decisions. Writes ownerships.
Method: docs/method/ownership.md
"""

from bygd.countries import Country
from bygd.engine import Engine
from bygd.ownership.forms import NumberKind, number_kinds
from bygd.vocabulary.tables.links import ownerships
from bygd.vocabulary.words import OwnershipKind

STEPS = 6
"""How many owners above an organisation are looked at; longer chains end with the last one seen."""

MAJORITY = 0.5
"""Above this share an owner controls (directive 2013/34/EU art. 22: majority of the votes)."""

HANDED_DOWN = (OwnershipKind.PUBLIC, OwnershipKind.DEMOCRATIC, OwnershipKind.EMPLOYEE_OWNED)
"""Kinds that a company has from its ultimate owner; any other owner makes it part of a group.

Foundations and associations are left out: many large private groups have one at the top.
"""

# The latest finding about each organisation or supplier. All but the day only break ties, so that the
# same decisions always give the same answer.
FINDINGS = """
    SELECT subject_id, kind, evidence, decided_at FROM (
        SELECT subject_id, kind, evidence, decided_at,
               ROW_NUMBER() OVER (
                   PARTITION BY subject_id ORDER BY decided_at DESC, decided_by, kind, evidence) AS place
        FROM class_decisions)
    WHERE place = 1
"""

# One row per linked organisation that has a controlling owner, with the one at the top. A chain that
# comes back to where it began stops before it does.
OWNERS = """
    WITH controlling AS (
        SELECT org_id, parent_id, source FROM parents
        WHERE parent_id <> org_id AND (share IS NULL OR share > {majority})),
    owned AS (
        SELECT p1.org_id, COALESCE({highest}) AS owner_id, p1.source
        FROM (SELECT DISTINCT org_id FROM links WHERE state = 'linked') AS l
        JOIN controlling AS p1 ON p1.org_id = l.org_id
        {joins})
    SELECT owned.org_id, owned.owner_id, owned.source, COALESCE(d.kind, f.kind) AS kind, o.country
    FROM owned
    LEFT JOIN organisations AS o ON o.org_id = owned.owner_id
    LEFT JOIN legal_forms AS f ON LOWER(f.legal_form) = LOWER(TRIM(o.legal_form))
    LEFT JOIN ownership_findings AS d ON d.subject_id = owned.owner_id
"""

FACTS = """
    SELECT s.supplier_key, s.is_masked, REGEXP_REPLACE(COALESCE(s.org_number, ''), '[^0-9]', '', 'g') AS digits,
           CASE WHEN {org_counts} THEN by_org.kind ELSE by_supplier.kind END AS found,
           CASE WHEN {org_counts} THEN by_org.evidence ELSE by_supplier.evidence END AS evidence,
           o.is_masked AS is_person, o.country, o.legal_form, o.industry, o.size_band, o.source AS register,
           f.kind AS form_kind, f.source AS form_source, f.is_verified,
           w.owner_id, w.kind AS owner_kind, w.source AS owner_source
    FROM suppliers AS s
    LEFT JOIN (SELECT supplier_key, org_id FROM links WHERE state = 'linked') AS l ON l.supplier_key = s.supplier_key
    LEFT JOIN organisations AS o ON o.org_id = l.org_id
    LEFT JOIN legal_forms AS f ON LOWER(f.legal_form) = LOWER(TRIM(o.legal_form))
    LEFT JOIN ownership_owners AS w ON w.org_id = l.org_id
    LEFT JOIN ownership_findings AS by_supplier ON by_supplier.subject_id = s.supplier_key
    LEFT JOIN ownership_findings AS by_org ON by_org.subject_id = l.org_id
"""

# Of a finding about the supplier and one about its organisation the later counts.
ORG_COUNTS = "(by_supplier.kind IS NULL OR by_org.decided_at > by_supplier.decided_at)"

# First say what the answer rests on; kind and source follow from that alone.
BASIS = """
    SELECT *,
           CASE WHEN found IS NOT NULL THEN 'override'
                WHEN is_masked OR is_person THEN 'masked'
                WHEN country NOT IN ({home}) THEN 'country'
                WHEN owner_id IS NOT NULL AND COALESCE(form_kind, 'unknown') IN ('private', 'unknown') THEN 'owner'
                WHEN form_kind <> 'unknown' THEN 'legal form'
                WHEN number_kind IS NOT NULL THEN 'number'
                ELSE 'none' END AS basis
    FROM (SELECT *, {number_kind} AS number_kind, {number_source} AS number_source FROM ({facts}))
"""

# In order, so that the same input gives the same file, byte for byte.
KINDS = """
    SELECT supplier_key, legal_form, industry, COALESCE(size_band, 'unknown') AS size_band, basis,
           CASE basis WHEN 'override' THEN found
                      WHEN 'masked' THEN 'sole_trader'
                      WHEN 'country' THEN 'foreign'
                      WHEN 'owner' THEN CASE WHEN owner_kind IN ({handed_down}) THEN owner_kind ELSE 'private_group' END
                      WHEN 'legal form' THEN form_kind
                      WHEN 'number' THEN number_kind
                      ELSE 'unknown' END AS ownership,
           CASE basis WHEN 'override' THEN evidence
                      WHEN 'masked' THEN 'masked when the file was read'
                      WHEN 'country' THEN register
                      WHEN 'owner' THEN owner_source || ': ' || owner_id
                      WHEN 'legal form' THEN form_source || CASE WHEN is_verified THEN '' ELSE ' (not verified)' END
                      WHEN 'number' THEN number_source
                      ELSE '' END AS source
    FROM ({basis})
    ORDER BY supplier_key
"""


def run(engine: Engine, country: Country) -> None:
    """One row per supplier: kind of ownership, what it rests on, legal form, industry and size.

    A company without known owner is 'private' ("group not known"), never independent: only a
    person's finding says that. `country` is the pack of the place; organisations registered in
    another country are foreign, domestic companies with a foreign owner are part of a group.
    LEGAL_FORMS must have been registered from `legal_forms(country)`.
    """
    steps = range(2, STEPS + 1)
    engine.sql("ownership_findings", FINDINGS)
    engine.sql(
        "ownership_owners",
        OWNERS.format(
            majority=MAJORITY,
            highest=", ".join(f"p{step}.parent_id" for step in (*reversed(steps), 1)),
            joins=" ".join(
                f"LEFT JOIN controlling AS p{step}"
                f" ON p{step}.org_id = p{step - 1}.parent_id AND p{step}.parent_id <> l.org_id"
                for step in steps
            ),
        ),
    )
    numbers = number_kinds(country)
    home = ", ".join(f"'{pack.code}'" for pack in country.lineage() if not pack.settings.get("shared"))
    basis = BASIS.format(
        facts=FACTS.format(org_counts=ORG_COUNTS),
        home=home,
        number_kind=_by_number(numbers, "kind"),
        number_source=_by_number(numbers, "source"),
    )
    handed_down = ", ".join(f"'{kind.value}'" for kind in HANDED_DOWN)
    engine.sql(ownerships, KINDS.format(basis=basis, handed_down=handed_down))


def _by_number(numbers: tuple[NumberKind, ...], wanted: str) -> str:
    """What the digits of the number show: the kind, or where that is said."""
    cases = []
    for number in numbers:
        source = number.source if number.is_verified else f"{number.source} (not verified)"
        text = (number.kind.value if wanted == "kind" else source).replace("'", "''")
        cases.append(f"WHEN REGEXP_MATCHES(digits, '{number.pattern}') THEN '{text}'")
    return f"CASE {' '.join(cases)} END" if cases else "CAST(NULL AS VARCHAR)"
