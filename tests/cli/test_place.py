"""`bygd place`: the catalogue, a place and its village shown, compared, and written as a sheet."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bygd.cli import main
from bygd.workbench import project
from bygd.workbench.place import shapes
from bygd.workbench.sample import statistics


def bygd(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(folder), "place", *words])


@pytest.fixture
def here(tmp_path: Path) -> Path:
    made = project.create(tmp_path / "place", "se:9901", "Fyrhamn")
    statistics.write(made.folder)
    return made.folder


def test_the_catalogue_says_what_is_verified(here: Path) -> None:
    rows = json.loads(bygd(here, "list", "--json", "--lang", "sv").output)
    by_id = {row["id"]: row for row in rows}
    assert by_id["child_poverty"]["verified"] and by_id["child_poverty"]["sources"] == ["se/kolada N02904"]
    assert by_id["shop_open_hours"]["label"] == "Byabutikens öppettider" and by_id["shop_open_hours"]["is_own"]
    text = bygd(here, "list").output
    assert "se/kolada (not verified)" in text and "made from jobs, employed_residents" in text
    assert all("se/" not in line for line in bygd(here, "list", "--unknown").output.splitlines())


def test_a_place_is_told_in_sentences_first(here: Path) -> None:
    text = bygd(here, "show", "--lang", "sv").output
    assert text.startswith("12\u00a0400 personer bor i Fyrhamn (2025).")
    rows = json.loads(bygd(here, "show", "village:bruksbygden", "--indicator", "population", "--json").output)
    assert [(row["indicator"], row["value"]) for row in rows] == [("population", 3790.0)]
    small = bygd(here, "show", "9901A0010").output
    assert "Withheld by the source" in small


def test_peers_are_named_with_their_distance_and_can_be_changed(here: Path) -> None:
    assert "most like it in structure, not in outcome" in bygd(here, "compare").output
    assert "places that people chose:\n  Åmynne" in bygd(here, "compare", "--with", "9902").output
    assert "most like it" in bygd(here, "compare", "--usual").output


def test_villages_are_put_together_and_listed(here: Path) -> None:
    made = bygd(here, "village", "add", "kusten", "9901A0010", "9901C0020=0.5", "--called", "Kusten")
    assert made.output == "village:kusten: Kusten, 2 areas of the division 2025\n"
    assert "se:9901C0020 × 0.5" in bygd(here, "village", "list").output
    assert bygd(here, "village", "add", "Å", "9901A0010").exit_code == 2


def test_the_sheet_is_written(here: Path, tmp_path: Path) -> None:
    out = tmp_path / "sheet.html"
    assert bygd(here, "sheet", "village:bruksbygden", "--out", str(out), "--lang", "nl").exit_code == 0
    assert "Bruksbygden in cijfers" in out.read_text(encoding="utf-8")


def test_a_refresh_without_what_was_fetched_says_so_and_keeps_ones_own(here: Path) -> None:
    told = bygd(here, "refresh", "--offline", "--no-peers").output
    assert "Not read:" in told and "we are offline" in told
    assert "12,400 people live" in bygd(here, "show").output


def test_a_file_of_deprivation_becomes_own_values(tmp_path: Path) -> None:
    made = project.create(tmp_path / "preston", "gb:E07000123", "Preston")
    path = tmp_path / "File_7.csv"
    head = (
        "LSOA code (2011),LSOA name (2011),Local Authority District code (2019),"
        "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived),"
        "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)\n"
    )
    path.write_text(head + 'E01025111,Preston 001A,E07000123,"1,204",1\nE01025112,Preston 001B,E07000123,20100,7\n')
    done = bygd(made.folder, "read", str(path), "--source", "gb/imd", "--period", "2019")
    assert done.exit_code == 0 and "4 values" in done.output
    rows = json.loads(bygd(made.folder, "show", "E01025111", "--json").output)
    assert {(row["indicator"], row["value"], row["period"]) for row in rows} == {
        ("imd_rank", 1204.0, "2019"),
        ("imd_decile", 1.0, "2019"),
    }
    path.write_text("LSOA,Rank\nE01025111,1\n")
    assert (
        "Take the file with all ranks"
        in bygd(made.folder, "read", str(path), "--source", "gb/imd", "--period", "2025").output
    )


def test_areas_and_divisions_are_brought_and_told(here: Path, tmp_path: Path) -> None:
    layer = tmp_path / "deso.csv"
    layer.write_text("desokod,regsokod,kommunkod,version\n9901B0019,9901R001,9901,2025_v2\n")
    added = bygd(here, "areas", "add", str(layer)).output
    assert "1 small area, division of 2025" in added and "1 district, division of 2025" in added
    assert "9901B0019" in bygd(here, "areas", "list").output
    changes = tmp_path / "changes.csv"
    changes.write_text(
        "level,old_vintage,new_vintage,old,new,share,change\nsmall_area,2018,2025,9901B0010,9901B0018,0.4,divided\n"
        "small_area,2018,2025,9901B0010,9901B0019,0.6,divided\n"
    )
    assert "2018 to 2025, 2 pairs" in bygd(here, "divisions", "add", str(changes)).output
    assert "2018 to 2025" in bygd(here, "divisions", "list").output
    assert "2018 9901B0010: 60.0% of it divided" in bygd(here, "divisions", "list", "9901B0019").output
    wrong = bygd(here, "areas", "add", str(layer), "--level", "hamlet")
    assert wrong.exit_code == 2 and "no level 'hamlet'" in wrong.output


def test_boundaries_that_maps_pass_over_are_told(here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shapes, "MOST_BYTES", 10)
    (tmp_path / "large.geojson").write_text('{"type": "FeatureCollection", "features": []}')
    added = CliRunner().invoke(main, ["-C", str(here), "add", "boundaries", str(tmp_path / "large.geojson")])
    assert "pass them over" in added.output
    assert "large.geojson has 0 MB and is passed over" in bygd(here, "areas", "list").output
