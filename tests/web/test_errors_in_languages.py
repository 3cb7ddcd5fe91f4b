"""Errors and warnings are said in the language of the request: on pages, by the API, of jobs that failed."""

import json
import re
from pathlib import Path

import pytest
from django.test import Client

import bygd.web
from bygd.sources.errors import InputError
from bygd.vocabulary.said import Said, to_plain
from bygd.web.places.models import Place
from bygd.web.work.models import Job
from bygd.web.work.words import JobKind, JobState

SAID = {
    "sv": "Det finns inget på denna adress. API:et beskrivs på /api/v1/docs.",
    "nl": "Op dit adres is niets. De API is beschreven op /api/v1/docs.",
    "en": "There is nothing at this address. The API is described at /api/v1/docs.",
    "fr": "There is nothing at this address. The API is described at /api/v1/docs.",
}


@pytest.mark.django_db
@pytest.mark.parametrize("language", SAID)
def test_the_api_tells_what_is_wrong_in_the_clients_language(language: str) -> None:
    answer = Client().get("/api/v1/nothing", headers={"Accept-Language": language})
    assert json.loads(answer.content)["detail"] == SAID[language]


@pytest.mark.django_db
def test_errors_without_a_body_of_ours_are_told_in_the_language_too() -> None:
    answer = Client().get("/api/v1/places", headers={"Accept-Language": "sv"})
    assert answer.status_code == 401
    assert json.loads(answer.content)["detail"].startswith("Skicka en giltig nyckel")


@pytest.mark.django_db
def test_why_a_job_failed_is_kept_as_a_message(own_place: Place, signed_in: object) -> None:
    error = InputError(
        "{file} has no column {missing}. It has: {names}.", file="a.csv", missing=["x"], names=["y", "z"]
    )
    job = Job.objects.create(place=own_place, kind=JobKind.BUILD.value, state=JobState.FAILED.value)
    job.error = json.dumps(to_plain(error.said))
    assert isinstance(job.why, Said) and job.why == str(error)
    client = signed_in(own_place, "analyst")  # type: ignore[operator]
    job.save()
    seen = client.get(f"/p/{own_place.slug}/builds/?lang=nl").content.decode()
    assert "a.csv heeft geen kolom x. Het heeft: y, z." in seen
    job.error = "an older job left a plain text"
    job.save()
    assert job.why == "an older job left a plain text"
    assert job.why in client.get(f"/p/{own_place.slug}/builds/?lang=nl").content.decode()


def test_no_page_shows_an_error_in_english_only() -> None:
    """`str(error)` is for terminals, which `web/checking.py` writes to."""
    folder = Path(bygd.web.__file__).parent
    shown = [path for path in folder.rglob("*.py") if re.search(r"str\((error|problem)\)", path.read_text("utf-8"))]
    assert [path.name for path in shown if path.name != "checking.py"] == []
