"""Firms: who in the registers could supply, by industry, place and size. Persons are counted, never named."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bygd.engine import DuckEngine
from bygd.geography import Place
from bygd.geography.places import RINGS
from bygd.geography.postcodes import normal, ring_case
from bygd.linkage.trades import division
from bygd.sources.conventions import Conventions
from bygd.tools.gaps.bought import CLASS
from bygd.vocabulary import tables
from bygd.vocabulary.words import LocalBy, OwnershipKind, Ring, SizeBand

ROOTED = (OwnershipKind.DEMOCRATIC, OwnershipKind.SOCIAL, OwnershipKind.EMPLOYEE_OWNED)
"""Kinds of ownership that stay where they are: co-operatives, associations, firms of their own employees."""

SIZE_ORDER = "CASE f.size_band " + " ".join(f"WHEN '{size}' THEN {n}" for n, size in enumerate(SizeBand)) + " END"

# Registered offices, and where asked for workplaces, of organisations that are alive and not public, in the rings
# around the place. A municipality code of the register goes first; postcodes are looked up only where there is none.
NEAR = """
    WITH near_postcodes AS (
        SELECT postcode, neighbourhood_id, municipality_id, COALESCE(county_id, m.parent_id) AS county_id
        FROM postcodes AS p LEFT JOIN areas AS m ON m.area_id = p.municipality_id
        WHERE p.country = '{home}'
    ), addresses AS (
        {addresses}
    ), placed AS (
        SELECT a.org_id, CASE {ring} END AS ring, COALESCE(m.area_id, p.municipality_id) AS area_id
        FROM addresses AS a
        LEFT JOIN areas AS m ON m.area_id = '{home}:' || a.municipality
        LEFT JOIN near_postcodes AS p ON p.postcode = {postcode}
    ), near AS (
        SELECT org_id, MIN(CASE {ranks} END) AS rank, MIN_BY(area_id, CASE {ranks} END) AS area_id
        FROM placed WHERE ring IN ({rings}) GROUP BY org_id
    ), firms AS (
        SELECT o.org_id, o.name, o.is_masked, {class_} AS class, o.size_band, n.rank, n.area_id, f.label AS form,
               {kind} AS ownership
        FROM near AS n JOIN organisations AS o ON o.org_id = n.org_id
        LEFT JOIN legal_forms AS f ON LOWER(f.legal_form) = LOWER(TRIM(o.legal_form))
        {owners}
    )
"""

OFFICES = "SELECT org_id, municipality, postcode FROM organisations WHERE country = '{home}' AND status <> 'ended'"
WORKPLACES = """
    UNION ALL SELECT w.org_id, w.municipality, w.postcode
    FROM workplaces AS w JOIN organisations AS o ON o.org_id = w.org_id
    WHERE w.country = '{home}' AND o.status <> 'ended'
"""

OWNED = (
    "CASE WHEN u.parent_id IS NOT NULL AND COALESCE(f.kind, 'private') = 'private' THEN 'private_group' ELSE {kind} END"
)
KIND = "CASE WHEN o.is_masked THEN 'sole_trader' ELSE COALESCE(f.kind, 'unknown') END"

COUNTED = """
    SELECT class, rank, size_band, ownership, is_masked, COUNT(*) AS firms FROM firms
    WHERE class IS NOT NULL AND ownership <> 'public' GROUP BY class, rank, size_band, ownership, is_masked
"""

LISTED = """
    SELECT f.org_id, f.name, f.class, f.rank, f.area_id, a.name AS area, f.size_band, f.form, f.ownership
    FROM firms AS f LEFT JOIN areas AS a ON a.area_id = f.area_id
    WHERE NOT f.is_masked AND f.ownership <> 'public' AND {industries} AND f.rank <= ?
    ORDER BY CASE WHEN f.ownership IN ({rooted}) THEN 0 ELSE 1 END, f.rank, {sizes}, f.name, f.org_id
    LIMIT {most}
"""


@dataclass(frozen=True)
class Count:
    """How many firms of one industry there are in one ring, of one size and kind of ownership."""

    industry: str
    ring: Ring
    size: SizeBand
    ownership: OwnershipKind
    is_masked: bool
    firms: int


@dataclass(frozen=True)
class Firm:
    """A firm that could supply, as the registers say. Sole traders and persons are never among them."""

    org_id: str
    name: str
    industry: str
    ring: Ring
    area: str
    size: SizeBand
    form: str
    ownership: OwnershipKind

    @property
    def is_rooted(self) -> bool:
        """Whether its members, its employees or a purpose own it."""
        return self.ownership in ROOTED


def rings(place: Place) -> tuple[Ring, ...]:
    """The rings in which firms are looked for: the place's own out to its county, or the place where that is larger."""
    own = [ring for ring, _ in place.rings if ring is not Ring.WORLD]
    regional = [ring for ring in own if RINGS.index(ring) <= RINGS.index(Ring.COUNTY)]
    return tuple(regional or own[:1])


def counted(engine: DuckEngine, place: Place, by: LocalBy, conventions: Conventions) -> list[Count]:
    """Firms in and around the place, counted; public bodies and what has ended are left out.

    Reads organisations, areas, postcodes, legal_forms and, where they are known, ultimate_owners and workplaces.
    With `by` seat a firm is where its registered office is, else also where it has a workplace.
    """
    return [
        Count(
            row["class"], RINGS[row["rank"]], SizeBand(row["size_band"]), OwnershipKind(row["ownership"]),
            bool(row["is_masked"]), int(row["firms"]),
        )
        for row in engine.rows(_near(engine, place, by, conventions) + COUNTED)
    ]  # fmt: skip


def listed(
    engine: DuckEngine,
    place: Place,
    by: LocalBy,
    conventions: Conventions,
    industries: Iterable[str],
    within: Ring | None = None,
    most: int = 200,
) -> list[Firm]:
    """Firms of those industries (classes or divisions), co-operatives first, then the nearest and smallest.

    At most `most` of them; `within` is the largest ring, by default the largest that `rings` gives.
    """
    codes = sorted(set(industries))
    if not codes:
        return []
    rank = RINGS.index(within or rings(place)[-1])
    statement = LISTED.format(
        industries="(" + " OR ".join(["f.class LIKE ?"] * len(codes)) + ")",
        rooted=", ".join(f"'{kind}'" for kind in ROOTED),
        sizes=SIZE_ORDER,
        most=int(most),
    )
    return [
        Firm(
            row["org_id"], row["name"], row["class"], RINGS[row["rank"]], row["area"] or "",
            SizeBand(row["size_band"]), row["form"] or "", OwnershipKind(row["ownership"]),
        )
        for row in engine.rows(_near(engine, place, by, conventions) + statement, *(f"{code}%" for code in codes), rank)
    ]  # fmt: skip


Index = Mapping[str, Sequence[Count]]
"""Counts by the beginnings of their industries' codes, two digits and more."""


def index(counts: Iterable[Count]) -> Index:
    """Counts made ready for being looked up by industry many times."""
    found: dict[str, list[Count]] = {}
    for one in counts:
        for length in range(2, len(one.industry) + 1):
            found.setdefault(one.industry[:length], []).append(one)
    return found


def of(counts: Index, industries: Iterable[str]) -> list[Count]:
    """Those of some industries; a division (two digits) stands for all its classes, and each firm counts once."""
    wanted = set(industries)
    widest = {code for code in wanted if not any(code[:length] in wanted for length in range(2, len(code)))}
    return [one for code in sorted(widest) for one in counts.get(code, ())]


def by_size(counts: Iterable[Count], within: Sequence[Ring] | None = None) -> Mapping[SizeBand, int]:
    """How many firms there are of each size, in those rings or in all."""
    found = dict.fromkeys(SizeBand, 0)
    for one in counts:
        if within is None or one.ring in within:
            found[one.size] += one.firms
    return found


def _near(engine: DuckEngine, place: Place, by: LocalBy, conventions: Conventions) -> str:
    home = place.country
    has_owners = engine.has(tables.ultimate_owners)
    needs_postcode = Ring.NEIGHBOURHOOD in dict(place.rings)
    postcode = normal("a.postcode", f"'{home}'")
    ranks = " ".join(f"WHEN ring = '{ring}' THEN {RINGS.index(ring)}" for ring in rings(place))
    addresses = OFFICES + (WORKPLACES if by is not LocalBy.SEAT and engine.has(tables.workplaces) else "")
    return NEAR.format(
        home=home,
        addresses=addresses.format(home=home),
        ring=ring_case(
            place,
            "p.neighbourhood_id",
            "COALESCE(m.area_id, p.municipality_id)",
            "COALESCE(m.parent_id, p.county_id)",
        ),
        postcode=postcode if needs_postcode else f"CASE WHEN a.municipality IS NULL THEN {postcode} END",
        rings=", ".join(f"'{ring}'" for ring in rings(place)),
        ranks=ranks,
        class_=division("o.industry", conventions, CLASS),
        kind=OWNED.format(kind=KIND) if has_owners else KIND,
        owners="LEFT JOIN ultimate_owners AS u ON u.org_id = o.org_id" if has_owners else "",
    )


def rows(found: Iterable[Firm]) -> list[dict[str, Any]]:
    """Firms as plain values, for files."""
    return [
        {
            "org_id": one.org_id, "name": one.name, "industry": one.industry, "ring": one.ring.value, "area": one.area,
            "size_band": one.size.value, "legal_form": one.form, "ownership": one.ownership.value,
        }
        for one in found
    ]  # fmt: skip
