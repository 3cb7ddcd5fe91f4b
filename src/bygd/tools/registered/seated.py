"""Seated: organisations of the registers counted by where their seat is, in one grouped query each way."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bygd.engine import DuckEngine
from bygd.engine.dialect import literal
from bygd.geography import Place
from bygd.geography.postcodes import normal
from bygd.vocabulary import tables
from bygd.vocabulary.words import Ring

SIZES = {"micro": "0-9", "small": "10-49", "medium": "50-249", "large": "250+", "unknown": "unknown"}
"""Size bands as the parts of statistics name them."""
COMPANY, SOLE_TRADER, UNKNOWN = "company", "sole_trader", "unknown"
"""Groups of legal forms that are dealt with apart."""
BACK = 6
"""Years before the newest of which beginnings and ends are counted."""

# Millions of organisations become the few that differ in what is counted; addresses are looked up after that.
SAID = """
    SELECT o.municipality, o.postcode, COALESCE(LOWER(TRIM(o.legal_form)), '') AS form, o.size_band,
           {public} AS is_public, o.status = 'ended' AS is_ended,
           CASE WHEN YEAR(o.registered_on) >= {first} THEN YEAR(o.registered_on) END AS began,
           CASE WHEN YEAR(o.ended_on) >= {first} THEN YEAR(o.ended_on) END AS ended_in, COUNT(*) AS number
    FROM organisations AS o {owners}
    WHERE NOT o.is_masked AND o.country = '{home}'
    GROUP BY ALL
"""
OWNERS = "LEFT JOIN (SELECT org_id FROM ultimate_owners WHERE kind = 'public_body') AS u ON u.org_id = o.org_id"

# A municipality code of the register goes before the postcode. An address that begins like none of the listed ones
# is elsewhere in the country; any other that finds no municipality may be anywhere.
CELLS = """
    WITH known AS (
        SELECT postcode, municipality_id, neighbourhood_id FROM postcodes WHERE country = '{home}'
    ), written AS (
        SELECT postcode AS written, {postcode} AS postcode FROM (SELECT postcode FROM register_said GROUP BY postcode)
    ), looked_up AS (
        SELECT w.written, k.municipality_id, k.neighbourhood_id,
               w.postcode IS NOT NULL AND b.beginning IS NULL AND n.listed > 0 AS is_elsewhere
        FROM written AS w
        LEFT JOIN known AS k ON k.postcode = w.postcode
        LEFT JOIN (SELECT LEFT(postcode, 2) AS beginning FROM known GROUP BY 1) AS b
               ON b.beginning = LEFT(w.postcode, 2)
        CROSS JOIN (SELECT COUNT(*) AS listed FROM known) AS n
    ), municipalities AS (
        SELECT area_id FROM areas WHERE level = 'municipality'
    )
    SELECT COALESCE(m.area_id, l.municipality_id) AS area_id,
           CASE WHEN COALESCE(m.area_id, l.municipality_id) = l.municipality_id AND l.municipality_id = '{own}'
                THEN l.neighbourhood_id END AS small,
           COALESCE(m.area_id, l.municipality_id) IS NULL AND COALESCE(l.is_elsewhere, FALSE) AS is_elsewhere,
           COALESCE(g.part, '{unknown}') AS part, s.size_band, s.is_public AND g.part = '{company}' AS is_public,
           s.is_ended, s.began, s.ended_in, CAST(SUM(s.number) AS BIGINT) AS number
    FROM register_said AS s
    LEFT JOIN ({groups}) AS g ON g.form = s.form
    LEFT JOIN municipalities AS m ON m.area_id = '{home}:' || s.municipality
    LEFT JOIN looked_up AS l ON l.written = s.postcode
    WHERE COALESCE(g.part, '{unknown}') <> '{sole_trader}'
    GROUP BY ALL
"""

NEWEST = """
    SELECT MAX(registered_on) FILTER (WHERE registered_on <= ?) AS began,
           MAX(ended_on) FILTER (WHERE ended_on <= ?) AS ended
    FROM organisations WHERE country = '{home}'
"""


@dataclass(frozen=True)
class Cell:
    """So many organisations that are alike in all that is counted; `area_id` is None where their seat is not told."""

    area_id: str | None
    small: str | None
    is_elsewhere: bool
    group: str
    size: str
    is_public: bool
    is_ended: bool
    began: str
    ended_in: str
    number: int


def as_of(engine: DuckEngine, home: str, today: date) -> date | None:
    """The newest day that the registers know of, no later than today; None where they tell no days."""
    row = engine.rows(NEWEST.format(home=home), today, today)[0]
    return max((day for day in row.values() if day is not None), default=None)


def seated(engine: DuckEngine, place: Place, groups: Mapping[str, str], newest: int) -> Iterator[Cell]:
    """Legal persons of the place's country by municipality of their seat, in the place's own by small area too."""
    owned = engine.has(tables.ultimate_owners)
    engine.sql(
        "register_said",
        SAID.format(
            home=place.country,
            first=newest - BACK,
            public="u.org_id IS NOT NULL" if owned else "FALSE",
            owners=OWNERS if owned else "",
        ),
    )
    pairs = " UNION ALL ".join(
        f"SELECT {literal(form)} AS form, {literal(part)} AS part" for form, part in sorted(groups.items())
    )
    cells = engine.rows(
        CELLS.format(
            home=place.country,
            own=dict(place.rings).get(Ring.MUNICIPALITY, ""),
            postcode=normal("postcode", f"'{place.country}'"),
            company=COMPANY,
            sole_trader=SOLE_TRADER,
            unknown=UNKNOWN,
            groups=pairs or "SELECT '' AS form, '' AS part WHERE FALSE",
        )
    )
    engine.forget("register_said")
    for row in cells:
        yield Cell(
            row["area_id"], row["small"], bool(row["is_elsewhere"]), row["part"], row["size_band"],
            bool(row["is_public"]), bool(row["is_ended"]), str(row["began"] or ""), str(row["ended_in"] or ""),
            int(row["number"]),
        )  # fmt: skip
