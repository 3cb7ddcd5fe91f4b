"""Payments of the sample place: three years of three anchors, written the way ledgers write them."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from bygd.workbench.sample import numbers
from bygd.workbench.sample.suppliers import ABROAD, BEGINNINGS, Supplier

MILLION = 1_000_000
GROWTH = 1.03
CREDIT_NOTES = 0.02
WRONG_NUMBER = 0.03
NO_NUMBER = {"municipality": 0.03, "hospital": 0.22, "housing": 0.10}


@dataclass(frozen=True)
class Payment:
    """One row of a ledger before it is written in that ledger's shape. `number` is as written, may be empty."""

    anchor: str
    paid_on: date
    supplier_number: str
    name: str
    number: str
    postcode: str
    town: str
    country: str
    amount: Decimal
    account: str
    text: str
    department: str
    invoice: str


@dataclass(frozen=True)
class Written:
    """How one anchor's ledger writes a supplier."""

    supplier_number: str
    name: str
    number: str
    postcode: str
    town: str
    country: str = ""


def make(story: Mapping[str, Any], suppliers: Sequence[Supplier], chance: random.Random) -> list[Payment]:
    """About 6,000 payments in order of date; the same story and chance give the same list."""
    maker = _Maker(story, chance)
    rows = [*maker.purchases(suppliers), *maker.others(), *maker.between_anchors()]
    return sorted(rows, key=lambda row: (row.anchor, row.paid_on, row.invoice))


class _Maker:
    def __init__(self, story: Mapping[str, Any], chance: random.Random) -> None:
        self.story, self.chance = story, chance
        self.anchors: Mapping[str, Any] = story["anchors"]
        self.invoice = 100_000
        self.written: dict[tuple[str, str], Written] = {}
        self.towns = {
            str(code): town for area in story["areas"] for town, codes in area["towns"].items() for code in codes
        }

    def purchases(self, suppliers: Sequence[Supplier]) -> Iterator[Payment]:
        """Each category's money of a year, parted by ring as the story says, then by the suppliers' weights."""
        for category in self.story["categories"]:
            sellers = [one for one in suppliers if one.category == category["text"]]
            for (anchor, budget), (place, year) in (
                (pair, numbered)
                for pair in zip(self.anchors, category["budget"], strict=True)
                for numbered in enumerate(self.story["years"])
            ):
                local = category["local"][place]
                parts = {"local": local, "county": (1 - local) * category["county"]}
                parts["elsewhere"] = 1 - sum(parts.values())
                for ring, part in parts.items():
                    ours = [one for one in sellers if one.ring == ring and anchor in one.anchors]
                    whole = sum(one.weight for one in ours)
                    for one in ours:
                        money = budget * GROWTH**place * part * one.weight / whole
                        yield from self.year(anchor, year, one, category, money)

    def year(
        self, anchor: str, year: int, supplier: Supplier, category: Mapping[str, Any], millions: float
    ) -> Iterator[Payment]:
        """A supplier's payments of one year: the more money, the more rows, unevenly parted."""
        if millions * MILLION < 500:
            return
        written = self.spelling(anchor, supplier)
        count = max(1, min(30, round(2.6 * millions**0.55)))
        for amount in self.part(millions, count):
            yield self.row(anchor, year, written, amount, category["account"], category["text"])
            if self.chance.random() < CREDIT_NOTES:
                credit = -(amount * Decimal(self.chance.choice(("0.1", "0.25", "1")))).quantize(Decimal("0.01"))
                yield self.row(anchor, year, written, credit, category["account"], category["text"])

    def others(self) -> Iterator[Payment]:
        """Tax, pensions, grants, loans, and rows whose recipient is withheld."""
        for serial, entry in enumerate(self.story["others"], start=900):
            number = numbers.organisation(entry["number"], serial) if entry["number"] else ""
            postcode, town = self.seat(entry["home"])
            for anchor, budget in zip(self.anchors, entry["budget"], strict=True):
                if not budget:
                    continue
                written = Written(f"{serial}", entry["name"], self.dashed(anchor, number), postcode, town)
                for place, year in enumerate(self.story["years"]):
                    for amount in self.part(budget * GROWTH**place, entry["times"]):
                        yield self.row(anchor, year, written, amount, entry["account"], entry["text"])

    def between_anchors(self) -> Iterator[Payment]:
        """The municipality rents from its own housing company and pays the region; both are in the place."""
        for buyer, seller, text, account, millions in (
            ("municipality", "housing", "Lokalhyror", "66010", 12.0),
            ("municipality", "hospital", "Ersättning för hälsovård", "46310", 3.0),
            ("hospital", "municipality", "Tomträtt och avgifter", "66020", 1.2),
            ("housing", "municipality", "Vatten och avlopp", "62300", 4.0),
        ):
            number = anchor_number(self.anchors[seller])
            written = Written(
                "800", self.anchors[seller]["name"], self.dashed(buyer, number), "99110", self.towns["99110"]
            )
            for place, year in enumerate(self.story["years"]):
                for amount in self.part(millions * GROWTH**place, 12):
                    yield self.row(buyer, year, written, amount, account, text)

    def part(self, millions: float, count: int) -> list[Decimal]:
        """That money in so many uneven amounts, to the öre; they sum to it."""
        sizes = [self.chance.lognormvariate(0, 0.7) for _ in range(count)]
        cents = [int(millions * MILLION * 100 * size / sum(sizes)) for size in sizes]
        cents[-1] += round(millions * MILLION * 100) - sum(cents)
        return [Decimal(cent) / 100 for cent in cents]

    def row(self, anchor: str, year: int, written: Written, amount: Decimal, account: str, text: str) -> Payment:
        day = date(year, 1, 1) + timedelta(days=self.chance.randrange(365))
        day -= timedelta(days=max(0, day.weekday() - 4)) if day.day > 2 else timedelta()
        self.invoice += self.chance.randint(1, 9)
        department = self.chance.choice(self.anchors[anchor]["departments"])
        return Payment(
            anchor, day, written.supplier_number, written.name, written.number, written.postcode, written.town,
            written.country,
            amount.quantize(Decimal("0.01")), account, text, department, str(self.invoice),
        )  # fmt: skip

    def spelling(self, anchor: str, supplier: Supplier) -> Written:
        """How this ledger writes the supplier: always the same way, and not always rightly."""
        key = (anchor, supplier.name)
        if key not in self.written:
            number = supplier.number
            chance = self.chance.random()
            if number and not supplier.is_person and chance < NO_NUMBER[anchor]:
                number = ""
            elif number and not supplier.is_person and chance > 1 - WRONG_NUMBER:
                number = numbers.spoilt(number)
            postcode = supplier.branch or supplier.postcode
            self.written[key] = Written(
                str(2000 + len(self.written)),
                self.misspelt(supplier.name) if number or not supplier.number else self.mangled(supplier),
                self.dashed(anchor, number),
                postcode,
                self.towns.get(postcode, supplier.town),
                supplier.home if len(supplier.home) == ABROAD else "",
            )
        return self.written[key]

    def misspelt(self, name: str) -> str:
        if name.endswith(" AB"):
            short = name.removesuffix(" AB")
            return self.chance.choices(
                (name, name.upper(), f"{short} Aktiebolag", short, f"AB {short}"), (70, 12, 6, 8, 4)
            )[0]
        if name.endswith(" ekonomisk förening"):
            return self.chance.choice((name, name.replace("ekonomisk förening", "ek. för."), name.upper()))
        return name

    def mangled(self, supplier: Supplier) -> str:
        """A name typed by hand where no number stood by: letters lost, a branch named, words cut short."""
        words = supplier.name.split()
        place = self.chance.randrange(2, max(3, len(words[0]) - 1))
        lost = words[0][:place] + words[0][place + 1 :]
        return self.chance.choice(
            (
                " ".join([lost, *words[1:]]),
                f"{words[0]} {words[1][:4]}.",
                f"{words[0]} {words[1]} {supplier.town}",
                " ".join(words[:2]).upper(),
                self.misspelt(supplier.name),
            )
        )

    def dashed(self, anchor: str, number: str) -> str:
        return f"{number[:6]}-{number[6:]}" if number and anchor == "housing" else number

    def seat(self, home: str) -> tuple[str, str]:
        area = next((area for area in self.story["areas"] if area["code"] == home), None)
        if area is None:
            return "", ""
        town, codes = next(iter(area["towns"].items()))
        return str(codes[0]), town


def anchor_number(anchor: Mapping[str, Any]) -> str:
    """The made-up organisation number of an anchor."""
    return numbers.organisation(str(anchor["number"]), 999 if anchor["number"] in BEGINNINGS.values() else 1)
