"""A village chosen on the map or by a line around it: with a script, and without one by list and file."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from shapely.geometry import box, mapping, shape

pytestmark = [pytest.mark.django_db, pytest.mark.asks_who]


@pytest.fixture
def facilitator(bounded: Any, signed_in: Callable[..., Client]) -> Client:
    return signed_in(bounded, "facilitator")


@pytest.fixture
def shapes(bounded: Any) -> dict[str, Any]:
    """The small areas by code."""
    found = json.loads((bounded.project.folder / "files" / "small.geojson").read_text(encoding="utf-8"))["features"]
    return {one["properties"]["desokod"]: shape(one["geometry"]) for one in found}


def at(place: Any, address: str) -> str:
    return f"/p/{place.slug}/place/{address}"


def cover(client: Client, place: Any, polygon: Any, **more: Any) -> Any:
    text = polygon if isinstance(polygon, str) else json.dumps(mapping(polygon))
    return client.post(
        at(place, "villages/new"), {"step": "cover", "name": "Strand", "id": "strand", "drawn": text} | more
    )


def test_the_map_stands_beside_the_list(bounded: Any, facilitator: Client) -> None:
    said = facilitator.get(at(bounded, "villages/new")).content.decode()
    assert said.count('class="area"') == 4 and 'data-across="' in said and 'name="all0"' in said
    kept = facilitator.get(at(bounded, "villages/bruksbygden/")).content.decode()
    assert kept.count('data-share="1"') == 2 and kept.count(" checked") == 2


@pytest.mark.asks_who(more="the log")
def test_a_line_becomes_shares_that_are_looked_at_before_they_are_kept(
    bounded: Any, facilitator: Client, shapes: dict[str, Any]
) -> None:
    islands, town = shapes["9901A0010"], shapes["9901C0020"]
    west, low, east, high = town.bounds
    half = town.intersection(box(west, low, east, (low + high) / 2))
    answer = cover(facilitator, bounded, islands.union(half.buffer(0)))
    said = answer.content.decode()
    assert answer.status_code == 200 and "The line covers 2 areas" in said and "only where they live evenly" in said
    assert 'value="Strand"' in said and 'class="drawn"' in said and said.count('data-share="1"') == 1
    share = round(half.area / town.area * 100)
    assert f'name="part0" value="{share}"' in said
    assert "strand" not in facilitator.get(at(bounded, "villages/")).content.decode(), "nothing is kept yet"
    form = {"id": "strand", "name": "Stranden", "all3": "on", "part0": str(share)}
    listed = facilitator.post(at(bounded, "villages/new"), form, follow=True).content.decode()
    assert "Stranden is kept, of 2 areas." in listed and f"{share}%" in listed


def test_a_file_is_read_and_what_lies_outside_is_told(
    bounded: Any, facilitator: Client, shapes: dict[str, Any]
) -> None:
    west, low, east, high = shapes["9901A0010"].bounds
    wide = box(west, low, east + (east - west), high)
    file = SimpleUploadedFile("village.geojson", json.dumps({"type": "Feature", "geometry": mapping(wide)}).encode())
    said = cover(facilitator, bounded, "", outline=file).content.decode()
    assert "lies in no area that boundaries are held of" in said


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "Choose a file, or draw"), ("{", "cannot be read as GeoJSON"), ('{"type": "Point", "coordinates": [1, 2]}',
        "no polygon in it"), (json.dumps(mapping(box(0, 0, 1, 1))), "touches none of the 4"),
        (json.dumps(mapping(box(500000, 6000000, 500100, 6000100))), "not in the same coordinates"),
        ('{"type": "Polygon", "coordinates": "much"}', "cannot be read as GeoJSON"),
    ],
    ids=["nothing", "broken", "point", "elsewhere", "metres", "words"],
)  # fmt: skip
def test_a_line_that_cannot_be_used_is_told(text: str, why: str, bounded: Any, facilitator: Client) -> None:
    answer = cover(facilitator, bounded, text)
    assert answer.status_code == 422 and why in answer.content.decode()


def test_all_of_an_area_and_a_part_of_it_is_refused(bounded: Any, facilitator: Client) -> None:
    form = {"id": "strand", "name": "Stranden", "all0": "on", "part0": "30"}
    answer = facilitator.post(at(bounded, "villages/new"), form)
    assert answer.status_code == 422 and "Either all of it or a part" in answer.content.decode()


def test_a_line_takes_the_place_of_what_was_chosen_and_a_wrong_one_of_nothing(
    bounded: Any, facilitator: Client, shapes: dict[str, Any]
) -> None:
    kept = dict.fromkeys(("all1", "all2"), "on")
    post = {"step": "cover", "name": "Bruket", "drawn": json.dumps(mapping(shapes["9901A0010"]))}
    drawn = facilitator.post(at(bounded, "villages/bruksbygden/"), {**post, **kept}).content.decode()
    assert drawn.count(" checked") == drawn.count('data-share="1"') == 1 and 'value="Bruket"' in drawn
    wrong = facilitator.post(at(bounded, "villages/new"), {**post, "drawn": "{", "all0": "on", "part3": "40"})
    said = wrong.content.decode()
    assert wrong.status_code == 422 and said.count(" checked") == 1 and 'name="part3" value="40"' in said


def test_what_looks_like_a_number_and_is_none_is_told(bounded: Any, facilitator: Client) -> None:
    answer = facilitator.post(at(bounded, "villages/new"), {"id": "strand", "name": "Stranden", "part0": "²"})
    assert answer.status_code == 422


def test_areas_that_boundaries_alone_are_held_of_can_be_chosen(
    counted: Any, signed_in: Callable[..., Client], tmp_path: Path
) -> None:
    from bygd.web.pages.place import covering
    from bygd.workbench import changing, project

    real = project.create(tmp_path / "real", "se:1280", "Malmö")
    codes = ("1280A0010", "1280A0020", "1281A0010")
    features = [
        {"type": "Feature", "properties": {"deso": code}, "geometry": mapping(box(number, 0, number + 1, 1))}
        for number, code in enumerate(codes)
    ]
    (real.folder / "deso.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    held = changing.add(real, "boundaries", {"files": ["deso.geojson"]})
    found = covering.unknown(held, [])
    assert [one.area_id for one in found] == ["se:1280A0010", "se:1280A0020"], "those of the place, not its neighbour's"
