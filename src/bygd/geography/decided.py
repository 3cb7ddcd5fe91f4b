"""Decided: where people found a registered office or a branch to be, with evidence.

Reads seat_decisions, areas. Method: docs/method/geography.md
"""

from bygd.engine import Engine
from bygd.geography.places import Place
from bygd.geography.postcodes import normal, ring_case
from bygd.vocabulary.said import Said
from bygd.vocabulary.words import Ring, Site

MOST_WARNED = 20

# The latest word on each site of each subject; with neither area nor postcode it takes back what was said. All but
# the day only break ties, so that the same decisions always give the same answer.
SAID = """
    SELECT subject_id, site, area_id, {postcode} AS postcode, decided_at,
           CASE WHEN area_id IS NULL THEN '{home}' ELSE LEFT(area_id, 2) END AS country
    FROM (
        SELECT *, ROW_NUMBER() OVER (
                   PARTITION BY subject_id, site ORDER BY decided_at DESC, decided_by, area_id, postcode) AS position
        FROM seat_decisions
    ) AS ranked
    WHERE position = 1 AND (area_id IS NOT NULL OR postcode IS NOT NULL)
"""

# What is said, with the areas it lies in. A country is no row of every file of areas.
KNOWN = """
    SELECT s.*, a.area_id IS NOT NULL OR s.area_id = '{home}' AS is_known,
           CASE WHEN a.level = 'neighbourhood' THEN a.area_id END AS neighbourhood_id,
           CASE a.level WHEN 'neighbourhood' THEN a.parent_id WHEN 'municipality' THEN a.area_id END AS municipality_id,
           CASE a.level WHEN 'neighbourhood' THEN p.parent_id WHEN 'municipality' THEN a.parent_id
                        WHEN 'county' THEN a.area_id END AS county_id,
           a.deprivation_decile AS decile
    FROM geography_said AS s
    LEFT JOIN areas AS a ON a.area_id = s.area_id
    LEFT JOIN areas AS p ON p.area_id = a.parent_id
"""

DECIDED = """
    SELECT k.subject_id, k.site, k.decided_at, k.area_id AS said_area, k.postcode AS said_postcode, k.is_known,
           CASE WHEN k.country <> '{home}' THEN CASE WHEN k.is_known THEN k.area_id END
                ELSE COALESCE(k.municipality_id, f.municipality_id) END AS area_id,
           CASE WHEN k.country <> '{home}' THEN 'world'
                WHEN k.area_id IS NULL THEN COALESCE(f.ring, 'unknown')
                WHEN k.is_known THEN CASE {ring} END
                ELSE 'unknown' END AS ring,
           CASE WHEN k.area_id IS NULL THEN f.decile ELSE k.decile END AS decile,
           CASE WHEN k.area_id IS NULL THEN 'decided, ' || COALESCE(f.how, 'nothing') ELSE 'decided, area' END AS how
    FROM ({known}) AS k
    LEFT JOIN geography_found AS f ON f.postcode = CASE WHEN k.area_id IS NULL THEN k.postcode END
"""

# Of a finding about the supplier and one about its organisation the later counts, as with ownership.
OF_SUPPLIERS = """
    SELECT supplier_key, site, area_id, ring, decile, how
    FROM (
        SELECT said.*, ROW_NUMBER() OVER (
                   PARTITION BY supplier_key, site ORDER BY decided_at DESC, is_of_supplier DESC) AS position
        FROM (
            SELECT l.supplier_key, 1 AS is_of_supplier, d.*
            FROM geography_decided AS d JOIN geography_ledger AS l ON l.supplier_key = d.subject_id
            UNION ALL
            SELECT l.supplier_key, 0 AS is_of_supplier, d.*
            FROM geography_decided AS d JOIN geography_ledger AS l ON l.org_id = d.subject_id
        ) AS said
        WHERE ring <> 'unknown'
    ) AS ranked
    WHERE position = 1
"""

WRONG = """
    SELECT subject_id, site, said_area, said_postcode, is_known FROM geography_decided
    WHERE ring = 'unknown' ORDER BY subject_id, site
"""


def said(engine: Engine, place: Place) -> None:
    """Leave in `geography_said` what counts of what people said, one row per subject and site; postcodes as files."""
    home = place.country
    engine.sql("geography_said", SAID.format(home=home, postcode=normal("postcode", f"'{home}'")))


def decided(engine: Engine, place: Place) -> list[Said]:
    """Place what was said, by `geography_found`; warnings of what cannot be placed, which then does not count.

    Leaves `geography_decided`, one row per subject and site, and `geography_decided_of`, the same per supplier.
    """
    known = KNOWN.format(home=place.country)
    ring = ring_case(place, "k.neighbourhood_id", "k.municipality_id", "k.county_id")
    engine.sql("geography_decided", DECIDED.format(home=place.country, known=known, ring=ring))
    engine.sql("geography_decided_of", OF_SUPPLIERS)
    wrong = [_warning(place, **row) for row in engine.rows(WRONG)]
    if len(wrong) > MOST_WARNED:
        more = Said("{number} more decisions on places could not be used.", number=len(wrong) - MOST_WARNED)
        return [*wrong[:MOST_WARNED], more]
    return wrong


def of(site: Site) -> str:
    """What was decided of that site of suppliers, as a relation to join by `supplier_key`."""
    return f"(SELECT * FROM geography_decided_of WHERE site = '{site.value}')"


def of_organisations(site: Site) -> str:
    """The same of organisations, to join by `subject_id`."""
    return f"(SELECT * FROM geography_decided WHERE site = '{site.value}' AND ring <> '{Ring.UNKNOWN.value}')"


def _warning(
    place: Place, subject_id: str, site: str, said_area: str | None, said_postcode: str | None, is_known: bool
) -> Said:
    about = {"subject": subject_id, "site": Said(Site(site).label.lower())}
    if said_area is None:
        return Said(
            "A decision says that the {site} of {subject} has the postcode {postcode}, which no postcode file places. "
            "It does not count: say the area instead.",
            **about,
            postcode=said_postcode,
        )
    if not is_known:
        return Said(
            "A decision says that the {site} of {subject} is in {area}, which stands in no file of areas or postcodes. "
            "It does not count: correct it, or add such a file.",
            **about,
            area=said_area,
        )
    return Said(
        "A decision says that the {site} of {subject} is in {area}, which does not settle whether that is in {place}. "
        "It does not count: say a smaller area.",
        **about,
        area=said_area,
        place=place.name,
    )
