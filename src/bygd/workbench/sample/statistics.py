"""Statistics of the sample place, all of them made up: a small coast town that grows old, beside its neighbours."""

import csv
import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

YEARS = range(2018, 2026)
SOURCE = "Påhittade siffror för provkommunen"
HEADER = ("area", "indicator", "period", "value", "breakdown", "vintage", "name", "level", "parent", "source")
DIVISION = "2025"
# Small areas of the place: code, name, inhabitants, share of 65 and over, wealth (1 is as the country).
SMALL = (
    ("9901A0010", "Yttre Skären", 640, 0.36, 0.94),
    ("9901B0010", "Norra bruket", 1_480, 0.21, 0.78),
    ("9901C0010", "Södra bruket", 2_310, 0.18, 0.71),
    ("9901C0020", "Hamnstaden", 3_890, 0.27, 1.06),
)
# Where they lie, about: the islands outermost, the mills inland.
SHAPED = tuple(
    (area[0], area[1], at)
    for area, at in zip(SMALL, ((57.60, 17.16), (57.74, 16.88), (57.53, 16.78), (57.64, 16.94)), strict=True)
)
# Municipalities: inhabitants, share of 65 and over, wealth, jobs by employed resident, km².
PLACES = {
    "9901": (12_400, 0.27, 0.93, 0.87, 410),
    "9902": (9_800, 0.29, 0.91, 0.78, 520),
    "9903": (6_300, 0.31, 0.88, 0.72, 690),
    "9904": (15_600, 0.25, 0.96, 0.92, 450),
    "9801": (78_200, 0.20, 1.05, 1.14, 380),
    "9802": (11_900, 0.28, 0.95, 0.81, 610),
    "9701": (14_100, 0.26, 0.97, 0.95, 330),
    "9702": (23_500, 0.24, 0.99, 1.02, 540),
}
LARGER = {"99": (44_100, 0.27, 0.93, 0.86, 2_070), "98": (90_100, 0.21, 1.04, 1.10, 990)}
LARGER |= {"97": (37_600, 0.25, 0.98, 0.99, 870), "se": (10_600_000, 0.21, 1.0, 1.0, 407_000)}
NAMES = {
    "9901": "Fyrhamn", "9902": "Åmynne", "9903": "Lövhed", "9904": "Stenaby", "9801": "Kungsborg", "9802": "Solhamra",
    "9701": "Västerhamn", "9702": "Sundköping", "99": "Skärlands län", "98": "Kungsborgs län", "97": "Västmarks län",
    "se": "Sverige",
}  # fmt: skip
# Indicator: value where wealth is one, how much of it wealth moves, change a year, decimals.
MOVED = {
    "income_mean": (312_000, 0.9, 9_000, 0), "income_median": (268_000, 0.9, 8_000, 0),
    "low_income_share": (14.5, -1.6, -0.1, 1), "child_poverty": (8.2, -2.2, -0.1, 1), "gini": (0.31, 0.4, 0.002, 3),
    "social_assistance_share": (3.4, -2.5, -0.1, 1), "employment_rate": (79.5, 0.3, 0.2, 1),
    "unemployment": (5.7, -2.4, -0.05, 1), "long_unemployment": (2.6, -2.6, -0.02, 1),
    "youth_neither": (7.4, -1.8, -0.1, 1), "sick_days": (22.0, -1.2, -0.3, 1),
    "higher_education_share": (44.0, 1.2, 0.5, 1), "upper_secondary_done": (74.0, 0.4, 0.2, 1),
    "school_results": (85.0, 0.3, 0.1, 1), "owner_occupied_share": (42.0, 0.6, 0.0, 1),
    "social_rented_share": (20.0, -1.1, -0.1, 1), "private_rented_share": (17.0, -0.5, 0.1, 1),
    "cooperative_homes_share": (21.0, 0.2, 0.0, 1), "home_value": (2_350_000, 2.4, 90_000, 0),
    "rent": (7_900, 0.4, 180, 0), "crowded_share": (9.5, -1.7, 0.1, 1), "vacant_homes_share": (4.1, -2.0, 0.1, 1),
    "vacant_premises": (8.4, -2.2, 0.4, 1), "life_expectancy_women": (84.7, 0.03, 0.1, 1),
    "life_expectancy_men": (81.2, 0.04, 0.15, 1), "good_health_share": (74.0, 0.2, 0.1, 1),
    "avoidable_deaths": (62.0, -0.9, -0.6, 1), "overweight_share": (52.0, -0.3, 0.2, 1),
    "turnout": (84.0, 0.1, 0.0, 1), "council_women_share": (43.0, 0.0, 0.0, 1), "trust": (71.0, 0.5, -0.1, 1),
    "life_satisfaction": (76.0, 0.2, 0.0, 1), "volunteers_share": (47.0, 0.1, 0.1, 1),
    "associations": (11.8, -0.2, 0.0, 1), "broadband_share": (92.0, 0.1, 1.0, 1), "crime": (118.0, -0.5, -1.5, 1),
    "feeling_unsafe": (26.0, -0.7, 0.2, 1), "emissions": (4.6, -0.2, -0.15, 1),
    "electricity_use": (8_900, 0.1, -90, 0), "solar_share": (7.5, 0.2, 1.1, 1), "energy_poverty": (6.0, -1.5, 0.1, 1),
    "waste": (446, 0.1, -4, 0), "organic_share": (17.0, 0.0, 0.2, 1), "protected_nature_share": (11.0, 0.0, 0.1, 1),
    "fine_particles": (4.9, 0.0, -0.1, 1), "water_quality_share": (38.0, 0.0, 0.2, 1),
    "cars_per_household": (1.1, 0.1, 0.0, 2), "new_firms": (6.4, 0.5, 0.05, 1),
    "small_firms_share": (94.0, 0.0, 0.0, 1), "mean_age": (42.3, -1.5, 0.1, 1),
    "business_climate": (75, 0.1, 0.2, 0),
    "born_abroad_share": (19.5, 0.3, 0.2, 1), "income_women_share": (82.0, 0.1, 0.2, 1),
}  # fmt: skip
BELOW = {
    "income_mean", "low_income_share", "child_poverty", "employment_rate", "higher_education_share",
    "owner_occupied_share", "social_rented_share", "crowded_share", "born_abroad_share", "crime",
}  # fmt: skip
AGES = (*(f"{start}-{start + 4}" for start in range(0, 85, 5)), "85+")
WITHHELD = {("9901A0010", "child_poverty"), ("9901A0010", "crowded_share")}
OWN = """# Egna indikatorer: samma fält som katalogens. Påhittade, för prov.
shop_open_hours:
  label: {sv: Byabutikens öppettider, en: Opening hours of the village shop, nl: Openingsuren van de dorpswinkel}
  definition:
    sv: Timmar i veckan då byns butik är öppen, räknade av bygderådet.
    en: Hours a week when the village shop is open, counted by the village council.
    nl: Uren per week dat de dorpswinkel open is, geteld door de dorpsraad.
  unit: index
  direction: more
  theme: society
  aspect: now
  dimension: food
  combine: none
  smallest: village
  rhythm: varje vår
  digits: 0
"""


def write(folder: Path) -> None:
    """The folder `place` of a project: made-up values, one village of two small areas, one indicator of its own."""
    place = folder / "place"
    (place / "values").mkdir(parents=True, exist_ok=True)
    with (place / "values" / "pahittade-siffror.csv").open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(HEADER)
        writer.writerows(sorted(_rows()))
    (place / "indicators.yaml").write_text(OWN, encoding="utf-8")
    village = {"name": "Bruksbygden", "parts": [{"area": code, "weight": 1.0} for code in ("9901B0010", "9901C0010")]}
    (place / "villages.yaml").write_text(
        yaml.safe_dump({"bruksbygden": village}, allow_unicode=True, sort_keys=True), encoding="utf-8"
    )


def _rows() -> Iterator[tuple[Any, ...]]:
    for code, facts in {**PLACES, **LARGER}.items():
        level = "municipality" if code in PLACES else "country" if code == "se" else "county"
        parent = code[:2] if code in PLACES else "" if code == "se" else "se"
        yield from _area(code, NAMES[code], "", level, parent, *facts)
    for code, name, people, older, wealth in SMALL:
        ratio = {"B": 2.4, "C": 0.45}.get(code[4], 0.6)
        yield from _area(code, name, DIVISION, "small_area", "9901", people, older, wealth, ratio, people / 220)
    for year, hours in ((2023, 24), (2024, 30), (2025, 36)):
        yield ("9901", "shop_open_hours", str(year), hours, "", "", "", "", "", "Bygderådet (påhittat)")


def _area(
    code: str, name: str, vintage: str, level: str, parent: str, people: int, older: float, wealth: float, ratio: float,
    km2: float,
) -> Iterator[tuple[Any, ...]]:  # fmt: skip
    chance = random.Random(code)  # noqa: S311 - made-up data, not a secret

    def row(indicator: str, year: int, value: Any, breakdown: str = "") -> tuple[Any, ...]:
        return (code, indicator, str(year), value, breakdown, vintage, name, level, parent, SOURCE)

    is_small = bool(vintage)
    drift = (wealth - 0.97) * 0.02 - (0.004 if older > 0.25 else 0.0)
    for year in YEARS:
        since = year - YEARS[-1]
        now = round(people * (1 + drift * since))
        children, old = round(now * (0.235 - 0.3 * older)), round(now * (older + 0.004 * since))
        households = round(now / 2.15)
        employed = round(now * 0.47 * (0.6 + 0.4 * wealth))
        counts: Mapping[str, float] = {
            "population": now, "children": children, "older": old, "households": households, "homes": households + 40,
            "single_households": round(households * (0.28 + older * 0.5)), "employed_residents": employed,
            "jobs": round(employed * ratio), "density": round(now / km2, 1), "firms": round(now * 0.11),
            "household_size": 2.15,
        }  # fmt: skip
        for indicator, value in counts.items():
            yield row(indicator, year, value)
        if not is_small and len(code) > 2:
            yield row("commuters_out", year, round(employed * 0.38))
            yield row("commuters_in", year, round(employed * (0.38 + ratio - 1)))
        for indicator, (usual, moved, step, digits) in MOVED.items():
            if is_small and indicator not in BELOW:
                continue
            value = usual * (1 + moved * (wealth - 1)) + step * since
            value *= 1 + (chance.random() - 0.5) * (0.06 if is_small else 0.02 if len(code) > 2 else 0.0)
            withheld = (code, indicator) in WITHHELD
            yield row(indicator, year, ".." if withheld else round(value, digits) if digits else round(value))
    yield from (row("population_by_age", YEARS[-1], *cell) for cell in _ages(people, older))
    if code in ("9901", "99", "se"):
        for place, part in enumerate((0.42, 0.61, 0.72, 0.82, 0.92, 1.02, 1.13, 1.27, 1.48, 2.11), start=1):
            spread = 1 + (part - 1) * (1.0 if code == "se" else 0.86)
            yield row("income_groups", YEARS[-1], round(people * 0.08), f"group={place:02};what=number")
            yield row("income_groups", YEARS[-1], round(312_000 * wealth * spread), f"group={place:02};what=mean")


def _ages(people: int, older: float) -> Iterator[tuple[int, str]]:
    """Inhabitants by five years of age and sex: fewer young and more old where the share of old is high."""
    weights = [1 - older if place < 13 else older * (2.2 - 0.28 * (place - 13)) for place in range(len(AGES))]
    weights = [max(0.04, weight * (0.75 if 4 <= place <= 6 else 1.0)) for place, weight in enumerate(weights)]
    for place, age in enumerate(AGES):
        number = people * weights[place] / sum(weights)
        women = 0.48 + 0.005 * max(0, place - 8)
        yield round(number * women), f"age={age};sex=f"
        yield round(number * (1 - women)), f"age={age};sex=m"
