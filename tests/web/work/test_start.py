"""Start and snapshots: figures for whom they are, what needs doing, what differed, what everybody may see."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
ANCHOR, OTHER = "Fyrhamns kommun", "Region Skärland"


def text(client: Client, place: Any, path: str = "") -> str:
    response = client.get(f"/p/{place.slug}/{path}")
    assert response.status_code == 200
    return response.content.decode()


def test_a_reader_sees_the_pool_and_the_names_of_institutions_and_no_more(
    place: Any, signed_in: Callable[..., Client]
) -> None:
    shown = text(signed_in(place, "reader"), place)
    assert "stays in Fyrhamn." in shown and ANCHOR in shown and OTHER in shown
    for secret in ("payments,", "What needs doing", "Your institution"):
        assert secret not in shown


def test_a_member_sees_their_own_beside_the_pool(place: Any, signed_in: Callable[..., Client]) -> None:
    shown = text(signed_in(place, anchors=[ANCHOR]), place)
    own, pool = shown.split("All institutions together")
    assert "Your institution" in own and "stays in Fyrhamn." in own and "stays in Fyrhamn." in pool
    assert shown.count("payments,") == 1, "what is in from their own, and from no other"


def test_an_analyst_who_is_a_member_is_told_what_to_do(place: Any, signed_in: Callable[..., Client]) -> None:
    shown = text(signed_in(place, "analyst", anchors=[ANCHOR, OTHER]), place)
    assert "suppliers are in doubt, with" in shown and f'href="/p/{place.slug}/review/"' in shown
    assert "in doubt" not in text(signed_in(place, "analyst"), place)


def test_files_that_changed_since_the_build_are_told_to_who_may_build(
    own_place: Any, signed_in: Callable[..., Client]
) -> None:
    from bygd.workbench import changing

    changing.take_out(own_place.project, own_place.project.ledgers[0].files[0])
    told = "1 file changed since the figures were built."
    assert told in text(signed_in(own_place, "analyst"), own_place)
    assert told not in text(signed_in(own_place, "reader"), own_place)


def test_an_empty_place_says_the_three_steps(db: None, tmp_path: Path, signed_in: Callable[..., Client]) -> None:
    from bygd.web.places.register import register
    from bygd.workbench import project

    project.create(tmp_path / "empty", "se:1291", "Simrishamn")
    place = register(tmp_path / "empty")
    shown = text(signed_in(place, "analyst", "administrator"), place)
    assert shown.count("<li>\n<h2>") == 3 and f"/p/{place.slug}/import/new/ledger" in shown
    rest = shown.split("Without ledgers")[1]
    assert all(f'href="/p/{place.slug}/{room}/"' in rest for room in ("place", "plan", "procurement"))
    assert "You may look here, but not bring files." in text(signed_in(place, "reader"), place)
    for path in ("import/", "builds/", "snapshots/"):
        text(signed_in(place, "reader"), place, path)


def test_the_page_asks_no_more_of_the_database_than_it_must(
    place: Any, signed_in: Callable[..., Client], django_assert_max_num_queries: Any
) -> None:
    client = signed_in(place, "analyst", anchors=[ANCHOR])
    text(client, place)
    with django_assert_max_num_queries(30):
        text(client, place)


@pytest.fixture
def snapshot_id(place: Any) -> str:
    from bygd.workbench import snapshot

    return snapshot.current(place.project).id


def test_a_snapshot_tells_its_files_and_what_differed(
    own_place: Any, signed_in: Callable[..., Client], snapshot_id: str
) -> None:
    home = Path(own_place.folder) / ".bygd" / "snapshots"
    shutil.copytree(home / snapshot_id, home / "earlier")
    manifest = home / "earlier" / "manifest.json"
    said = json.loads(manifest.read_text())
    gone = said["files"].pop(0)
    manifest.write_text(json.dumps({**said, "snapshot": "earlier", "built_at": "2025-01-01T00:00:00+00:00"}))
    reader = signed_in(own_place, "reader")
    listed = text(reader, own_place, "snapshots/")
    name = gone["path"].rpartition("/")[2]
    assert f"{name} came in" in listed and "The first one." in listed and "in use" in listed
    shown = text(reader, own_place, f"snapshots/{snapshot_id}/")
    assert gone["sha256"][:16] in shown and "stays in Fyrhamn." in shown and f"{name} came in" in shown
    assert reader.get(f"/p/{own_place.slug}/snapshots/nothing/").status_code == 404


def test_what_may_tell_of_one_ledger_stays_with_the_members_of_all(
    place: Any, signed_in: Callable[..., Client], snapshot_id: str
) -> None:
    address = f"/p/{place.slug}/snapshots/{snapshot_id}/manifest.json"
    some = signed_in(place, "analyst", anchors=[ANCHOR]).get(address).json()
    anchors = [entry.source for entry in place.project.ledgers]
    every = signed_in(place, anchors=anchors).get(address).json()
    assert every.keys() - some.keys() == {"warnings"} and some["files"] == every["files"]


@pytest.mark.slow
def test_a_snapshot_is_published_after_it_was_shown_what_everybody_will_see_and_taken_back(
    own_place: Any, signed_in: Callable[..., Client], snapshot_id: str, work: Callable[[], list[Any]]
) -> None:
    from bygd.web.people.models import Event

    analyst, address = signed_in(own_place, "analyst"), f"/p/{own_place.slug}/snapshots/"
    asked = text(analyst, own_place, f"snapshots/{snapshot_id}/publish")
    assert "Everybody, without signing in, will read this:" in asked and "stays in Fyrhamn." in asked
    own_place.refresh_from_db()
    assert own_place.published == "", "asking publishes nothing"
    analyst.post(f"{address}{snapshot_id}/publish")
    assert "It is being published" in text(analyst, own_place, "snapshots/")
    (job,) = work()
    assert job.state == "done", job.error
    own_place.refresh_from_db()
    assert own_place.published == snapshot_id
    assert Client(SERVER_NAME="localhost").get(f"/open/{own_place.slug}/", follow=True).status_code == 200
    analyst.post(f"{address}take-back")
    own_place.refresh_from_db()
    assert own_place.published == ""
    assert Client(SERVER_NAME="localhost").get(f"/open/{own_place.slug}/").status_code == 404
    did = list(Event.objects.filter(place=own_place).values_list("did", flat=True))
    assert {"published a snapshot", "took a published snapshot back"} <= set(did)


def test_who_may_publish(place: Any, signed_in: Callable[..., Client], snapshot_id: str) -> None:
    for path in (f"snapshots/{snapshot_id}/publish", "snapshots/take-back"):
        for roles, status in ((["reader"], 403), (["administrator"], 403), ([], 404)):
            client = signed_in(place, *roles)
            assert client.post(f"/p/{place.slug}/{path}").status_code == status
        assert signed_in(place, anchors=[ANCHOR]).post(f"/p/{place.slug}/{path}").status_code == 403
    assert Client(SERVER_NAME="localhost").get(f"/p/{place.slug}/snapshots/").status_code == 302
    assert signed_in().get(f"/p/{place.slug}/snapshots/").status_code == 404
