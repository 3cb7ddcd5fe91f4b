"""Files of statistics that a person gets: health profiles, prices of homes, income; each read as published."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bygd import countries
from bygd.countries.gb.sources import _small_areas, fingertips
from bygd.countries.indicators import indicators
from bygd.sources.errors import InputError

HEADER = (
    "Indicator ID,Indicator Name,Parent Code,Parent Name,Area Code,Area Name,Area Type,Sex,Age,Category Type,Category,"
    "Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,Count,Denominator,Value note"
)


def profiles(folder: Path, *rows: tuple[str, ...]) -> Path:
    path = folder / "indicators.data.csv"
    lines = [
        f'{id},"{name}",E12000002,North West,{area},Preston,Districts,{sex},All ages,{category},,{period},{value},,,,,'
        for id, name, area, sex, category, period, value in rows
    ]
    path.write_text("\ufeff" + "\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    return path


def told(source: str, path: Path, period: str) -> list[tuple[str, str, str, str, float | None, str]]:
    rows = countries.source(source).read(path, period)
    return [(vintage, one.indicator, one.code, one.period, one.value, one.status.value) for vintage, one in rows]


LIFE = "A01b - Life expectancy at birth"


def test_a_health_profile_is_read_for_districts_by_its_own_ids(tmp_path: Path) -> None:
    path = profiles(
        tmp_path,
        ("90366", LIFE, "E07000123", "Female", "", "2020 - 22", "80.9"),
        ("90366", LIFE, "E07000123", "Female", "", "2020 - 22", "80.9"),  # within another larger area
        ("90366", LIFE, "E07000123", "Female", "", "2022", "81.9"),  # of one year, beside those of three
        ("90366", LIFE, "E07000123", "Female", "", "2023", "82.1"),
        ("90366", LIFE, "E07000123", "Male", "", "2019 - 21", ""),
        ("90366", LIFE, "E07000123", "Female", "LSOA deprivation deciles", "2020 - 22", "75.0"),
        ("90366", LIFE, "E92000001", "Female", "", "2020 - 22", "82.8"),
        ("93759", "Fuel poverty (low income, low energy efficiency methodology)", "E07000123", "Not applicable", "",
         "2022", "15.1"),
        ("93203", "16 to 17 year olds not in education, employment or training (NEET) or whose activity is not known",
         "E10000017", "Persons", "", "2022/23", "6.2"),
        ("1", "Something else", "E07000123", "Persons", "", "2022", "1"),
    )  # fmt: skip
    rows = told("gb/fingertips", path, "")
    assert rows == [
        ("", "life_expectancy_women", "E07000123", "2022", 80.9, "observed"),
        ("", "life_expectancy_men", "E07000123", "2021", None, "missing"),
        ("", "energy_poverty", "E07000123", "2022", 15.1, "observed"),
        ("", "youth_neither", "E10000017", "2023", 6.2, "observed"),
    ]
    assert told("gb/fingertips", path, "2021") == rows[1:2]
    assert told("gb/fingertips", path, "2023") == rows[3:]  # life expectancy of 2023 alone is not of three years
    with pytest.raises(InputError, match="'Life expectancy at birth' was expected"):
        told("gb/fingertips", profiles(tmp_path, ("90366", "Deaths", "E07000123", "Male", "", "2022", "1")), "")


def test_the_catalogue_says_what_the_reader_of_profiles_reads() -> None:
    listed = {
        (series.table, one.id, series.title)
        for one in indicators(countries.load("gb")).values()
        for series in one.series
        if series.source == "gb/fingertips"
    }
    assert listed == {(id, indicator, title) for (id, _), (indicator, title) in fingertips.READ.items()}


def workbook(folder: Path, title: str, header: Sequence[str], rows: Sequence[Sequence[Any]], more: str = "") -> Path:
    """A cover, a table of a part where `more` is its title, and the table asked for below its title and source."""
    book = openpyxl.Workbook()
    book.active.append(["Notes"])
    for number, text in enumerate((*([more] if more else []), title)):
        sheet = book.create_sheet(f"1{'ab'[number]}")
        for row in ([text], ["Source: Office for National Statistics"], header, *rows):
            sheet.append(list(row))
    book.save(folder / "book.xlsx")
    return folder / "book.xlsx"


@pytest.fixture
def few_areas(monkeypatch: pytest.MonkeyPatch) -> None:
    """Censuses of two and three areas."""
    monkeypatch.setattr(_small_areas, "LEVELS", {"MSOA code": {2: "2011", 3: "2021"}})


PRICES = ("Local authority code", "Local authority name", "MSOA code", "MSOA name", "Year ending Dec 2023",
          "Year ending Mar 2024", "Year ending Dec 2024")  # fmt: skip


@pytest.mark.usefixtures("few_areas")
def test_mean_prices_are_read_by_area_and_medians_are_not(tmp_path: Path) -> None:
    rows = [("E07000123", "Preston", f"E0200528{place}", "Preston 001", 1, 2, value)
            for place, value in enumerate((150_000, "[x]", 99_000.5))]  # fmt: skip
    path = workbook(tmp_path, "1a: Mean price paid", PRICES, rows, "1b: Mean price paid for detached houses")
    assert told("gb/ons_house_prices", path, "2024") == [
        ("2021", "home_value", "E02005280", "2024", 150_000.0, "observed"),
        ("2021", "home_value", "E02005281", "2024", None, "suppressed"),
        ("2021", "home_value", "E02005282", "2024", 99_000.5, "observed"),
    ]
    older = workbook(tmp_path, "Mean price paid", PRICES, rows[:2])
    assert {vintage for vintage, *_ in told("gb/ons_house_prices", older, "2023")} == {"2011"}
    for title, number, year, why in (
        ("Median price paid", 3, "2024", "no file of mean prices"), ("Mean price paid", 1, "2024", "number tells"),
        ("Mean price paid", 3, "2025", "Year ending Dec 2025"),
    ):  # fmt: skip
        with pytest.raises(InputError, match=why):
            told("gb/ons_house_prices", workbook(tmp_path, title, PRICES, rows[:number]), year)
    districts = workbook(
        tmp_path, "2a: Mean price paid", [*PRICES[:2], PRICES[-1]], [("E07000123", "Preston", 160_000)]
    )
    assert told("gb/ons_house_prices", districts, "2024") == [
        ("", "home_value", "E07000123", "2024", 160_000.0, "observed")
    ]


@pytest.mark.usefixtures("few_areas")
def test_income_of_households_is_an_estimate_of_the_areas_of_its_census(tmp_path: Path) -> None:
    path = tmp_path / "netannualincome2018.csv"
    head = "Net annual income\nNotes\n\n\nMSOA code,MSOA name,Net annual income (£),Upper confidence limit (£)\n"
    path.write_bytes(
        (head + 'E02005280,Preston 001,"32,100",40000\nE02005281,Preston 002,"28,000",1\n').encode("cp1252")
    )
    assert told("gb/ons_small_area_income", path, "2018") == [
        ("2011", "household_income", "E02005280", "2018", 32_100.0, "estimated"),
        ("2011", "household_income", "E02005281", "2018", 28_000.0, "estimated"),
    ]
    path.write_text("MSOA code,Total annual income (£)\nE02005280,1\n", encoding="utf-8")
    with pytest.raises(InputError, match="no table with the columns"):
        told("gb/ons_small_area_income", path, "2018")


def test_emissions_of_all_sectors_and_gases_are_told_by_inhabitant(tmp_path: Path) -> None:
    header = (
        "Country,Region,Local Authority,Local Authority Code,Calendar Year,LA GHG Sector,Greenhouse gas,"
        "Territorial emissions (kt CO2e),Mid-year Population (thousands),Area (km2)\n"
    )
    path = tmp_path / "emissions.csv"
    path.write_text(
        header + "England,North West,Preston,E07000123,2022,Transport,CO2,300,150,142\n"
        "England,North West,Preston,E07000123,2022,LULUCF,CH4,-15.0,150,142\n"
        "England,North West,Preston,E07000123,2023,Transport,CO2,285,152,142\n"
        "Unallocated,,Large industry,,2023,Industry,CO2,999,0,0\n"
    )
    assert told("gb/local_emissions", path, "") == [
        ("", "emissions", "E07000123", year, value, "observed") for year, value in (("2022", 1.9), ("2023", 1.875))
    ]  # fmt: skip
    assert len(told("gb/local_emissions", path, "2023")) == 1
    path.write_text(header.replace("kt CO2e", "kt CO2"))
    with pytest.raises(InputError, match="lacks the columns"):
        told("gb/local_emissions", path, "")
