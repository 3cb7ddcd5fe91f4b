"""Promises in the web: entered, reported by link and sheet, verified, undone; who may do what; reminders once."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from tests.lib import promises as made_up
from tests.lib.mails import Killed
from tests.lib.promises import NUMBER, Made

from bygd.vocabulary.contract_words import PromiseStatus
from bygd.web.once import ABANDONED
from bygd.web.people.models import Event
from bygd.web.procurements.promises import links, reminders, views
from bygd.web.procurements.promises.models import DeliveryEntry, PromiseEntry, Reminder, SupplierLink
from bygd.workbench import project, promises

pytestmark = pytest.mark.django_db
TODAY = date.today()


@pytest.fixture
def made(db: None, tmp_path: Path) -> Made:
    """A place with promises, of which nothing was built."""
    from bygd.web.places.register import register

    return made_up.make(register(project.create(tmp_path / "place", "se:1291", "Provby").folder))


@pytest.fixture
def buyer(made: Made, signed_in: Callable[..., Client]) -> Client:
    """A client signed in as a buyer."""
    return signed_in(made.place, "buyer")


@pytest.fixture
def outside() -> Client:
    """A client of nobody, that checks what a browser would refuse."""
    return Client(SERVER_NAME="localhost", enforce_csrf_checks=True)


def link_for(made: Made, key: str = "", **more: Any) -> str:
    """The path of a link for the supplier of a contract."""
    asked = {"language": "en", "email": "", "until": TODAY + timedelta(days=9), "by": None, **more}
    found = links.make(made.place, key or made.contract, **asked)
    address = links.address(found, "http://localhost")
    assert address is not None
    return urlsplit(address).path


def report(outside: Client, path: str, promise: str, **more: Any) -> Any:
    """Send a report by the form as it is given."""
    page = outside.get(f"{path}promise/{promise}")
    reference = page.content.decode().split('name="reference" value="')[1].split('"')[0]
    data = {"amount": "1", "period_to": TODAY.isoformat(), "reference": reference, **more}
    return outside.post(f"{path}promise/{promise}", {key: value for key, value in data.items() if value is not None})


def book(made: Made) -> promises.Book:
    return promises.book(made.place.project)


def status(made: Made, key: str) -> tuple[PromiseStatus, Any, Any]:
    found = next(one for one in book(made).accounts if one.promise.key == key)
    return found.status, found.low, found.high


def seen(made: Made, key: str) -> str:
    """What the page of a promise says of a report, so that it is judged as it was seen."""
    return views.seen(book(made).reports[key])


def to(made: Made, name: str, *args: Any) -> str:
    return reverse(name, args=[made.place.slug, *args])


def test_a_promise_is_added_changed_taken_out_and_put_back(made: Made, buyer: Client) -> None:
    data = {"code": "3", "title": "Less carbon dioxide", "target": "12,5", "unit": "per cent", "due_on": "2027-12-31",
            "adding": "latest", "theme": "Climate", "milestones": "2027-03-31 2\r\n2027-06-30 4.5"}  # fmt: skip
    answer = buyer.post(to(made, "promises-add", made.contract), data)
    assert answer.status_code == 302, answer.content.decode()
    key = answer.url.rstrip("/").rpartition("/")[2]
    found = book(made).promises[key]
    assert (found.target, found.unit, found.adding, len(found.steps)) == (12.5, "percent", "latest", 3)
    assert "Less carbon dioxide" in buyer.get(answer.url).content.decode()
    again = buyer.post(to(made, "promises-add", made.contract), data)
    assert again.status_code == 422 and "already" in again.content.decode()
    page = buyer.get(to(made, "promise-change", key)).content.decode()
    assert 'value="12.5"' in page and "2027-06-30 4.5" in page
    assert buyer.post(to(made, "promise-change", key), {**data, "target": "20"}).status_code == 302
    assert book(made).promises[key].target == 20
    assert buyer.post(to(made, "promise-withdraw", key)).status_code == 200
    assert key not in book(made).promises
    assert buyer.post(to(made, "promise-withdraw", key)).status_code == 302
    assert book(made).promises[key].target == 20
    assert PromiseEntry.objects.filter(promise_key=key).count() == 4


def test_milestones_left_empty_are_proposed_by_the_weight_of_the_contract(made: Made, buyer: Client) -> None:
    data = {"code": "4", "title": "Hours", "target": "100", "unit": "hours", "adding": "sum",
            "starts_on": "2026-01-01", "due_on": "2031-12-31"}  # fmt: skip
    assert buyer.post(to(made, "promises-add", made.contract), data).status_code == 302
    found = next(one for one in book(made).promises.values() if one.code == "4")
    assert 2 <= len(found.steps) <= 20


def test_from_the_suppliers_link_to_verified_and_undone(made: Made, buyer: Client, outside: Client) -> None:
    path = link_for(made)
    page = outside.get(path)
    text = page.content.decode()
    assert page.status_code == 200 and "Four young people" in text and "Nobody else" not in text
    assert not page.cookies and page["Cache-Control"] == "private, no-store" and "noindex" in page["X-Robots-Tag"]
    sent = report(outside, path, made.jobs, note="One began in May")
    assert sent.status_code == 302 and sent.url == f"{path}?done=reported"
    assert "Thank you" in outside.get(sent.url).content.decode()
    assert status(made, made.jobs) == (PromiseStatus.WAITING, 0, 1)
    key = DeliveryEntry.objects.get().delivery_key
    where = to(made, "promise-judge", key)
    page = buyer.get(to(made, "promise", made.jobs)).content.decode()
    assert "One began in May" in page and where in page
    refused = buyer.post(where, {f"{key}-state": "disputed", f"{key}-answer": "", "seen": seen(made, key)})
    assert refused.status_code == 422 and "Say why" in refused.content.decode()
    for state, answer, expected in (
        ("asked", "Which month?", (PromiseStatus.WAITING, 0, 1)),
        ("disputed", "Not here", (PromiseStatus.DISPUTED, 0, 1)),
        ("verified", "", (PromiseStatus.ON_TRACK, 1, 1)),
    ):
        data = {f"{key}-state": state, f"{key}-answer": answer, "seen": seen(made, key)}
        assert buyer.post(where, data).status_code == 302
        assert status(made, made.jobs) == expected
        assert answer in outside.get(path).content.decode()
    assert outside.post(f"{path}back/{key}").url == f"{path}?done=held"
    assert buyer.post(where, {"undo": "1", "seen": seen(made, key)}).status_code == 302
    assert status(made, made.jobs) == (PromiseStatus.WAITING, 0, 1)
    assert outside.post(f"{path}back/{key}").url == f"{path}?done=back"
    assert status(made, made.jobs) == (PromiseStatus.BEHIND, 0, 0)
    assert DeliveryEntry.objects.count() == 6
    told = list(Event.objects.filter(did__startswith="a supplier").values_list("did", "person"))
    assert len(told) == 2 and {person for _did, person in told} == {None}


def test_the_same_report_sent_twice_is_kept_once(made: Made, outside: Client) -> None:
    path = link_for(made)
    data = {"amount": "1", "period_to": TODAY.isoformat(), "reference": "0123456789abcdef"}
    for _ in range(2):
        assert outside.post(f"{path}promise/{made.jobs}", data).status_code == 302
    assert DeliveryEntry.objects.count() == 1


def test_what_was_changed_since_somebody_saw_it_is_not_verified(made: Made, buyer: Client, outside: Client) -> None:
    path = link_for(made)
    data = {"amount": "1", "period_to": TODAY.isoformat(), "reference": "0123456789abcdef"}
    outside.post(f"{path}promise/{made.jobs}", data)
    key = DeliveryEntry.objects.get().delivery_key
    before = seen(made, key)
    outside.post(f"{path}promise/{made.jobs}", {**data, "amount": "4"})
    answer = buyer.post(to(made, "promise-judge", key), {f"{key}-state": "verified", "seen": before}, follow=True)
    assert "changed meanwhile" in answer.content.decode()
    assert status(made, made.jobs) == (PromiseStatus.WAITING, 0, 4)


def test_a_supplier_is_told_to_come_back_where_a_file_cannot_be_read(made: Made, outside: Client) -> None:
    path = link_for(made)
    assert outside.get(path).status_code == 200
    (made.place.project.decisions / "promise_entries.csv").write_text("nonsense\n1\n")
    answer = outside.get(path)
    assert answer.status_code == 503 and "Try again tomorrow" in answer.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": "0.5"}, {"amount": "many"}, {"amount": ""}, {"amount": "-1"}, {"amount": "1e99"},
        {"period_to": "2999-01-01"}, {"period_to": "yesterday"}, {"period_from": "2999-01-01"},
        {"reference": "../../x"}, {"note": f"Anna {NUMBER}"}, {"note": "x" * 3000},
    ],
    ids=lambda row: str(row)[:60],
)  # fmt: skip
def test_impossible_and_private_reports_are_refused_on_the_form(made: Made, outside: Client, wrong: Any) -> None:
    path = link_for(made)
    answer = report(outside, path, made.jobs, **wrong)
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert not DeliveryEntry.objects.exists()


def test_a_link_opens_its_own_contract_and_nothing_else(made: Made, outside: Client) -> None:
    path, theirs = link_for(made), link_for(made, made.other)
    assert report(outside, theirs, made.others).status_code == 302
    key = DeliveryEntry.objects.get().delivery_key
    assert outside.get(f"{path}promise/{made.others}").status_code == 404
    assert outside.post(f"{path}promise/{made.others}", {"amount": "1"}).status_code == 404
    assert outside.post(f"{path}back/{key}").status_code == 404
    assert outside.get(f"{path}promise/nothing").status_code == 404
    assert DeliveryEntry.objects.count() == 1
    for where in ("procurement", "promises", "start"):
        answer = outside.get(to(made, where))
        assert answer.status_code == 302 and "/account/login/" in answer.url


def test_links_that_are_ended_or_too_old_or_made_up_open_nothing(made: Made, buyer: Client, outside: Client) -> None:
    path = link_for(made)
    assert outside.get(path).status_code == 200
    link = SupplierLink.objects.get()
    assert buyer.post(to(made, "promises-link-end", link.pk)).status_code == 302
    for word in ("", f"promise/{made.jobs}", "form.xlsx", "sheet"):
        answer = outside.get(path + word)
        assert answer.status_code == 404 and "does not hold" in answer.content.decode()
    assert outside.post(f"{path}promise/{made.jobs}", {"amount": "1"}).status_code == 404
    old = link_for(made)
    SupplierLink.objects.update(expires_at=links.timezone.now() - timedelta(seconds=1), revoked_at=None)
    assert outside.get(old).status_code == 404
    assert outside.get(f"/report/{'0' * 64}/").status_code == 404
    assert not DeliveryEntry.objects.exists()


def test_a_copy_of_the_database_opens_no_link(made: Made, settings: Any) -> None:
    path = link_for(made)
    secret = path.strip("/").rpartition("/")[2]
    (row,) = SupplierLink.objects.values()
    assert all(secret not in str(value) for value in row.values())
    assert links.address(SupplierLink.objects.get(), "http://localhost") is not None
    settings.SECRET_KEY = "another"
    assert links.address(SupplierLink.objects.get(), "http://localhost") is None
    assert links.find(secret) is not None  # who holds it still gets in


def test_guessing_and_flooding_end_soon(made: Made, outside: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from bygd.web.procurements.promises import supplier

    monkeypatch.setattr(supplier, "UNKNOWN_MOST", 3)
    monkeypatch.setattr(supplier, "SENT_MOST", 2)
    found = [outside.get(f"/report/{number:064}/").status_code for number in range(5)]
    assert found == [404, 404, 404, 429, 429]
    path = link_for(made)
    sent = [report(outside, path, made.hours).status_code for _ in range(4)]
    assert sent == [302, 302, 429, 429]


def test_a_links_language_is_its_own_and_can_be_changed(made: Made, outside: Client) -> None:
    path = link_for(made, language="sv")
    assert outside.get(path)["Content-Language"] == "sv"
    page = outside.get(f"{path}?lang=nl")
    assert page["Content-Language"] == "nl" and f"{path}promise/{made.jobs}?lang=nl" in page.content.decode()


def test_a_form_filled_in_is_shown_before_it_is_kept(made: Made, outside: Client) -> None:
    path = link_for(made)
    filled = load_workbook(io.BytesIO(outside.get(f"{path}form.xlsx").content))
    sheet = filled.worksheets[0]
    heads = [cell.value for cell in sheet[2]]
    sheet.cell(3, heads.index("Last day") + 1).value = TODAY - timedelta(days=3)
    sheet.cell(3, heads.index("Delivered in this time") + 1).value = 2
    held = io.BytesIO()
    filled.save(held)
    held.seek(0)
    held.name = "form.xlsx"
    page = outside.post(f"{path}sheet", {"file": held}).content.decode()
    assert "Nothing is kept yet" in page and not DeliveryEntry.objects.exists()
    rows = page.split('name="rows" value="')[1].split('"')[0]
    assert outside.post(f"{path}sheet", {"rows": rows[:-3] + "abc"}).url.endswith("done=held")
    assert outside.post(link_for(made, made.other) + "sheet", {"rows": rows}).url.endswith("done=held")
    assert not DeliveryEntry.objects.exists()
    assert outside.post(f"{path}sheet", {"rows": rows}).url.endswith("done=reported")
    assert status(made, made.jobs) == (PromiseStatus.WAITING, 0, 2)
    assert outside.post(f"{path}sheet", {"rows": rows}).url.endswith("done=held")
    assert DeliveryEntry.objects.count() == 1


def test_remedies_are_noted_and_taken_back(made: Made, buyer: Client) -> None:
    where = to(made, "promise-remedy", made.jobs)
    late = (TODAY + timedelta(days=800)).isoformat()
    data = {"remedy": "more_time", "agreed_on": TODAY.isoformat(), "new_due_on": late, "note": "In a meeting"}
    assert buyer.post(where, {**data, "new_due_on": ""}).status_code == 422
    assert buyer.post(where, {**data, "note": f"With {NUMBER}"}).status_code == 422
    assert buyer.post(where, data).status_code == 302
    page = buyer.get(to(made, "promise", made.jobs)).content.decode()
    assert "In a meeting" in page and "More time" in page
    (key,) = book(made).remedy_rows
    assert buyer.post(to(made, "remedy-back", key)).status_code == 302
    assert "In a meeting" not in buyer.get(to(made, "promise", made.jobs)).content.decode()


def test_who_is_no_buyer_sees_how_promises_stand_and_no_more(
    made: Made, outside: Client, signed_in: Callable[..., Client]
) -> None:
    report(outside, link_for(made), made.jobs, note="Only for the buyer")
    reader = signed_in(made.place, "reader")
    for name, args in (
        ("promises", ()),
        ("promises-contract", (made.contract,)),
        ("promise", (made.jobs,)),
        ("promises-due", ()),
    ):
        page = reader.get(to(made, name, *args))
        text = page.content.decode()
        assert page.status_code == 200 and "Only for the buyer" not in text and "/report/" not in text
        assert "<form" not in text.split("<main")[1]
    stranger = signed_in()
    assert stranger.get(to(made, "promises")).status_code == 404


def test_a_reminder_is_sent_once_in_the_language_of_the_link(made: Made, settings: Any, outside: Client) -> None:
    settings.MAILS, settings.ADDRESS = True, "https://bygd.example.org"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    path = link_for(made, email="Office@Example.org", language="sv")
    assert reminders.remind() == 1
    assert reminders.remind() == 0
    (sent,) = mail.outbox
    assert sent.to == ["office@example.org"] and f"https://bygd.example.org{path}" in sent.body
    assert "Four young people" in sent.body and "2 utlovade" not in sent.subject
    assert Reminder.objects.get().sent_at is not None
    assert reminders.remind(TODAY + timedelta(days=390)) == 2  # one last day comes, another has passed
    links.forget()
    assert SupplierLink.objects.get().email
    links.revoke(SupplierLink.objects.get())
    assert SupplierLink.objects.get().email == ""
    assert reminders.remind(TODAY + timedelta(days=410)) == 0
    assert len(mail.outbox) == 3


def test_what_could_not_be_sent_is_sent_later(made: Made, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MAILS = True
    link_for(made, email="office@example.org")

    def broken(*_: Any, **__: Any) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", broken)
    assert reminders.remind() == 0 and not Reminder.objects.exists()
    monkeypatch.undo()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.MAILS = True
    assert reminders.remind() == 1


@pytest.mark.parametrize(("backend", "came"), [("Deadlier", 0), ("Deadly", 1)])
def test_a_worker_killed_while_it_sends_loses_no_reminder_and_doubles_one_at_most(
    made: Made, settings: Any, backend: str, came: int
) -> None:
    settings.MAILS, settings.EMAIL_BACKEND = True, f"tests.lib.mails.{backend}"
    link_for(made, email="office@example.org")
    with pytest.raises(Killed):
        reminders.remind()
    assert len(mail.outbox) == came and Reminder.objects.get().sent_at is None
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert reminders.remind() == 0, "whoever claimed it may be at it still"
    long_ago(Reminder)
    assert reminders.remind() == 1 and len(mail.outbox) == came + 1
    assert Reminder.objects.get().sent_at is not None
    long_ago(Reminder)
    assert reminders.remind() == 0


def test_a_worker_killed_each_time_sends_twice_and_no_more(made: Made, settings: Any) -> None:
    settings.MAILS, settings.EMAIL_BACKEND = True, "tests.lib.mails.Deadly"
    link_for(made, email="office@example.org")
    for _time in range(2):
        with pytest.raises(Killed):
            reminders.remind()
        long_ago(Reminder)
    assert reminders.remind() == 0 and len(mail.outbox) == 2


def test_a_second_try_that_could_not_be_sent_is_free_again(
    made: Made, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MAILS, settings.EMAIL_BACKEND = True, "tests.lib.mails.Deadlier"
    link_for(made, email="office@example.org")
    with pytest.raises(Killed):
        reminders.remind()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 2  # where nobody listens
    for _time in range(3):
        long_ago(Reminder)
        assert reminders.remind() == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with monkeypatch.context() as broken:
        broken.setattr(reminders, "_mail", lambda *_: 1 / 0)
        for _time in range(3):
            long_ago(Reminder)
            with pytest.raises(ZeroDivisionError):
                reminders.remind()
    long_ago(Reminder)
    assert reminders.remind() == 1


def long_ago(model: Any) -> None:
    """As if the claims of reminders had been made before the bound."""
    model.objects.update(claimed_at=timezone.now() - ABANDONED - timedelta(seconds=1))


def test_what_is_late_and_what_waits_stands_on_the_first_pages(
    own_place: Any, signed_in: Callable[..., Client], outside: Client
) -> None:
    made, buyer = made_up.make(own_place), signed_in(own_place, "buyer")
    for name in ("start", "procurement"):  # the sample has one that is behind, and two reports
        text = buyer.get(to(made, name)).content.decode()
        assert "2 promises of suppliers are behind" in text and "2 reports of suppliers wait" in text
    report(outside, link_for(made), made.jobs)
    for name in ("start", "procurement"):
        text = buyer.get(to(made, name)).content.decode()
        assert "1 promise of a supplier is behind" in text and "3 reports of suppliers wait" in text
    reader = signed_in(own_place, "reader").get(to(made, "start")).content.decode()
    assert "promises of suppliers" not in reader and "promise of a supplier" not in reader


def test_tables_come_as_csv_and_xlsx(made: Made, buyer: Client) -> None:
    for by in ("contract", "theme", "anchor", "place", "year", "promise"):
        for ending in ("csv", "xlsx"):
            answer = buyer.get(to(made, "promises-table", by, ending))
            assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"]
        assert buyer.get(to(made, "promises"), {"by": by}).status_code == 200
    assert buyer.get(to(made, "promises-table", "nothing", "csv")).status_code == 404


def test_pages_ask_little_of_the_database(made: Made, buyer: Client, django_assert_max_num_queries: Any) -> None:
    for name, args in (("promises", ()), ("promises-contract", (made.contract,)), ("promise", (made.jobs,))):
        buyer.get(to(made, name, *args))
        with django_assert_max_num_queries(14):
            assert buyer.get(to(made, name, *args)).status_code == 200


def test_social_return_is_agreed_filled_by_blocks_and_told(
    db: None, tmp_path: Path, signed_in: Callable[..., Client], outside: Client
) -> None:
    from bygd.web.places.register import register

    place = register(project.create(tmp_path / "nl", "nl:GM0344", "Utrecht").folder)
    made = made_up.make(place, currency="EUR")
    buyer, reader = signed_in(place, "buyer"), signed_in(place, "reader")
    where, agree = (to(made, name, made.contract) for name in ("social-return", "social-return-agree"))
    assert "No social return is agreed" in reader.get(where).content.decode()
    assert reader.get(agree).status_code == 403
    page = buyer.get(agree).content.decode()
    policy = next(part for part in page.split('value="') if part.startswith("nl/social_return_utrecht@")).split('"')[0]
    data = {"policy": policy, "due_on": "2030-12-31"}
    refused = buyer.post(agree, data)
    assert refused.status_code == 422 and "was not read here" in refused.content.decode()
    assert buyer.post(agree, {**data, "share": "5"}).status_code == 302
    key = next(key for key, one in book(made).promises.items() if one.is_social_return)
    assert "€50,000 is owed" in reader.get(where).content.decode()
    assert list((Path(place.folder) / "policies" / "kept").iterdir())
    path = link_for(made)
    data = {"amount": None, "block": "ww_over_1", "persons": "2", "hours": "18", "months": "12"}
    assert report(outside, path, key, **data, note="").status_code == 302
    assert report(outside, path, key, **{**data, "months": None}).status_code == 422
    (row,) = book(made).reports_on(key)
    assert (row["amount"], row["persons"]) == (20_000, 2)
    text = reader.get(where).content.decode()
    assert "€20,000 is filled and €30,000 is left" in text and "€0 is verified and €50,000 is left" in text
