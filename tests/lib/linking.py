"""Small ledgers and registers for tests of linkage."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from bygd import reports
from bygd.countries import pack
from bygd.engine import DuckEngine
from bygd.linkage import group, propose, resolve
from bygd.linkage.cases import read_cases
from bygd.vocabulary import tables

SUPPLIER = {
    "anchor": "a", "supplier_number": None, "org_number": None, "postcode": None, "town": None, "country": None,
    "kind": None, "is_masked": False,
}  # fmt: skip
ORGANISATION = {
    "legal_form": None, "status": "active", "registered_on": None, "ended_on": None, "postcode": None, "town": None,
    "municipality": None, "country": "gb", "industry": None, "size_band": "unknown", "is_masked": False, "source": "t",
}  # fmt: skip
DECISION = {
    "org_id": None, "decided_by": "Anna", "decided_at": datetime(2026, 1, 1), "proposed_id": None,
    "proposed_score": None, "note": None,
}  # fmt: skip


def load(
    engine: DuckEngine,
    suppliers: Iterable[Mapping[str, Any]],
    organisations: Iterable[Mapping[str, Any]],
    other_names: Iterable[Mapping[str, Any]] = (),
    decisions: Iterable[Mapping[str, Any]] = (),
) -> None:
    """Register the four tables; keys and columns that are left out get neutral values."""
    engine.register(
        tables.suppliers,
        [{"supplier_key": row.get("supplier_key", row["name"]), **SUPPLIER, **row} for row in suppliers],
    )
    engine.register(tables.remembered_suppliers, [])
    engine.register(tables.organisations, [{**ORGANISATION, **row} for row in organisations])
    engine.register(tables.organisation_names, [{"kind": "trading", "until": None, **row} for row in other_names])
    decide(engine, decisions)


def decide(engine: DuckEngine, decisions: Iterable[Mapping[str, Any]]) -> None:
    """Register people's decisions."""
    engine.register(tables.link_decisions, [{**DECISION, **row} for row in decisions])


def link(engine: DuckEngine, country: str = "gb") -> dict[str, dict[str, Any]]:
    """Group, propose and resolve; the links by supplier_key."""
    conventions = pack.load(country).conventions()
    group(engine, conventions)
    propose(engine, conventions)
    return resolved(engine, country)


def resolved(engine: DuckEngine, country: str = "gb") -> dict[str, dict[str, Any]]:
    """Resolve only; the links by supplier_key."""
    resolve(engine, conventions=pack.load(country).conventions())
    return {row["supplier_key"]: row for row in engine.rows("SELECT * FROM links")}


def explained(engine: DuckEngine, key: str, language: str = "en") -> str:
    """Why that supplier is linked or not, in sentences."""
    return reports.explain(read_cases(engine, [key], tables.organisations)[0], reports.Translator(language)).sentence
