"""Whose each supplier is: a person's finding, else the owner, else the legal form, else the number.

Reads suppliers, links, organisations, ultimate_owners, legal_forms, class_decisions. Writes ownerships.
Method: docs/method/ownership.md
"""

from bygd.countries import Country
from bygd.engine import Engine
from bygd.ownership.forms import NumberKind, number_kinds
from bygd.vocabulary.tables.links import ownerships
from bygd.vocabulary.words import OwnershipKind

HANDED_DOWN = (OwnershipKind.PUBLIC, OwnershipKind.DEMOCRATIC, OwnershipKind.EMPLOYEE_OWNED)
"""Kinds that a company has from its ultimate owner; any other owner makes it part of a group.

Foundations and associations are left out: many large private groups have one at the top.
"""

# The latest finding about each organisation or supplier, but for those that were taken back. All but the day only
# break ties, so that the same decisions always give the same answer.
FINDINGS = """
    SELECT subject_id, kind, evidence, decided_at FROM (
        SELECT subject_id, kind, evidence, decided_at,
               ROW_NUMBER() OVER (
                   PARTITION BY subject_id ORDER BY decided_at DESC, decided_by, COALESCE(kind, ''), evidence) AS place
        FROM class_decisions)
    WHERE place = 1 AND kind IS NOT NULL
"""

# What is known of the organisation at the top: whose it is by a finding, else by its form. Grouped, not DISTINCT,
# beside which DuckDB would read every column of the register.
TOPS = """
    SELECT u.*, d.kind AS found, f.kind AS form
    FROM ultimate_owners AS u
    JOIN (SELECT org_id FROM links WHERE state = 'linked' GROUP BY org_id) AS l ON l.org_id = u.org_id
    LEFT JOIN organisations AS o ON o.org_id = u.owner_id
    LEFT JOIN legal_forms AS f ON LOWER(f.legal_form) = LOWER(TRIM(o.legal_form))
    LEFT JOIN ownership_findings AS d ON d.subject_id = u.owner_id
"""

FACTS = """
    SELECT s.supplier_key, s.is_masked, REGEXP_REPLACE(COALESCE(s.org_number, ''), '[^0-9]', '', 'g') AS digits,
           CASE WHEN {org_counts} THEN by_org.kind ELSE by_supplier.kind END AS found,
           CASE WHEN {org_counts} THEN by_org.evidence ELSE by_supplier.evidence END AS evidence,
           o.is_masked AS is_person, o.country, o.legal_form, o.industry, o.size_band, o.source AS register,
           f.kind AS form_kind, f.source AS form_source, f.is_verified,
           w.owner_id, w.country AS owner_country, w.source AS owner_source, w.ended, w.kind AS owner_is,
           w.parent_id, w.found AS owner_found, w.form AS owner_form
    FROM suppliers AS s
    LEFT JOIN (SELECT supplier_key, org_id FROM links WHERE state = 'linked') AS l ON l.supplier_key = s.supplier_key
    LEFT JOIN organisations AS o ON o.org_id = l.org_id
    LEFT JOIN legal_forms AS f ON LOWER(f.legal_form) = LOWER(TRIM(o.legal_form))
    LEFT JOIN ownership_tops AS w ON w.org_id = l.org_id
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
                WHEN ended IS NOT NULL AND COALESCE(form_kind, 'unknown') IN ('private', 'unknown') THEN 'owner'
                WHEN form_kind <> 'unknown' THEN 'legal form'
                WHEN number_kind IS NOT NULL THEN 'number'
                ELSE 'none' END AS basis
    FROM (SELECT *, {number_kind} AS number_kind, {number_source} AS number_source FROM ({facts}))
"""

# By the owner at the top: what it hands down, else where it is. A company that persons own by themselves
# is independent; any other has at least one organisation above it.
BY_OWNER = """
    CASE WHEN owner_found IN ({handed_down}) THEN owner_found
         WHEN owner_country NOT IN ({home}) THEN 'foreign'
         WHEN owner_is = 'public_body' THEN 'public'
         WHEN owner_form IN ({handed_down}) THEN owner_form
         WHEN ended = 'persons' AND parent_id IS NULL THEN 'private_independent'
         ELSE 'private_group' END
"""

# In order, so that the same input gives the same file, byte for byte.
KINDS = """
    SELECT supplier_key, legal_form, industry, COALESCE(size_band, 'unknown') AS size_band, basis,
           CASE basis WHEN 'override' THEN found
                      WHEN 'masked' THEN 'sole_trader'
                      WHEN 'country' THEN 'foreign'
                      WHEN 'owner' THEN {by_owner}
                      WHEN 'legal form' THEN form_kind
                      WHEN 'number' THEN number_kind
                      ELSE 'unknown' END AS ownership,
           CASE basis WHEN 'override' THEN evidence
                      WHEN 'masked' THEN 'masked when the file was read'
                      WHEN 'country' THEN register
                      WHEN 'owner' THEN owner_source || ': ' || COALESCE(owner_id, ended)
                      WHEN 'legal form' THEN form_source || CASE WHEN is_verified THEN '' ELSE ' (not verified)' END
                      WHEN 'number' THEN number_source
                      ELSE '' END AS source,
           CASE WHEN basis <> 'masked' THEN owner_id END AS ultimate_owner_id,
           CASE WHEN basis <> 'masked' THEN owner_country END AS ultimate_country
    FROM ({basis})
    ORDER BY supplier_key
"""


def run(engine: Engine, country: Country) -> None:
    """One row per supplier: kind of ownership, what it rests on, legal form, industry and size.

    A company without known owner is 'private' ("group not known"); independent is one that a finding
    says is, or that a source of owners says persons own, with no organisation in control. `country`
    is the pack of the place; foreign is what is registered in another country, or whose ultimate
    owner is there. LEGAL_FORMS must have been registered from `legal_forms(country)`, and
    ULTIMATE_OWNERS made by `ultimate`.
    """
    engine.sql("ownership_findings", FINDINGS)
    engine.sql("ownership_tops", TOPS)
    numbers = number_kinds(country)
    home = ", ".join(f"'{pack.code}'" for pack in country.lineage() if not pack.settings.get("shared"))
    basis = BASIS.format(
        facts=FACTS.format(org_counts=ORG_COUNTS),
        home=home,
        number_kind=_by_number(numbers, "kind"),
        number_source=_by_number(numbers, "source"),
    )
    handed_down = ", ".join(f"'{kind.value}'" for kind in HANDED_DOWN)
    by_owner = BY_OWNER.format(handed_down=handed_down, home=home)
    engine.sql(ownerships, KINDS.format(basis=basis, by_owner=by_owner))


def _by_number(numbers: tuple[NumberKind, ...], wanted: str) -> str:
    """What the digits of the number show: the kind, or where that is said."""
    cases = []
    for number in numbers:
        source = number.source if number.is_verified else f"{number.source} (not verified)"
        text = (number.kind.value if wanted == "kind" else source).replace("'", "''")
        cases.append(f"WHEN REGEXP_MATCHES(digits, '{number.pattern}') THEN '{text}'")
    return f"CASE {' '.join(cases)} END" if cases else "CAST(NULL AS VARCHAR)"
