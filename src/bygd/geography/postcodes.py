"""From a postcode, or the beginning of one, to a ring of the place."""

from collections.abc import Sequence

from bygd.engine import Engine
from bygd.engine.dialect import letters_and_digits
from bygd.geography.places import Place
from bygd.vocabulary.words import Ring

SHORTEST_PREFIX = 2
"""One sign is too little to tell a postcode from rubbish."""

LONGEST_PREFIX = 7

# A postcode of the place's country, the area it lies in, and the ring that this means.
KNOWN = """
    SELECT p.postcode, p.municipality_id,
           CASE {ring} END AS ring,
           COALESCE(p.deprivation_decile, n.deprivation_decile) AS decile
    FROM (
        SELECT p.postcode, p.neighbourhood_id, p.municipality_id, p.deprivation_decile,
               COALESCE(p.county_id, m.parent_id) AS county_id
        FROM postcodes AS p
        LEFT JOIN areas AS m ON m.area_id = p.municipality_id
        WHERE p.country = '{home}'
    ) AS p
    LEFT JOIN areas AS n ON n.area_id = p.neighbourhood_id
"""

EXACT = """
    SELECT k.postcode, k.municipality_id, k.ring, k.decile, 'postcode' AS how
    FROM geography_known AS k
    JOIN geography_wanted AS w ON w.postcode = k.postcode
"""

# A file may list areas whole, such as 3811 for 3811 AA. Asked only in countries that say so: an area may lie in several
# municipalities.
LISTED = """
    SELECT postcode, municipality_id, ring, decile, how FROM geography_listed
    UNION ALL
    SELECT w.postcode, k.municipality_id, k.ring, k.decile, 'postcode area' AS how
    FROM geography_known AS k
    JOIN geography_wanted AS w ON k.postcode = LEFT(w.postcode, LENGTH(w.postcode) - {tail})
    WHERE REGEXP_MATCHES(w.postcode, '^({whole})$')
      AND w.postcode NOT IN (SELECT postcode FROM geography_listed)
"""

# Both the area of a masked postcode and the beginning of one that is not listed are looked up as
# what all listed postcodes that share it have in common.
BEGINNINGS = """
    SELECT w.postcode, CASE WHEN s.size = 0 THEN w.postcode ELSE LEFT(w.postcode, s.size) END AS beginning, s.size
    FROM geography_wanted AS w
    CROSS JOIN ({sizes}) AS s
    WHERE s.size <= LENGTH(w.postcode)
      AND LENGTH(w.postcode) <= (SELECT MAX(LENGTH(postcode)) FROM geography_known)
      AND w.postcode NOT IN (SELECT postcode FROM geography_exact)
"""

SHARED = """
    SELECT beginning, size,
           CASE WHEN COUNT(municipality_id) = COUNT(*) AND MIN(municipality_id) = MAX(municipality_id)
                THEN MIN(municipality_id) END AS municipality_id,
           CASE WHEN MIN(ring) = MAX(ring) THEN MIN(ring) ELSE 'unknown' END AS ring,
           CASE WHEN COUNT(decile) = COUNT(*) AND MIN(decile) = MAX(decile) THEN MIN(decile) END AS decile
    FROM (
        SELECT k.municipality_id, k.ring, k.decile, s.size,
               CASE WHEN s.size = 0 THEN LEFT(k.postcode, LENGTH(k.postcode) - {tail})
                    ELSE LEFT(k.postcode, s.size) END AS beginning
        FROM geography_known AS k
        CROSS JOIN ({sizes}) AS s
        WHERE LENGTH(k.postcode) > {tail}
    ) AS beginnings
    WHERE beginning IN (SELECT beginning FROM geography_beginnings)
    GROUP BY beginning, size
"""

FOUND = """
    SELECT postcode, municipality_id, ring, decile, how FROM geography_exact
    UNION ALL
    SELECT postcode, municipality_id, ring, decile, how
    FROM (
        SELECT b.postcode, s.municipality_id, s.ring, s.decile,
               CASE WHEN s.size = 0 THEN 'postcode area' ELSE 'beginning of the postcode' END AS how,
               ROW_NUMBER() OVER (
                   PARTITION BY b.postcode ORDER BY CASE WHEN s.size = 0 THEN 0 ELSE 1 END, s.size DESC
               ) AS position
        FROM geography_beginnings AS b
        JOIN geography_shared AS s ON s.beginning = b.beginning AND s.size = b.size
    ) AS ranked
    WHERE position = 1
"""


# A file of one part of a country need not list the others: a postcode of a region that begins like
# none in the file is not near the place, as long as the file covers the place and what is around it.
ELSEWHERE = """
    SELECT postcode, CAST(NULL AS VARCHAR) AS municipality_id, 'country' AS ring, CAST(NULL AS BIGINT) AS decile,
           'region of the postcode' AS how
    FROM geography_wanted
    WHERE REGEXP_MATCHES(postcode, '^({regions})[0-9]')
      AND postcode NOT IN (SELECT postcode FROM geography_near)
      AND (SELECT COUNT(DISTINCT ring) FROM geography_known WHERE ring IN ({covered})) = {number}
"""


def find(engine: Engine, place: Place, tail: int, regions: Sequence[str] = (), whole: str = "") -> None:
    """From `geography_wanted` (postcode) to `geography_found`: one row per wanted postcode that could be placed.

    Exact postcodes come first, then postcode areas (a postcode less its last `tail` signs, as masked
    sole traders have it), then the longest beginning that any listed postcode shares. What lies
    under an area or beginning counts only where it is all the same: one municipality, one ring. A
    longer beginning lies in a shorter one, so where the longest is mixed the shorter ones are too.

    `regions` are letters that begin postcodes in the country. One of them whose postcodes no file
    lists is elsewhere in the country, if the files list the place, its county and more.

    `whole` is what a postcode is where files may list its area instead of it, as a regular expression.
    """
    sizes = " UNION ALL ".join(f"SELECT {size} AS size" for size in (0, *range(SHORTEST_PREFIX, LONGEST_PREFIX + 1)))
    ring = ring_case(place, "p.neighbourhood_id", "p.municipality_id", "p.county_id")
    engine.sql("geography_known", KNOWN.format(ring=ring, home=place.country))
    if whole:
        engine.sql("geography_listed", EXACT)
        engine.sql("geography_exact", LISTED.format(tail=tail, whole=whole))
    else:
        engine.sql("geography_exact", EXACT)
    engine.sql("geography_beginnings", BEGINNINGS.format(sizes=sizes))
    engine.sql("geography_shared", SHARED.format(sizes=sizes, tail=tail))
    engine.sql("geography_near", FOUND)
    statement = "SELECT * FROM geography_near"
    if regions:
        covered = [ring.value for ring, _ in place.rings if ring is not Ring.WORLD]
        listed = ", ".join(f"'{ring}'" for ring in covered)
        elsewhere = ELSEWHERE.format(regions="|".join(regions), covered=listed, number=len(covered))
        statement = f"{statement} UNION ALL {elsewhere}"
    engine.sql("geography_found", statement)


def ring_case(place: Place, neighbourhood: str, municipality: str, county: str) -> str:
    """The branches of a CASE from columns of area ids, in the place's country, to the smallest ring.

    Where a level is empty the answer may still be certain: another county means the ring
    'country' whatever the municipality. Else it is 'unknown'.
    """
    area = dict(place.rings)
    rules: list[tuple[str, Ring]] = []
    if Ring.NEIGHBOURHOOD in area:
        rules.append((f"{neighbourhood} = '{area[Ring.NEIGHBOURHOOD]}'", Ring.NEIGHBOURHOOD))
        if Ring.MUNICIPALITY in area:
            home = area[Ring.MUNICIPALITY]
            rules.append((f"{municipality} = '{home}' AND {neighbourhood} IS NULL", Ring.UNKNOWN))
    if Ring.MUNICIPALITY in area:
        rules.append((f"{municipality} = '{area[Ring.MUNICIPALITY]}'", Ring.MUNICIPALITY))
    if Ring.COUNTY in area:
        if Ring.MUNICIPALITY in area:
            rules.append((f"{county} = '{area[Ring.COUNTY]}' AND {municipality} IS NULL", Ring.UNKNOWN))
        rules.append((f"{county} = '{area[Ring.COUNTY]}'", Ring.COUNTY))
        rules.append((f"{county} IS NULL", Ring.UNKNOWN))
    elif Ring.MUNICIPALITY in area:
        rules.append((f"{municipality} IS NULL", Ring.UNKNOWN))
    elif Ring.NEIGHBOURHOOD in area:
        rules.append((f"{neighbourhood} IS NULL", Ring.UNKNOWN))
    branches = [f"WHEN {condition} THEN '{ring.value}'" for condition, ring in rules]
    # A CASE must have a branch, also for a place that is a whole country.
    return " ".join(branches or ["WHEN FALSE THEN 'unknown'"]) + f" ELSE '{Ring.COUNTRY.value}'"


def normal(column: str, country: str) -> str:
    """A postcode as `postcodes` has it: letters and digits, upper case, without the country's code in front."""
    plain = letters_and_digits(column)
    return (
        f"CASE WHEN LENGTH({plain}) > 4 AND LEFT({plain}, LENGTH({country})) = UPPER({country}) "
        f"THEN SUBSTRING({plain}, LENGTH({country}) + 1) ELSE {plain} END"
    )
