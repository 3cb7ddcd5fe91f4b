"""Owners of one's own, by a mapping of columns or by the names they usually have."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bygd.engine import DuckEngine
from bygd.sources.conventions import Conventions
from bygd.sources.privacy import Pseudonym
from bygd.sources.registers import own_owners
from bygd.sources.registers.own_table import find_columns
from bygd.sources.registers.result import ReadResult

SOURCE = "world/own_parents"
HEADERS = {
    "number": (
        "child number", "child_number", "child", "subsidiary number", "subsidiary", "owned number",
        "dotterbolagets organisationsnummer", "dotterbolagets orgnr", "nummer dochter", "kvk-nummer dochter",
        "dotterbolag", "dochter", "organisation_number", "organisation number", "org_number", "organisationsnummer",
        "orgnr", "org nr", "company number", "company_number", "kvk nummer", "kvknummer", "number",
    ),
    "parent_number": (
        "parent number", "parent_number", "owner number", "owner_number", "parent company number",
        "ägarens organisationsnummer", "ägarens orgnr", "moderbolagets organisationsnummer", "moderbolagets orgnr",
        "nummer eigenaar", "kvk-nummer eigenaar", "nummer moederbedrijf", "kvk-nummer moederbedrijf", "parent", "owner",
        "moderbolag", "ägare", "moederbedrijf", "eigenaar",
    ),
    "parent_name": (
        "parent name", "parent_name", "owner name", "owner_name", "ägarens namn", "moderbolagets namn", "naam eigenaar",
        "naam moederbedrijf", "parent", "owner", "ägare", "moderbolag", "eigenaar", "moederbedrijf",
    ),
    "parent_country": (
        "parent country", "parent_country", "owner country", "owner_country", "country of owner", "country of parent",
        "ägarens land", "ägarland", "moderbolagets land", "land eigenaar", "land van eigenaar", "land moederbedrijf",
        "country", "land",
    ),
    "parent_kind": (
        "parent kind", "parent_kind", "owner kind", "owner_kind", "kind of owner", "owner type", "typ av ägare",
        "slag av ägare", "ägartyp", "soort eigenaar", "type eigenaar",
    ),
    "share": (
        "share", "share owned", "ownership share", "percent", "percentage", "ägarandel", "ägd andel", "andel",
        "procent", "aandeel", "aandelen", "belang",
    ),
    "since": ("since", "from", "från och med", "sinds", "start date"),
    "until": ("until", "to", "till och med", "tot", "end date"),
}  # fmt: skip
NAMES = ("name", "organisation name", "company name", "namn", "naam")


def recognises(names: list[str], conventions: Conventions) -> bool:
    """Whether a header has columns for number and owner, and is not that of a register with both."""
    is_register = bool(find_columns(names, {"name": NAMES}))
    return {"number", "parent_number"} <= set(find_columns(names, HEADERS)) and not is_register


def read(
    engine: DuckEngine,
    paths: list[Path],
    pseudonym: Pseudonym,
    conventions: Conventions,
    columns: Mapping[str, Any] | None = None,
) -> ReadResult:
    """See `bygd.sources.registers.own_owners.read`."""
    return own_owners.read(engine, paths, conventions, columns, HEADERS, SOURCE)
