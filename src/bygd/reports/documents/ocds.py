"""Contracts as a release package of the Open Contracting Data Standard, version 1.1.

Source: Open Contracting Partnership, https://standard.open-contracting.org/1.1/en/schema/reference/
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from bygd.sources.privacy import MARK
from bygd.vocabulary.contract_words import ContractProcedure, ContractStage, Reservation
from bygd.vocabulary.ids import make_key

VERSION = "1.1"
METHODS = {
    ContractProcedure.OPEN: "open",
    ContractProcedure.RESTRICTED: "selective",
    ContractProcedure.NEGOTIATED: "selective",
    ContractProcedure.DIALOGUE: "selective",
    ContractProcedure.INNOVATION: "selective",
    ContractProcedure.CALL_OFF: "limited",
    ContractProcedure.DIRECT: "direct",
}
RESERVED = {
    Reservation.SHELTERED: "shelteredWorkshop",
    Reservation.PARTICIPATORY: "publicServiceMissionOrganization",
}
STATUS = {ContractStage.PLANNED: "planned", ContractStage.CALLED: "active", ContractStage.SIGNED: "complete"}
TAGS = {ContractStage.PLANNED: "planning", ContractStage.CALLED: "tender", ContractStage.SIGNED: "contract"}

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Terms:
    """Who publishes, when and under which terms; `prefix` begins every ocid and is given out by the Partnership."""

    publisher: str
    uri: str
    published_at: datetime
    prefix: str = "bygd"
    licence: str = ""
    language: str = ""


def package(rows: Iterable[Row], terms: Terms) -> dict[str, Any]:
    """A release package: one release for each procurement, with its contracts as they stand now.

    What the standard has no field for stands in fields of our own that begin with `x_`. Persons have their label and no
    number. The date of a release is that of its latest entry, so the same register gives the same package.
    """
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row["anchor"], row["procedure_key"] or row["contract_key"]), []).append(row)
    made = {
        "uri": terms.uri,
        "version": VERSION,
        "publishedDate": _moment(terms.published_at),
        "publisher": {"name": terms.publisher},
        "license": terms.licence or None,
        "releases": [_release(anchor, key, listed, terms) for (anchor, key), listed in sorted(groups.items())],
    }
    filled: dict[str, Any] = _filled(made)
    return filled


def _release(anchor: str, key: str, rows: list[Row], terms: Terms) -> dict[str, Any]:
    ocid = f"{terms.prefix}-{make_key(anchor, key)}"
    signed = [row for row in rows if row["stage"] == ContractStage.SIGNED]
    latest = max(row["entered_at"] for row in rows)
    stage = ContractStage.SIGNED if signed else ContractStage(rows[0]["stage"])
    return {
        "ocid": ocid,
        "id": f"{ocid}-{latest:%Y%m%dT%H%M%SZ}",
        "date": _moment(latest),
        "tag": [TAGS[stage]],
        "initiationType": "tender",
        "language": terms.language or None,
        "parties": [_buyer(anchor), *_suppliers(rows)],
        "buyer": {"id": make_key(anchor), "name": anchor},
        "tender": _tender(key, rows, stage),
        "awards": [_award(row) for row in signed],
        "contracts": [_contract(row) for row in signed],
    }


def _tender(key: str, rows: list[Row], stage: ContractStage) -> dict[str, Any]:
    first = rows[0]
    procedure = ContractProcedure(first["procedure"]) if first["procedure"] else None
    reserved = RESERVED.get(Reservation(first["reserved"])) if first["reserved"] else None
    lots = {row["lot"]: {"id": row["lot"], "title": row["title"]} for row in rows if row["lot"]}
    coming = stage is not ContractStage.SIGNED
    return {
        "id": key,
        "title": first["title"],
        "status": STATUS[stage],
        "procurementMethod": METHODS.get(procedure) if procedure else None,
        "procurementMethodDetails": procedure.label if procedure else None,
        "techniques": {"hasFrameworkAgreement": True} if any(row["is_framework"] for row in rows) else None,
        "otherRequirements": {"reservedParticipation": [reserved]} if reserved else None,
        "lots": list(lots.values()),
        "value": _value(first) if coming else None,
        "contractPeriod": _period(first) if coming else None,
        "items": _items(first) if coming else None,
        **(_own(first) if coming else {}),
    }


def _award(row: Row) -> dict[str, Any]:
    return {
        "id": row["contract_key"],
        "title": row["title"],
        "status": "active",
        "suppliers": [{"id": _party_id(row), "name": row["supplier_name"]}] if row["supplier_name"] else None,
        "relatedLots": [row["lot"]] if row["lot"] else None,
    }


def _contract(row: Row) -> dict[str, Any]:
    return {
        "id": row["contract_key"],
        "awardID": row["contract_key"],
        "title": row["title"],
        "status": "active",
        "period": _period(row),
        "value": _value(row),
        "items": _items(row),
        "dateSigned": _day(row["signed_on"]),
        **_own(row),
    }


def _own(row: Row) -> dict[str, Any]:
    """What the standard has no field for."""
    return {
        "x_key": row["contract_key"],
        "x_number": row["number"],
        "x_options": row["options"],
        "x_procedure": row["procedure"],
        "x_reserved": row["reserved"],
        "x_framework": row["is_framework"],
        "x_note": row["note"],
    }


def _items(row: Row) -> list[dict[str, Any]] | None:
    if not row["cpv"]:
        return None
    return [{"id": "1", "description": row["title"], "classification": {"scheme": "CPV", "id": row["cpv"]}}]


def _value(row: Row) -> dict[str, Any] | None:
    value: Decimal | None = row["value"]
    if value is None:
        return None
    return {"amount": int(value) if value == value.to_integral_value() else float(value), "currency": row["currency"]}


def _period(row: Row) -> dict[str, Any] | None:
    found = {
        "startDate": _day(row["starts_on"]),
        "endDate": _day(row["ends_on"]),
        "maxExtentDate": _day(row["longest_until"]),
    }
    return found if any(found.values()) else None


def _buyer(name: str) -> dict[str, Any]:
    return {"id": make_key(name), "name": name, "roles": ["buyer"]}


def _suppliers(rows: Iterable[Row]) -> list[dict[str, Any]]:
    found = {_party_id(row): _supplier(row) for row in rows if row["supplier_name"]}
    return list(found.values())


def _supplier(row: Row) -> dict[str, Any]:
    scheme, _, number = (row["supplier_id"] or "").partition(":")
    known = bool(number) and not row["supplier_id"].startswith(MARK) and MARK not in number
    return {
        "id": _party_id(row),
        "name": row["supplier_name"],
        "identifier": {"scheme": scheme, "id": number, "legalName": row["supplier_name"]} if known else None,
        "roles": ["supplier"],
    }


def _party_id(row: Row) -> str:
    """The organisation's id; of persons and of those without a number one that tells nothing."""
    number = row["supplier_id"]
    return str(number) if number and MARK not in number else make_key("supplier", row["supplier_name"])


def _day(day: date | None) -> str | None:
    return f"{day.isoformat()}T00:00:00Z" if day else None


def _moment(moment: datetime) -> str:
    return f"{(moment.astimezone(UTC) if moment.tzinfo else moment):%Y-%m-%dT%H:%M:%SZ}"


def _filled(value: Any) -> Any:
    """The same without what is empty: the standard knows no nothing."""
    if isinstance(value, Mapping):
        return {name: _filled(one) for name, one in value.items() if one is not None and one != [] and one != {}}
    return [_filled(one) for one in value] if isinstance(value, list) else value
