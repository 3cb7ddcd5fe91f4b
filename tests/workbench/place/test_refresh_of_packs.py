"""A pass in each country's own codes: districts of one year, census areas, countries named otherwise by each source."""

import itertools
from functools import partial
from pathlib import Path

from pytest_httpserver import HTTPServer
from tests.lib.statistical_services import Nomis, OData, json_stat

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
        "T001036": "Inwoners",
    }
    rows = [
        {"area": "BU03630000", "AantalInwoners_5": 1200, "GemiddeldInkomenPerInwoner_78": "31.5", "T001036": 1200},
        {"area": "BU03630001", "AantalInwoners_5": 800, "T001036": 800},
        {"area": "GM0363", "AantalInwoners_5": 900_000, "GemiddeldInkomenPerInwoner_78": "38.1", "T001036": 900_000},
        {"area": "NL00", "AantalInwoners_5": 17_900_000, "GemiddeldInkomenPerInwoner_78": "33.0"},
    ]
    OData(httpserver, measures, rows, table="85984NED")
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
    assert people and people.value == 900_000 and people.figure.sources == ("nl/cbs_statistics_v3",)
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
