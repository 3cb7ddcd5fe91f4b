"""The map in the browser: seen by all, changed by facilitators, undone, brought from files, and given as files."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bygd.vocabulary import tables
from bygd.web.boards.assets.models import AssetEntry
from bygd.web.people.models import Event
from bygd.workbench import assets, entered

pytestmark = pytest.mark.django_db


def to(place: Any, rest: str = "") -> str:
    return f"/p/{place.slug}/plan/assets/{rest}"


def named(place: Any, name: str) -> dict[str, Any]:
    return next(row for row in assets.assets(place.project) if row["name"] == name)


def said(**more: str) -> dict[str, str]:
    return {"layer": "premises", "name": "Vävstugan", "last_seen": "2026-03-14", "hours_unused": "12,5", **more}


def test_readers_see_the_map_and_change_nothing(place: Any, signed_in: Callable[..., Client]) -> None:
    reader = signed_in(place, "reader")
    page = reader.get(to(place)).content.decode()
    assert 'id="map-wide-title"' in page and 'id="map-narrow-title"' in page
    assert "Gamla folkets hus" in page and "Put something on the map" not in page
    key = named(place, "Cykelverkstad")["asset_key"]
    assert reader.get(to(place, key)).status_code == 200
    for path in ("new", "bring", f"{key}/change"):
        assert reader.get(to(place, path)).status_code == 403, path
    for path in (f"{key}/seen", f"{key}/withdraw", f"{key}/undo", "network/tie"):
        assert reader.post(to(place, path)).status_code == 403, path


def test_filters_and_stale_items(place: Any, signed_in: Callable[..., Client]) -> None:
    reader = signed_in(place, "reader")
    page = reader.get(to(place, "?layer=land")).content.decode()
    assert "Ängen bakom bruket" in page and "Cykelverkstad" not in page
    page = reader.get(to(place, "?seen=stale")).content.decode()
    assert "Fyrhamns Bygg AB" in page and "Verktygspool" not in page
    assert "Cykelverkstad" in reader.get(to(place, "?text=boende+CYKEL")).content.decode()
    assert reader.get(to(place, "?layer=nothing&seen=%00")).status_code == 200


def test_an_asset_is_entered_changed_seen_undone_and_taken_off(
    own_place: Any, signed_in: Callable[..., Client]
) -> None:
    leader = signed_in(own_place, "facilitator")
    sent = leader.post(to(own_place, "new"), said(latitude="57,61", longitude="16,71"))
    assert sent.status_code == 302
    row = named(own_place, "Vävstugan")
    assert (row["latitude"], row["longitude"], row["hours_unused"]) == (57.61, 16.71, 12.5)
    page = to(own_place, row["asset_key"])
    assert leader.post(f"{page}/change", said(owner="Hembygdsföreningen")).status_code == 302
    assert named(own_place, "Vävstugan")["owner"] == "Hembygdsföreningen"
    leader.post(f"{page}/seen")
    assert named(own_place, "Vävstugan")["last_seen"] == date.today()
    leader.post(f"{page}/undo")
    assert named(own_place, "Vävstugan")["last_seen"] == date(2026, 3, 14)
    leader.post(f"{page}/withdraw")
    assert ">Vävstugan</a>" not in leader.get(to(own_place)).content.decode()
    assert "taken off the map" in leader.get(page).content.decode()
    assert leader.post(f"{page}/undo").status_code == 302 and named(own_place, "Vävstugan")
    rows = entered.entries(own_place.project, tables.asset_entries, asset_key=row["asset_key"])
    assert len(rows) == AssetEntry.objects.filter(asset_key=row["asset_key"]).count() == 6
    assert Event.objects.filter(did="put an asset on the map").count() == 1


def test_a_walk_goes_on_with_the_same_layer_and_source(own_place: Any, signed_in: Callable[..., Client]) -> None:
    leader = signed_in(own_place, "facilitator")
    sent = leader.post(to(own_place, "new"), said(layer="skill", source="Walk", again="1"))
    assert sent["Location"].endswith("/new")
    page = leader.get(to(own_place, "new")).content.decode()
    assert 'value="skill" selected' in page and 'value="Walk"' in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"layer": "spaceship"},
        {"latitude": "57"},
        {"latitude": "north", "longitude": "16"},
        {"latitude": "95", "longitude": "16"},
        {"hours_unused": "200"},
        {"hours_unused": "many"},
        {"last_seen": "2099-01-01"},
        {"name": "Cykelverkstad", "layer": "service", "place_name": "Bruksgatan 11"},
    ],
    ids=str,
)
def test_what_cannot_be_is_said_at_the_field(
    place: Any, signed_in: Callable[..., Client], wrong: dict[str, str]
) -> None:
    before = len(assets.assets(place.project))
    answer = signed_in(place, "facilitator").post(to(place, "new"), said(**wrong))
    assert answer.status_code == 422 and "There is a problem" in answer.content.decode()
    assert len(assets.assets(place.project)) == before


def test_a_file_is_looked_at_and_then_taken_in(own_place: Any, signed_in: Callable[..., Client]) -> None:
    leader = signed_in(own_place, "facilitator")
    given = leader.get(to(own_place, "?format=geojson"))
    content = json.loads(given.content)
    content["features"][0]["properties"]["note"] = "<b>New</b>"
    content["features"].append({"type": "Feature", "properties": {"name": "Kiosk", "layer": "wrong"}, "geometry": None})
    upload = SimpleUploadedFile("map.geojson", json.dumps(content).encode())
    sent = leader.post(to(own_place, "bring"), {"file": upload, "layer": ""})
    look = sent["Location"]
    page = leader.get(look).content.decode()
    assert "Put 1 item on the map" in page and "there is no layer" in page and "<b>New" not in page
    assert signed_in(own_place, "facilitator").get(look).status_code == 404, "it is another's file"
    assert leader.post(f"{look}/take").status_code == 302
    assert [row["note"] for row in assets.assets(own_place.project)].count("<b>New</b>") == 1
    assert leader.get(look).status_code == 404, "the file is not kept"


@pytest.mark.parametrize("name", ["x.json", "x.csv"])
def test_a_hostile_file_is_refused_in_words(place: Any, signed_in: Callable[..., Client], name: str) -> None:
    leader = signed_in(place, "facilitator")
    sent = leader.post(to(place, "bring"), {"file": SimpleUploadedFile(name, b"[" * 90_000), "layer": ""})
    assert leader.get(sent["Location"]).status_code == 422


@pytest.mark.parametrize("ending", ["geojson", "umap", "csv"])
def test_files(place: Any, signed_in: Callable[..., Client], ending: str) -> None:
    answer = signed_in(place, "reader").get(to(place, f"?format={ending}&layer=land"))
    text = answer.content.decode()
    assert "attachment" in answer["Content-Disposition"] and "Ängen" in text and "Cykelverkstad" not in text


def test_ties_are_added_and_taken_out(own_place: Any, signed_in: Callable[..., Client]) -> None:
    leader = signed_in(own_place, "facilitator")
    alone = named(own_place, "Skärens Hembygdsförening")["asset_key"]
    other = named(own_place, "Fyrhamns Kulturförening")["asset_key"]
    assert "Without any tie: Skärens" in leader.get(to(own_place, "network")).content.decode()
    same = leader.post(to(own_place, "network/tie"), {"from_key": alone, "kind": "works_with", "to_key": alone})
    assert same.status_code == 422
    given = {"from_key": alone, "kind": "works_with", "to_key": other, "last_seen": "2026-03-01"}
    assert leader.post(to(own_place, "network/tie"), given).status_code == 302
    page = leader.get(to(own_place, "network")).content.decode()
    assert "Without any tie: Skärens" not in page
    key = assets.relation_key(alone, "works_with", other)
    leader.post(to(own_place, f"network/{key}/out"))
    assert "Without any tie: Skärens" in leader.get(to(own_place, "network")).content.decode()


def test_where_money_leaves_names_no_supplier(place: Any, signed_in: Callable[..., Client]) -> None:
    page = signed_in(place, "reader").get(to(place, "leaving")).content.decode()
    assert "Byggentreprenader" in page and "Tom butik" in page
    assert "Granhall" not in page and "Lindmyra" not in page


def test_a_spoilt_file_is_told_and_breaks_no_page(own_place: Any, signed_in: Callable[..., Client]) -> None:
    path = own_place.project.decisions / "asset_entries.csv"
    path.write_text(path.read_text(encoding="utf-8") + "spoilt\n", encoding="utf-8")
    for rest in ("", "network", "leaving"):
        page = signed_in(own_place, "reader").get(to(own_place, rest))
        assert page.status_code == 200 and "asset_entries.csv" in page.content.decode()
