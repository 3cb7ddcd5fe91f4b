"""A made-up town with three anchors and some forty suppliers over three years, as tables of a snapshot."""

import random
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bygd.engine import DuckEngine
from bygd.geography import Place
from bygd.vocabulary import tables
from bygd.vocabulary.columns import Table
from bygd.vocabulary.words import Ring

PLACE = Place(
    "se:1291",
    "Bygdeby",
    "se",
    (
        (Ring.MUNICIPALITY, "se:1291"),
        (Ring.COUNTY, "se:12"),
        (Ring.COUNTRY, "se"),
        (Ring.WORLD, "world"),
    ),
)

ANCHORS = ("Bygdeby kommun", "Bygdebyhem AB", "Region Bygd")

AREAS = [
    ("se", "country", "Sverige", None),
    ("se:12", "county", "Bygd län", "se"),
    ("se:1291", "municipality", "Bygdeby", "se:12"),
    ("se:1280", "municipality", "Storstad", "se:12"),
    ("se:0180", "municipality", "Huvudstaden", "se"),
    ("se:1480", "municipality", "Hamnstaden", "se"),
]

SEATS = {
    "municipality": "se:1291",
    "county": "se:1280",
    "country": "se:0180",
    "world": None,
    "unknown": None,
}

NAMES = (
    "Bygdeby Bygg AB", "Nordans El & Rör AB", "Köket i Bygdeby ekonomisk förening", "Storstad Data AB",
    "Huvudstadens Konsult AB", "=HYPERLINK(\"http://example.invalid\")", "+46 Telefoni AB", "@home Vård AB",
    "<script>alert(1)</script> & Co AB",
)  # fmt: skip

CATEGORIES = ("Byggtjänster", "Livsmedel", "IT-tjänster", "Konsulter", "Städning", "Transporter", "")


def spend_rows(seed: int = 1) -> list[dict[str, Any]]:
    """Rows of SPEND: purchases of three anchors over three years and some money that is no purchase."""
    chance = random.Random(seed)
    rows = []
    for number in range(42):
        seat = chance.choices(list(SEATS), (14, 6, 14, 3, 5))[0]
        branch = chance.choice([seat, seat, "municipality", "unknown"])
        order = list(SEATS)
        known = [ring for ring in (seat, branch) if ring != "unknown"]
        either = min(known, key=order.index) if known else "unknown"
        is_masked = number % 13 == 12
        name = (
            f"Enskild firma {number:04d}"
            if is_masked
            else NAMES[number]
            if number < len(NAMES)
            else f"Leverantör {number} AB"
        )
        state = "masked" if is_masked else "unresolved" if seat == "unknown" else "linked"
        ownership = (
            "unknown"
            if state == "unresolved"
            else "sole_trader"
            if is_masked
            else chance.choice(
                ["private", "private", "private_group", "private_independent", "democratic", "social", "foreign"]
            )
        )
        size = Decimal(round(min(chance.paretovariate(1.1) * 40_000, 900_000)))
        for anchor in ANCHORS:
            if chance.random() < 0.45:
                continue
            for year in (2023, 2024, 2025):
                if anchor == "Region Bygd" and year == 2023:
                    continue
                org_id = f"SE-ON:55600000{number:02d}" if state == "linked" else None
                key = f"k{number:02d}{ANCHORS.index(anchor)}"
                amount = (size * Decimal(round(chance.uniform(0.5, 1.5), 2))).quantize(Decimal("0.01"))
                if number == 40:
                    amount = (-amount / 20).quantize(Decimal("0.01"))
                rows.append(
                    {
                        "anchor": anchor, "supplier_key": key, "org_id": org_id, "party": org_id or key,
                        "name": name, "is_masked": is_masked, "state": state, "year": year,
                        "category": chance.choice(CATEGORIES), "rule": "", "reason": "", "is_procurement": True,
                        "currency": "SEK", "amount": amount, "payments": chance.randint(1, 40),
                        "seat_ring": seat, "branch_ring": branch, "either_ring": either,
                        "seat_id": SEATS[seat], "branch_id": SEATS[branch], "deprivation_decile": None,
                        "ownership": ownership, "industry": chance.choice(["41200", "62010", "56100", ""]),
                        "size_band": chance.choice(["micro", "small", "medium", "large", "unknown"]),
                    }
                )  # fmt: skip
    for number, (rule, reason) in enumerate(
        (("se.public", "public_body"), ("se.tax", "tax"), ("se.grant", "grant")) * 3
    ):
        rows.append(
            {
                **rows[0], "supplier_key": f"x{number:02d}", "party": f"x{number:02d}", "org_id": None,
                "name": f"Myndighet {number}", "year": 2024, "rule": rule, "reason": reason, "is_procurement": False,
                "amount": Decimal(chance.randint(100_000, 3_000_000)), "is_masked": False, "state": "unresolved",
            }
        )  # fmt: skip
    return rows


def pick(row: dict[str, Any], table: type[Table]) -> dict[str, Any]:
    """The columns of a row that a table has."""
    return {name: row[name] for name in table.columns()}


def fill(engine: DuckEngine, rows: list[dict[str, Any]]) -> None:
    """Leave in the engine the tables a report reads."""
    keys = tables.spend.one_row_per
    merged = list({tuple(row[key] for key in keys): row for row in rows}.values())
    engine.register(tables.spend, [pick(row, tables.spend) for row in merged])
    engine.register(tables.spend_lines, [pick(row, tables.spend_lines) for row in merged])
    engine.register(tables.split_lines, [])
    payees = {row["supplier_key"]: {**row, "rule": "", "reason": ""} for row in merged}
    engine.register(tables.payees, [pick(row, tables.payees) for row in payees.values()])
    doubtful: dict[str, dict[str, Any]] = {}
    for row in merged:
        if row["is_procurement"] and row["state"] == "unresolved":
            found = doubtful.setdefault(
                row["supplier_key"],
                {
                    "supplier_key": row["supplier_key"], "anchor": row["anchor"], "name": row["name"],
                    "amount": Decimal(0), "state": row["state"], "candidate_id": "SE-ON:5560000099",
                    "candidate_name": row["name"] + " (publ)", "candidate_place": "se:0180",
                    "score": 0.81, "margin": 0.04, "case_key": row["supplier_key"], "width": Decimal(0),
                    "found": 0.8, "worth": Decimal(0), "shrink": 0.0, "effort": 1.0, "position": len(doubtful) + 1,
                },
            )  # fmt: skip
            found["amount"] += row["amount"]
            found["width"], found["worth"] = abs(found["amount"]), (abs(found["amount"]) / 2).quantize(Decimal("0.01"))
    engine.register(tables.doubts, doubtful.values())
    engine.register(tables.links, [])
    engine.register(tables.audit_judgements, [])
    engine.register(
        tables.areas,
        [
            {"area_id": id, "level": level, "name": name, "parent_id": parent, "deprivation_decile": None}
            for id, level, name, parent in AREAS
        ],
    )
    payments, files, aside = [], [], []
    for anchor in ANCHORS:
        own = [row for row in merged if row["anchor"] == anchor]
        key = f"f{ANCHORS.index(anchor)}"
        for number, row in enumerate(own):
            payments.append(
                {
                    "file_key": key, "row_number": number + 2, "anchor": anchor, "supplier_key": row["supplier_key"],
                    "amount": row["amount"], "currency": "SEK", "paid_on": date(row["year"], 5, 3), "account": None,
                    "category": row["category"] or None, "department": None, "invoice": None, "contract": None,
                }
            )  # fmt: skip
        read = sum((row["amount"] for row in own), Decimal(0))
        aside.append(
            {
                "file_key": key,
                "row_number": len(own) + 2,
                "reason": "total",
                "detail": "Summa",
                "amount": read,
                "text": "=Summa;1",
            }
        )
        files.append(
            {
                "file_key": key, "anchor": anchor, "path": f"betalningar-{key}.csv", "sheet": "", "sha256": "0" * 64,
                "layout": "mapping", "encoding": "utf-8", "delimiter": ";", "header_row": 1, "date_order": "ymd",
                "decimal_mark": ",", "currency": "SEK", "vat": "excluding", "rows_file": len(own) + 1,
                "rows_read": len(own), "rows_set_aside": 1, "rows_masked": sum(row["is_masked"] for row in own),
                "amount_file": read * 2, "amount_read": read, "amount_set_aside": read, "rounding": Decimal(0),
                "first_paid_on": date(2023, 5, 3), "last_paid_on": date(2025, 5, 3),
            }
        )  # fmt: skip
    engine.register(tables.payments, payments)
    engine.register(tables.ledger_files, files)
    engine.register(tables.set_aside, aside)


MANIFEST = {
    "bygd": "0.1.0",
    "snapshot": "0123456789ab",
    "settings": {"local_by": "seat", "within": "municipality", "year_starts": 1, "baseline_year": None},
    "files": [{"kind": "ledger", "path": "betalningar-f0.csv", "anchor": ANCHORS[0], "sha256": "0" * 64}],
    "warnings": ["Nothing is wrong; this line is here to be seen."],
}


@pytest.fixture
def town() -> Iterator[DuckEngine]:
    """An engine with the tables of the made-up town."""
    with DuckEngine(threads=2) as duck:
        fill(duck, spend_rows())
        yield duck
