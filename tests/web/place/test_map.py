"""The map of an indicator: shades, the withheld dotted, the missing hatched, the table beside it, and its files."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.asks_who]


@pytest.fixture
def reader(bounded: Any, signed_in: Callable[..., Client]) -> Client:
    return signed_in(bounded, "reader")


def page(client: Client, place: Any, address: str, status: int = 200) -> str:
    answer = client.get(f"/p/{place.slug}/place/{address}")
    assert answer.status_code == status, address
    return str(answer.content.decode())


def test_what_is_withheld_is_dotted_and_stands_in_key_and_table(bounded: Any, reader: Client) -> None:
    said = page(reader, bounded, "map/?indicator=child_poverty")
    assert "in Fyrhamn, by area, 2025" in said
    assert 'fill="url(#map-wide-withheld)"' in said and "withheld (1)" in said
    assert 'fill="url(#map-wide-doubt)"' not in said
    assert "4 Yttre Skären: Withheld by the source" in said, "what stands on the map is said to who cannot see it"
    assert "As many areas in each class" in said and "small.geojson" in said and "How this was counted" in said
    steps = page(reader, bounded, "map/?indicator=child_poverty&classes=steps")
    assert "a class may be empty" in steps


def test_what_is_missing_is_hatched(bounded: Any, reader: Client) -> None:
    path = bounded.project.folder / "place" / "values" / "pahittade-siffror.csv"
    rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(row for row in rows if not row.startswith("9901B0010,crime,2025")), encoding="utf-8")
    said = page(reader, bounded, "map/?indicator=crime")
    assert 'fill="url(#map-wide-doubt)"' in said and "not known (1)" in said
    before = page(reader, bounded, "map/?indicator=crime&year=2024")
    assert "by area, 2024" in before and 'fill="url(#map-wide-doubt)"' not in before


def test_the_chosen_village_has_a_bold_edge_and_counts_are_told_as_counts(bounded: Any, reader: Client) -> None:
    said = page(reader, bounded, "map/?indicator=population&area=village:bruksbygden")
    wide = said.split('class="wide"')[2] if said.count('class="wide"') > 1 else said
    assert wide.split('class="narrow"')[0].count('stroke-width="3"') == 2, "both of its areas"
    assert "larger areas have more" in said
    county = page(reader, bounded, "map/?areas=county&indicator=population")
    assert "Municipalities of Skärlands län" in county and "Åmynne" in county and "Kungsborg:" not in county
    page(reader, bounded, "map/?indicator=never_heard_of", 400)


@pytest.mark.asks_who(more="the log")
def test_the_map_and_its_table_are_saved(bounded: Any, reader: Client) -> None:
    query = "?indicator=child_poverty&areas=small_area&classes=quantiles"
    answer = reader.get(f"/p/{bounded.slug}/place/table/map/0.csv{query}")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    by_code = {row[2]: row for row in rows[1:]}
    assert by_code["9901A0010"][3] == "withheld" and float(by_code["9901B0010"][3]) > 0
    saved = reader.get(f"/p/{bounded.slug}/place/picture/map/map.svg{query}").content.decode()
    assert "<svg" in saved and 'height="100%" fill="#ffffff"' in saved, "it stands on white"
    assert reader.get(f"/p/{bounded.slug}/place/picture/map/map.png{query}").content[:4] == b"\x89PNG"


def test_without_boundaries_it_says_what_to_do(counted: Any, signed_in: Callable[..., Client]) -> None:
    said = page(signed_in(counted, "analyst"), counted, "map/")
    assert "There is no map" in said and "import/new/boundaries" in said
    assert "import/new/boundaries" not in page(signed_in(counted, "reader"), counted, "map/")
    assert signed_in(counted, "reader").get(f"/p/{counted.slug}/place/table/map/0.csv").status_code == 404


def test_boundaries_in_metres_are_drawn_as_well(bounded: Any, reader: Client) -> None:
    path = bounded.project.folder / "files" / "small.geojson"
    held = json.loads(path.read_text(encoding="utf-8"))

    def moved(part: Any) -> Any:
        if isinstance(part[0], float):
            return [part[0] * 60_000 - 400_000, part[1] * 111_000]
        return [moved(inner) for inner in part]

    for one in held["features"]:
        one["geometry"]["coordinates"] = moved(one["geometry"]["coordinates"])
    path.write_text(json.dumps(held), encoding="utf-8")
    assert page(reader, bounded, "map/?indicator=crime").count("<path") >= 8
