"""A register of 100,000 organisations: Spark's tasks find the same links as one DuckDB, row by row."""

import random
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from tests.lib.linking import DECISION, ORGANISATION, SUPPLIER

from bygd.countries import load
from bygd.engine import DuckEngine, Engine
from bygd.engine.spark import SparkEngine
from bygd.linkage import deal, group, propose, resolve
from bygd.vocabulary import tables

Rows = list[dict[str, Any]]
PAYMENT = {
    "file_key": "f", "anchor": "a", "amount": Decimal(1), "currency": "SEK", "account": None, "department": None,
    "invoice": None, "contract": None,
}  # fmt: skip
SUCCESSION = {"kind": "merged", "happened_on": None, "source": "t"}


def words(text: str) -> list[str]:
    return text.split()


ORGANISATIONS, SUPPLIERS = 100_000, 2_000
HEADS = words("Norr Söder Öst Väst Berg Dal Ek Gran Häger Järn Kvist Lind Näs Palm Ros Sten Tall Ving Älv Önne")
TAILS = words("hammar kvist lund mark sjö strand torp vall vik ås bäck fors gård hed holm hult kulla mo rud")
TRADES = words("Bygg El Rör Måleri Städ Data Åkeri Taxi Vård Tryck Juridik Bil Plåt Glas Skog Larm Energi Textil")
FORMS = ["AB", "HB", "Aktiebolag", "ek för", ""]


def organisations(draw: random.Random) -> Rows:
    return [
        {
            **ORGANISATION,
            "org_id": f"XX:{number:06}",
            "name": f"{draw.choice(HEADS)}{draw.choice(TAILS)} {draw.choice(HEADS)}{draw.choice(TRADES).lower()} "
            f"i {draw.choice(HEADS)}{draw.choice(TAILS)} {draw.choice(FORMS)}".strip(),
            "postcode": f"{draw.randrange(10000, 99999)}",
            "status": draw.choice(["active", "active", "ended"]),
            "registered_on": draw.choice([None, date(2001, 1, 1), date(2025, 1, 1)]),
            "industry": draw.choice([None, "41200", "56100", "86100"]),
            "country": "se",
        }
        for number in range(ORGANISATIONS)
    ]


def noisy(draw: random.Random, name: str) -> str:
    """The name as a ledger may write it."""
    place = draw.randrange(1, len(name) - 2)
    return draw.choice(
        [
            name,
            name.upper(),
            name.removesuffix(" AB"),
            name[:place] + name[place + 1 :],
            name[:place] + name[place + 1] + name[place] + name[place + 2 :],
            name[:25],
            " ".join(reversed(name.split())),
            f"Kalles T/A {name}",
            f"{name} - filial 3",
        ]
    )


def suppliers(draw: random.Random, register: Rows) -> Rows:
    found = []
    for number in range(SUPPLIERS):
        row = draw.choice(register)
        written = {"postcode": row["postcode"] if draw.random() < 0.5 else None, "anchor": draw.choice("ab")}
        number_written = "5599990016" if number % 400 == 0 else None
        name = noisy(draw, row["name"]) if draw.random() < 0.9 else f"Nobody knows {draw.random()}"
        key = {"supplier_key": f"s{number:04}", "name": name, "org_number": number_written}
        found.append({**SUPPLIER, **written, **key})
    return found


def payments(draw: random.Random, asked: Rows) -> Rows:
    """Two payments to every second supplier."""
    return [
        {
            **PAYMENT,
            "row_number": 2 * number + nth,
            "supplier_key": row["supplier_key"],
            "paid_on": date(draw.choice([2020, 2026]), 5, 1),
            "category": draw.choice([None, "Livsmedel", "Byggentreprenader"]),
        }
        for number, row in enumerate(asked[::2])
        for nth in range(2)
    ]


def links(engine: Engine, register: Rows, asked: Rows, paid: Rows, decisions: Rows) -> tuple[Rows, Rows]:
    """Candidates and links, in a fixed order."""
    for table in tables.ALL:
        engine.read(table, [])
    engine.register(tables.organisations, register)
    engine.register(tables.suppliers, asked)
    engine.register(tables.link_decisions, decisions)
    engine.register(tables.payments, paid)
    engine.register(tables.successions, [{**SUCCESSION, "org_id": "SE-ON:5599990016", "successor_id": "XX:000002"}])
    conventions = load("se").conventions()
    deal(engine)
    group(engine, conventions)
    propose(engine, conventions)
    resolve(engine)
    candidates = engine.rows('SELECT * FROM link_candidates ORDER BY supplier_key, "position"')
    return candidates, engine.rows("SELECT * FROM links ORDER BY supplier_key")


@pytest.mark.spark
@pytest.mark.xdist_group("spark")
@pytest.mark.slow
def test_links_are_equal(spark: SparkEngine, engine: DuckEngine) -> None:
    draw = random.Random(7)
    register = organisations(draw)
    asked = suppliers(draw, register)
    decided = {"judgement": "same", "decided_at": datetime(2026, 1, 1)}
    decisions = [
        {**DECISION, **decided, "supplier_key": row["supplier_key"], "org_id": "XX:000001"} for row in asked[::50]
    ]
    paid = payments(draw, asked)
    candidates, found = links(engine, register, asked, paid, decisions)
    by_spark = links(spark, register, asked, paid, decisions)
    assert by_spark[0] == candidates
    assert by_spark[1] == found
    said = "".join(row["evidence"] for row in candidates)
    assert all(word in said for word in ('"not_yet"', '"other_trade"', '"same_trade"', '"former number"'))
    # Enough was found, and left open, for equality to say something.
    states = [row["state"] for row in found]
    assert len(found) == SUPPLIERS and len(candidates) > SUPPLIERS
    assert min(states.count("linked"), states.count("unresolved")) > SUPPLIERS // 10
