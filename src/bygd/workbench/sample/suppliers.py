"""Suppliers of the sample place: who they are, where they sit, what they sell and to whom."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bygd.workbench.sample import numbers

BEGINNINGS = {"49": "5599", "51": "7699", "31": "9699", "72": "8026", "61": "8029", "92": "5029", "94": "8029"}
ENDINGS = {"49": " AB", "51": " ekonomisk förening", "31": " HB", "72": "", "61": "", "92": ""}
LOCAL = ("Fyrhamns", "Hamngatans", "Kustens", "Fyrens", "Udden", "Strandmyra", "Södra brukets", "Fiskargatans")
COUNTY = ("Skärlands", "Åmynne", "Lövheds", "Stenaby", "Skärlandskustens", "Bergslidens")
ELSEWHERE = (
    "Norrkvist", "Sveaberg", "Granhall", "Kvistrum", "Ekalund", "Vallmark", "Lindmyra", "Stormyr", "Tallrik & Söner",
    "Björkenhed", "Almviken", "Furuhöjd", "Rönnmarks", "Hasselkulla", "Klintvall", "Silvermyr", "Ängsvik", "Dalkarl",
    "Ostmark", "Nordanvik", "Brantås", "Lyckebol",
)  # fmt: skip
ABROAD = 2


@dataclass(frozen=True)
class Supplier:
    """One made-up supplier. `ring` is local, county or elsewhere; `weight` its part of what its ring sells."""

    name: str
    number: str
    form: str
    home: str
    postcode: str
    town: str
    branch: str
    industry: str
    category: str
    employees: int
    ring: str
    weight: float
    anchors: tuple[str, ...]
    is_person: bool = False
    owned_by: str = ""


def make(story: Mapping[str, Any], chance: random.Random) -> list[Supplier]:
    """About 250 suppliers; the same story and chance give the same list."""
    return list(_Maker(story, chance).suppliers())


class _Maker:
    def __init__(self, story: Mapping[str, Any], chance: random.Random) -> None:
        self.story, self.chance = story, chance
        self.areas = {area["code"]: area for area in story["areas"]}
        self.here = story["areas"][0]["code"]
        self.county = story["areas"][0]["county"]
        self.serial: dict[str, int] = {}
        self.names: set[str] = set()

    def suppliers(self) -> Iterator[Supplier]:
        for category in self.story["categories"]:
            named = [entry for entry in self.story["named"] if entry["category"] == category["text"]]
            traders = [entry for entry in self.story["sole_traders"] if entry["category"] == category["text"]]
            for ring, count in zip(("local", "county", "elsewhere"), category["suppliers"], strict=True):
                ours = [entry for entry in named if self.ring(entry["home"]) == ring]
                persons = [entry for entry in traders if self.ring(entry["home"]) == ring]
                left = 1 - sum(entry["share"] for entry in ours) - 0.015 * len(persons)
                for entry in ours:
                    yield self.from_story(category, ring, entry)
                for entry in persons:
                    yield self.trader(category, ring, entry)
                extra = max(count - len(ours), 0)
                shares = [1 / (rank + 1.5) for rank in range(extra)]
                for place, share in enumerate(shares):
                    yield self.invented(category, ring, max(left, 0.05) * share / sum(shares), first=place == 0)

    def ring(self, home: str) -> str:
        if home == self.here:
            return "local"
        return "county" if home in self.areas and self.areas[home]["county"] == self.county else "elsewhere"

    def number(self, form: str) -> str:
        beginning = BEGINNINGS[form]
        self.serial[beginning] = self.serial.get(beginning, 0) + 1
        return numbers.organisation(beginning, self.serial[beginning])

    def address(self, home: str) -> tuple[str, str]:
        town, codes = self.chance.choice(sorted(self.areas[home]["towns"].items()))
        return str(self.chance.choice(codes)), town

    def buyers(self, category: Mapping[str, Any], everywhere: bool) -> tuple[str, ...]:
        anchors = [name for name, money in zip(self.story["anchors"], category["budget"], strict=True) if money]
        chosen = [name for name in anchors if everywhere or self.chance.random() < 0.6]
        return tuple(chosen or [self.chance.choice(anchors)])

    def from_story(self, category: Mapping[str, Any], ring: str, entry: Mapping[str, Any]) -> Supplier:
        is_abroad = len(entry["home"]) == ABROAD
        postcode, town = (entry["postcode"], entry["town"]) if is_abroad else self.address(entry["home"])
        self.names.add(entry["name"])
        owned_by = entry.get("owned_by", "group" if entry.get("group") else "")
        return Supplier(
            entry["name"], "" if is_abroad else self.number(entry["form"]), entry["form"], entry["home"],
            entry.get("postcode", postcode), town, str(entry.get("branch", "")), category["industry"], category["text"],
            entry["employees"], ring, entry["share"], self.buyers(category, everywhere=True), owned_by=owned_by,
        )  # fmt: skip

    def trader(self, category: Mapping[str, Any], ring: str, entry: Mapping[str, Any]) -> Supplier:
        postcode, town = self.address(entry["home"])
        self.serial["person"] = self.serial.get("person", 100) + 1
        number = numbers.person(self.chance.randint(1955, 1998), self.serial["person"])
        return Supplier(
            entry["name"], number, "10", entry["home"], postcode, town, "", category["industry"], category["text"],
            1, ring, 0.015, self.buyers(category, everywhere=False), is_person=True,
        )  # fmt: skip

    def invented(self, category: Mapping[str, Any], ring: str, weight: float, first: bool) -> Supplier:
        home = self.home(ring)
        form = self.chance.choices(("49", "31", "51"), (90, 6, 4 if ring == "local" else 1))[0]
        postcode, town = self.address(home)
        branch = ""
        if ring == "elsewhere" and self.chance.random() < 0.15:
            branch = self.address(self.here)[0]
        employees = int(self.chance.lognormvariate({"local": 1.8, "county": 2.3, "elsewhere": 4.2}[ring], 1.0))
        return Supplier(
            self.name(category, ring, form), self.number(form), form, home, postcode, town, branch,
            category["industry"], category["text"], employees, ring, weight, self.buyers(category, everywhere=first),
        )  # fmt: skip

    def home(self, ring: str) -> str:
        if ring == "local":
            return str(self.here)
        return str(self.chance.choice([code for code in self.areas if self.ring(code) == ring]))

    def name(self, category: Mapping[str, Any], ring: str, form: str) -> str:
        stems = {"local": LOCAL, "county": COUNTY, "elsewhere": ELSEWHERE}[ring]
        words = category["words"]
        tries = [f"{stem} {word}{ENDINGS[form]}" for word in words for stem in stems]
        fresh = [name for name in tries if name not in self.names]
        second = [
            f"{stem} {one} och {other}{ENDINGS[form]}"
            for stem in stems
            for one in words
            for other in words
            if one < other
        ]
        name = self.chance.choice(fresh or [name for name in second if name not in self.names])
        self.names.add(name)
        return name
