"""Boundaries and divisions in the browser: brought, looked at, taken in, out and back; hostile files are refused."""

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bygd.workbench.place import choosing, divisions, shapes

pytestmark = pytest.mark.django_db

AREAS = (
    b"Kommun;Kommunnamn;DeSO_2025;RegSO_2025;RegSOkod_2025\n"
    b"9901;Fyrhamn;9901A0010;Hamnen;9901R001\n"
    b"9901;Fyrhamn;9901A0020;Hamnen;9901R001\n"
    b"0180;Stockholm;0180C1010;Staden;0180R001\n"
)
LIST = (
    b"level;old_vintage;new_vintage;old;new;share\n"
    b"small_area;2018;2025;9901A0010;9901A0010;\n"
    b"small_area;2018;2025;9901A0099;9901A0020;0,25\n"
    b"small_area;2018;2025;9901A0099;9901A0030;0,75\n"
    b"small_area;2018;2025;nonsense;9901A0040;\n"
)


@pytest.fixture(autouse=True)
def uploads(settings: Any, tmp_path: Path) -> Path:
    settings.UPLOADS = tmp_path / "uploads"
    return tmp_path / "uploads"


@pytest.fixture
def bring(empty: Any, analyst: Client) -> Callable[..., Any]:
    """Brings files and does the jobs that they ask for; gives the import and the page that it waits with."""

    def made(kind: str, *named: tuple[str, bytes], **said: str) -> tuple[Any, str]:
        from bygd.web.work import jobs
        from bygd.web.work.models import Import, Job

        sent = [SimpleUploadedFile(name, content) for name, content in named]
        response = analyst.post(f"/p/{empty.slug}/import/new/{kind}", {**said, "files": sent})
        assert response.status_code == 302, response.content.decode()[:3000]
        while (job := Job.objects.filter(state="queued").order_by("id").first()) is not None:
            jobs.run.call(job.pk)
        brought = Import.objects.order_by("-id")[0]
        return brought, analyst.get(f"/p/{empty.slug}/import/{brought.pk}/").content.decode()

    return made


@pytest.fixture
def analyst(empty: Any, signed_in: Callable[..., Client]) -> Client:
    return signed_in(empty, "analyst")


def seen(client: Client, place: Any) -> str:
    response = client.get(f"/p/{place.slug}/place/areas/")
    assert response.status_code == 200
    return response.content.decode()


def test_areas_and_what_became_of_them_are_taken_in_taken_out_and_put_back(
    empty: Any, analyst: Client, bring: Callable[..., Any], uploads: Path, signed_in: Callable[..., Client]
) -> None:
    from bygd.web.people.models import Event

    at = f"/p/{empty.slug}"
    bare = seen(analyst, empty)
    assert (
        "Missing: no list of them was brought" in bare and "Missing: what became of the areas of 2018 in 2025" in bare
    )
    assert "https://www.scb.se/" in bare and "Historiska förändringar i DeSO" in bare

    brought, page = bring("areas", ("koppling.csv", AREAS))
    assert "3 areas of this place are in the file." in page and "2 areas lie in other municipalities." in page
    assert "9901R001" in page and not choosing.chosen_areas(empty.project), "nothing is kept before somebody says so"
    assert analyst.post(f"{at}/import/{brought.pk}/commit")["Location"] == f"{at}/place/areas/"
    assert len(choosing.chosen_areas(empty.project)) == 3
    assert "from koppling.csv, brought on" in seen(analyst, empty)
    leader = signed_in(empty, "facilitator")
    # a village can be made of them
    assert "Hamnen (9901R001)" in leader.get(f"{at}/place/villages/new").content.decode(), (
        "a village can be made of them"
    )
    assert not list(uploads.iterdir()), "nothing stays where it was brought"

    brought, page = bring("divisions", ("mine.csv", LIST))
    assert "Small area: from 2018 to 2025" in page and "Of this place: 2 of 2 areas." in page
    assert "1 pair has a code that is none of such areas." in page
    analyst.post(f"{at}/import/{brought.pk}/commit")
    name = "small_area-2018-2025"
    assert "from 2018 to 2025: 4 pairs of areas" in seen(analyst, empty)
    analyst.post(f"{at}/place/divisions/{name}/out")
    assert divisions.every(empty.project) == () and "taken out" in seen(analyst, empty)
    analyst.post(f"{at}/place/divisions/{name}/back")
    assert len(divisions.every(empty.project)) == 1

    analyst.post(f"{at}/place/areas/small_area/out", {"division": "2025"})
    assert {row["code"] for row in choosing.chosen_areas(empty.project)} == {"9901R001"}
    analyst.post(f"{at}/place/areas/small_area/back", {"division": "2025"})
    assert len(choosing.chosen_areas(empty.project)) == 3
    did = set(Event.objects.filter(place=empty).values_list("did", flat=True))
    assert {"took areas of the place out", "put a list of divisions back", "took a file in"} <= did


def test_boundaries_too_large_for_maps_are_told_by_the_limit_that_holds(
    bring: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shapes, "MOST_BYTES", 2_000_000)
    square = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
    one = {"type": "Feature", "properties": {"deso": "9901A0010"}, "geometry": square}
    content = json.dumps({"type": "FeatureCollection", "features": [one]}).encode()
    _, page = bring("boundaries", ("areas.geojson", content + b" " * 2_000_000))
    assert "they take files of at most 2 MB" in page


def test_how_a_list_is_to_be_read_is_not_forgotten_where_somebody_asks_for_columns(
    bring: Callable[..., Any], empty: Any, analyst: Client
) -> None:
    brought, _ = bring("areas", ("koppling.csv", AREAS), levels="small_area")
    assert brought.given == {"levels": ["small_area"]}
    assert analyst.post(f"/p/{empty.slug}/import/{brought.pk}/reread", {"sheet": "x"}).status_code == 404
    brought.refresh_from_db()
    assert brought.given == {"levels": ["small_area"]}, "the page of a list offers no other way to read it"


@pytest.mark.parametrize(
    "name, content",
    [
        (
            "small_area-2018-2025",
            b"level,old_vintage,new_vintage,old,new\nsmall_area,2018,2025,a,a\nsmall_area,2018,2025,a,a",
        ),
        ("my list.2", b"level,old_vintage\nsmall_area,2018\n"),
        ("binary", bytes(range(256))),
        ("empty", b""),
        ("nowhere-2018-2025", b"level,old_vintage,new_vintage,old,new\nvillage,2018,2025,a,a\n"),
    ],
)
def test_a_list_that_cannot_be_read_is_told_and_can_be_taken_out(
    empty: Any, signed_in: Callable[..., Client], analyst: Client, name: str, content: bytes
) -> None:
    folder = empty.project.folder / "place" / "divisions"
    folder.mkdir(parents=True)
    (folder / f"{name}.csv").write_bytes(content)
    page, out = seen(analyst, empty), f"/p/{empty.slug}/place/divisions/{quote(name)}/out"
    assert "Lists that cannot be read" in page and out in page
    for path in ("", "compare/", "villages/", "map/", "sheet/", "fetch/", "own/", "villages/new"):
        assert signed_in(empty, "facilitator").get(f"/p/{empty.slug}/place/{path}").status_code == 200, path
    reader = signed_in(empty, "reader")
    assert "Lists that cannot be read" in seen(reader, empty) and out not in seen(reader, empty)
    analyst.post(out)
    assert (folder / f"{name}.out").read_bytes() == content and out not in seen(analyst, empty)
    assert divisions.every(empty.project) == ()
    assert analyst.post(f"/p/{empty.slug}/place/divisions/..%5Cindicators/out").status_code == 404


def test_readers_see_what_there_is_and_change_nothing(empty: Any, signed_in: Callable[..., Client]) -> None:
    reader = signed_in(empty, "reader")
    assert "Bring a list of areas" not in seen(reader, empty)
    for path in ("place/areas/small_area/out", "place/divisions/small_area-2018-2025/out"):
        assert reader.post(f"/p/{empty.slug}/{path}").status_code == 403
    assert reader.get(f"/p/{empty.slug}/import/new/areas").status_code == 403


def packed() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"0," * (40 << 20))
    return held.getvalue()


def workbook(of: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("xl/workbook.xml", of)
    return held.getvalue()


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbb">]><a>&b;</a>'
ABROAD = b"level,old_vintage,new_vintage,old,new\nsmall_area,../../../../x,2025,9901A0010,9901A0010\n"


@pytest.mark.parametrize(
    ("kind", "name", "content", "why"),
    [
        ("areas", "bomb.zip", packed, "decompression bomb"),
        ("areas", "x.xlsx", lambda: workbook(ENTITIES), "declares a document type"),
        ("areas", "deep.geojson", lambda: b'{"features":' + b"[" * 200_000, "cannot be read as GeoJSON"),
        ("areas", "x.csv", lambda: b"a,b\n1,2\n", "no column of codes"),
        ("divisions", "abroad.csv", lambda: ABROAD, "is no year of a division"),
        ("divisions", "x.xlsx", lambda: workbook(ENTITIES), "declares a document type"),
        ("divisions", "x.csv", lambda: b"a,b\n1,2\n", "no list of what became of areas"),
        ("boundaries", "deep.geojson", lambda: b'{"features":' + b"[" * 200_000, "cannot be read as GeoJSON"),
    ],
    ids=[
        "zip bomb",
        "entities",
        "nesting",
        "other table",
        "path",
        "entities in a list",
        "other list",
        "deep boundaries",
    ],
)
def test_hostile_and_wrong_files_are_told(
    bring: Callable[..., Any], empty: Any, kind: str, name: str, content: Callable[[], bytes], why: str
) -> None:
    brought, page = bring(kind, (name, content()))
    assert "The file cannot be read as it is" in page and why in page
    assert brought.state != "checked" and not (Path(empty.folder) / "place").exists()


def test_packed_boundaries_that_grow_are_refused(bring: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    from bygd.reports import boundaries

    monkeypatch.setattr(boundaries, "MOST_UNPACKED", 1 << 20)
    _, page = bring("boundaries", ("x.geojson.gz", gzip.compress(b'{"features": []' + b" " * (2 << 20) + b"}")))
    assert "decompression bomb" in page


def test_boundaries_say_what_maps_can_show_of_them_and_large_ones_are_not_passed_over_in_silence(
    bring: Callable[..., Any], empty: Any, analyst: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    square = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
    layer = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "geometry": square, "properties": {"desokod": f"9901A00{n}0"}} for n in (1, 2)
        ],
    }
    brought, page = bring("boundaries", ("deso.geojson", json.dumps(layer).encode()))
    assert "2 shapes are in the file." in page and "2 in this place" in page
    analyst.post(f"/p/{empty.slug}/import/{brought.pk}/commit")
    assert "2 areas of this place have boundaries." in seen(analyst, empty)
    monkeypatch.setattr(shapes, "MOST_BYTES", 10)
    assert "is passed over: maps of the place take files of at most" in seen(analyst, empty)
