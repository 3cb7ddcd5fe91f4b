"""Contracts in the browser: seen by all, entered by buyers, money of one's own alone, a calendar by secret address."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.backends.jinja2 import Template
from django.test import Client
from icalendar import Calendar as Feed

from bygd.tools.contracts.figures import DEFINITIONS
from bygd.vocabulary import tables
from bygd.web.decisions import together
from bygd.web.people.models import Event, Membership
from bygd.web.procurements.contracts.models import Calendar, ContractEntry
from bygd.web.procurements.contracts.uncovered import DEFINITION
from bygd.workbench import contracts, decisions

pytestmark = pytest.mark.django_db
HEADER = "Avtalsnummer;Avtalsnamn;Leverantör;Giltigt till;Handläggare\n"


def to(place: Any, rest: str = "") -> str:
    return f"/p/{place.slug}/procurement/contracts/{rest}"


@pytest.fixture(autouse=True)
def seen(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the page that was drawn last was drawn from; the test client tells it of Django's own templates alone."""
    drawn: dict[str, Any] = {}
    draw = Template.render

    def render(self: Any, context: Any = None, request: Any = None) -> Any:
        drawn.clear()
        drawn.update(context or {})
        return draw(self, context, request)

    monkeypatch.setattr(Template, "render", render)
    return drawn


def anchors(place: Any) -> list[str]:
    return [entry.source for entry in place.project.ledgers]


def entered(**more: str) -> dict[str, str]:
    return {
        "anchor": "Fyrhamns kommun", "title": "Fönsterputs", "stage": "signed", "number": "F-1", "value": "12 500,50",
        "currency": "sek", "cpv": "90911300-9", "supplier_name": "Putsen AB", "supplier_number": "556036-0793",
        "starts_on": "2026-01-01", "ends_on": "2027-12-31", **more,
    }  # fmt: skip


def test_every_reader_finds_sorts_and_filters(
    place: Any, signed_in: Callable[..., Client], seen: dict[str, Any]
) -> None:
    reader = signed_in(place, "reader")
    whole = len(contracts.current(place.project))
    answer = reader.get(to(place))
    assert f"{whole} contracts fit" in answer.content.decode() and "Enter a contract" not in answer.content.decode()
    picked = {
        "text=södra+brukets+sociala": lambda row: "Sociala" in (row["supplier_name"] or ""),
        "anchor=Region+Skärland": lambda row: row["anchor"] == "Region Skärland",
        "reserved=any": lambda row: row["reserved"] not in (None, "none"),
        "reserved=sheltered": lambda row: row["reserved"] == "sheltered",
        "standing=coming": lambda row: row["stage"] != "signed",
    }
    for query, fits in picked.items():
        wanted = [row for row in contracts.current(place.project) if fits(row)]
        reader.get(to(place, f"?{query}"))
        assert seen["page"].paginator.count == len(wanted) > 0, query
    before = date.today() + timedelta(days=200)
    reader.get(to(place, f"?before={before}&standing=running"))
    found = seen["page"].paginator.object_list
    assert found and all(date.today() <= one.ends_on <= before for one in found)
    assert found == sorted(found, key=lambda one: (one.ends_on, one.contract["title"].casefold()))
    reader.get(to(place, "?order=value"))
    values = [one.contract["value"] or 0 for one in seen["page"].object_list]
    assert values == sorted(values, reverse=True)
    for odd in ("before=2026-99-99", "standing=x", "reserved=x", "order=x", "page=999", "text=%00"):
        assert reader.get(to(place, f"?{odd}")).status_code == 200, odd


def test_files_of_what_fits(place: Any, signed_in: Callable[..., Client]) -> None:
    reader = signed_in(place, "reader")
    wanted = sum(row["anchor"] == "Region Skärland" for row in contracts.current(place.project))
    package = json.loads(reader.get(to(place, "?anchor=Region+Skärland&format=json")).content)
    assert (
        package["version"] == "1.1" and sum(len(one.get("contracts", ())) for one in package["releases"]) >= wanted - 2
    )
    text = reader.get(to(place, "?anchor=Region+Skärland&format=csv")).content.decode("utf-8-sig")
    assert len(text.splitlines()) == wanted + 1
    with zipfile.ZipFile(io.BytesIO(reader.get(to(place, "?format=xlsx")).content)) as book:
        assert "xl/workbook.xml" in book.namelist()
    assert Event.objects.filter(did="exported").count() == 3


def test_the_list_asks_the_database_little(
    place: Any, signed_in: Callable[..., Client], django_assert_max_num_queries: Any
) -> None:
    reader = signed_in(place, "reader")
    reader.get(to(place))
    for page in ("", "endings"):
        with django_assert_max_num_queries(12):
            assert reader.get(to(place, page)).status_code == 200


def test_only_members_see_what_was_paid(place: Any, signed_in: Callable[..., Client], seen: dict[str, Any]) -> None:
    ours, theirs = anchors(place)[:2]
    member = signed_in(place, "reader", anchors=[ours])
    mine = [row for row in contracts.current(place.project, {ours}) if row["stage"] == "signed" and row["starts_on"]]
    paid = []
    for row in mine[:12]:
        assert member.get(to(place, row["contract_key"])).status_code == 200
        paid += seen["paid"]
    assert paid
    other = contracts.current(place.project, {theirs})[0]["contract_key"]
    for client in (signed_in(place, "reader"), signed_in(place, "buyer"), signed_in(place, "administrator"), member):
        shown = client.get(to(place, other))
        assert shown.status_code == 200 and seen["paid"] == [] and not seen["sees_money"]
    outside = member.get(to(place, "outside"))
    assert outside.status_code == 200 and {one.anchor for one in seen["found"].money} == {ours}
    assert theirs not in member.get(to(place, "outside?format=csv")).content.decode()
    for role in ("reader", "buyer", "administrator", "analyst"):
        assert signed_in(place, role).get(to(place, "outside")).status_code == 403
    assert signed_in().get(to(place)).status_code == 404
    assert Client(SERVER_NAME="localhost").get(to(place)).status_code == 302


def test_outside_contracts_adds_up_and_says_how_it_was_counted(
    place: Any, signed_in: Callable[..., Client], seen: dict[str, Any]
) -> None:
    member = signed_in(place, "reader", anchors=anchors(place))
    shown = member.get(to(place, "outside"))
    money, sums = seen["found"].money, seen["sums"]
    assert sums.within + sums.outside + sums.doubt == sum(one.amount for one in money) == sums.total
    assert DEFINITIONS["contracts.outside_share"] == DEFINITION and DEFINITION in shown.content.decode()
    (party, *_), _ = seen["page"].object_list[0]
    assert f'href="/p/{place.slug}/organisations/{party}"' in shown.content.decode()
    year = str(max(one.year for one in money))
    member.get(to(place, f"outside?year={year}&anchor=Region+Skärland"))
    picked = [one.amount for one in money if str(one.year) == year and one.anchor == "Region Skärland"]
    assert seen["sums"].total == sum(picked)


def test_a_contract_is_entered_changed_undone_and_taken_out(
    own_place: Any, signed_in: Callable[..., Client], somebody: Callable[..., Any]
) -> None:
    buyer = signed_in(person=somebody(own_place, "buyer"))
    answer = buyer.post(to(own_place, "new"), entered())
    assert answer.status_code == 302, answer.content.decode()
    key = answer.url.rsplit("/", 1)[-1]
    row = next(one for one in contracts.current(own_place.project) if one["contract_key"] == key)
    assert (str(row["value"]), row["currency"], row["cpv"]) == ("12500.50", "SEK", "90911300")
    assert row["supplier_id"] == "SE-ON:5560360793" and row["entered_by"].startswith("person-")
    assert ContractEntry.objects.filter(contract_key=key).count() == 1
    again = buyer.post(to(own_place, "new"), entered())
    assert again.status_code == 422 and "number already" in again.content.decode()

    form = buyer.get(to(own_place, f"{key}/change"))
    assert 'value="2027-12-31"' in form.content.decode() and 'value="12500.50"' in form.content.decode()
    assert buyer.post(to(own_place, f"{key}/change"), entered()).status_code == 302  # nothing changed
    assert len(contracts.entries(own_place.project, key)) == 1
    buyer.post(to(own_place, f"{key}/change"), entered(ends_on="2028-12-31"))
    shown = buyer.get(to(own_place, key)).content.decode()
    assert "31 December 2028" in shown and "Undo the latest entry" in shown
    buyer.post(to(own_place, f"{key}/undo"))
    assert [one["ends_on"].year for one in contracts.entries(own_place.project, key)] == [2027, 2028, 2027]
    buyer.post(to(own_place, f"{key}/withdraw"))
    assert key not in {one["contract_key"] for one in contracts.current(own_place.project)}
    assert "taken out of the register" in buyer.get(to(own_place, key)).content.decode()
    buyer.post(to(own_place, f"{key}/undo"))
    assert key in {one["contract_key"] for one in contracts.current(own_place.project)}
    # File and database hold the same, and the log tells who did what without what the contract says.
    in_file = {together.identity(tables.contract_entries, one) for one in contracts.entries(own_place.project)}
    together.bring_together(own_place)
    stored = {
        together.identity(tables.contract_entries, one) for one in together.read(own_place, tables.contract_entries)
    }
    assert in_file == stored
    assert Event.objects.filter(about=key).count() == 5 and not Event.objects.filter(about__contains="Putsen").exists()


def test_what_the_terminal_adds_is_seen_at_once(
    own_place: Any, signed_in: Callable[..., Client], seen: dict[str, Any]
) -> None:
    reader = signed_in(own_place, "reader")
    reader.get(to(own_place))
    before = seen["page"].paginator.count
    row = {**contracts.entries(own_place.project)[0], "contract_key": "f" * 16, "entered_at": decisions.now()}
    decisions.add(own_place.project, tables.contract_entries, [row])
    reader.get(to(own_place))
    assert seen["page"].paginator.count == before + 1
    assert ContractEntry.objects.filter(contract_key="f" * 16).exists()


def test_a_place_without_ledgers_writes_whose_contracts_and_tenders_are(
    db: None, tmp_path: Path, signed_in: Callable[..., Client]
) -> None:
    from bygd.web.places.register import register
    from bygd.web.procurements.tenders.models import Tender
    from bygd.workbench import project

    project.create(tmp_path / "empty", "nl:GM0772", "Eindhoven")
    place = register(tmp_path / "empty")
    buyer, at = signed_in(place, "buyer"), f"/p/{place.slug}/procurement"
    assert (
        "Write the name, and give its ledger the same name later." in buyer.get(f"{at}/contracts/new").content.decode()
    )
    missing = buyer.post(f"{at}/contracts/new", {"anchor": " ", "title": "Cleaning", "stage": "signed"})
    assert missing.status_code == 422
    said = {"anchor": "Gemeente Eindhoven", "title": "Cleaning", "stage": "signed"}
    assert buyer.post(f"{at}/contracts/new", said).status_code == 302
    (row,) = contracts.current(place.project)
    assert row["anchor"] == "Gemeente Eindhoven"
    assert 'value="Gemeente Eindhoven"' in buyer.get(f"{at}/contracts/bring").content.decode()
    asked = {"anchor": "Gemeente Eindhoven", "title": "Cleaning", "number": "Z1", "value": "1000", "currency": "EUR"}
    assert buyer.post(f"{at}/tenders/new", asked).status_code == 302
    tender = Tender.objects.get(place=place)
    kept = buyer.post(f"{at}/tenders/{tender.pk}/about", {**asked, "title": "Cleaning of schools"})
    assert kept.status_code == 302


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("title", "", "Say what is bought"),
        ("anchor", "Somebody else", "Choose one of the list"),
        ("value", "-5", "is no amount"),
        ("value", "2,900", "may be read in two ways"),
        ("value", "mycket", "is no amount"),
        ("cpv", "99999999", "no CPV division 99"),
        ("cpv", "9200000", "It may be 09200000, 92000000"),
        ("cpv", "fönster", "is no CPV code"),
        ("currency", "kronor", "no code of three letters"),
        ("ends_on", "2025-12-31", "before it starts"),
        ("ends_on", "2026-02-30", "Write the day as year, month and day"),
        ("longest_until", "2026-06-30", "before its first end"),
        ("signed_on", "2030-01-01", "after it ended"),
    ],
)
def test_a_contract_that_cannot_be_right_is_refused_at_its_field(
    own_place: Any, signed_in: Callable[..., Client], field: str, value: str, message: str, seen: dict[str, Any]
) -> None:
    before = len(contracts.entries(own_place.project))
    answer = signed_in(own_place, "buyer").post(to(own_place, "new"), entered(**{field: value}))
    assert answer.status_code == 422 and message in answer.content.decode()
    assert field in seen["form"].errors and len(contracts.entries(own_place.project)) == before


def test_a_personal_number_is_not_kept_and_survives_a_change(
    own_place: Any, signed_in: Any, seen: dict[str, Any]
) -> None:
    buyer = signed_in(own_place, "buyer")
    key = buyer.post(to(own_place, "new"), entered(supplier_number="850709-9805", supplier_name="Anna S")).url.rsplit(
        "/", 1
    )[-1]
    page = buyer.get(to(own_place, f"{key}/change"))
    assert "850709" not in page.content.decode() and "p:" not in page.content.decode()
    label = seen["form"]["supplier_name"].value()
    buyer.post(to(own_place, f"{key}/change"), entered(supplier_number="", supplier_name=label, note="x"))
    first, last = contracts.entries(own_place.project, key)
    assert first["supplier_id"] == last["supplier_id"] and first["supplier_id"].startswith("p:")
    assert "850709" not in decisions.file(own_place.project, tables.contract_entries).read_text(encoding="utf-8")


def test_a_file_is_looked_at_before_it_is_taken_in(
    own_place: Any, signed_in: Any, settings: Any, tmp_path: Any, seen: dict[str, Any]
) -> None:
    settings.UPLOADS = tmp_path / "uploads"
    buyer, other = signed_in(own_place, "buyer"), signed_in(own_place, "buyer")
    text = HEADER + "N-1;Snöröjning;Plog AB;2099-12-31;Åsa\nN-2;;;2026-02-30;\n"
    sent = {"file": SimpleUploadedFile("../avtal.csv", text.encode()), "anchor": "Fyrhamns kommun"}
    looked = buyer.post(to(own_place, "bring"), sent).url
    page = buyer.get(looked)
    assert "Handläggare" in page.content.decode() and seen["counts"] == {"new": 1}
    assert other.get(looked).status_code == 404 and other.post(f"{looked}/take").status_code == 404
    assert buyer.post(f"{looked}/take").url == looked  # a column is still unknown
    buyer.post(looked, {"name-0": "Handläggare", "field-0": ""})
    before = len(contracts.current(own_place.project))
    assert buyer.post(f"{looked}/take").status_code == 302
    assert len(contracts.current(own_place.project)) == before + 1
    assert buyer.get(looked).status_code == 404 and not list(settings.UPLOADS.iterdir())


def test_a_list_with_other_headings_is_read_once_somebody_says_what_they_are(
    own_place: Any, signed_in: Any, settings: Any, tmp_path: Any, seen: dict[str, Any]
) -> None:
    settings.UPLOADS = tmp_path / "uploads"
    buyer = signed_in(own_place, "buyer")
    sent = {"file": SimpleUploadedFile("a.csv", b"Vad;Vem\nSand;Grus AB\n"), "anchor": "Fyrhamns kommun"}
    looked = buyer.post(to(own_place, "bring"), sent).url
    assert buyer.get(looked).status_code == 422 and seen["headings"] == ("Vad", "Vem")
    buyer.post(looked, {"name-0": "Vad", "field-0": "title", "name-1": "Vem", "field-1": "?"})
    assert buyer.get(looked).status_code == 200 and seen["looked"].unused == ("Vem",)
    buyer.post(looked, {"name-0": "Vem", "field-0": "supplier_name"})
    assert buyer.get(looked).status_code == 200 and seen["changes"][0].row["supplier_name"] == "Grus AB"


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"%PDF-1.7", "is a PDF"), (b"a;b\n1;2\n", "no column with titles"), (b'{"releases": [', "damaged or cut short")],
)
def test_a_file_that_cannot_be_read_says_why(
    own_place: Any, signed_in: Any, settings: Any, tmp_path: Any, content: bytes, message: str
) -> None:
    settings.UPLOADS = tmp_path / "uploads"
    buyer = signed_in(own_place, "buyer")
    looked = buyer.post(to(own_place, "bring"), {"file": SimpleUploadedFile("a.csv", content), "anchor": ""}).url
    answer = buyer.get(looked)
    assert answer.status_code == 422 and message in answer.content.decode()
    assert buyer.get(to(own_place, f"bring/{'0' * 32}")).status_code == 404


def test_only_buyers_enter(own_place: Any, signed_in: Callable[..., Client]) -> None:
    key = contracts.current(own_place.project)[0]["contract_key"]
    for role in ("reader", "analyst", "administrator", "facilitator"):
        client = signed_in(own_place, role)
        for page in ("new", "bring", f"{key}/change", f"{key}/withdraw", f"{key}/undo"):
            assert client.post(to(own_place, page), entered()).status_code == 403, page
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    strict.cookies = signed_in(own_place, "buyer").cookies
    assert strict.post(to(own_place, f"{key}/withdraw")).status_code == 403


@pytest.mark.parametrize("by", ["month", "quarter"])
@pytest.mark.parametrize("language", ["sv", "nl", "en"])
def test_endings_by_month_and_quarter(
    place: Any, signed_in: Callable[..., Client], by: str, language: str, seen: dict[str, Any]
) -> None:
    page = signed_in(place, "reader").get(to(place, f"endings?by={by}&months=60&lead=12&lang={language}"))
    groups = seen["groups"]
    assert page.status_code == 200 and len({name for name, _ in groups}) == len(groups) > 3
    assert sum(len(listed) for _, listed in groups) == seen["count"]
    assert signed_in(place, "reader").get(to(place, "endings?months=x&lead=-1&anchor=no")).status_code == 200


def test_a_calendar_has_a_secret_address_that_can_be_ended(
    place: Any, signed_in: Callable[..., Client], somebody: Callable[..., Any], seen: dict[str, Any]
) -> None:
    person = somebody(place, "reader")
    reader, nobody = signed_in(person=person), Client(SERVER_NAME="localhost")
    reader.post(to(place, "endings/calendar"), {"make": "1"})
    shown = reader.get(to(place, "endings"))
    address = seen["fresh"]
    assert address and address in shown.content.decode()
    reader.get(to(place, "endings"))
    assert seen["fresh"] == ""
    path = address.split("localhost", 1)[1]
    answer = nobody.get(path)
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/calendar") and not answer.cookies
    events = Feed.from_ical(answer.content).walk("VEVENT")
    names = [str(event["uid"]) for event in events]
    assert len(set(names)) == len(names) > 50
    ends = {str(event["uid"]): event["dtstart"].dt for event in events}
    for row in contracts.current(place.project):
        day = ends.get(f"end-{row['contract_key']}@{place.slug}.bygd")
        assert day is None or day in (row["ends_on"], row["longest_until"])
    secret = path.rsplit("/", 1)[1].removesuffix(".ics")
    assert not Calendar.objects.filter(secret_hash__contains=secret).exists()
    assert nobody.get("/open/calendar/wrong.ics").status_code == 404
    reader.post(to(place, "endings/calendar"), {"make": "1"})
    assert nobody.get(path).status_code == 404
    reader.get(to(place, "endings"))
    newer = seen["fresh"].split("localhost", 1)[1]
    assert nobody.get(newer).status_code == 200
    Membership.objects.filter(person=person).delete()
    assert nobody.get(newer).status_code == 404  # who is nothing there any more reads nothing
    Membership.objects.create(person=person, place=place, role="reader")
    reader.post(to(place, "endings/calendar"), {"end": "1"})
    assert nobody.get(newer).status_code == 404


def test_who_is_erased_leaves_no_calendar(place: Any, somebody: Callable[..., Any]) -> None:
    from bygd.web.people import owndata

    person = somebody(place, "reader")
    Calendar.objects.create(place=place, person=person, secret_hash="0" * 64)
    owndata.erase(person)
    assert not Calendar.objects.filter(person=person).exists()
