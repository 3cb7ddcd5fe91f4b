"""Each protocol against a service on this machine that keeps its limits and has its faults."""

import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from tests.lib.statistical_services import KeyFigures, Nomis, OData, PxWeb, answer, json_stat
from werkzeug import Request, Response

from bygd import countries
from bygd.sources.errors import InputError
from bygd.sources.statistics import keyfigures, nomis, odata, pxweb, statistical_office
from bygd.sources.statistics.caller import Caller, Limit, following
from bygd.sources.statistics.series import Area, Series
from bygd.vocabulary.place_words import Level, ValueStatus

AREAS = [f"{number:04}" for number in range(1, 31)]
PX = Series(
    "population", "xx/px", "persons", "TAB1", title="folkmängd",
    query={"area": "Region", "time": "Tid", "last": 3, "select": {"Kon": ["1", "2"]}, "breakdown": {"Kon": "sex"}},
    null_means=ValueStatus.SUPPRESSED,
)  # fmt: skip


@pytest.fixture
def caller(tmp_path: Path, httpserver: HTTPServer) -> Iterator[Caller]:
    host = f"{httpserver.host}:{httpserver.port}"
    with Caller(tmp_path, wait=0.01, limits={host: Limit(10_000, 1.0)}) as found:
        yield found


def px(httpserver: HTTPServer, most: int = 40) -> PxWeb:
    codes = {"Region": [*AREAS, "0114A0010_DeSO2025"], "Kon": ["1", "2"], "Tid": ["2021", "2022", "2023", "2024"]}
    return PxWeb(httpserver, codes, lambda one: None if one["Region"] == "0007" else float(one["Region"][:4]), most)


def test_pxweb_codes_may_have_other_names(httpserver: HTTPServer, caller: Caller) -> None:
    px(httpserver)
    series = replace(PX, query={**PX.query, "names": {"Kon": {"1": "m"}}})
    parts = pxweb.fetch2(caller, httpserver.url_for("/v2"), series, AREAS[:1], "sv")
    assert {one.breakdown for part in parts for _, one in pxweb.read(part)} == {"sex=m", "sex=2"}


@pytest.mark.parametrize("version", [1, 2])
def test_pxweb_splits_what_is_too_large_and_loses_nothing(
    httpserver: HTTPServer, caller: Caller, monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    service = px(httpserver)
    monkeypatch.setattr(pxweb, "CELLS", 100)  # the service allows 40: it is asked for halves when it refuses
    base = httpserver.url_for(f"/v{version}")
    series = PX if version == 2 else replace(PX, table="BE/Folkm")
    found = (
        pxweb.fetch2(caller, base, series, AREAS, "sv") if version == 2 else pxweb.fetch1(caller, base, series, AREAS)
    )
    seen = [one for part in found for _, one in pxweb.read(part)]
    assert len(seen) == len({(one.code, one.period, one.breakdown) for one in seen}) == 30 * 3 * 2
    assert {one.period for one in seen} == {"2022", "2023", "2024"}
    withheld = {one.status for one in seen if one.code == "0007"}
    assert withheld == {ValueStatus.SUPPRESSED} and all(one.value is None for one in seen if one.code == "0007")
    assert sum(one.value or 0 for one in seen) == (sum(range(1, 31)) - 7) * 6
    assert len(service.asked) > 180 / 40


def test_pxweb_asks_for_no_more_cells_than_an_office_gives(httpserver: HTTPServer, caller: Caller) -> None:
    service = px(httpserver)
    series = replace(PX, table="BE/Folkm")
    parts = list(pxweb.fetch1(caller, httpserver.url_for("/v1"), series, AREAS, 40))
    sizes = [math.prod(map(len, part.asked.values())) for part in parts]
    assert len(service.asked) == len(parts) and max(sizes) <= 40 and sum(sizes) == 180  # none was refused


def test_pxweb_addresses_stay_short_and_name_each_variable_once(httpserver: HTTPServer, caller: Caller) -> None:
    service = px(httpserver, most=10_000)
    service.codes["Region"] = [f"{number:04}" for number in range(1, 901)]
    parts = list(pxweb.fetch2(caller, httpserver.url_for("/v2"), PX, service.codes["Region"], "sv"))
    assert len(parts) > 1 and sum(len(part.asked["Region"]) for part in parts) == 900
    assert all(len(part.answer.address) <= pxweb.LONGEST for part in parts)
    assert all(part.answer.address.count("valueCodes%5BRegion%5D") == 1 for part in parts)


def test_pxweb_that_drops_codes_in_silence_is_noticed(httpserver: HTTPServer, caller: Caller) -> None:
    px(httpserver).drops = True
    parts = pxweb.fetch2(caller, httpserver.url_for("/v2"), PX, AREAS[:3], "sv")
    with pytest.raises(InputError, match="left out"):
        [list(pxweb.read(part)) for part in parts]


def test_pxweb_with_other_metadata_than_expected_is_not_read(httpserver: HTTPServer, caller: Caller) -> None:
    service, base = px(httpserver), httpserver.url_for("/v2")
    with pytest.raises(InputError, match="'Medelålder' was expected"):
        list(pxweb.fetch2(caller, base, replace(PX, title="Medelålder"), AREAS, "sv"))
    service.codes["ContentsCode"] = ["A", "B"]
    with pytest.raises(InputError, match="new variable: ContentsCode"):
        list(pxweb.fetch2(caller, base, PX, AREAS, "sv"))
    service.free = {"ContentsCode"}
    service.codes["Kon"] = ["1+2"]
    with pytest.raises(InputError, match="no longer 1, 2 of Kon"):
        list(pxweb.fetch2(caller, base, PX, AREAS, "sv"))


def test_pxweb_notes_areas_it_does_not_know(httpserver: HTTPServer, caller: Caller) -> None:
    px(httpserver)
    assert list(pxweb.fetch2(caller, httpserver.url_for("/v2"), PX, ["0114A0010"], "sv")) == []
    assert "does not know 1 of 1 areas" in caller.notes[0]


def kpi(id: str, title: str) -> Series:
    return Series(f"i_{id or title}", "xx/k", "%", id, title=title)


def test_key_figures_come_in_lists_of_25_and_pages(httpserver: HTTPServer, caller: Caller) -> None:
    service = KeyFigures(httpserver, {f"N{number:05}": f"Figure {number:02}" for number in range(30)})
    service.values = {(id, area, 2024): 1.0 for id in service.titles for area in AREAS}
    service.values["N00003", "0002", 2024] = None
    series = [kpi(id, title) for id, title in service.titles.items()]
    parts = list(keyfigures.fetch(caller, httpserver.url_for("/v3"), series, AREAS))
    seen = [one for part in parts for _, one in keyfigures.read(part)]
    assert len(seen) == 900 == len({(one.indicator, one.code) for one in seen})
    (private,) = [one for one in seen if one.value is None]
    assert (private.indicator, private.status) == ("i_N00003", ValueStatus.SUPPRESSED)


def test_a_deleted_key_figure_is_no_value(httpserver: HTTPServer, caller: Caller) -> None:
    service = KeyFigures(httpserver, {"N00001": "Employed"})
    service.values = {("N00001", "0001", year): 80.0 for year in (2023, 2024)}
    service.deleted = {("N00001", "0001", 2024)}
    parts = list(keyfigures.fetch(caller, httpserver.url_for("/v3"), [kpi("N00001", "Employed")], ["0001"]))
    assert [one.period for part in parts for _, one in keyfigures.read(part)] == ["2023"]


def test_two_indicators_may_be_told_by_the_same_key_figure(httpserver: HTTPServer, caller: Caller) -> None:
    KeyFigures(httpserver, {"N00001": "Employed"}).values = {("N00001", "0001", 2024): 80.0}
    series = [kpi("N00001", "Employed"), replace(kpi("N00001", "Employed"), indicator="others", factor=-1, offset=100)]
    parts = list(keyfigures.fetch(caller, httpserver.url_for("/v3"), series, ["0001"]))
    assert [one.indicator for part in parts for _, one in keyfigures.read(part)] == ["i_N00001", "others"]


def test_a_key_figure_that_means_something_else_now_is_not_read(httpserver: HTTPServer, caller: Caller) -> None:
    service = KeyFigures(
        httpserver, {"N00001": "Invånare totalt, antal", "N00002": "Arbetslösa", "N00003": "Arbetslösa, unga"}
    )
    service.values = {(id, "0001", 2024): 5.0 for id in service.titles}
    series = [kpi("N00001", "Förvärvsarbetande"), kpi("", "arbetslösa"), kpi("", "Medianinkomst"), kpi("", "unga")]
    parts = list(keyfigures.fetch(caller, httpserver.url_for("/v3"), series, ["0001"]))
    assert {one.title for part in parts for _, one in keyfigures.read(part)} == {"Arbetslösa", "Arbetslösa, unga"}
    assert [
        "'Förvärvsarbetande' was expected" in caller.notes[0],
        "0 figures are called 'Medianinkomst'" in caller.notes[1],
    ] == [True, True]


MEASURES = {"T1": "Aantal inwoners", "M2": "Gemiddelde WOZ-waarde"}
ROWS = [
    {"area": "BU01", "T1": 640, "M2": 210},
    {"area": "BU02", "T1": 12},
    {"area": "GM01", "T1": 9000, "M2": 250},
]


@pytest.mark.parametrize("version", [3, 4])
def test_odata_follows_links_and_keeps_what_is_withheld(httpserver: HTTPServer, caller: Caller, version: int) -> None:
    OData(httpserver, MEASURES, ROWS)
    query = {"area": "WijkenEnBuurten", "period": "2024"}
    series = [
        Series("population", "x", "persons", "T", {**query, "measure": "T1"}, "inwoners"),
        Series("home_value", "x", "currency", "T", {**query, "measure": "M2"}, null_means=ValueStatus.SUPPRESSED),
        Series("gone", "x", "%", "T", {**query, "measure": ["M9", "M8"]}),
        Series("renamed", "x", "%", "T", {**query, "measure": ["T9", "T1"]}),
        Series("other", "x", "%", "T", {**query, "measure": "M2"}, "Aardgas"),
    ]
    fetch, read = (odata.fetch4, odata.read4) if version == 4 else (odata.fetch3, odata.read3)
    parts = list(fetch(caller, httpserver.url_for(f"/v{version}"), series, ["BU01", "BU02", "GM01", "GM99"]))
    seen = {(one.code, one.indicator): (one.value, one.status, one.period) for part in parts for _, one in read(part)}
    assert {seen.pop((code, "renamed"))[0] for code in ("BU01", "BU02", "GM01")} == {640.0, 12.0, 9000.0}
    assert seen == {
        ("BU01", "population"): (640.0, ValueStatus.OBSERVED, "2024"),
        ("BU01", "home_value"): (210.0, ValueStatus.OBSERVED, "2024"),
        ("BU02", "population"): (12.0, ValueStatus.OBSERVED, "2024"),
        ("BU02", "home_value"): (None, ValueStatus.SUPPRESSED, "2024"),
        ("GM01", "population"): (9000.0, ValueStatus.OBSERVED, "2024"),
        ("GM01", "home_value"): (250.0, ValueStatus.OBSERVED, "2024"),
    }
    assert len(parts) > 1 and len(caller.notes) == 2


def test_years_that_are_not_published_yet_are_no_values(httpserver: HTTPServer, caller: Caller) -> None:
    """The regional key figures have a cell of each year for each measure; next year's are said to be impossible."""
    rows = [
        {"area": area, "Perioden": f"{year}JJ00", "T1": 9000 if year < 2026 else "Impossible",
         "M2": "Impossible" if year > 2024 or area == "GM02" else 250}
        for area in ("GM01", "GM02") for year in (2024, 2025, 2026)
    ]  # fmt: skip
    OData(httpserver, MEASURES, rows, page=100, area="RegioS")
    series = [
        Series(id, "x", "persons", "T", {"area": "RegioS", "time": "Perioden", "measure": measure})
        for id, measure in (("population", "T1"), ("home_value", "M2"))
    ]
    (part,) = odata.fetch4(caller, httpserver.url_for("/v4"), series, ["GM01", "GM02"])
    seen = {(one.code, one.indicator, one.period): one.status.value for _, one in odata.read4(part)}
    assert seen == {
        **{(area, "population", year): "observed" for area in ("GM01", "GM02") for year in ("2024", "2025")},
        ("GM01", "home_value", "2024"): "observed",
        ("GM02", "home_value", "2024"): "not_applicable",
    }


def test_an_x_of_the_third_version_is_withheld_and_a_point_what_the_series_says(
    httpserver: HTTPServer, caller: Caller
) -> None:
    OData(
        httpserver,
        MEASURES,
        [{"area": "BU01", "T1": "x"}, {"area": "BU02", "T1": "       ."}, {"area": "BU03", "T1": ""}],
    )
    one = Series("population", "x", "persons", "T", {"area": "WijkenEnBuurten", "period": "2024", "measure": "T1"})
    parts = odata.fetch3(caller, httpserver.url_for("/v3"), [one], ["BU01", "BU02", "BU03"])
    assert [(seen.value, seen.status.value) for part in parts for _, seen in odata.read3(part)] == [
        (None, "suppressed"), (None, "missing"), (None, "not_applicable"),
    ]  # fmt: skip


CLAIMANTS = Series(
    "claimants", "x", "persons", "NM_1_1", title="Claimant count",
    query={"select": {"measures": [20100]}, "breakdown": {"age": "age"}, "total": ["0"]},
)  # fmt: skip


def test_nomis_is_read_by_offset_until_all_rows_came(httpserver: HTTPServer, caller: Caller) -> None:
    rows = [
        ("E07000123", "2026-09", "0", "2100"),
        ("E07000123", "2026-09", "1", ""),
        ("E07000124", "2026-09", "0", "9"),
    ]
    service = Nomis(httpserver, [*rows, ("E07000124", "2026-09", "1", "4")], most=3)
    base = httpserver.url_for("/nomis")
    areas = ["E07000123", "E07000124"]
    seen = [one for part in nomis.fetch(caller, base, [CLAIMANTS], areas) for _, one in nomis.read(part)]
    assert [(one.code[-3:], one.period, one.breakdown, one.value) for one in seen] == [
        ("123", "2026-09", "", 2100.0), ("123", "2026-09", "age=1", None), ("124", "2026-09", "", 9.0),
        ("124", "2026-09", "age=1", 4.0),
    ]  # fmt: skip
    assert seen[1].status is ValueStatus.SUPPRESSED
    service.stops = True
    with Caller(caller.folder, wait=0.01) as again, pytest.raises(InputError, match="gave 3 of 4 rows"):
        list(nomis.fetch(again, base, [CLAIMANTS], areas))


def test_nomis_codes_are_added_up_or_named(httpserver: HTTPServer, caller: Caller) -> None:
    rows = [("A", "2021", "14", "10"), ("A", "2021", "15", "5"), ("B", "2021", "14", "7"), ("B", "2021", "15", "")]
    Nomis(httpserver, rows, most=100)
    query = {"select": {"age": [14, 15], "measures": [20100]}}
    older = replace(CLAIMANTS, query={**query, "sum": ["age"]})
    ages = replace(CLAIMANTS, query={**query, "breakdown": {"age": "age"}, "names": {"age": {"14": "65-69"}}})
    base = httpserver.url_for("/nomis")
    (part,) = nomis.fetch(caller, base, [older], ["A", "B"])
    assert [(one.code, one.value, one.status) for _, one in nomis.read(part)] == [
        ("A", 15.0, ValueStatus.OBSERVED),
        ("B", None, ValueStatus.SUPPRESSED),
    ]
    with Caller(caller.folder / "small", wait=0.01, limits=caller.limits) as small:
        Nomis(httpserver, rows, most=2, dataset="NM_2_1")  # a page is too small for both areas
        parts = list(nomis.fetch(small, base, [replace(older, table="NM_2_1")], ["A", "B"]))
        assert [(one.code, one.value) for part in parts for _, one in nomis.read(part)] == [("A", 15.0), ("B", None)]
        with pytest.raises(InputError, match="more rows of one area"):
            Nomis(httpserver, rows, most=1, dataset="NM_3_1")
            list(nomis.fetch(small, base, [replace(older, table="NM_3_1")], ["A"]))
    (part,) = nomis.fetch(caller, base, [ages], ["A"])
    assert [one.breakdown for _, one in nomis.read(part)] == ["age=65-69", "age=15"]
    with pytest.raises(InputError, match="left out sex"):
        list(nomis.read(replace(part, series=(replace(ages, query={**query, "breakdown": {"sex": "sex"}}),))))


def test_nomis_under_another_name_is_not_read(httpserver: HTTPServer, caller: Caller) -> None:
    Nomis(httpserver, []).name = "Annual Population Survey"
    assert list(nomis.fetch(caller, httpserver.url_for("/nomis"), [CLAIMANTS], ["E07000123"])) == []
    assert "'Claimant count' was expected" in caller.notes[0]


def test_an_office_that_refuses_many_areas_is_asked_for_halves(httpserver: HTTPServer, caller: Caller) -> None:
    def data(request: Request) -> Response:
        import json

        areas = request.args.getlist("geo")
        if len(areas) > 2:
            return Response("too much", 413)
        codes = {"unit": request.args.getlist("unit"), "geo": areas, "time": ["2023", "2024"]}
        return Response(
            json.dumps(json_stat("Population density", codes, lambda one: 5.0, ":")), content_type="application/json"
        )

    httpserver.expect_request("/eurostat/demo_r").respond_with_handler(data)
    series = Series(
        "density", "x", "per_km2", "demo_r", {"area": "geo", "time": "time", "select": {"unit": ["PER_KM2"]}}, "density"
    )
    parts = list(
        statistical_office.fetch(caller, httpserver.url_for("/eurostat"), [series], ["SE", "NL", "DK", "FI", "DE"])
    )
    seen = [one for part in parts for _, one in statistical_office.read(part)]
    assert sorted({one.code for one in seen}) == ["DE", "DK", "FI", "NL", "SE"] and len(seen) == 10


def test_links_to_next_pages_may_be_relative_or_plain_but_stay_at_the_host() -> None:
    page = "https://datasets.example.org/odata/T/Observations?$filter=a"
    assert following("https://datasets.example.org/odata/T/Observations?$skip=2", page).endswith("$skip=2")
    assert (
        following("Observations?$skiptoken=x", page) == "https://datasets.example.org/odata/T/Observations?$skiptoken=x"
    )
    assert following("http://datasets.example.org/n?page=2", page) == "https://datasets.example.org/n?page=2"
    assert following(None, page) == ""
    with pytest.raises(InputError, match="another host"):
        following("https://elsewhere.example.org/n", page)


def test_odata_addresses_stay_short_and_each_series_of_a_measure_is_read(
    httpserver: HTTPServer, caller: Caller
) -> None:
    areas = [f"BU{number:08}" for number in range(60)]
    measures = {f"M{number:03}": f"Measure {number}" for number in range(40)}
    OData(httpserver, measures, [{"area": area, **dict.fromkeys(measures, 7)} for area in areas], page=10_000)
    query = {"area": "WijkenEnBuurten", "period": "2024"}
    series = [Series(f"i{id}", "x", "persons", "T", {**query, "measure": id}) for id in measures]
    series.append(Series("again", "x", "persons", "T", {**query, "measure": "M001"}))
    for version, fetch, read in ((3, odata.fetch3, odata.read3), (4, odata.fetch4, odata.read4)):
        parts = list(fetch(caller, httpserver.url_for(f"/v{version}"), series, areas))
        seen = {(one.code, one.indicator) for part in parts for _, one in read(part)}
        assert len(seen) == len(areas) * len(series)
        assert all(len(part.answer.address) <= odata.LONGEST for part in parts)


def test_the_swedish_database_gives_as_many_cells_as_its_settings_say(httpserver: HTTPServer, caller: Caller) -> None:
    service = px(httpserver, most=60)
    module = countries.source("se/scb_statistics").module
    one = replace(PX, levels=(Level.MUNICIPALITY,))
    gone, base = httpserver.url_for("/moved"), httpserver.url_for("/v2")
    parts = list(module.fetch(caller, [gone, base], [one], [Area(Level.MUNICIPALITY, code) for code in AREAS]))
    assert sum(len(part.asked["Region"]) for part in parts) == 30
    asked = len(service.asked)
    assert asked == len(parts) == 4  # 30 areas, 2 sexes, 3 years: nothing was refused first
    assert caller.limits[f"{httpserver.host}:{httpserver.port}"] == Limit(9_000, 2.0)


@pytest.mark.parametrize("status", [413, 200])
def test_an_extraction_that_is_being_prepared_is_asked_for_again_and_not_halved(
    httpserver: HTTPServer, caller: Caller, status: int
) -> None:
    codes = {"unit": ["PC"], "geo": ["SE22", "SE11"], "time": ["2024"]}
    warning = {"warning": {"status": 413, "label": "ASYNCHRONOUS_RESPONSE. Your request will be treated later."}}
    asked: list[str] = []

    def handler(request: Request) -> Response:
        asked.append(request.url)
        if len(asked) == 1:
            return answer(warning, status)
        return answer(json_stat("Unemployment", codes, lambda _: 4.0))

    httpserver.expect_request("/es/lfst").respond_with_handler(handler)
    one = Series(
        "unemployment", "eu/eurostat", "%", "lfst", {"area": "geo", "time": "time", "select": {"unit": ["PC"]}}
    )
    parts = list(statistical_office.fetch(caller, httpserver.url_for("/es"), [one], ["SE22", "SE11"]))
    assert len(parts) == 1 and len(asked) == 2 and asked[0] == asked[1]


def test_nomis_rows_of_another_census_are_passed_over_and_a_full_page_is_followed(
    httpserver: HTTPServer, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nomis, "ROWS", 2)
    rows = [
        ("E01000001", "2011 super output areas - lower layer", "10"),
        ("E01000001", "2021 super output areas - lower layer", "11"),
        ("E01000002", "2021 super output areas - lower layer", "12"),
    ]

    def handler(request: Request) -> Response:
        offset = int(request.args["RecordOffset"])
        lines = ["GEOGRAPHY_CODE,GEOGRAPHY_TYPE,DATE,OBS_VALUE"]  # no count of records: answers are cut off in silence
        lines += [f"{code},{kind},2021,{value}" for code, kind, value in rows[offset : offset + 2]]
        return Response("\n".join(lines) + "\n", content_type="text/csv")

    named = {"structure": {"keyfamilies": {"keyfamily": [{"name": {"value": "Residents", "lang": "en"}}]}}}
    httpserver.expect_request("/nomis/NM_1.def.sdmx.json").respond_with_json(named)
    httpserver.expect_request("/nomis/NM_1.data.csv").respond_with_handler(handler)
    one = Series("population", "gb/nomis", "persons", "NM_1", title="Residents", vintage="2021")
    parts = nomis.fetch(caller, httpserver.url_for("/nomis"), [one], ["E01000001", "E01000002"])
    seen = [(found.code, found.value) for part in parts for _, found in nomis.read(part)]
    assert seen == [("E01000001", 11.0), ("E01000002", 12.0)]


def test_too_many_calls_wait_and_too_many_cells_are_halved(httpserver: HTTPServer, caller: Caller) -> None:
    service = px(httpserver, most=100)
    busy = [Response("Too many requests", 429), Response("Too many requests", 429, headers={"Retry-After": "0"})]
    usual = service._data

    def handler(request: Request) -> Response:
        return busy.pop() if busy else usual(request)

    httpserver.expect_request("/v2/tables/TAB2/metadata").respond_with_handler(service._metadata)
    httpserver.expect_request("/v2/tables/TAB2/data").respond_with_handler(handler)
    parts = list(pxweb.fetch2(caller, httpserver.url_for("/v2"), replace(PX, table="TAB2"), AREAS, "sv"))
    assert not busy and sum(len(part.asked["Region"]) for part in parts) == 30
    assert len(service.asked) == 3  # the whole was refused (403), then each half answered; 429 halved nothing
