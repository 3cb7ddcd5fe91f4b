"""A list of contracts of one's own, by a mapping of columns or by the names they usually have."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bygd.sources.contracts import own_list
from bygd.sources.contracts.result import Contracts
from bygd.sources.conventions import Conventions

SOURCE = "world/own_contracts"
HEADERS = {
    "title": (
        "title", "contract title", "contract name", "description", "avtalsnamn", "avtal", "avtalsbenämning",
        "benämning", "rubrik", "avtalsområde", "titel", "contracttitel", "contractnaam", "naam contract",
        "omschrijving", "onderwerp",
    ),
    "number": (
        "number", "contract number", "contract id", "contract ref", "contract reference", "reference", "ref",
        "avtalsnummer", "avtalsnr", "avtals id", "avtalsid", "diarienummer", "dnr", "contractnummer",
        "contractnr", "kenmerk",
    ),
    "anchor": (
        "anchor", "buyer", "organisation", "organization", "authority", "institution", "beställare", "köpare",
        "upphandlande myndighet", "myndighet", "opdrachtgever", "aanbestedende dienst", "organisatie",
    ),
    "procedure_key": (
        "procedure_key", "procurement", "procurement id", "tender id", "tender reference", "upphandling",
        "upphandlings id", "upphandlingsnummer", "aanbesteding", "aanbestedingsnummer",
    ),
    "lot": ("lot", "lot number", "anbudsområde", "delområde", "område", "perceel", "perceelnummer"),
    "supplier_name": (
        "supplier_name", "supplier", "supplier name", "contractor", "vendor", "leverantör", "leverantörsnamn",
        "leverantor", "avtalspart", "leverancier", "opdrachtnemer", "contractpartij",
    ),
    "supplier_number": (
        "supplier_number", "supplier_id", "supplier number", "company number", "organisation number",
        "organisationsnummer", "organisationsnr", "orgnr", "org nr", "org.nr",
        "leverantörens organisationsnummer", "kvk", "kvk nummer", "kvknummer",
    ),
    "supplier_country": ("supplier_country", "supplier country", "leverantörens land", "land leverancier"),
    "cpv": ("cpv", "cpv code", "cpv kod", "cpv koder", "cpv codes"),
    "value": (
        "value", "contract value", "amount", "total value", "avtalsvärde", "värde", "kontraktsvärde",
        "uppskattat värde", "waarde", "contractwaarde", "bedrag",
    ),
    "currency": ("currency", "valuta"),
    "signed_on": (
        "signed_on", "signed", "date signed", "signed on", "avtalsdatum", "tecknat", "tecknat datum",
        "getekend op",
    ),
    "starts_on": (
        "starts_on", "start", "start date", "starts", "from", "startdatum", "avtalsstart", "giltigt från", "från",
        "avtal från", "ingangsdatum", "begindatum",
    ),
    "ends_on": (
        "ends_on", "end", "end date", "ends", "expiry date", "to", "slutdatum", "avtalsslut", "giltigt till",
        "till", "avtal till", "einddatum", "afloopdatum",
    ),
    "longest_until": (
        "longest_until", "latest end", "maximum end date", "end date with extensions", "max extension",
        "längst till", "längsta avtalstid", "slutdatum inkl förlängning", "slutdatum inkl option",
        "uiterste einddatum", "einddatum inclusief verlenging", "einddatum incl verlenging",
    ),
    "options": (
        "options", "option", "extension options", "option to extend", "extensions",
        "förlängning", "förlängningar", "optioner",
        "verlenging", "verlengingen", "verlengingsopties", "opties",
    ),
    "procedure": (
        "procedure", "procurement method", "procurement route", "procurement process",
        "förfarande", "upphandlingsförfarande", "procedura",
        "aanbestedingsprocedure",
    ),
    "reserved": (
        "reserved", "reserverad", "reserverat", "reserverad upphandling", "voorbehouden", "voorbehouden opdracht",
    ),
    "stage": ("stage", "status", "avtalsstatus", "contractstatus"),
    "is_framework": (
        "is_framework", "framework", "framework agreement", "ramavtal", "raamovereenkomst", "raamcontract",
    ),
    "note": ("note", "notes", "comment", "comments", "anteckning", "kommentar", "opmerking", "opmerkingen"),
}  # fmt: skip


def read(paths: Sequence[Path], conventions: Conventions, columns: Mapping[str, Any] | None = None) -> Contracts:
    """See `bygd.sources.contracts.own_list.read`."""
    return own_list.read(paths, conventions, columns, HEADERS, SOURCE)
