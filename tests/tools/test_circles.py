"""Courses that countries ship: whole in every language, their minutes add up, and they survive being kept as JSON."""

import json
from pathlib import Path

import pytest

from bygd.countries import available, load
from bygd.parameters.strict import ValueFileError
from bygd.tools.circles import check, courses, from_plain, in_language, plain

COURSE = """
title: {en: A, sv: B, nl: C}
about: {en: A, sv: B, nl: C}
source: {title: {en: T, sv: T, nl: T}, href: ""}
verified: false
meetings:
  - title: {en: A, sv: B, nl: C}
    minutes: 30
    before: []
    parts: [{minutes: 30, title: {en: A, sv: B, nl: C}, script: {en: A, sv: B, nl: C}}]
    bring: []
"""


@pytest.mark.parametrize("language", ["sv", "nl", "en"])
@pytest.mark.parametrize("code", available())
def test_every_course_of_every_country_is_whole(code: str, language: str) -> None:
    found = courses(load(code), language)
    assert [one.minutes for one in found["three_meetings"].meetings] == [160, 160, 160]
    assert len([part for part in found["three_meetings"].meetings[0].parts if part.question]) == 5
    for course in found.values():
        assert from_plain(json.loads(json.dumps(plain(course)))) == course
        assert any(meeting.efforts for meeting in course.meetings)
        assert any(meeting.first_steps for meeting in course.meetings)
        keys = [part.key for meeting in course.meetings for part in meeting.parts]
        assert len(set(keys)) == len(keys)
        assert all(one.href.startswith("https://") or not one.href for one in course.materials)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("{en: A, sv: B, nl: C}", "{en: A, sv: B}", "give a text in each"),
        ("minutes: 30\n    before", "minutes: 40\n    before", "do not come to its 40 minutes"),
        ("verified: false", "", "verified"),
        ("verified: false", "verified: false\nprice: 3", "price"),
    ],
)
def test_a_course_that_is_not_whole_is_refused(tmp_path: Path, old: str, new: str, says: str) -> None:
    path = tmp_path / "course.yaml"
    path.write_text(COURSE, encoding="utf-8")
    assert in_language(check(path), "course", "nl").title == "C"
    path.write_text(COURSE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ValueFileError, match=says):
        check(path)
