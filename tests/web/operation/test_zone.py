"""Days begin and deadlines end on the clocks of the place, around midnight and when clocks are changed."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils import timezone, translation

from bygd.reports import Translator
from bygd.web import checking
from bygd.web.places import zone
from bygd.web.procurements.tenders.negotiating import Asking
from bygd.workbench import project


@pytest.mark.parametrize(
    "places, expected",
    [
        (["se:1291"], "Europe/Stockholm"),
        (["nl:0344", "nl:0363"], "Europe/Amsterdam"),
        (["gb:E07000123"], "Europe/London"),
        (["se:1291", "nl:0344"], "UTC"),
        (["nl:0344", ""], "Europe/Amsterdam"),
        ([""], "UTC"),
        ([], "UTC"),
    ],
)
def test_places_keep_the_time_of_their_country(tmp_path: Path, places: list[str], expected: str) -> None:
    """A place without a name stands for a folder that cannot be read."""
    folders = [tmp_path / str(number) for number, _ in enumerate(places)]
    for folder, place in zip(folders, places, strict=True):
        if place:
            project.create(folder, place, "Here")
    assert zone.of_places(os.pathsep.join(map(str, folders))) == expected


@pytest.mark.parametrize("said, today", [("", "2026-12-01"), ("UTC", "2026-11-30")])
def test_a_day_begins_at_midnight_of_the_place(tmp_path: Path, said: str, today: str) -> None:
    """The whole process keeps that time: half past eleven in UTC is the next day in Sweden."""
    here = project.create(tmp_path / "here", "se:1291", "Here")
    code = (
        "import django; django.setup(); from datetime import date, datetime, UTC; from django.utils import timezone; "
        "at = datetime(2026, 11, 30, 23, 30, tzinfo=UTC); "
        "print(date.fromtimestamp(at.timestamp()), timezone.localdate(at))"
    )
    told = {"BYGD_PLACES": str(here.folder), "BYGD_TIME_ZONE": said, "DJANGO_SETTINGS_MODULE": "bygd.web.settings"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env={**os.environ, **told})
    assert done.stdout.split() == [today, today], done.stderr


@pytest.mark.parametrize(
    "given, expected",
    [
        ("2126-11-30 12:00", datetime(2126, 11, 30, 11, tzinfo=UTC)),
        ("2126-07-01T12:00", datetime(2126, 7, 1, 10, tzinfo=UTC)),
        ("2126-12-01T00:00", datetime(2126, 11, 30, 23, tzinfo=UTC)),
        ("2027-03-28T02:30", None),  # clocks go from two to three
        ("2027-10-31T02:30", None),  # there are two of them
    ],
)
def test_a_deadline_is_a_time_on_the_clocks_of_the_place(given: str, expected: datetime | None) -> None:
    with timezone.override("Europe/Stockholm"), translation.override("sv"):
        form = Asking({"reason": "Because.", "closes_at": given}, translate=Translator("sv", "bygd.web"))
        assert form.is_valid() is bool(expected), form.errors
        if expected:
            assert form.cleaned_data["closes_at"] == expected
        else:
            assert "Europe/Stockholm" in form.errors["closes_at"][0], "it is said that no such time is or that two are"


def test_several_zones_are_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = [project.create(tmp_path / place[:2], place, "Here").folder for place in ("se:1291", "gb:E07000123")]
    monkeypatch.delenv("BYGD_TIME_ZONE", raising=False)
    (told,) = checking._clock(folders)
    assert told.state is checking.State.NOTE and "Europe/London, Europe/Stockholm" in told.says
    monkeypatch.setenv("BYGD_TIME_ZONE", "Europe/London")
    (told,) = checking._clock(folders)
    assert told.state is checking.State.GOOD
