"""Areas chosen out of lists as their publishers write them, each with its division."""

import json
from pathlib import Path

import pytest
import xlsxwriter

from bygd.sources.errors import InputError
from bygd.vocabulary.place_words import Level
from bygd.workbench import project
from bygd.workbench.place.choosing import HEADER, choose_areas, chosen_areas
from bygd.workbench.place.refresh import wanted
from bygd.workbench.project import Project


def place(tmp_path: Path, code: str) -> Project:
    return project.create(tmp_path / "place", code, "Here")


def rows(here: Project) -> set[tuple[str, ...]]:
    return {tuple(row[name] for name in HEADER[:4]) for row in chosen_areas(here)}


def test_deso_and_regso_of_statistics_swedens_workbook(tmp_path: Path) -> None:
    here = place(tmp_path, "se:1291")
    path = tmp_path / "koppling-deso2025-regso2025.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Koppling DeSO2025 - RegSO2025", "2026-03-25"])
        sheet.write_row(3, 0, ["Kommun", "Kommunnamn", "DeSO_2025", "RegSO_2025", "RegSOkod_2025"])
        sheet.write_row(4, 0, ["1291", "Simrishamn", "1291A0010", "Kivik", "1291R001"])
        sheet.write_row(5, 0, ["1291", "Simrishamn", "1291B2010", "Kivik", "1291R001"])
        sheet.write_row(6, 0, ["1290", "Kristianstad", "1290A0010", "Degeberga", "1290R001"])
    assert len(choose_areas(here, path)) == 3
    assert rows(here) == {
        ("1291A0010", "1291A0010", "2025", "1291R001"),
        ("1291B2010", "1291B2010", "2025", "1291R001"),
        ("1291R001", "Kivik", "2025", "1291"),
    }
    asked = {(one.level, one.code, one.vintage) for one in wanted(here, peers=False)}
    assert (Level.DISTRICT, "1291R001", "2025") in asked and (Level.SMALL_AREA, "1291A0010", "2025") in asked


def geojson(path: Path, *features: tuple[str, dict[str, str]]) -> Path:
    listed = [{"type": "Feature", "id": id, "geometry": None, "properties": about} for id, about in features]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": listed}))
    return path


def test_layers_of_statistics_sweden_say_their_division(tmp_path: Path) -> None:
    here = place(tmp_path, "se:1291")
    old = geojson(
        tmp_path / "deso.geojson",
        ("DeSO_2018.1", {"desokod": "1291A0010", "regsokod": "1291R001", "kommunkod": "1291", "version": "2018_v3"}),
    )
    towns = geojson(
        tmp_path / "tatorter.geojson",
        ("Tatorter_2023.9", {"tatortskod": "1291TC101", "tatort": "Simrishamn", "kommun": "1291", "bef": "6500"}),
        ("Tatorter_2023.8", {"tatortskod": "1290TC101", "tatort": "Kristianstad", "kommun": "1290", "bef": "4"}),
    )
    choose_areas(here, old)
    choose_areas(here, towns, levels=[Level.LOCALITY])
    assert rows(here) == {
        ("1291A0010", "1291A0010", "2018", "1291R001"), ("1291R001", "1291R001", "2020", "1291"),
        ("1291TC101", "Simrishamn", "2023", "1291"),
    }  # fmt: skip
    with pytest.raises(InputError, match="no area of the division of 2019"):
        choose_areas(here, geojson(tmp_path / "d.geojson", ("DeSO_2019.1", {"desokod": "1291A0010"})))


def test_dutch_neighbourhoods_with_letters_and_without(tmp_path: Path) -> None:
    here = place(tmp_path, "nl:GM0363")
    layer = geojson(
        tmp_path / "buurten.geojson",
        (
            "b.1",
            {"buurtcode": "BU0363AF01", "buurtnaam": "Oude Kerk", "wijkcode": "WK0363AF", "gemeentecode": "GM0363"},
        ),
        (
            "b.2",
            {"buurtcode": "BU00140000", "buurtnaam": "Binnenstad", "wijkcode": "WK001400", "gemeentecode": "GM0014"},
        ),
    )
    with pytest.raises(InputError, match="does not say of which division"):
        choose_areas(here, layer)
    choose_areas(here, layer, vintage="2024")
    addresses = tmp_path / "pc6hnr.csv"
    addresses.write_text("PC6;Huisnummer;Buurt2023;Wijk2023;Gemeente2023\n1011AB;1;3630000;36300;363\n")
    choose_areas(here, addresses, levels=[Level.SMALL_AREA])
    assert rows(here) == {
        ("BU0363AF01", "Oude Kerk", "2024", "WK0363AF"), ("WK0363AF", "WK0363AF", "2024", "GM0363"),
        ("BU03630000", "BU03630000", "2023", "WK036300"),
    }  # fmt: skip


def test_british_super_output_areas_of_two_censuses(tmp_path: Path) -> None:
    here = place(tmp_path, "gb:E07000123")
    path = tmp_path / "OA21_LSOA21_MSOA21_LAD22.csv"
    path.write_text(
        "\ufeffOA21CD,LSOA21CD,LSOA21NM,MSOA21CD,MSOA21NM,LAD22CD,LAD22NM\n"
        "E00128001,E01025111,Preston 001A,E02005253,Preston 001,E07000123,Preston\n"
        "E00128002,E01025111,Preston 001A,E02005253,Preston 001,E07000123,Preston\n"
        "E00000001,E01000001,City 001A,E02000001,City 001,E09000001,City\n"
    )
    choose_areas(here, path)
    old = tmp_path / "old.csv"
    old.write_text("LSOA11CD,LSOA11NM,MSOA11CD,MSOA11NM,LAD11CD\nE01025112,P 001B,E02005253,P 001,E07000123\n")
    choose_areas(here, old, levels=[Level.SMALL_AREA])
    assert rows(here) == {
        ("E01025111", "Preston 001A", "2021", "E02005253"), ("E02005253", "Preston 001", "2021", "E07000123"),
        ("E01025112", "P 001B", "2011", "E02005253"),
    }  # fmt: skip
    with pytest.raises(InputError, match="None of the"):
        choose_areas(here, path, within="E07000999")


def test_a_list_of_something_else_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match="no column of codes"):
        choose_areas(place(tmp_path, "se:1291"), path)
