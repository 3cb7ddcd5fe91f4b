"""A register of one's own, by a mapping of its columns or by the names they usually have."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bygd.engine import DuckEngine
from bygd.sources.conventions import Conventions
from bygd.sources.privacy import Pseudonym
from bygd.sources.registers import own_register
from bygd.sources.registers.own_table import find_columns
from bygd.sources.registers.result import ReadResult

SOURCE = "world/own_register"
HEADERS = {
    "number": (
        "organisation_number", "organisation number", "org_number", "organisationsnummer", "orgnr", "org nr", "org.nr",
        "company number", "companynumber", "company_number", "kvk nummer", "kvknummer", "kvk",
        "registration number", "number",
    ),
    "name": ("name", "organisation name", "company name", "companyname", "namn", "företagsnamn", "foretagsnamn", "naam",
             "handelsnaam", "statutaire naam"),
    "trading_name": ("trading name", "trading_name", "särskilt företagsnamn"),
    "former_name": ("former name", "former_name", "previous name", "tidigare namn", "vroegere naam"),
    "legal_form": ("legal form", "legal_form", "juridisk form", "organisationsform", "rechtsvorm", "company category"),
    "status": ("status", "company status"),
    "postcode": ("postcode", "post code", "postal code", "postnummer", "postnr"),
    "town": ("town", "post town", "city", "ort", "postort", "plaats", "woonplaats"),
    "municipality": ("municipality code", "municipality", "kommunkod", "gemeentecode", "district code"),
    "country": ("country", "land"),
    "industry": ("industry", "industry code", "sic", "sni", "sni kod", "sbi", "nace"),
    "size": ("size", "size band", "storleksklass"),
    "employees": ("employees", "number of employees", "anställda", "antal anställda", "werkzame personen"),
    "registered_on": ("registered on", "registered_on", "incorporation date", "registreringsdatum"),
    "ended_on": ("ended on", "ended_on", "dissolution date", "avregistreringsdatum"),
    "parent_number": ("parent number", "parent_number", "moderbolag", "parent company number"),
}  # fmt: skip


def recognises(names: list[str], conventions: Conventions) -> bool:
    """Whether a header has columns for number and name."""
    return {"number", "name"} <= set(find_columns(names, HEADERS))


def read(
    engine: DuckEngine,
    paths: list[Path],
    pseudonym: Pseudonym,
    conventions: Conventions,
    columns: Mapping[str, Any] | None = None,
) -> ReadResult:
    """See `bygd.sources.own_register.read`."""
    return own_register.read(engine, paths, pseudonym, conventions, columns, HEADERS, SOURCE)
