"""A town of the tests' own: payments to suppliers of which one says only what they are."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from tests.lib.text_tables import cells, fill

from bygd import geography, scope
from bygd.engine import Engine
from bygd.geography import Place
from bygd.tools import spend
from bygd.vocabulary import tables

COUNTRY = "se"
AREAS = (
    {"area_id": "se:1", "level": "municipality", "name": "Here", "parent_id": "se:a"},
    {"area_id": "se:2", "level": "municipality", "name": "Near", "parent_id": "se:a"},
    {"area_id": "se:3", "level": "municipality", "name": "Far", "parent_id": "se:b"},
    {"area_id": "se:a", "level": "county", "name": "County", "parent_id": "se"},
    {"area_id": "se:b", "level": "county", "name": "Other", "parent_id": "se"},
    {"area_id": "se", "level": "country", "name": "Land", "parent_id": "-"},
)
POSTCODES = {"municipality": "10001", "county": "20002", "country": "30003", "unknown": "-"}
MUNICIPALITIES = {"10001": "se:1", "20002": "se:2", "30003": "se:3"}
DECILES = {"10001": "1", "20002": "5", "30003": "9"}


def payments(text: str) -> list[dict[str, Any]]:
    """Payments drawn with columns anchor, supplier, amount and, where wished, year, seat, branch, ownership, org …"""
    return [dict(row) for row in cells(text)]


def town(engine: Engine, rows: Iterable[Mapping[str, Any]], public_rule: str | None = "register.public") -> Place:
    """Take payments through scope, geography and the spend tool, and give the place.

    `seat` and `branch` are rings (default 'unknown'); with a seat the supplier is linked. A supplier
    is known by anchor and name; `org` gives several suppliers one organisation.
    """
    rows = list(rows)
    suppliers: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        suppliers.setdefault(f"{row['anchor']}/{row['supplier']}", row)
    engine.register(tables.areas, [fill(tables.areas, area) for area in AREAS])
    engine.register(
        tables.postcodes,
        [
            fill(
                tables.postcodes,
                {
                    "country": COUNTRY,
                    "postcode": code,
                    "municipality_id": municipality,
                    "deprivation_decile": DECILES[code],
                },
            )
            for code, municipality in MUNICIPALITIES.items()
        ],
    )
    engine.register(tables.suppliers, [_supplier(key, row) for key, row in suppliers.items()])
    linked = {key: _org(key, row) for key, row in suppliers.items() if _seat(row) != "unknown" or row.get("org")}
    offices = {org: suppliers[key] for key, org in linked.items()}
    engine.register(
        tables.organisations,
        [
            fill(
                tables.organisations,
                {
                    "org_id": org,
                    "name": org,
                    "country": _country(_seat(row)),
                    "postcode": POSTCODES.get(_seat(row), "-"),
                },
            )
            for org, row in offices.items()
        ],
    )
    engine.register(tables.workplaces, [])
    engine.register(tables.link_candidates, [])
    engine.register(tables.seat_decisions, [])
    engine.register(
        tables.links,
        [
            fill(
                tables.links,
                {
                    "supplier_key": key,
                    "org_id": linked.get(key, "-"),
                    "state": "linked" if key in linked else str(row.get("state", "unresolved")),
                },
            )
            for key, row in suppliers.items()
        ],
    )
    engine.register(
        tables.ownerships,
        [
            fill(
                tables.ownerships,
                {
                    "supplier_key": key,
                    "ownership": str(row.get("ownership", "unknown")),
                    "industry": str(row.get("industry", "-")),
                    "size_band": str(row.get("size", "unknown")),
                },
            )
            for key, row in suppliers.items()
        ],
    )
    engine.register(tables.payments, [_payment(number, row) for number, row in enumerate(rows, 1)])
    scope.run(engine, [])
    place = geography.place(engine, "se:1")
    geography.run(engine, place)
    spend.run(engine, place, public_rule)
    return place


def _supplier(key: str, row: Mapping[str, Any]) -> dict[str, Any]:
    branch = str(row.get("branch", "unknown"))
    return fill(
        tables.suppliers,
        {
            "supplier_key": key,
            "anchor": str(row["anchor"]),
            "name": str(row["supplier"]),
            "postcode": POSTCODES.get(branch, "-"),
            "country": "DK" if branch == "world" else "-",
        },
    )


def _payment(number: int, row: Mapping[str, Any]) -> dict[str, Any]:
    return fill(
        tables.payments,
        {
            "row_number": str(number),
            "anchor": str(row["anchor"]),
            "supplier_key": f"{row['anchor']}/{row['supplier']}",
            "amount": str(Decimal(str(row["amount"]).replace(",", ""))),
            "paid_on": str(row.get("day", f"{row.get('year', 2020)}-06-01")),
            "category": str(row.get("category", "-")),
            "currency": str(row.get("currency", "EUR")),
        },
    )


def _seat(row: Mapping[str, Any]) -> str:
    return str(row.get("seat", "unknown"))


def _org(key: str, row: Mapping[str, Any]) -> str:
    return str(row.get("org") or f"SE-ON:{key}")


def _country(ring: str) -> str:
    return "dk" if ring == "world" else COUNTRY
