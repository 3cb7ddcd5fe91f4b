"""Within the web the registers of places can be looked up by everybody, and nothing of their ledgers."""

import json
from typing import Any

import pytest
from django.test import Client

from bygd.workbench import snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture
def anybody() -> Client:
    return Client(SERVER_NAME="localhost")


def test_a_name_of_the_register_is_found_and_a_supplier_is_not(place: Any, anybody: Client) -> None:
    with snapshot.current(place.project).engine() as engine:
        known = engine.rows("SELECT org_id, name FROM organisations WHERE NOT is_masked ORDER BY org_id LIMIT 1")[0]
        masked = engine.rows("SELECT name FROM payees WHERE is_masked LIMIT 1")[0]
    manifest = anybody.get("/reconcile").json()
    assert manifest["preview"]["url"].startswith("http://localhost/reconcile/preview")
    answer = anybody.post("/reconcile", {"queries": json.dumps({"q": {"query": known["name"]}})}).json()
    assert answer["q"]["result"][0]["id"] == known["org_id"]
    answer = anybody.post("/reconcile", {"queries": json.dumps({"q": {"query": masked["name"]}})}).json()
    assert masked["name"] not in [one["name"] for one in answer["q"]["result"]]
    preview = anybody.get("/reconcile/preview", {"id": known["org_id"]})
    assert preview.status_code == 200 and "X-Frame-Options" not in preview and not preview.cookies


def test_with_several_places_each_has_an_address_once_it_is_public(place: Any, own_place: Any, anybody: Client) -> None:
    assert anybody.get("/reconcile").status_code == 404
    assert anybody.get(f"/reconcile-{place.slug}").status_code == 404
    type(place).objects.filter(pk=place.pk).update(published="x")
    manifest = anybody.get(f"/reconcile-{place.slug}").json()
    assert f"/reconcile-{place.slug}/preview" in manifest["preview"]["url"]
    assert f"/reconcile-{place.slug}/1.0-draft" in json.dumps(anybody.get(f"/reconcile-{place.slug}/1.0-draft").json())


def test_it_can_be_turned_off(place: Any, anybody: Client, settings: Any) -> None:
    settings.RECONCILE = "off"
    answer = anybody.get("/reconcile")
    assert answer.status_code == 404 and "BYGD_RECONCILE" in answer.json()["detail"]
    in_swedish = anybody.get("/reconcile", headers={"Accept-Language": "sv"})
    assert in_swedish.json()["detail"].startswith("Register kan inte slås upp här.")


def test_a_place_that_was_never_built_says_so(own_place: Any, anybody: Client) -> None:
    (own_place.project.state / "current").unlink()
    answer = anybody.get("/reconcile")
    assert answer.status_code == 404 and "built" in answer.json()["detail"]
