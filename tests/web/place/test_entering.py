"""What people enter about the place: villages, own values with errors by row, own indicators; and who may."""

import io
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bygd.sources.errors import InputError
from bygd.workbench.place import bringing, own_values

pytestmark = pytest.mark.django_db


@pytest.fixture
def facilitator(counted: Any, signed_in: Callable[..., Client]) -> Client:
    return signed_in(counted, "facilitator")


def at(place: Any, address: str) -> str:
    return f"/p/{place.slug}/place/{address}"


def bring(client: Client, place: Any, content: bytes, name: str = "survey.csv", called: str = "survey") -> Any:
    return client.post(at(place, "own/bring"), {"name": called, "file": SimpleUploadedFile(name, content)})


def test_a_village_is_put_together_changed_and_taken_away(counted: Any, facilitator: Client) -> None:
    said = facilitator.get(at(counted, "villages/new")).content.decode()
    assert "Hamnstaden" in said and "Medians, densities and inequality can be neither" in said
    form = {"id": "strand", "name": "Stranden", "part0": "100", "part3": "60", "more": ""}
    answer = facilitator.post(at(counted, "villages/new"), form, follow=True)
    listed = answer.content.decode()
    assert (
        "Stranden is kept, of 2 areas." in listed
        and "60%" in listed
        and "Figures of the village are estimates" in listed
    )
    assert "Stranden" in facilitator.get(at(counted, "?area=village:strand")).content.decode()
    again = facilitator.post(at(counted, "villages/new"), form)
    assert again.status_code == 422 and "There is a village of that name" in again.content.decode()
    change = {**form, "part3": "", "more": "9901B0010=0,5"}
    assert facilitator.post(at(counted, "villages/strand/"), change).status_code == 302
    listed = facilitator.get(at(counted, "villages/")).content.decode()
    assert "50%" in listed and "60%" not in listed
    assert facilitator.post(at(counted, "villages/strand/remove")).status_code == 302
    assert facilitator.post(at(counted, "villages/strand/remove")).status_code == 404


def test_own_values_cannot_pass_for_those_of_an_office(counted: Any, facilitator: Client, tmp_path: Path) -> None:
    project = counted.project
    office, reader = next(iter(own_values.published(project).items()))
    rows = f"area,indicator,period,value,source\n9901,population,2025,100,{office}\n"
    answer = bring(facilitator, counted, rows.encode())
    assert answer.status_code == 422 and f"its files are read by {reader}" in unescape(answer.content.decode())
    (tmp_path / "mine.csv").write_text(rows, encoding="utf-8")
    with pytest.raises(InputError, match="cannot be the source of values of your own"):
        bringing.bring(project, tmp_path / "mine.csv")


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ({"id": "Å", "name": "x", "part0": "100"}, "Use small letters"),
        ({"id": "x", "name": "x"}, "Choose at least one area"),
        ({"id": "x", "name": "x", "part0": "140"}, "100"),
        ({"id": "x", "name": "x", "more": "nonsense"}, "nonsense"),
        ({"id": "x", "name": "x", "part0": "100", "more": "9901C0020=many"}, "no number"),
    ],
    ids=["name", "none", "too much", "no code", "no number"],
)
def test_a_wrong_village_is_not_kept(form: dict[str, str], why: str, counted: Any, facilitator: Client) -> None:
    answer = facilitator.post(at(counted, "villages/new"), form)
    assert answer.status_code == 422 and why in answer.content.decode()
    assert facilitator.get(at(counted, "villages/x/")).status_code == 404


def test_own_values_are_kept_only_when_every_row_can_be_read(counted: Any, facilitator: Client) -> None:
    wrong = (
        "area;indicator;period;value\n9901;shop_open_hours;2026;38\n9901;never_heard_of;2026;1\n"
        "9901;shop_open_hours;2026;38\n9901;shop_open_hours;;5\n9901;population;2026;3\n9901;turnout;2026;many\n"
        "nowhere;turnout;2026;80\n"
    )
    answer = bring(facilitator, counted, wrong.encode())
    said = answer.content.decode()
    assert answer.status_code == 422 and "6 rows are wrong" in said and "Nothing was kept" in said
    for why in ("never_heard_of", "Row 4 says the same as row 2", "has no period", "fewer than 5", "many", "nowhere"):
        assert why in said, why
    right = "area,indicator,period,value\n9901,shop_open_hours,2026,38.5\n9901,turnout,2026,..\n"
    kept = facilitator.post(
        at(counted, "own/bring"), {"name": "survey", "file": SimpleUploadedFile("s.csv", right.encode())}, follow=True
    )
    assert "2 values are kept." in kept.content.decode()
    shown = facilitator.get(at(counted, "indicator/shop_open_hours/")).content.decode()
    assert "2026" in shown and "survey.csv" in shown
    assert facilitator.post(at(counted, "own/survey/remove")).status_code == 302
    aside = list((counted.project.folder / "place" / "values" / "removed").glob("survey-*.csv"))
    assert len(aside) == 1 and "38.5" in aside[0].read_text(encoding="utf-8"), "what people counted is had nowhere else"
    assert "survey.csv" not in facilitator.get(at(counted, "indicator/shop_open_hours/")).content.decode()


def test_a_file_that_contradicts_what_is_kept_leaves_the_old(counted: Any, facilitator: Client) -> None:
    same = b"area,indicator,period,value\n9901,shop_open_hours,2025,99\n"
    answer = bring(facilitator, counted, same)
    assert answer.status_code == 422 and "two values" in answer.content.decode()
    assert "survey.csv" not in facilitator.get(at(counted, "own/")).content.decode()


def test_a_spreadsheet_is_read_like_a_text_file(counted: Any, facilitator: Client) -> None:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate((("area", "indicator", "period", "value"), (9901, "shop_open_hours", 2026, 41))):
            sheet.write_row(number, 0, row)
    assert bring(facilitator, counted, held.getvalue(), "survey.xlsx").status_code == 302
    assert ">41<" in facilitator.get(at(counted, "indicator/shop_open_hours/")).content.decode().replace("\n", "")
    broken = bring(facilitator, counted, b"PK no workbook", "broken.xlsx")
    assert broken.status_code == 422 and "cannot be opened as a spreadsheet" in broken.content.decode()


def test_an_indicator_of_ones_own_has_the_fields_of_the_catalogue(counted: Any, facilitator: Client) -> None:
    form = {
        "id": "empty_shops", "label": "Empty shops", "definition": "Shops without a tenant, counted on a walk.",
        "unit": "number", "direction": "less", "theme": "enterprise", "aspect": "now", "combine": "sum",
        "smallest": "village", "rhythm": "each spring", "digits": "0", "dimension": "", "caveats": "",
    }  # fmt: skip
    answer = facilitator.post(at(counted, "own/define"), form, follow=True)
    assert "The indicator Empty shops is kept" in answer.content.decode()
    said = {
        "indicator": "empty_shops",
        "area": "village:bruksbygden",
        "period": "2026",
        "value": "7",
        "source": "The circle",
    }
    for value in ("8", "7"):  # what was written before is replaced
        shown = facilitator.post(at(counted, "own/write"), {**said, "value": value}, follow=True).content.decode()
        assert "The value is kept." in shown and "Bruksbygden, 2026" in shown
    shown = facilitator.get(at(counted, "indicator/empty_shops/?area=village:bruksbygden")).content.decode()
    assert ">7<" in shown.replace("\n", "") and ">8<" not in shown.replace("\n", "")
    page = facilitator.get(at(counted, "indicator/empty_shops/?area=village:bruksbygden")).content.decode()
    assert "<code>indicator:empty_shops@village:bruksbygden</code>" in page
    for wrong in ({"period": "last year"}, {"value": "many"}, {"area": "village:nowhere"}, {"indicator": "turnout"}):
        assert facilitator.post(at(counted, "own/write"), {**said, **wrong}).status_code == 422
    assert "Shops without a tenant" in facilitator.get(at(counted, "indicator/empty_shops/")).content.decode()
    for wrong in ({"unit": "%"}, {"unit": "per_1000"}, {"unit": ""}, {"direction": ""}):
        assert facilitator.post(at(counted, "own/define"), {**form, "id": "other", **wrong}).status_code == 422
    taken = facilitator.post(at(counted, "own/define"), {**form, "id": "turnout"})
    assert taken.status_code == 422 and "already" in taken.content.decode()


def test_only_who_leads_circles_enters_and_only_an_analyst_fetches(
    counted: Any, signed_in: Callable[..., Client]
) -> None:
    reader, analyst = signed_in(counted, "reader"), signed_in(counted, "analyst")
    for address in ("villages/new", "own/bring", "own/define"):
        assert reader.get(at(counted, address)).status_code == 403
        assert address not in reader.get(at(counted, address.split("/")[0] + "/")).content.decode()
    assert reader.post(at(counted, "fetch/start")).status_code == 403
    assert "Fetch now" not in reader.get(at(counted, "fetch/")).content.decode()
    assert "Fetch now" in analyst.get(at(counted, "fetch/")).content.decode()


def test_statistics_are_fetched_as_a_job_that_goes_on_where_it_was_stopped(
    counted: Any, signed_in: Callable[..., Client]
) -> None:
    from bygd.web.work import jobs
    from bygd.web.work.models import Job
    from bygd.workbench.place import files

    analyst = signed_in(counted, "analyst")
    analyst.post(at(counted, "fetch/start"), {"offline": "1", "no_peers": "1"})
    analyst.post(at(counted, "fetch/start"))
    job = Job.objects.get(place=counted, kind="statistics")
    assert "Statistics are being fetched" in analyst.get(at(counted, "fetch/")).content.decode()
    answer = analyst.post(f"/p/{counted.slug}/jobs/{job.pk}/stop")
    assert answer.status_code == 302 and answer["Location"].endswith("/place/fetch/")
    analyst.post(at(counted, "fetch/start"), {"offline": "1", "no_peers": "1"})
    job = Job.objects.filter(place=counted, kind="statistics").first()
    assert job is not None

    def stop_at_once(step: str, done: int, total: int) -> None:
        raise jobs.Cancelled

    with pytest.raises(jobs.Cancelled):
        from bygd.web.work import statistics

        statistics.refresh(job, stop_at_once)
    assert files.of(counted.project).unfinished.exists()
    jobs.run.call(job.pk)
    job.refresh_from_db()
    assert job.state == "done" and job.result["resumed"] and job.result["calls"] == 0
    said = analyst.get(at(counted, "fetch/")).content.decode()
    assert "What the last pass changed" in said and "What could not be fetched" in said
    assert job.result["snapshot"] and job.result["snapshot"] not in said
