"""A pass in each country's own codes: districts of one year, census areas, countries named otherwise by each source."""

import itertools
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from tests.lib.statistical_services import KeyFigures, Nomis, OData, PxWeb, json_stat

from bygd.sources.statistics.caller import Caller
from bygd.workbench import place, project
from bygd.workbench.place import villages

QUICK = partial(Caller, wait=0.0, clock=itertools.count(step=100).__next__)


def test_dutch_key_figures_of_a_neighbourhood_and_its_country(httpserver: HTTPServer, tmp_path: Path) -> None:
    here = project.create(tmp_path / "place", "nl:GM0363", "Amsterdam")
    villages.add(here, "noord", "Noord", ["BU03630000", "BU03630001"])
    measures = {
        "AantalInwoners_5": "Aantal inwoners",
        "GemiddeldInkomenPerInwoner_78": "Inkomen",
    }
    rows = [
        {"area": "BU03630000", "AantalInwoners_5": 1200, "GemiddeldInkomenPerInwoner_78": "31.5"},
        {"area": "BU03630001", "AantalInwoners_5": 800},
        {"area": "GM0363", "AantalInwoners_5": 900_000, "GemiddeldInkomenPerInwoner_78": "38.1"},
        {"area": "NL00", "AantalInwoners_5": 17_900_000, "GemiddeldInkomenPerInwoner_78": "33.0"},
    ]
    OData(httpserver, measures, rows, table="85984NED")
    OData(httpserver, measures, [{"area": "GM0363", "AantalInwoners_5": 910_000}], table="86165NED")
    earlier = [{"area": "GM0363", "Perioden": "2020JJ00", "M000352_3": 872_000}]
    OData(httpserver, {"M000352_3": "Totale bevolking"}, earlier, table="70072ned", area="RegioS")
    addresses = {
        "nl/cbs_statistics_v3": [httpserver.url_for("/v3")],
        "nl/cbs_statistics": [httpserver.url_for("/v4")],
    }
    only = ("population", "income_mean")
    done = place.refresh(here, only=only, peers=False, addresses=addresses, caller=QUICK)
    assert done.failures == []
    found = {row["area_id"]: row for row in place.load(here).of_areas(["nl", "nl:BU03630001"], ["income_mean"])}
    assert (found["nl"]["value"], found["nl"]["period"], found["nl"]["vintage"]) == (33_000.0, "2024", "")
    assert (found["nl:BU03630001"]["value"], found["nl:BU03630001"]["status"]) == (None, "suppressed")
    assert found["nl:BU03630001"]["vintage"] == "2024"
    people = place.profile(here, only=only).one("population")
    assert people and people.value == 910_000 and people.figure.sources == ("nl/cbs_statistics_v3",)
    course = place.load(here).of_areas(["nl:GM0363"], ["population"])
    assert {row["period"]: row["value"] for row in course} == {"2020": 872_000, "2024": 900_000, "2025": 910_000}
    village = place.profile(here, "village:noord", only=only)
    income = village.one("income_mean")
    assert income and income.value is None and income.figure.coverage == 0.6


def test_british_census_areas_belong_to_their_census(httpserver: HTTPServer, tmp_path: Path) -> None:
    here = project.create(tmp_path / "place", "gb:E07000123", "Preston")
    villages.add(here, "mill", "Mill", ["E01025111", "E01025112"])
    rows = [
        ("E01025111", "2021", "0", "1500"),
        ("E01025112", "2021", "0", "1400"),
        ("E07000123", "2021", "0", "147800"),
        ("K04000001", "2021", "0", "59597300"),
    ]
    Nomis(httpserver, rows, most=2, dataset="NM_2021_1").name = "TS001 - Number of usual residents"
    addresses = {"gb/nomis": [httpserver.url_for("/nomis")]}
    done = place.refresh(here, only=("population",), peers=False, addresses=addresses, caller=QUICK)
    assert done.failures == [] and done.values == 4
    people = place.profile(here, "village:mill").one("population")
    assert people and people.value == 2900 and [one.value for one in people.beside] == [147_800, None, 59_597_300]


def test_a_series_of_ones_own_at_any_json_stat_service(httpserver: HTTPServer, tmp_path: Path) -> None:
    here = project.create(tmp_path / "place", "se:1291", "Simrishamn")
    content = json_stat("Bathing water", {"place": ["1291"], "year": ["2024"]}, lambda _: 3.0)
    httpserver.expect_request("/open/bathing").respond_with_json(content)
    (here.folder / "place").mkdir()
    (here.folder / "place" / "indicators.yaml").write_text(
        "bathing: {label: {sv: Bad}, definition: {sv: Badvatten}, unit: index, direction: more, theme: environment, "
        "aspect: now, combine: none, smallest: municipality, rhythm: yearly, sources: [{source: world/json_stat, "
        f"title: Bathing, levels: [municipality], query: {{address: '{httpserver.url_for('/open/bathing')}', "
        "area: place, time: year}}]}\n"
    )
    done = place.refresh(here, only=("bathing",), peers=False, caller=QUICK)
    assert done.failures == []
    figure = place.measure(here, "indicator:bathing")
    assert figure is not None and figure.value == 3.0 and figure.sources == ("world/json_stat",)


def values(here: project.Project, indicator: str) -> dict[tuple[str, str, str], float | None]:
    every = place.load(here).of_areas([here.place_id, here.country.code, f"{here.country.code}:20"], [indicator])
    return {(row["area_id"], row["period"], row["breakdown"]): row["value"] for row in every}


def test_swedish_figures_by_id_by_path_and_of_counties(httpserver: HTTPServer, tmp_path: Path) -> None:
    here = project.create(tmp_path / "place", "se:2031", "Rättvik")
    trust = "Invånare 16-84 år med avsaknad av tillit till andra, andel (%)"
    crime, income = "Anmälda brott totalt, antal/100 000 inv", "Mediannettoinkomst, kr/inv"
    figures = KeyFigures(httpserver, {"N07540": crime, "N00905": income, "U01413": trust})
    figures.values = {("N07540", "2031", 2024): 8_200.0, ("U01413", "2031", 2024): 27.5}
    figures.values["N00905", "2031", 2024] = 270_000.0
    figures.by_gender["N00905", "2031", 2024] = {"K": 240_000.0, "M": 300_000.0}
    codes = {
        "Region": ["00", "20", "2031"], "SNI2007": ["A-U+US", "A"], "Kon": ["1", "2", "1+2"],
        "Fodelseregion": ["tot", "in"], "ContentsCode": ["000002XH", "000002XI"], "Tid": ["2022", "2023"],
    }  # fmt: skip
    counted = {"000002XH": {"2031": 4_200.0}, "000002XI": {"2031": 5_250.0}}
    path = "AM/AM0210/AM0210F/ArRegArbStDoN"
    service = PxWeb(httpserver, codes, lambda one: counted[one["ContentsCode"]].get(one["Region"]), path=path)
    product = {"freq": ["A"], "unit": ["PPS_HAB_EU27_2020"], "geo": ["SE312"], "time": ["2023"]}
    label = "Gross domestic product (GDP) at current market prices by NUTS 3 region"
    httpserver.expect_request("/eurostat/nama_10r_3gdp").respond_with_json(json_stat(label, product, lambda _: 104.0))
    addresses = {
        "se/kolada": [httpserver.url_for("/v3")], "se/scb_statistics_v1": [httpserver.url_for("/v1")],
        "eu/eurostat": [httpserver.url_for("/eurostat")],
    }  # fmt: skip
    only = ("crime", "trust", "income_median", "jobs", "employed_residents", "gdp_index")
    done = place.refresh(here, only=only, addresses=addresses, caller=QUICK)
    assert done.failures == []
    assert values(here, "crime") == {("se:2031", "2024", ""): 82.0}
    assert values(here, "trust") == {("se:2031", "2024", ""): 72.5}
    assert values(here, "jobs")["se:2031", "2023", ""] == 4_200 and values(here, "jobs")["se", "2023", ""] is None
    assert {one["Kon"][0] for one in service.asked} == {"1+2"}
    assert values(here, "gdp_index") == {("se:20", "2023", ""): 104.0}
    ratio = place.profile(here).one("job_ratio")
    assert ratio and ratio.value == 0.8 and ratio.figure.sources == ("se/scb_statistics_v1",)
    women = place.profile(here).one("income_women_share")
    assert women and women.value == 80.0


def test_employed_residents_of_small_areas_come_from_a_table_of_both_divisions(
    httpserver: HTTPServer, tmp_path: Path
) -> None:
    here = project.create(tmp_path / "place", "se:2031", "Rättvik")
    (here.folder / "place").mkdir(exist_ok=True)
    (here.folder / "place" / "areas.csv").write_text(
        "code,name,vintage,parent\n2031A0010,Norr,2018,2031\n2031A0010,Norr,2025,2031\n", encoding="utf-8"
    )
    codes = {
        "Region": ["2031A0010", "2031A0010_DeSO2025"], "Kon": ["1", "2", "1+2"], "Alder": ["15-74", "16-64", "20-64"],
        "ContentsCode": ["0000089X", "0000089Y"], "Tid": ["2022", "2023", "2024"],
    }  # fmt: skip
    path = "AM/AM0210/AM0210G/ArRegDesoStatusN"

    def value(
        one: Mapping[str, str],
    ) -> float | None:  # 2024 is told of the new areas alone, the years before of the old
        return 683.0 if ("_" in one["Region"]) == (one["Tid"] == "2024") else None

    service = PxWeb(httpserver, codes, value, path=path)
    addresses = {"se/scb_statistics_v1": [httpserver.url_for("/v1")]}
    place.refresh(here, only=("employed_residents",), peers=False, addresses=addresses, caller=QUICK)
    found = {
        (row["period"], row["vintage"]): row["value"]
        for row in place.load(here).of_areas(["se:2031A0010"], ["employed_residents"])
        if row["status"] != "missing"
    }
    assert found == {("2022", "2018"): 683.0, ("2023", "2018"): 683.0, ("2024", "2025"): 683.0}
    assert {(*one["Alder"], *one["Kon"], *one["ContentsCode"]) for one in service.asked} == {
        ("15-74", "1+2", "0000089X")
    }


def test_a_mean_of_four_years_bears_the_last(httpserver: HTTPServer, tmp_path: Path) -> None:
    here = project.create(tmp_path / "place", "se:2031", "Rättvik")
    codes = {
        "Region": ["00", "20", "2031"], "Hälsotillstånd": ["01", "02"], "Kön": ["00", "01", "02"],
        "Andel och konfidensintervall": ["01", "02", "03", "04"], "År": ["2018-2021", "2021-2024"],
    }  # fmt: skip
    path = "A_Folkhalsodata/A_Mo8/Halsoutfall/01Overgrip/01.01halsgod/halsgodyreg.px"
    health = {"00": 72.0, "20": 70.0, "2031": 68.0}
    service = PxWeb(httpserver, codes, lambda one: health[one["Region"]], path=path)
    addresses = {"se/folkhalsodata": [httpserver.url_for("/v1")]}
    done = place.refresh(here, only=("good_health_share",), peers=False, addresses=addresses, caller=QUICK)
    assert done.failures == []
    found = values(here, "good_health_share")
    assert found["se:2031", "2024", ""] == 68.0 and found["se", "2021", ""] == 72.0
    assert [one["Andel och konfidensintervall"] for one in service.asked] == [["01"]]


def test_dutch_figures_of_a_region_of_health_and_of_crime(httpserver: HTTPServer, tmp_path: Path) -> None:
    here = project.create(tmp_path / "place", "nl:GM0363", "Amsterdam")
    measures = {
        "M000352_3": "Totale bevolking", "M000308_3": "Totaal banen", "A025450_1": "Totaal huishoudelijk afval",
        "M000101_3": "Bevolkingsgroei, relatief", "A047044": "Land", "A045801_2": "Bebouwd terrein",
    }  # fmt: skip
    region = {
        "area": "GM0363", "Perioden": "2023JJ00", "M000352_3": 918_000, "M000308_3": 702.4, "A025450_1": 321_300,
        "M000101_3": 14.0, "A047044": 165.5, "A045801_2": 8_275,
    }  # fmt: skip
    OData(httpserver, measures, [region], table="70072ned", area="RegioS")
    lonely = {"area": "GM0363", "Perioden": "2022JJ00", "Marges": "MW00000", "Leeftijd": "20300", "Eenzaam_27": "53.1"}
    others = [
        {**lonely, "Leeftijd": "80200", "Eenzaam_27": "58.0"},
        {**lonely, "Marges": "MOG0095", "Eenzaam_27": "51"},
    ]
    OData(httpserver, {"Eenzaam_27": "Eenzaam"}, [*others, lonely], table="50120NED")
    reported = {
        "area": "GM0363", "Perioden": "2023JJ00", "SoortMisdrijf": "T001161",
        "GeregistreerdeMisdrijvenPer1000Inw_3": "87.4",
    }  # fmt: skip
    kinds = [{**reported, "SoortMisdrijf": "CRI1000", "GeregistreerdeMisdrijvenPer1000Inw_3": "50.2"}, reported]
    crime = {"GeregistreerdeMisdrijvenPer1000Inw_3": "Geregistreerde misdrijven per 1000 inw."}
    OData(httpserver, crime, kinds, table="83648NED", area="RegioS")
    for table in ("85984NED", "86165NED"):
        OData(httpserver, {"AantalInwoners_5": "Aantal inwoners"}, [], table=table)
    v3 = [httpserver.url_for("/v3")]
    addresses = {"nl/cbs_statistics": [httpserver.url_for("/v4")], "nl/cbs_statistics_v3": v3, "nl/rivm_health": v3}
    only = (
        "population",
        "jobs",
        "household_waste",
        "population_change",
        "land_area",
        "built_land",
        "lonely_share",
        "crime",
    )
    done = place.refresh(here, only=only, peers=False, addresses=addresses, caller=QUICK)
    assert done.failures == []
    assert values(here, "jobs") == {("nl:GM0363", "2023", ""): 702_400.0}
    assert values(here, "population_change") == {("nl:GM0363", "2023", ""): pytest.approx(1.4)}
    assert values(here, "lonely_share") == {("nl:GM0363", "2022", ""): 53.1}
    assert values(here, "crime") == {("nl:GM0363", "2023", ""): 87.4}
    told = place.profile(here)
    waste, built = told.one("waste"), told.one("built_share")
    assert waste and waste.value == pytest.approx(350.0) and built and built.value == 50.0


def test_british_shares_of_those_who_are_not_and_firms_by_size(httpserver: HTTPServer, tmp_path: Path) -> None:
    here = project.create(tmp_path / "place", "gb:E07000123", "Preston")
    Nomis(httpserver, [("E07000123", "2021", "", "83.4")], dataset="NM_2024_1").name = "TS004 - Country of birth"
    sizes = [("E07000123", "2025", code, number) for code, number in (("0", "4000"), ("10", "3500"), ("20", "420"))]
    firms = Nomis(httpserver, sizes, dataset="NM_142_1", dimension="EMPLOYMENT_SIZEBAND")
    firms.name = "UK Business Counts - enterprises by industry and employment size band"
    addresses = {"gb/nomis": [httpserver.url_for("/nomis")]}
    only = ("born_abroad_share", "firms_by_size")
    done = place.refresh(here, only=only, peers=False, addresses=addresses, caller=QUICK)
    assert done.failures == []
    assert values(here, "born_abroad_share")["gb:E07000123", "2021", ""] == pytest.approx(16.6)
    found = values(here, "firms_by_size")
    assert found["gb:E07000123", "2025", ""] == 4000 and found["gb:E07000123", "2025", "size=0-9"] == 3500
    share = place.profile(here).one("small_firms_share")
    assert share and share.value == 87.5
