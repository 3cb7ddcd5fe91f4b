"""Contracts of the sample place: what a register might hold, tied to its suppliers; much is bought outside of it."""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bygd.vocabulary.contract_words import ContractProcedure, ContractStage, Reservation
from bygd.vocabulary.ids import org_id
from bygd.workbench.contracts.known import key
from bygd.workbench.sample.suppliers import ABROAD, Supplier

CPV = {
    "Livsmedel": "15000000", "IT-tjänster och programvara": "72000000", "Byggentreprenader": "45000000",
    "Reparation och underhåll, el och VVS": "50710000", "Konsulttjänster": "79410000",
    "Skolskjuts och resor": "60130000",
    "Köp av vård och omsorg": "85311000", "Städ och tvätt": "90910000", "El och värme": "09310000",
    "Kontorsmaterial och trycksaker": "30192000", "Inventarier och möbler": "39100000", "Utbildning": "80500000",
    "Inhyrd personal": "79620000", "Avfall och återvinning": "90500000", "Läkemedel": "33600000",
    "Medicinteknik": "33100000", "Fordon och drivmedel": "34100000", "Park och utemiljö": "77310000",
    "Bevakning och larm": "79710000", "Telefoni och post": "64200000", "Försäkring": "66510000",
    "Juridik och revision": "79100000",
}  # fmt: skip
SHARE = 0.55
"""So much of the suppliers have a contract."""
STARTS = (2021, 2022, 2022, 2023, 2023, 2024, 2024, 2025)
FRAMEWORKS = ("Livsmedel", "Konsulttjänster", "Byggentreprenader", "Inhyrd personal")
ENTERED = "Provregistrator"
ENTERED_AT = datetime(2026, 1, 12, 8, 0)
COMING = (
    (
        "municipality",
        "Skolmåltider: bröd och mejerivaror",
        "15500000",
        ContractStage.PLANNED,
        date(2027, 8, 1),
        4_200_000,
    ),
    ("municipality", "Städning av förskolor", "90911200", ContractStage.CALLED, date(2027, 3, 1), 6_500_000),
    ("hospital", "Tvätt av textilier", "98310000", ContractStage.PLANNED, date(2027, 10, 1), 28_000_000),
    ("housing", "Skötsel av gårdar och grönytor", "77310000", ContractStage.CALLED, date(2027, 4, 1), 3_800_000),
)


def make(story: Mapping[str, Any], sellers: Sequence[Supplier]) -> Iterator[dict[str, Any]]:
    """Rows of `contract_entries`, always the same; a chance of its own, so that payments stay as they are."""
    chance = random.Random(story["seed"] + 1)  # noqa: S311 - made-up data, not a secret
    number = 0
    for one in sellers:
        if one.category not in CPV or one.is_person or chance.random() > SHARE:
            continue
        for anchor in one.anchors:
            number += 1
            yield _contract(story, chance, one, anchor, number)
    for place, (anchor, title, cpv, stage, day, value) in enumerate(COMING):
        reserved = Reservation.SHELTERED if title.startswith("Städning") else None
        yield _entry(
            story, anchor, title, f"K-{place + 1}", procedure_key=f"UH 2027/{place + 1}", cpv=cpv, stage=stage,
            starts_on=day, ends_on=date(day.year + 4, day.month, 1), value=Decimal(value), currency="SEK",
            number=None, reserved=reserved, procedure=ContractProcedure.OPEN,
        )  # fmt: skip


def _contract(
    story: Mapping[str, Any], chance: random.Random, one: Supplier, anchor: str, number: int
) -> dict[str, Any]:
    year, month = chance.choice(STARTS), chance.choice((1, 1, 3, 5, 7, 9, 10))
    years, options = chance.choice((2, 3, 4)), chance.choice((0, 0, 1, 2))
    starts = date(year, month, 1)
    ends = _last_day(year + years, month)
    category = next(entry for entry in story["categories"] if entry["text"] == one.category)
    here = category["local"][-1]
    part = {"local": here, "county": (1 - here) * category["county"]}.get(
        one.ring, (1 - here) * (1 - category["county"])
    )
    place = list(story["anchors"]).index(anchor)
    value = Decimal(round(category["budget"][place] * 1_000_000 * part * one.weight * years, -4))
    is_small = one.employees < 10 and one.ring == "local"
    is_social = one.form in ("51", "72") and one.category == "Städ och tvätt"
    title = f"{one.category}, {one.name}" if one.category not in FRAMEWORKS else one.category
    return _entry(
        story, anchor, title, f"A-{year}-{number:03}",
        supplier_name=one.name,
        # Registers of contracts lack a number now and then; then the name alone tells who it is.
        supplier_id=org_id(story["scheme"], one.number) if len(one.home) != ABROAD and number % 11 else None,
        procedure_key=f"UH {year}/{CPV[one.category][:5]}" if one.category in FRAMEWORKS else None,
        lot=one.name if one.category in FRAMEWORKS else None,
        cpv=CPV[one.category],
        value=value or None,
        currency="SEK",
        signed_on=date(year - (month == 1), month - 1 or 12, 15),
        starts_on=starts,
        ends_on=ends if number % 17 else None,
        longest_until=_last_day(year + years + options, month) if options else None,
        options=f"{options} × 12 månader" if options else None,
        procedure=ContractProcedure.DIRECT if is_small else ContractProcedure.OPEN,
        reserved=Reservation.SHELTERED if is_social else Reservation.NONE if number % 3 else None,
        is_framework=one.category in FRAMEWORKS,
    )  # fmt: skip


def _entry(story: Mapping[str, Any], anchor: str, title: str, told: str, **more: Any) -> dict[str, Any]:
    name = story["anchors"][anchor]["name"]
    return {
        "contract_key": key(name, told, title),
        "anchor": name,
        "number": told,
        "title": title,
        "stage": ContractStage.SIGNED,
        "is_framework": False,
        "source": "avtalsregister.xlsx",
        "withdrawn": False,
        "entered_by": ENTERED,
        "entered_at": ENTERED_AT,
        **more,
    }


def _last_day(year: int, month: int) -> date:
    """The day before the first of that month."""
    return date.fromordinal(date(year, month, 1).toordinal() - 1)
