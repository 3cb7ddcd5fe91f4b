"""Cases in the browser: begun, moved, ticked off and closed by facilitators; days computed, and in a calendar."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar as Feed

from bygd.web.boards.cases.models import CaseCalendar, CaseEvent
from bygd.web.people.models import Membership
from bygd.workbench import boards, cases

pytestmark = pytest.mark.django_db


def to(place: Any, rest: str = "") -> str:
    return f"/p/{place.slug}/plan/cases/{rest}"


def begun(place: Any, title: str) -> Any:
    return next(case for case in cases.all_of(place.project) if case.row["title"] == title)


SCHOOL, IOP = "Skolmat från bruket", "Mötesplats i gamla folkets hus"


def test_readers_see_cases_and_change_nothing(place: Any, signed_in: Callable[..., Client]) -> None:
    reader = signed_in(place, "reader")
    page = reader.get(to(place)).content.decode()
    assert SCHOOL in page and IOP in page and "Begin a case" not in page
    key = begun(place, SCHOOL).row["case_key"]
    page = reader.get(to(place, key)).content.decode()
    assert "Budget och likviditet klara" in page and "Take back" not in page and "Livsmedel" in page
    for path in ("new", f"{key}/change", f"{key}/questions"):
        assert reader.get(to(place, path)).status_code == 403, path
    for path in (f"{key}/tick", f"{key}/noted", f"{key}/withdraw"):
        assert reader.post(to(place, path)).status_code == 403, path
    assert reader.get(to(place, "nothing-there")).status_code == 404


def test_a_case_is_begun_moved_ticked_and_closed(own_place: Any, signed_in: Callable[..., Client]) -> None:
    leader = signed_in(own_place, "facilitator")
    given = {"kind": "school", "title": "Öppen skola", "started_on": "2026-03-01", "helper": "A\nB"}
    sent = leader.post(to(own_place, "new"), given)
    page = sent["Location"]
    assert leader.post(to(own_place, "new"), given).status_code == 422, "one of each kind and name"
    assert leader.post(f"{page}/tick", {"done": "hours.counted"}).status_code == 302
    assert leader.post(f"{page}/tick", {"done": "hours.made_up"}).status_code == 404
    assert leader.post(f"{page}/stage", {"about": "conditions", "on": "2026-03-02"}).status_code == 302
    assert leader.post(f"{page}/stage", {"about": "conditions", "on": "2026-03-02"}).status_code == 422, "it is there"
    assert (
        leader.post(f"{page}/noted", {"on": "2026-03-03", "note": "Nycklar", "link": "javascript:1"}).status_code == 422
    )
    assert leader.post(f"{page}/noted", {"on": "2099-03-03", "note": "Nycklar"}).status_code == 422
    assert leader.post(f"{page}/noted", {"on": "2026-03-03", "note": "Nycklar"}).status_code == 302
    found = begun(own_place, "Öppen skola")
    assert found.done == {"hours.counted"} and found.stage.id == "conditions" and found.last_news == date.today()
    assert leader.post(f"{page}/ended", {"about": "reached", "on": "2026-03-04"}).status_code == 302
    assert begun(own_place, "Öppen skola").result == "reached"
    assert "Öppen skola" not in leader.get(to(own_place)).content.decode()
    assert "Öppen skola" in leader.get(to(own_place, "?show=closed")).content.decode()
    leader.post(f"{page}/tick", {"reopened": "1"})
    assert begun(own_place, "Öppen skola").result is None
    assert leader.post(f"{page}/nonsense", {"on": "2026-03-04"}).status_code == 404


def test_a_day_that_law_moves_says_so_in_the_reader_s_language(
    own_place: Any, signed_in: Callable[..., Client]
) -> None:
    """Three weeks from Friday 13 March 2026 end on Good Friday; the next weekday is the Tuesday after Easter."""
    leader = signed_in(own_place, "facilitator")
    page = to(own_place, begun(own_place, IOP).row["case_key"])
    assert leader.post(f"{page}/happened", {"about": "announced", "on": "2026-03-13"}).status_code == 302
    swedish = leader.get(f"{page}?lang=sv").content.decode()
    assert "7 april 2026" in swedish and "Tiden skulle löpa ut 3 april 2026" in swedish
    assert "nästa vardag" in swedish and "Kommunallagen (2017:725)" in swedish and 'lang="sv">Komm' not in swedish
    dutch = leader.get(to(own_place, "deadlines?lang=nl")).content.decode()
    assert "schuift op naar de volgende werkdag" in dutch and 'lang="sv">Kommunallagen' in dutch


def test_events_are_taken_back_by_events(own_place: Any, signed_in: Callable[..., Client]) -> None:
    leader = signed_in(own_place, "facilitator")
    case = begun(own_place, SCHOOL)
    noted = next(one for one in case.events if one["event"] == "noted")
    key = case.row["case_key"]
    leader.post(to(own_place, f"{key}/tick"), {"withdrawn": noted["event_key"]})
    assert noted["note"] not in leader.get(to(own_place, key)).content.decode()
    assert CaseEvent.objects.filter(case_key=key).count() == 8, "nothing is taken out of the history itself"
    assert leader.post(to(own_place, f"{key}/tick"), {"withdrawn": noted["event_key"]}).status_code == 404


def test_the_questions_are_answered_once_each(own_place: Any, signed_in: Callable[..., Client]) -> None:
    leader = signed_in(own_place, "facilitator")
    case = begun(own_place, IOP)
    page = to(own_place, f"{case.row['case_key']}/questions")
    given = {f"answer-{id}": one["answer"] for id, one in case.answers.items()}
    given |= {f"note-{id}": one["note"] for id, one in case.answers.items()}
    leader.post(page, {**given, "answer-market": "yes", "note-content": "Öppen sal"})
    after = begun(own_place, IOP)
    assert len(after.events) == len(case.events) + 2 and after.against == ["market"]
    text = leader.get(to(own_place, case.row["case_key"])).content.decode()
    assert "speaks against" in text and "Öppen sal" in text and "no verdict" in text
    assert leader.post(page, {"answer-market": "perhaps"}).status_code == 422


def test_who_helps_whom_and_what_each_could_meet(place: Any, signed_in: Callable[..., Client]) -> None:
    page = signed_in(place, "reader").get(to(place, "helping")).content.decode()
    first = page.index("Kooperationsrådgivningen")
    assert SCHOOL in page[first:] and "Without help" in page and "Nobody helps" in page
    row = page[page.index("kind=livsmedel") :]
    assert SCHOOL in row[: row.index("</tr>")], "the case stands beside the purchase it could meet"


def test_days_are_in_a_calendar_by_secret_address(
    own_place: Any, somebody: Any, signed_in: Callable[..., Client], settings: Any
) -> None:
    settings.ADDRESS = "https://bygd.example.org"  # not what the request's Host says
    person = somebody(own_place, "reader")
    reader, leader = signed_in(own_place, person=person), signed_in(own_place, "facilitator")
    soon = date.today() + timedelta(days=10)
    key = begun(own_place, IOP).row["case_key"]
    leader.post(to(own_place, f"{key}/planned"), {"on": str(soon), "note": "Utkast; klart, äntligen"})
    assert "Utkast" in reader.get(to(own_place, "deadlines")).content.decode()
    reader.post(to(own_place, "deadlines/calendar"), {"make": "1"})
    page = reader.get(to(own_place, "deadlines")).content.decode()
    address = page.split('<code class="address">')[1].split("</code>")[0]
    path = address.removeprefix("https://bygd.example.org")
    feed = Feed.from_ical(Client(SERVER_NAME="localhost").get(path).content)
    events = {str(one["summary"]): one for one in feed.walk("VEVENT")}
    made = events[f"Utkast; klart, äntligen: {IOP}"]
    assert made.decoded("dtstart") == soon
    assert str(made["url"]) == f"https://bygd.example.org{to(own_place, key)}"
    assert address.rsplit("/", 1)[1].removesuffix(".ics") not in str(CaseCalendar.objects.values().get())
    Membership.objects.filter(person=person).delete()
    assert Client(SERVER_NAME="localhost").get(path).status_code == 404
    assert Client(SERVER_NAME="localhost").get("/open/cases/guess.ics").status_code == 404


def test_pressing_days_wait_on_the_first_page(own_place: Any, signed_in: Callable[..., Client]) -> None:
    leader = signed_in(own_place, "facilitator")
    key = begun(own_place, IOP).row["case_key"]
    leader.post(to(own_place, f"{key}/planned"), {"on": str(date.today() + timedelta(days=3)), "note": "Möte"})
    page = leader.get(f"/p/{own_place.slug}/plan/").content.decode()
    assert "1 deadline of a case" in page


def test_a_case_becomes_a_card_once(own_place: Any, signed_in: Callable[..., Client]) -> None:
    leader = signed_in(own_place, "facilitator")
    case = begun(own_place, SCHOOL)
    key = case.row["case_key"]
    sent = leader.post(to(own_place, f"{key}/card"))
    (card,) = [one for one in boards.current(own_place.project) if one["origin"] == f"case:{key}"]
    assert sent["Location"].endswith(card["card_key"])
    assert (card["pillar"], card["asset_key"], card["owner"]) == ("ownership", case.row["asset_key"], case.row["who"])
    assert leader.post(to(own_place, f"{key}/card"))["Location"] == sent["Location"]
    assert sum(one["title"] == SCHOOL for one in boards.current(own_place.project)) == 1
