"""Organisations: what the registers say of some of them, with form, owner and place in words, for both doors."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from bygd.engine import DuckEngine
from bygd.vocabulary import tables
from bygd.vocabulary.words import ChainEnd, OwnerKind, OwnershipKind, SizeBand

ABOUT = """
    SELECT o.org_id, o.name, o.legal_form, f.label AS form, f.kind AS kind, o.status, o.registered_on, o.ended_on,
           o.postcode, o.town, a.name AS municipality, o.country, o.industry, o.size_band, o.source,
           u.owner_id, u.kind AS owner_kind, u.country AS owner_country, u.source AS owner_source,
           u.steps AS owner_steps, u.ended AS owner_ended, p.name AS owner_name, n.name AS parent_name, u.parent_id
    FROM {relation} AS o
    LEFT JOIN legal_forms AS f ON f.legal_form = o.legal_form
    LEFT JOIN areas AS a ON a.area_id = o.country || ':' || o.municipality
    LEFT JOIN ({owners}) AS u ON u.org_id = o.org_id
    LEFT JOIN {relation} AS p ON p.org_id = u.owner_id AND NOT p.is_masked
    LEFT JOIN {relation} AS n ON n.org_id = u.parent_id AND NOT n.is_masked
    WHERE NOT o.is_masked AND o.org_id IN ({marks})
"""

OWNERS = "SELECT org_id, parent_id, owner_id, kind, country, source, steps, ended FROM ultimate_owners"
NO_OWNERS = """
    SELECT '' AS org_id, '' AS parent_id, '' AS owner_id, '' AS kind, '' AS country, '' AS source, 0 AS steps,
        '' AS ended WHERE FALSE
"""

# How lists of owners call owners that stand in no register; masked ones are not named by anybody.
STATED = """
    SELECT parent_id, MIN(name) AS name FROM parents
    WHERE parent_id IN ({marks}) AND kind <> 'person' AND name IS NOT NULL
      AND parent_id NOT IN (SELECT org_id FROM organisations WHERE org_id IN ({marks}))
    GROUP BY parent_id
"""

NAMES = "SELECT name, kind, until FROM organisation_names WHERE org_id = ? ORDER BY kind, until DESC NULLS FIRST, name"
WORKPLACES = """
    SELECT w.workplace_key, w.postcode, a.name AS municipality, w.country FROM workplaces AS w
    LEFT JOIN areas AS a ON a.area_id = w.country || ':' || w.municipality
    WHERE w.org_id = ? ORDER BY municipality NULLS LAST, w.postcode, w.workplace_key LIMIT {most}
"""
MOST_WORKPLACES = 50


@dataclass(frozen=True)
class Organisation:
    """One organisation of the registers. Persons and sole traders are never among them."""

    org_id: str
    name: str
    legal_form: str | None
    form: str | None
    kind: OwnershipKind | None
    status: str
    registered_on: date | None
    ended_on: date | None
    postcode: str | None
    town: str | None
    municipality: str | None
    country: str
    industry: str | None
    size_band: SizeBand
    source: str
    owner_id: str | None
    owner_kind: OwnerKind | None
    owner_country: str | None
    owner_source: str | None
    owner_steps: int | None
    owner_ended: ChainEnd | None
    owner_name: str | None
    parent_name: str | None
    parent_id: str | None
    owner_stated: str | None = None
    """How a list of owners calls the owner, where it stands in no register."""
    parent_stated: str | None = None
    """The same of the next above it."""

    @property
    def address(self) -> str:
        """Postcode and town, as far as they are known."""
        return " ".join(part for part in (self.postcode, self.town) if part)


@dataclass(frozen=True)
class Name:
    """Another name of an organisation: registered, former or trading."""

    name: str
    kind: str
    until: date | None


@dataclass(frozen=True)
class Workplace:
    """One place where it works."""

    postcode: str | None
    municipality: str | None
    country: str


def about(engine: DuckEngine, ids: Collection[str]) -> dict[str, Organisation]:
    """Those organisations by their org_id; the masked and the unknown are left out."""
    found: dict[str, Organisation] = {}
    for table in (tables.possible_organisations, tables.organisations):  # among few first, which is quick
        missing = sorted(set(ids) - found.keys())
        if missing and engine.has(table):
            found |= _about(engine, table.__name__, missing)
    return found


def _about(engine: DuckEngine, relation: str, ids: Sequence[str]) -> dict[str, Organisation]:
    owners = OWNERS if engine.has(tables.ultimate_owners) else NO_OWNERS
    rows = engine.rows(ABOUT.format(relation=relation, owners=owners, marks=", ".join("?" * len(ids))), *ids)
    above = ("owner", "parent")
    unknown = sorted({row[f"{one}_id"] for row in rows for one in above if not row[f"{one}_name"]} - {None})
    stated: dict[str, str] = {}
    if unknown and engine.has(tables.parents):
        found = engine.rows(STATED.format(marks=", ".join("?" * len(unknown))), *unknown, *unknown)
        stated = {row["parent_id"]: row["name"] for row in found}
    return {
        row["org_id"]: Organisation(
            **{
                **row,
                "owner_stated": stated.get(row["owner_id"]),
                "parent_stated": stated.get(row["parent_id"]),
                "kind": OwnershipKind(row["kind"]) if row["kind"] else None,
                "size_band": SizeBand(row["size_band"]),
                "owner_kind": OwnerKind(row["owner_kind"]) if row["owner_kind"] else None,
                "owner_ended": ChainEnd(row["owner_ended"]) if row["owner_ended"] else None,
            }
        )
        for row in rows
    }


def names(engine: DuckEngine, org_id: str) -> list[Name]:
    """All names it has or had."""
    return [Name(**row) for row in engine.rows(NAMES, org_id)]


def workplaces(engine: DuckEngine, org_id: str) -> list[Workplace]:
    """At most fifty places where it works."""
    rows = engine.rows(WORKPLACES.format(most=MOST_WORKPLACES), org_id)
    return [Workplace(row["postcode"], row["municipality"], row["country"]) for row in rows]
