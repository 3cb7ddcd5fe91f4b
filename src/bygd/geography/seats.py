"""Where each supplier is: registered office and branch, and in which ring of the place.

Reads suppliers, links, link_candidates, organisations, workplaces, postcodes, areas, seat_decisions. Writes
seats and offices. Method: docs/method/geography.md
"""

from bygd.countries import load
from bygd.engine import Engine
from bygd.engine.dialect import literal, trim
from bygd.geography.decided import decided, of, of_organisations, said
from bygd.geography.places import RINGS, Place
from bygd.geography.postcodes import find, normal, ring_case
from bygd.sources.registers import country_names
from bygd.vocabulary.said import Said
from bygd.vocabulary.tables import offices, seats
from bygd.vocabulary.words import Ring, Site

# The ledger's own address; a blank country is the place's.
LEDGER = """
    SELECT supplier_key, org_id, country, {postcode} AS postcode
    FROM (
        SELECT s.supplier_key, l.org_id, s.postcode,
               CASE WHEN {written} IS NULL THEN '{home}' ELSE c.country END AS country
        FROM suppliers AS s
        LEFT JOIN links AS l ON l.supplier_key = s.supplier_key AND l.state = 'linked'
        LEFT JOIN ({countries}) AS c ON c.written = {written}
    ) AS addressed
"""

# Organisations that are linked, and those that suppliers may be: a review asks where they are.
ASKED = """
    SELECT org_id FROM geography_ledger WHERE org_id IS NOT NULL
    UNION
    SELECT c.org_id
    FROM link_candidates AS c JOIN links AS l ON l.supplier_key = c.supplier_key AND l.state = 'unresolved'
"""

# Registered offices of those organisations; a municipality code that no file of areas knows is none.
OFFICES = """
    SELECT o.org_id, o.country, {postcode} AS postcode, m.area_id AS municipality_id, m.parent_id AS county_id
    FROM organisations AS o
    LEFT JOIN areas AS m ON m.area_id = o.country || ':' || o.municipality
    WHERE o.org_id IN (SELECT org_id FROM geography_asked)
"""

WORKPLACES = """
    SELECT w.workplace_key, w.org_id, w.country, {postcode} AS postcode,
           m.area_id AS municipality_id, m.parent_id AS county_id
    FROM workplaces AS w
    LEFT JOIN areas AS m ON m.area_id = w.country || ':' || w.municipality
    WHERE w.org_id IN (SELECT org_id FROM geography_asked)
"""

WANTED = """
    SELECT DISTINCT postcode
    FROM (
        SELECT country, postcode FROM geography_ledger
        UNION ALL SELECT country, postcode FROM geography_offices
        UNION ALL SELECT country, postcode FROM geography_workplaces
        UNION ALL SELECT country, postcode FROM geography_said
    ) AS addresses
    WHERE country = '{home}' AND postcode IS NOT NULL
"""

# An address placed by the register's municipality code, else by its postcode.
PLACED = """
    SELECT a.*, COALESCE(a.municipality_id, f.municipality_id) AS area_id, f.decile,
           CASE WHEN a.country <> '{home}' THEN 'world'
                WHEN a.municipality_id IS NOT NULL THEN CASE {ring} END
                ELSE COALESCE(f.ring, 'unknown') END AS ring,
           CASE WHEN a.country <> '{home}' THEN 'country'
                WHEN a.municipality_id IS NOT NULL THEN 'municipality code'
                ELSE COALESCE(f.how, 'nothing') END AS how
    FROM {addresses} AS a
    LEFT JOIN geography_found AS f ON f.postcode = CASE WHEN a.country = '{home}' THEN a.postcode END
"""

NEAREST = """
    SELECT org_id, area_id, ring, decile, how
    FROM (
        SELECT p.*, ROW_NUMBER() OVER (PARTITION BY p.org_id ORDER BY {rank}, p.area_id, p.workplace_key) AS position
        FROM ({placed}) AS p
        WHERE p.ring <> 'unknown'
    ) AS ranked
    WHERE position = 1
"""

# What a person found goes before what registers and ledgers say.
BOTH = """
    SELECT l.supplier_key,
           CASE WHEN ds.ring IS NOT NULL THEN ds.area_id
                WHEN l.org_id IS NULL THEN NULL ELSE o.area_id END AS seat_id,
           CASE WHEN ds.ring IS NOT NULL THEN ds.ring
                WHEN o.org_id IS NOT NULL THEN o.ring
                WHEN l.country <> '{home}' THEN 'world'
                ELSE 'unknown' END AS seat_ring,
           CASE WHEN ds.ring IS NOT NULL THEN ds.how
                WHEN o.org_id IS NOT NULL THEN 'register, ' || o.how
                WHEN l.country <> '{home}' THEN 'ledger, country'
                ELSE 'not linked' END AS seat_how,
           CASE WHEN db.ring IS NOT NULL THEN db.area_id
                WHEN a.ring <> 'unknown' THEN a.area_id ELSE w.area_id END AS branch_id,
           CASE WHEN db.ring IS NOT NULL THEN db.ring
                WHEN a.ring <> 'unknown' THEN a.ring ELSE COALESCE(w.ring, 'unknown') END AS branch_ring,
           CASE WHEN db.ring IS NOT NULL THEN db.how
                WHEN a.ring <> 'unknown' THEN 'ledger, ' || a.how
                WHEN w.ring IS NOT NULL THEN 'workplace, ' || w.how
                WHEN l.postcode IS NULL THEN 'no address'
                ELSE 'address not placed' END AS branch_how,
           COALESCE(
               CASE WHEN db.ring IS NOT NULL THEN db.decile WHEN a.ring <> 'unknown' THEN a.decile ELSE w.decile END,
               CASE WHEN ds.ring IS NOT NULL THEN ds.decile ELSE o.decile END) AS deprivation_decile
    FROM geography_ledger AS l
    LEFT JOIN geography_offices_placed AS o ON o.org_id = l.org_id
    LEFT JOIN geography_addresses_placed AS a ON a.supplier_key = l.supplier_key
    LEFT JOIN geography_nearest AS w ON w.org_id = l.org_id
    LEFT JOIN {seat} AS ds ON ds.supplier_key = l.supplier_key
    LEFT JOIN {branch} AS db ON db.supplier_key = l.supplier_key
"""

SEATS = """
    SELECT supplier_key, seat_id, seat_ring, branch_id, branch_ring,
           CASE WHEN {seat_rank} <= {branch_rank} THEN seat_ring ELSE branch_ring END AS either_ring,
           deprivation_decile,
           'seat: ' || seat_how || '; branch: ' || branch_how AS how
    FROM geography_both
    ORDER BY supplier_key
"""

OFFICES_FOUND = """
    SELECT o.org_id,
           CASE WHEN ds.ring IS NOT NULL THEN ds.area_id ELSE o.area_id END AS seat_id,
           COALESCE(ds.ring, o.ring) AS seat_ring,
           COALESCE(db.ring, w.ring, 'unknown') AS branch_ring,
           'seat: ' || COALESCE(ds.how, 'register, ' || o.how) || '; branch: '
           || COALESCE(db.how, 'workplace, ' || w.how, 'no workplace') AS how
    FROM geography_offices_placed AS o
    LEFT JOIN geography_nearest AS w ON w.org_id = o.org_id
    LEFT JOIN {seat} AS ds ON ds.subject_id = o.org_id
    LEFT JOIN {branch} AS db ON db.subject_id = o.org_id
    ORDER BY o.org_id
"""


def run(engine: Engine, place: Place) -> list[Said]:
    """One seat per supplier: the rings of `place` that hold its registered office, its branch, and either.

    The seat is the registered office of the linked organisation: the register's municipality code,
    else its postcode. The branch is the address on the ledger, else the nearest workplace in the
    register. A supplier with an address abroad that no register knows has its seat abroad. In the
    place's country an address whose municipality cannot be told is 'unknown', unless its county
    settles the ring; so is all that has no address.

    What people decided goes before all that: of a decision on the supplier and one on its organisation the later.
    Gives warnings of decisions that name no place, which do not count.

    `offices` says the same of organisations: those that are linked and those that suppliers may be.
    """
    home = place.country
    country = load(home)
    written = [row["country"] for row in engine.rows(f"SELECT DISTINCT {trim('country')} AS country FROM suppliers")]
    engine.sql(
        "geography_ledger",
        LEDGER.format(
            home=home,
            written=trim("s.country"),
            countries=_pairs(country_names.codes(written, country.conventions())),
            postcode=normal("postcode", f"'{home}'"),
        ),
    )
    engine.sql("geography_asked", ASKED)
    engine.sql("geography_offices", OFFICES.format(postcode=normal("o.postcode", "o.country")))
    engine.sql("geography_workplaces", WORKPLACES.format(postcode=normal("w.postcode", "w.country")))
    said(engine, place)
    engine.sql("geography_wanted", WANTED.format(home=home))
    find(
        engine,
        place,
        int(country.setting("postcode_tail", 0)),
        country.setting("postcode_regions", ()),
        country.setting("postcode_whole", ""),
    )
    engine.sql("geography_offices_placed", _placed(place, "geography_offices"))
    engine.sql("geography_nearest", NEAREST.format(rank=rank("p.ring"), placed=_placed(place, "geography_workplaces")))
    ledger = (
        "(SELECT *, CAST(NULL AS VARCHAR) AS municipality_id, CAST(NULL AS VARCHAR) AS county_id FROM geography_ledger)"
    )
    engine.sql("geography_addresses_placed", _placed(place, ledger))
    warnings = decided(engine, place)
    engine.sql("geography_both", BOTH.format(home=home, seat=of(Site.SEAT), branch=of(Site.BRANCH)))
    engine.sql(offices, OFFICES_FOUND.format(seat=of_organisations(Site.SEAT), branch=of_organisations(Site.BRANCH)))
    engine.sql(seats, SEATS.format(seat_rank=rank("seat_ring"), branch_rank=rank("branch_ring")))
    return warnings


def rank(column: str) -> str:
    """A ring's place in the order from small to large, in SQL; 'unknown' comes last."""
    branches = " ".join(f"WHEN '{ring.value}' THEN {position}" for position, ring in enumerate(RINGS))
    return f"CASE {column} {branches} ELSE {len(RINGS)} END"


def _placed(place: Place, addresses: str) -> str:
    # A municipality code does not tell the neighbourhood: there the postcode has to.
    ring = ring_case(place, "CAST(NULL AS VARCHAR)", "a.municipality_id", "a.county_id")
    if Ring.NEIGHBOURHOOD in dict(place.rings):
        home = dict(place.rings).get(Ring.MUNICIPALITY)
        ring = f"WHEN a.municipality_id = '{home}' THEN COALESCE(f.ring, 'unknown') {ring}"
    return PLACED.format(home=place.country, addresses=addresses, ring=ring)


def _pairs(countries: dict[str, str]) -> str:
    """The countries as they are written, and their codes, as rows."""
    rows = [f"SELECT {literal(text)} AS written, '{code}' AS country" for text, code in sorted(countries.items())]
    return " UNION ALL ".join(rows or ["SELECT CAST(NULL AS VARCHAR) AS written, CAST(NULL AS VARCHAR) AS country"])
