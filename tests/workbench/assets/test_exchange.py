"""Assets out and in again by GeoJSON, uMap and CSV; files that are damaged or hostile are refused or set aside."""

import csv
import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bygd.reports import LANGUAGES, Translator
from bygd.sources.errors import InputError
from bygd.vocabulary.mapping import AssetLayer
from bygd.workbench import assets, project
from bygd.workbench.assets import writing
from bygd.workbench.project import Project

TODAY = date(2026, 3, 31)


@pytest.fixture
def place(tmp_path: Path) -> Project:
    return project.create(tmp_path / "place", "se:1281", "Lund")


def write(place: Project, name: str, content: Any) -> Path:
    path = place.folder / name
    text = content if isinstance(content, str) else json.dumps(content)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def look(place: Project, name: str, content: Any, **more: Any) -> assets.Look:
    return assets.look(place, write(place, name, content), TODAY, **more)


def feature(geometry: Any = None, **properties: Any) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [13.19, 55.7]}
    return {"type": "Feature", "properties": properties, "geometry": point if geometry is None else geometry}


def collection(*features: Any, **more: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features), **more}


HALL = {"name": "=1+1 Hall", "layer": "premises", "hours_unused": 38.5, "last_seen": "2026-03-14", "owner": "Å & Ö"}


def enter(place: Project) -> list[dict[str, Any]]:
    items = [
        feature(**HALL),
        feature(name="Co-op", layer="organisation", sort="cooperative"),
        {**feature(name="-5 skills", layer="skill"), "geometry": None},
    ]
    assert assets.take(place, look(place, "a.geojson", collection(*items)), "a test") == 3
    return assets.assets(place)


@pytest.mark.parametrize("ending", ["geojson", "csv", "umap"])
def test_what_goes_out_comes_in_as_the_same(place: Project, ending: str) -> None:
    rows = enter(place)
    made = {
        "geojson": lambda: writing.geojson(rows),
        "csv": lambda: writing.table(rows),
        "umap": lambda: writing.umap(rows, "Lund", Translator("sv")),
    }[ending]()
    again = look(place, f"again.{ending}", made)
    placed = sum(row["latitude"] is not None for row in rows) if ending == "umap" else len(rows)
    assert dict(again.counts) == {"same": placed} and not again.set_aside


def test_no_cell_is_a_formula(place: Project) -> None:
    rows = enter(place)
    cells = [cell for line in csv.reader(io.StringIO(writing.table(rows))) for cell in line]
    assert "'=1+1 Hall" in cells and not [cell for cell in cells if cell.startswith(("=", "+", "@"))]
    (hall,) = [row for row in rows if row["layer"] == "premises"]
    assert (hall["name"], hall["hours_unused"]) == ("=1+1 Hall", Decimal("38.5"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_is_read_in_each_language(place: Project, language: str) -> None:
    label = Translator(language).word(AssetLayer.PREMISES)
    headings = {
        "en": "Name;Layer;Lat;Lon",
        "sv": "Namn;Lager;Latitud;Longitud",
        "nl": "Naam;Laag;Breedtegraad;Lengtegraad",
    }
    found = look(place, "t.csv", f"{headings[language]};Färg\nSalen;{label};55,7;13,19;röd\n")
    (change,) = found.changes
    assert (change.row["layer"], change.row["latitude"]) == (AssetLayer.PREMISES, 55.7)
    assert found.unused == ("Färg",)


def test_the_layer_of_a_umap_is_the_layer(place: Project) -> None:
    layers = [collection(feature(name="Meadow", description="1 ha"), _umap_options={"name": "Mark"})]
    (change,) = look(place, "m.umap", {"type": "umap", "layers": layers}).changes
    assert (change.row["layer"], change.row["note"]) == (AssetLayer.LAND, "1 ha")


def test_areas_and_lines_become_points(place: Project) -> None:
    square = {"type": "Polygon", "coordinates": [[[13, 55], [14, 55], [14, 56], [13, 56], [13, 55]]]}
    (change,) = look(place, "p.geojson", collection(feature(square, name="Park", layer="land"))).changes
    assert 13 < change.row["longitude"] < 14 and 55 < change.row["latitude"] < 56


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (feature(layer="land"), "name"),
        (feature(name="A", layer="spaceship"), "no layer"),
        (feature(name="A"), "in which layer"),
        (feature({"type": "Point", "coordinates": [13.1]}, name="A", layer="land"), "geometry"),
        (feature({"type": "Point", "coordinates": ["x", {}]}, name="A", layer="land"), "geometry"),
        (feature({"type": "Nonsense"}, name="A", layer="land"), "geometry"),
        (feature({"type": "Point", "coordinates": [386000, 6175000]}, name="A", layer="land"), "no place on earth"),
        (feature(name="A", layer="land", hours_unused="169"), "within a week"),
        (feature(name="A", layer="land", last_seen="2031-01-01"), "yet to come"),
        (feature(name="A", layer="land", last_seen="soon"), "no day"),
        (feature(name="A" * 201, layer="land"), "more than 200"),
        (feature(name="A", layer="organisation", sort="pirates"), "no sort"),
        ("text", "in which layer|name"),
    ],
)
def test_items_that_cannot_be_kept_are_set_aside_with_the_reason(place: Project, item: Any, said: str) -> None:
    import re

    found = look(place, "x.geojson", collection(item, feature(name="Sound", layer="land")))
    assert len(found.changes) == 1
    (aside,) = found.set_aside
    assert re.search(said, str(aside.reason)) and aside.row == 1


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[1, 2]",
        '{"type": "FeatureCollection"',
        '{"type": "FeatureCollection", "features": {}}',
        '{"type": "umap", "layers": [3]}',
        '{"type": "Topology"}',
        "[" * 100_000,
        '{"type":"FeatureCollection","features":' + "[" * 200_000,
        collection(crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3006"}}),
        "kolumn;annan\n1;2\n",
        "\x00\x01\x02",
    ],
)
def test_what_is_no_map_is_refused(place: Project, content: Any) -> None:
    with pytest.raises(InputError):
        look(place, "bad.json", content)


def test_a_file_beyond_measure_is_refused(place: Project) -> None:
    with pytest.raises(InputError, match="larger than"):
        look(place, "big.csv", "name;layer\n" + "a;land\n" * 1_700_000)


def test_personal_numbers_are_taken_out(place: Project) -> None:
    (change,) = look(place, "p.geojson", collection(feature(name="A", layer="skill", note="Ring 850709-9805"))).changes
    assert "850709" not in change.row["note"]


def test_the_same_twice_and_changes(place: Project) -> None:
    enter(place)
    found = look(place, "b.geojson", collection(feature(**{**HALL, "owner": "New"}), feature(**HALL)))
    (change,) = found.changes
    assert (change.kind, change.differs) == ("changed", ("owner",))
    assert len(found.set_aside) == 1
    silent = look(place, "c.geojson", collection(feature(name=HALL["name"], layer="premises")))
    assert dict(silent.counts) == {"same": 1}, "what a file does not say stays as it was"
