"""A village by its postcodes in the browser: areas with shares to look at, kept with what the shares rest on."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bygd.workbench import changing, project
from bygd.workbench.place import by_postcode, villages

pytestmark = pytest.mark.django_db

DIRECTORY = """pcds,doterm,lad25cd,lsoa11cd,msoa11cd,lsoa21cd,msoa21cd
PR1 1AA,,E07000123,E01025111,E02005253,E01025111,E02005253
PR1 1AB,,E07000123,E01025111,E02005253,E01034000,E02005253
PR1 1AC,,E07000123,E01025112,E02005253,E01034000,E02005253
"""
PEOPLE = b"Postcode,Sex,Count\nPR1 1AA,1,30\nPR1 1AB,1,30\nPR1 1AC,2,90\n"


@pytest.fixture
def preston(db: None, tmp_path: Path) -> Any:
    from bygd.web.places.register import register

    made = project.create(tmp_path / "preston", "gb:E07000123", "Preston")
    (made.folder / "files").mkdir()
    (made.folder / "files" / "ONSPD.csv").write_text(DIRECTORY)
    changing.add(made, "postcodes", {"source": "gb/onspd", "files": ["files/ONSPD.csv"]})
    return register(made.folder)


def hidden(said: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', said)
    return found[1] if found else ""


def test_a_list_of_postcodes_becomes_a_village_once_it_was_looked_at(
    preston: Any, signed_in: Callable[..., Client], settings: Any, tmp_path: Path
) -> None:
    from bygd.web.work import jobs
    from bygd.web.work.models import Job

    leader, at = signed_in(preston, "facilitator"), f"/p/{preston.slug}/place/villages"
    settings.UPLOADS = tmp_path / "uploads"
    asked = {"directory": "ONSPD.csv", "level": "small_area", "listed": "pr1 1aa\nPR1 1AB\nZZ9 9ZZ"}
    nothing = leader.post(f"{at}/postcodes", {**asked, "listed": ""})
    assert nothing.status_code == 422 and "Write the postcodes" in nothing.content.decode()
    answer = leader.post(f"{at}/postcodes", {**asked, "people": SimpleUploadedFile("p.csv", PEOPLE)})
    job = Job.objects.get(place=preston)
    assert answer.status_code == 302 and answer["Location"] == f"{at}/postcodes/{job.pk}"
    assert 'id="progress"' in leader.get(answer["Location"]).content.decode(), "it is not read within the request"
    jobs.run.call(job.pk)
    assert not list(settings.UPLOADS.iterdir()), "nothing of what was given stays"
    assert answer["Location"] in leader.get(f"{at}/postcodes").content.decode(), "who closed the page finds it"
    said = leader.get(answer["Location"]).content.decode()
    assert "The postcodes lie in 2 areas." in said and "ZZ99ZZ" in said
    assert "residents by postcode" in said and villages.every(preston.project) == {}
    shown = {name: hidden(said, name) for name in ("basis", "laid", "vintage")}
    shown["more"] = said.split('name="more"')[1].split(">", 1)[1].split("</textarea>")[0]
    assert shown["more"].split() == ["gb:E01025111=1", "gb:E01034000=0.25"]
    assert leader.post(f"{at}/new", {**shown, "id": "mill", "name": "Mill"}).status_code == 302
    kept = villages.one(preston.project, "mill")
    assert dict(kept.parts) == {"gb:E01025111": 1.0, "gb:E01034000": 0.25}
    assert (kept.vintage, kept.basis) == ("2021", by_postcode.PEOPLE)
    again = leader.get(f"{at}/mill/").content.decode()
    assert hidden(again, "basis") == by_postcode.PEOPLE, "what shares rest on stays when the village is changed"
    leader.post(f"{at}/mill/", {**shown, "name": "The Mill", "laid": hidden(again, "laid")})
    assert villages.one(preston.project, "mill").basis == by_postcode.PEOPLE, "another name changes no share"
    for more in ("gb:E01025111=1\ngb:E01034000=0.3", "gb:E01025111=1", shown["more"] + "\ngb:E01025112=0.1"):
        villages.add(
            preston.project,
            "mill",
            "Mill",
            [f"{area}={share:g}" for area, share in kept.parts],
            vintage="2021",
            basis=kept.basis,
        )
        told = leader.post(f"{at}/mill/", {**shown, "name": "Mill", "more": more}, follow=True).content.decode()
        assert villages.one(preston.project, "mill").basis == "", "shares that somebody changed rest on nothing"
        assert "You changed its shares, so they no longer rest on residents by postcode." in told


def test_postcodes_that_cannot_be_looked_up_are_told_and_it_can_be_stopped(
    preston: Any, signed_in: Callable[..., Client]
) -> None:
    from bygd.web.work import jobs
    from bygd.web.work.models import Job

    leader, at = signed_in(preston, "facilitator"), f"/p/{preston.slug}/place/villages/postcodes"
    asked = {"directory": "ONSPD.csv", "level": "small_area", "listed": "ZZ9 9ZZ"}
    failed = leader.post(at, asked)["Location"]
    jobs.run.call(Job.objects.get(place=preston).pk)
    assert "None of the 1 postcodes in" in leader.get(failed).content.decode()
    stopped = leader.post(at, asked)["Location"]
    number = stopped.rpartition("/")[2]
    stop = f"/p/{preston.slug}/jobs/{number}/stop"
    assert signed_in(preston, "reader").post(stop).status_code == 403
    assert leader.post(stop)["Location"] == stopped, "who asked for it stops it"
    assert "It was stopped." in leader.get(stopped).content.decode()
    assert signed_in(preston, "reader").get(stopped).status_code == 403
    assert leader.get(f"{at}/{int(number) + 1}").status_code == 404


def test_a_village_that_is_changed_is_of_the_division_of_its_areas(
    db: None, tmp_path: Path, signed_in: Callable[..., Client]
) -> None:
    from bygd.web.places.register import register

    place = register(project.create(tmp_path / "here", "se:1291", "Here").folder)
    villages.add(place.project, "by", "By", ["1291A0010"])
    leader, at = signed_in(place, "facilitator"), f"/p/{place.slug}/place/villages/by/"
    shown = {"id": "by", "name": "By", "vintage": hidden(leader.get(at).content.decode(), "vintage")}
    assert shown["vintage"] == "2025"
    for wrong in ("1291A0010\n1291TC101", "1291A0010\nnosuch"):
        assert leader.post(at, {**shown, "more": wrong}).status_code == 422, wrong
    assert leader.post(at, {**shown, "more": "1291TC101"}).status_code == 302
    assert villages.one(place.project, "by").vintage == "2023", "not that of the areas it had before"


def test_without_such_a_file_it_is_said_what_to_do(empty: Any, signed_in: Callable[..., Client]) -> None:
    at = f"/p/{empty.slug}/place/villages/postcodes"
    said = signed_in(empty, "facilitator").get(at).content.decode()
    assert "No file that tells the small areas of postcodes has been brought." in said
    assert signed_in(empty, "reader").get(at).status_code == 403
