"""Two divisions of small areas: values go over where that is sure, and say which division they are of."""

from functools import partial
from itertools import count
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from tests.lib.statistical_services import PxWeb

from bygd.sources.errors import InputError
from bygd.sources.statistics.caller import Caller
from bygd.vocabulary.place_words import Level
from bygd.workbench import place, project
from bygd.workbench.place import divisions, villages
from bygd.workbench.place.refresh import wanted
from bygd.workbench.project import Project

LIST = """level,old_vintage,new_vintage,old,new,share,change,basis,source
small_area,2018,2025,*,*,1,,residents,Statistics Sweden
small_area,2018,2025,1291C1000,1291C1001,,divided,residents,Statistics Sweden
small_area,2018,2025,1291C1000,1291C1002,,divided,residents,Statistics Sweden
small_area,2018,2025,1291B1000,1291B1001,0.25,shared,residents,Statistics Sweden
small_area,2018,2025,1291B1000,1291B1002,0.75,shared,residents,Statistics Sweden
"""
NEW = ("1291A0010", "1291C1001", "1291C1002", "1291B1001", "1291B1002")


@pytest.fixture
def here(tmp_path: Path) -> Project:
    made = project.create(tmp_path / "place", "se:1291", "Simrishamn")
    (tmp_path / "list.csv").write_text(LIST)
    divisions.bring(made, [tmp_path / "list.csv"])
    old = {"1291A0010": (700, 10.0), "1291C1000": (900, 20.0), "1291B1000": (800, 30.0)}
    lines = ["area,indicator,period,value,vintage,level,parent"]
    for year, number in ((2022, 0), (2023, 100)):
        for code, (people, share) in old.items():
            lines.append(f"{code},population,{year},{people + number},2018,small_area,1291")
            lines.append(f"{code},turnout,{year},{share},2018,small_area,1291")
    for code in NEW:
        lines.append(f"{code},population,2024,500,2025,small_area,1291")
        lines.append(f"{code},turnout,2024,40,2025,small_area,1291")
    path = made.folder / "place" / "values" / "both.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n")
    return made


def course(here: Project, area_id: str, indicator: str) -> dict[str, tuple[float | None, str]]:
    one = place.profile(here, area_id, only=(indicator,)).one(indicator)
    assert one is not None
    return {point.period: (point.value, point.vintage) for point in one.over_time}


def test_each_value_says_of_which_division_it_is(here: Project) -> None:
    assert course(here, "se:1291A0010", "population") == {
        "2022": (700.0, "2018"), "2023": (800.0, "2018"), "2024": (500.0, "2025")
    }  # fmt: skip
    assert course(here, "se:1291A0010", "turnout")["2022"] == (10.0, "2018")
    one = place.profile(here, "se:1291A0010", only=("population",)).one("population")
    assert one is not None and any("2023 were published for the areas of 2018" in text for text in one.warnings)
    assert not any("not joined" in text for text in one.warnings)


def test_a_divided_area_carries_sums_by_stated_shares_alone(here: Project) -> None:
    assert course(here, "se:1291B1001", "population")["2022"] == (200.0, "2018")
    assert course(here, "se:1291B1002", "population")["2022"] == (600.0, "2018")
    assert course(here, "se:1291B1001", "turnout")["2022"] == (None, "2018")
    assert course(here, "se:1291C1001", "population")["2022"] == (None, "2018")
    one = place.profile(here, "se:1291C1001", only=("population",)).one("population")
    assert one is not None and any("how its people were shared is not known" in text for text in one.warnings)


def test_a_village_of_all_parts_has_the_value_of_the_whole(here: Project) -> None:
    villages.add(here, "whole", "Whole", ["1291C1001", "1291C1002"])
    villages.add(here, "part", "Part", ["1291C1001"])
    assert course(here, "village:whole", "population")["2023"] == (1000.0, "2018")
    assert course(here, "village:part", "population")["2023"][0] is None


def test_without_a_list_nothing_is_joined(here: Project) -> None:
    for path in (here.folder / "place" / "divisions").iterdir():
        path.unlink()
    assert course(here, "se:1291A0010", "population") == {"2024": (500.0, "2025")}
    one = place.profile(here, "se:1291A0010", only=("population",)).one("population")
    assert one is not None and any("(2018) are not joined" in text for text in one.warnings)


def test_what_is_known_of_an_older_division_alone_says_so(here: Project) -> None:
    path = here.folder / "place" / "values" / "jobs.csv"
    lines = ["area,indicator,period,value,vintage,level,parent", "1291A0010,jobs,2021,90,2018,small_area,1291"]
    path.write_text("\n".join([*lines, "1291C1000,jobs,2021,40,2018,small_area,1291"]) + "\n")

    def texts(area_id: str) -> str:
        one = place.profile(here, area_id, only=("jobs",)).one("jobs")
        assert one is not None
        return " ".join(map(str, one.warnings))

    assert course(here, "se:1291A0010", "jobs") == {"2021": (90.0, "2018")}
    assert "go over to those of 2025" in texts("se:1291A0010")
    assert course(here, "se:1291C1001", "jobs") == {"2021": (None, "2018")}
    for listed in (here.folder / "place" / "divisions").iterdir():
        listed.unlink()
    assert "may have other borders than those of 2025" in texts("se:1291A0010")


def test_older_areas_are_fetched_with_those_they_became(here: Project) -> None:
    villages.add(here, "b", "B", ["1291B1001"])
    asked = {(one.code, one.vintage) for one in wanted(here, peers=False) if one.level is Level.SMALL_AREA}
    assert asked == {("1291B1001", "2025"), ("1291B1000", "2018")}


def test_both_divisions_of_one_table_become_one_course(httpserver: HTTPServer, here: Project) -> None:
    for path in (here.folder / "place" / "values").iterdir():
        path.unlink()
    villages.add(here, "b", "B", ["1291B1001", "1291B1002"])
    codes = {
        "Region": ["1291B1000", "1291B1001_DeSO2025", "1291B1002_DeSO2025"], "Alder": ["totalt"], "Kon": ["1+2"],
        "ContentsCode": ["000007Y7"], "Tid": ["2023", "2024"],
    }  # fmt: skip

    def value(
        one: dict[str, str],
    ) -> float | None:  # each division has its years, and nothing, or nought, for the others
        if ("_" in one["Region"]) != (one["Tid"] == "2024"):
            return 0.0 if "_" in one["Region"] else None
        return 900.0

    tables = PxWeb(httpserver, codes, value, most=150_000)  # type: ignore[arg-type]
    tables.label = "Folkmängden per region"
    for what in ("metadata", "data"):
        httpserver.expect_request(f"/v2/tables/TAB6574/{what}").respond_with_handler(getattr(tables, f"_{what}"))
    for name, listed in (("vs_DeSO2025", codes["Region"][1:]), ("vs_DeSO2018", codes["Region"][:1])):
        httpserver.expect_request(f"/v2/codelists/{name}").respond_with_json(
            {"values": [{"code": code} for code in listed]}
        )
    base = httpserver.url_for("/v2")
    done = place.refresh(
        here, only=("population",), peers=False, addresses={"se/scb_statistics": [base, base], "se/kolada": [base]},
        caller=partial(Caller, wait=0.0, clock=count(step=100).__next__),
    )  # fmt: skip
    assert {area for area, _ in done.failures} <= {"population"}
    assert course(here, "village:b", "population") == {"2023": (900.0, "2018"), "2024": (1800.0, "2025")}


def test_a_file_that_nobody_knows_is_told(here: Project, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match="no list of what became of areas"):
        divisions.bring(here, [path])
    (tmp_path / "y.csv").write_text("level,old_vintage,new_vintage,old,new\nsmall_area,2011,2025,a,b\n")
    divisions.bring(here, [tmp_path / "y.csv"])
    (tmp_path / "z.csv").write_text("level,old_vintage,new_vintage,old,new\nsmall_area,2025,2031,a,b\n")
    with pytest.raises(InputError, match="no division of 2031"):
        divisions.bring(here, [tmp_path / "z.csv"])
    assert course(here, "se:1291A0010", "turnout"), "nothing was kept that stops every page"


def test_a_map_says_through_which_division_a_value_went(here: Project) -> None:
    from bygd.reports.place import map as drawing
    from bygd.reports.translate import Translator
    from bygd.vocabulary.place_words import Classing, Level
    from bygd.workbench.place.mapped import Division, mapped
    from bygd.workbench.place.profile import Named

    areas = tuple(Named(f"se:{code}", code, Level.SMALL_AREA, "2025") for code in NEW)
    whole = place.profile(here)
    found = mapped(
        here, whole, Division("small_area", Level.SMALL_AREA, "X", areas), "population", Classing.QUANTILES, "2023"
    )
    reads = {one.area.name: (one.read.value, one.read.vintage) for one in found.spots if one.read is not None}
    assert reads["1291B1001"] == (225.0, "2018") and reads["1291A0010"] == (800.0, "2018")
    assert reads["1291C1001"][0] is None, "how a divided area's people were shared is not known"
    (note,) = drawing.older(found, Translator("en"))
    assert note.startswith("The values of 3 areas were published for areas of 2018")
    assert drawing.older(mapped(here, whole, found.division, "population", Classing.QUANTILES), Translator("sv")) == []


def test_a_published_file_of_older_areas_goes_over_where_that_is_sure(tmp_path: Path) -> None:
    """Deprivation by the areas of 2011 in those of 2021: the same, merged by people of 2011, and else a reason.

    One per cent of a hundred people is told: an office published it.
    """
    made = project.create(tmp_path / "preston", "gb:E07000123", "Preston")
    (tmp_path / "exact_fit.csv").write_text(
        "LSOA11CD,LSOA11NM,LSOA21CD,LSOA21NM,CHNGIND\n"
        "E01025111,a,E01025111,a,U\nE01025112,b,E01033001,b,M\nE01025113,c,E01033001,b,M\n"
        "E01025114,d,E01033002,d,S\nE01025114,d,E01033003,e,S\nE01025115,f,E01033004,f,X\n"
    )
    divisions.bring(made, [tmp_path / "exact_fit.csv"])
    names = ("Rank (where 1 is most deprived)", "Decile (where 1 is most deprived 10% of LSOAs)")
    head = [
        "LSOA code (2011)",
        *(f"Index of Multiple Deprivation (IMD) {name}" for name in names),
        "Income Score (rate)",
    ]
    rows = [f"E0102511{place},{place}00,{place},0.0{place}" for place in range(1, 6)]
    (tmp_path / "File_7.csv").write_text("\n".join([",".join(head), *rows]) + "\n")
    place.bring(made, tmp_path / "File_7.csv", "gb/imd", "2019")
    own = made.folder / "place" / "values" / "census.csv"
    own.write_text(
        "area,indicator,period,value,vintage\nE01025111,population,2011,100,2011\n"
        "E01025112,population,2011,1000,2011\nE01025113,population,2011,3000,2011\n"
    )

    def told(code: str, indicator: str) -> float | None:
        found = place.profile(made, f"gb:{code}", only=(indicator,)).one(indicator)
        assert found is not None, (code, indicator)
        if found.value is None:
            assert any("Of the areas of 2011" in text for text in found.warnings), (code, found.warnings)
        else:
            assert found.figure.sources[0] == "gb/imd"
        return found.value

    assert [told("E01025111", name) for name in ("imd_rank", "imd_decile", "low_income_share")] == [100, 1, 1.0]
    assert told("E01033001", "imd_rank") is None and told("E01033001", "low_income_share") == pytest.approx(2.75)
    card = place.measure(made, "indicator:low_income_share", "gb:E01033001")
    assert card is not None and card.value == pytest.approx(2.75), "a card says what the page says"
    for code in ("E01033002", "E01033003", "E01033004"):
        assert told(code, "imd_decile") is None and told(code, "low_income_share") is None
