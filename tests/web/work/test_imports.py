"""The guided import: a file is brought, seen, mapped, checked and taken in, or left; each step can be undone."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from .conftest import CHOSEN, LEDGER

pytestmark = pytest.mark.django_db
ANCHOR = "Fyrhamns kommun"


@pytest.fixture
def member(own_place: Any, signed_in: Callable[..., Client]) -> Client:
    return signed_in(own_place, anchors=[ANCHOR])


def page(client: Client, place: Any, path: str) -> str:
    response = client.get(f"/p/{place.slug}/{path}")
    assert response.status_code == 200
    return response.content.decode()


def test_a_file_is_seen_mapped_checked_and_taken_in(
    own_place: Any, member: Client, bring: Callable[..., Any], work: Callable[[], list[Any]], uploads: Path
) -> None:
    from bygd.web.people.models import Event
    from bygd.web.work.models import Job

    brought = bring(member, own_place, anchor=ANCHOR)
    seen = page(member, own_place, f"import/{brought.pk}/")
    assert "Which column is what?" in seen and "stand in row 3" in seen
    assert "Sure: the name of the column is known for this." in seen
    assert "Klintvall Vård AB" in seen
    assert "Anna Andersson" not in seen and "19850709" not in seen and "Enskild näringsidkare" in seen
    assert "Summa inkl moms" in seen.split("Columns that are not read")[1]

    mapped = member.post(f"/p/{own_place.slug}/import/{brought.pk}/columns", CHOSEN)
    assert mapped.status_code == 302, mapped.content.decode()[1500:5000]
    work()
    checked = page(member, own_place, f"import/{brought.pk}/")
    assert "2 payments, SEK\xa013,701, from 3 January 2025 to 5 January 2025." in checked
    assert "1 payment goes to a person or sole trader" in checked
    for reason in ("Amount missing or unreadable", "Supplier name missing", "Total or subtotal row"):
        assert f"{reason}: 1 row" in checked
    assert "Anna" not in checked

    for ending, start in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")):
        rows = member.get(f"/p/{own_place.slug}/import/{brought.pk}/set-aside.{ending}")
        assert rows.status_code == 200 and rows.content.startswith(start)
        assert "attachment" in rows["Content-Disposition"]

    assert own_place.project.ledgers[0].files[-1] != brought.file_name
    member.post(f"/p/{own_place.slug}/import/{brought.pk}/commit")
    brought.refresh_from_db()
    entry = own_place.project.ledgers[-1]
    assert entry.source == ANCHOR and entry.files == (brought.file,)
    assert entry.settings["columns"]["amount"] == "Belopp exkl moms"
    assert set(entry.settings["ignore"]) == {"Benämning", "Summa inkl moms"}
    assert (Path(own_place.folder) / brought.file).read_bytes() == LEDGER
    assert not list(uploads.iterdir()), "nothing stays where it was brought"
    assert Job.objects.filter(kind="build", state="queued").count() == 1
    did = set(Event.objects.filter(place=own_place).values_list("did", flat=True))
    assert {"brought a file", "took a file in", "exported rows set aside"} <= did


def test_a_later_file_with_the_same_columns_is_read_in_the_same_way_and_says_so(
    own_place: Any, member: Client, bring: Callable[..., Any], work: Callable[[], list[Any]]
) -> None:
    first = bring(member, own_place, anchor=ANCHOR, name="januari.csv")
    member.post(f"/p/{own_place.slug}/import/{first.pk}/columns", {**CHOSEN, "amount": '["Summa inkl moms"]'})
    work()
    member.post(f"/p/{own_place.slug}/import/{first.pk}/commit")
    later = bring(member, own_place, LEDGER.replace(b"2025-01", b"2025-02"), "februari.csv", anchor=ANCHOR)
    assert later.state == "checked"
    shown = page(member, own_place, f"import/{later.pk}/")
    assert "The columns are those of januari.csv" in shown
    assert later.mapping["columns"]["amount"] == "Summa inkl moms"
    member.post(f"/p/{own_place.slug}/import/{later.pk}/commit")
    assert own_place.project.ledgers[-1].files == (first_file(first), first_file(later)), "one entry for both"


def first_file(brought: Any) -> str:
    brought.refresh_from_db()
    return str(brought.file)


def test_the_same_content_is_told_before_it_is_taken_in(
    own_place: Any, member: Client, bring: Callable[..., Any], work: Callable[[], list[Any]]
) -> None:
    file = own_place.project.ledgers[0].files[0]
    brought = bring(member, own_place, own_place.project.path(file).read_bytes(), "igen.csv", anchor=ANCHOR)
    columns = {field: f'["{column}"]' for field, column in brought.mapping["columns"].items()}
    member.post(f"/p/{own_place.slug}/import/{brought.pk}/columns", columns)
    work()
    brought.refresh_from_db()
    assert brought.findings["same_as"] == file
    assert brought.findings["rows_known"] == int(brought.findings["sums"][0]["rows_read"])
    assert f"This content is there already, as {file}." in page(member, own_place, f"import/{brought.pk}/")


def test_where_two_columns_fit_somebody_must_choose(own_place: Any, member: Client, bring: Callable[..., Any]) -> None:
    two = "Betalningsdatum;Fakturadatum;Leverantör;Belopp\n2025-01-02;2025-01-01;Stenaby El AB;100,00\n"
    brought = bring(member, own_place, two.encode(), anchor=ANCHOR)
    assert "Several columns fit: Betalningsdatum, Fakturadatum. Choose one." in page(
        member, own_place, f"import/{brought.pk}/"
    )
    chosen = {"supplier": '["Leverantör"]', "amount": '["Belopp"]'}
    address = f"/p/{own_place.slug}/import/{brought.pk}/columns"
    left_open = member.post(address, {**chosen, "paid_on": ""})
    assert left_open.status_code == 422 and 'href="#id_paid_on"' in left_open.content.decode()
    assert member.post(address, {**chosen, "paid_on": '["Fakturadatum"]'}).status_code == 302
    brought.refresh_from_db()
    assert brought.mapping["columns"]["paid_on"] == "Fakturadatum" and brought.mapping["ignore"] == ["Betalningsdatum"]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"amount": ""}, "amount"),
        ({"paid_on": ""}, "paid_on"),
        ({"supplier": ""}, "supplier"),
        ({"account": '["Leverantör"]'}, "account"),
        ({"debit": '["Summa inkl moms"]'}, "amount"),
        ({"period": "2025-13"}, "period"),
    ],
)
def test_what_is_missing_or_doubled_is_told_at_the_field(
    own_place: Any, member: Client, bring: Callable[..., Any], change: dict[str, str], where: str
) -> None:
    brought = bring(member, own_place, anchor=ANCHOR)
    response = member.post(f"/p/{own_place.slug}/import/{brought.pk}/columns", {**CHOSEN, **change})
    text = response.content.decode()
    assert response.status_code == 422 and "There is a problem" in text and f'href="#id_{where}"' in text


def test_a_file_that_is_left_is_deleted(
    own_place: Any, member: Client, bring: Callable[..., Any], uploads: Path
) -> None:
    before = (Path(own_place.folder) / "bygd.toml").read_bytes()
    brought = bring(member, own_place, anchor=ANCHOR)
    assert brought.path.exists()
    member.post(f"/p/{own_place.slug}/import/{brought.pk}/leave")
    brought.refresh_from_db()
    assert brought.state == "left" and brought.seen == {} and not list(uploads.iterdir())
    assert (Path(own_place.folder) / "bygd.toml").read_bytes() == before
    again = member.post(f"/p/{own_place.slug}/import/{brought.pk}/commit", follow=True)
    assert "Somebody else went on with this file" in again.content.decode()


@pytest.mark.slow
def test_rows_that_a_build_set_aside_are_had_by_members_and_nobody_else(
    own_place: Any, member: Client, signed_in: Callable[..., Client], bring: Callable[..., Any], work: Callable[[], Any]
) -> None:
    brought = bring(member, own_place, anchor=ANCHOR)
    member.post(f"/p/{own_place.slug}/import/{brought.pk}/columns", CHOSEN)
    work()
    member.post(f"/p/{own_place.slug}/import/{brought.pk}/commit")
    work()
    brought.refresh_from_db()
    assert "2 rows could not be read" in page(member, own_place, "import/")
    assert "2 rows of your ledgers could not be read." in page(member, own_place, "")
    address = f"/p/{own_place.slug}/import/set-aside"
    told = member.get(f"{address}.csv", {"file": brought.file})
    assert told.status_code == 200 and "Supplier name missing" in told.content.decode("utf-8-sig")
    assert member.get(f"{address}.xlsx", {"file": brought.file}).content.startswith(b"PK")
    assert member.get(f"{address}.pdf", {"file": brought.file}).status_code == 404
    other = signed_in(own_place, "analyst", anchors=["Region Skärland"])
    assert other.get(f"{address}.csv", {"file": brought.file}).status_code == 404
    assert signed_in(own_place, "analyst").get(f"{address}.csv", {"file": brought.file}).status_code == 403


def test_a_file_is_taken_out_and_put_back(own_place: Any, member: Client) -> None:
    from bygd.web.work.models import Import

    entry = own_place.project.ledgers[0]
    file, settings = entry.files[0], dict(entry.settings)
    member.post(f"/p/{own_place.slug}/import/take-out", {"file": file})
    assert file not in own_place.project.ledgers[0].files
    assert (Path(own_place.folder) / file).exists(), "the file stays"
    out = Import.objects.get(file=file)
    assert "Taken out" in page(member, own_place, "import/")
    member.post(f"/p/{own_place.slug}/import/{out.pk}/put-back")
    back = own_place.project.ledgers[0]
    assert file in back.files and dict(back.settings) == settings
    twice = member.post(f"/p/{own_place.slug}/import/take-out", {"file": "files/none.csv"})
    assert twice.status_code == 404


def test_taking_a_file_out_leaves_what_was_found_in_it_meanwhile(
    own_place: Any, member: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bygd.web.work.models import Import

    file, save = own_place.project.ledgers[0].files[0], Import.save
    brought = Import.objects.create(place=own_place, file=file)

    def late(one: Import, *args: Any, **more: Any) -> None:
        Import.objects.filter(pk=brought.pk).update(findings={"rows": 7}, sha256="ab")
        save(one, *args, **more)

    monkeypatch.setattr(Import, "save", late)
    member.post(f"/p/{own_place.slug}/import/take-out", {"file": file})
    brought.refresh_from_db()
    assert (brought.state, brought.findings, brought.sha256) == ("out", {"rows": 7}, "ab")


def zipped(content: bytes, times: int) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", content * times)
    return held.getvalue()


def locked() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("bomb.zip", zipped(b"0" * (1 << 20), 200), "decompression bomb"),
        ("locked.xlsx", locked(), "locked by a password"),
        ("scan.pdf", b"%PDF-1.7 nothing", "a PDF document"),
        ("page.csv", b"<!DOCTYPE html><html><body>Sign in</body></html>", "a web page"),
        ("cut.xlsx", b"PK\x03\x04" + b"\0" * 50, "damaged or cut short"),
        ("letters.csv", b"hello\nworld\n", "has no"),
        ("binary.csv", bytes(range(256)) * 40, "binary.csv"),
    ],
)
def test_a_hostile_file_is_refused_with_what_to_do(
    own_place: Any, member: Client, bring: Callable[..., Any], name: str, content: bytes, told: str
) -> None:
    brought = bring(member, own_place, content, name, anchor=ANCHOR)
    text = page(member, own_place, f"import/{brought.pk}/")
    if brought.state == "looked":  # there is something like a table in it; its page says what is wrong
        assert told in text
        return
    assert "The file cannot be read as it is" in text and told in text
    job = brought.jobs.first()
    assert job.state == "failed" and "fault of this program" not in job.error
    member.post(f"/p/{own_place.slug}/import/{brought.pk}/leave")


@pytest.mark.parametrize("content", [b"", None])
def test_no_file_or_an_empty_one_is_told_at_the_field(own_place: Any, member: Client, content: bytes | None) -> None:
    files = {"files": SimpleUploadedFile("a.csv", content)} if content is not None else {}
    response = member.post(f"/p/{own_place.slug}/import/new/ledger", {"anchor": ANCHOR, **files})
    assert response.status_code == 422 and "There is a problem" in response.content.decode()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\win.ini", "win.ini"),
        ("a<b>:c|d.csv", "a_b__c_d.csv"),
        ("2024-01 fakturor åäö.csv", "2024-01 fakturor åäö.csv"),
        ("...", "file"),
        ("x" * 300 + ".xlsx", "x" * 115 + ".xlsx"),
    ],
)
def test_a_name_leads_nowhere_else(given: str, kept: str) -> None:
    from bygd.web.work import files

    assert files.safe(given) == kept


def test_two_files_at_once_are_both_kept_and_mapped_once(
    own_place: Any, member: Client, work: Callable[[], list[Any]], uploads: Path
) -> None:
    from bygd.web.work.models import Import

    two = [SimpleUploadedFile(f"{month}.csv", LEDGER.replace(b"2025-01", month)) for month in (b"2025-03", b"2025-04")]
    member.post(f"/p/{own_place.slug}/import/new/ledger", {"anchor": ANCHOR, "files": two})
    work()
    first, second = Import.objects.order_by("id")
    assert first.folder != second.folder and first.sha256 != second.sha256
    said = member.post(f"/p/{own_place.slug}/import/{first.pk}/columns", CHOSEN, follow=True)
    assert "1 other file with the same columns is read in the same way." in said.content.decode()
    work()
    second.refresh_from_db()
    assert second.state == "checked" and second.mapping == {**first.mapping, **second.mapping}


SIE = """#FLAGGA 0
#PROGRAM "Bok" 1.0
#FORMAT PC8
#GEN 20250101
#SIETYP 4
#FNAMN "Bolaget AB"
#KONTO 2440 Skulder
#KONTO 4010 Varor
#VER A 1 20250203 "Lev.fakt. 17, Bageriet i hamnen AB" 20250204
{
    #TRANS 2440 {} -1500.00
    #TRANS 4010 {} 1500.00
}
"""


def test_accounts_need_no_columns_and_are_checked_at_once(
    own_place: Any, member: Client, bring: Callable[..., Any]
) -> None:
    brought = bring(member, own_place, SIE.encode(), "bok.se", anchor=ANCHOR)
    shown = page(member, own_place, f"import/{brought.pk}/")
    assert "What will be taken in" in shown and "SEK\xa01,500" in shown and "Change the columns" not in shown
    member.post(f"/p/{own_place.slug}/import/{brought.pk}/commit")
    assert any(file.endswith("/bok.se") for entry in own_place.project.ledgers for file in entry.files)


def test_a_register_of_unknown_columns_is_mapped_by_hand(
    own_place: Any, signed_in: Callable[..., Client], bring: Callable[..., Any], work: Callable[[], list[Any]]
) -> None:
    analyst = signed_in(own_place, "analyst")
    table = "Regnr;Firma;Form\n559999-0982;Klintvall Vård AB;AB\n559999-1006;Norrkvist Vård AB;AB\n"
    brought = bring(analyst, own_place, table.encode(), "firmor.csv", kind="register")
    assert brought.state == "looked"
    assert "This file is none that bygd knows" in page(analyst, own_place, f"import/{brought.pk}/")
    analyst.post(f"/p/{own_place.slug}/import/{brought.pk}/columns", {"number": "Regnr", "name": "Firma"})
    work()
    assert "2 of 2 rows can be used." in page(analyst, own_place, f"import/{brought.pk}/")
    analyst.post(f"/p/{own_place.slug}/import/{brought.pk}/commit")
    assert own_place.project.registers[-1].settings == {"number": "Regnr", "name": "Firma"}


def test_who_may_do_what(
    own_place: Any, member: Client, signed_in: Callable[..., Client], bring: Callable[..., Any]
) -> None:
    brought = bring(member, own_place, anchor=ANCHOR)
    place, number = own_place.slug, brought.pk
    other = signed_in(own_place, "analyst", "administrator", anchors=["Region Skärland"])
    reader, analyst, stranger = signed_in(own_place, "reader"), signed_in(own_place, "analyst"), signed_in()
    pages = [f"import/{number}/", f"import/{number}/columns", f"import/{number}/set-aside.csv"]
    pages.append(f"jobs/{brought.jobs.first().pk}/progress")
    for path in pages:
        assert {one.get(f"/p/{place}/{path}").status_code for one in (other, reader, analyst, stranger)} == {404}
        assert Client(SERVER_NAME="localhost").get(f"/p/{place}/{path}").status_code == 302
    for act in ("commit", "leave", "again", "reread", "columns"):
        for one in (other, reader, analyst, stranger):
            assert one.post(f"/p/{place}/import/{number}/{act}").status_code == 404
    assert reader.get(f"/p/{place}/import/new/ledger").status_code == 403
    assert analyst.get(f"/p/{place}/import/new/ledger").status_code == 403
    assert analyst.get(f"/p/{place}/import/new/register").status_code == 200
    assert member.get(f"/p/{place}/import/new/register").status_code == 403
    file = own_place.project.ledgers[0].files[0]
    for one, status in ((reader, 403), (analyst, 403), (other, 403), (stranger, 404)):
        assert one.post(f"/p/{place}/import/take-out", {"file": file}).status_code == status
    brought.refresh_from_db()
    assert brought.state == "looked" and file in own_place.project.ledgers[0].files
    for one in (reader, other):
        assert brought.file_name not in one.get(f"/p/{place}/import/").content.decode()
    assert "payments" not in reader.get(f"/p/{place}/import/").content.decode()


def test_nobody_gets_an_institution_by_naming_it(
    own_place: Any, signed_in: Callable[..., Client], somebody: Callable[..., Any]
) -> None:
    from bygd.web.people.models import Membership

    boss = somebody(own_place, "administrator")
    client = signed_in(person=boss)
    address = f"/p/{own_place.slug}/import/new/ledger"
    for name in (ANCHOR, ANCHOR.upper()):
        taken = client.post(address, {"new_anchor": name, "files": SimpleUploadedFile("a.csv", LEDGER)})
        assert taken.status_code == 422 and "You are not a member of this institution" in taken.content.decode()
    assert not Membership.objects.filter(person=boss, role="anchor_member").exists()
    client.post(address, {"new_anchor": "Fyrhamns hamn AB", "files": SimpleUploadedFile("a.csv", LEDGER)})
    assert Membership.objects.filter(person=boss, anchor="Fyrhamns hamn AB").exists()


def test_without_the_token_of_the_form_nothing_is_taken(
    own_place: Any, somebody: Callable[..., Any], uploads: Path
) -> None:
    client = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    client.force_login(somebody(own_place, anchors=[ANCHOR]))
    form = {"anchor": ANCHOR, "files": SimpleUploadedFile("a.csv", LEDGER)}
    assert client.post(f"/p/{own_place.slug}/import/new/ledger", form).status_code == 403
    assert not uploads.exists()


def test_a_script_is_told_where_to_go_on_or_what_is_wrong(own_place: Any, member: Client) -> None:
    address = f"/p/{own_place.slug}/import/new/ledger"
    wrong = member.post(address, {"anchor": ANCHOR}, headers={"X-Upload": "1"})
    assert wrong.status_code == 422 and wrong.json() == {"errors": ["Choose a file."]}
    right = member.post(
        address, {"anchor": ANCHOR, "files": SimpleUploadedFile("a.csv", LEDGER)}, headers={"X-Upload": "1"}
    )
    assert right.json()["to"].startswith(f"/p/{own_place.slug}/import/")


def test_the_list_of_files_asks_no_more_of_the_database_for_more_files(
    own_place: Any, member: Client, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(14):
        page(member, own_place, "import/")


def test_what_a_killed_process_left_is_removed_after_a_day_and_what_waits_is_not(
    own_place: Any, member: Client, bring: Callable[..., Any], uploads: Path
) -> None:
    import os
    import time

    from bygd.web.work import files

    brought = bring(member, own_place, anchor=ANCHOR)
    (uploads / "left" / "x").mkdir(parents=True)
    (uploads / "fresh").mkdir()
    for folder in (uploads / "left", brought.path.parent):
        os.utime(folder, (time.time() - 2 * files.A_DAY,) * 2)
    files.sweep_uploads()
    assert sorted(path.name for path in uploads.iterdir()) == sorted(["fresh", brought.folder])


@pytest.mark.parametrize(("path", "form", "says"), [("columns", "Columns", "mapping"), ("reread", "Reading", "given")])
def test_a_file_that_somebody_takes_in_meanwhile_is_not_read_anew(
    own_place: Any, member: Client, bring: Callable[..., Any], work: Callable[[], list[Any]], monkeypatch: Any,
    path: str, form: str, says: str,
) -> None:  # fmt: skip
    from bygd.web.work import files, forms

    brought = bring(member, own_place, anchor=ANCHOR)
    address = f"/p/{own_place.slug}/import/{brought.pk}"
    member.post(f"{address}/columns", CHOSEN)
    work()
    kind = getattr(forms, form)
    said = getattr(kind, says)

    def meanwhile(self: Any) -> Any:
        files.commit(type(brought).objects.get(pk=brought.pk))
        return said(self)

    monkeypatch.setattr(kind, says, meanwhile)
    answer = member.post(f"{address}/{path}", CHOSEN if path == "columns" else {}, follow=True)
    assert "Somebody else went on with this file meanwhile" in answer.content.decode()
    brought.refresh_from_db()
    assert brought.state == "committed" and not brought.jobs.filter(state="queued").exists()


def test_a_file_that_is_being_read_anew_is_not_taken_in_as_it_was_before(
    own_place: Any, member: Client, bring: Callable[..., Any], work: Callable[[], list[Any]]
) -> None:
    from bygd.web.work import jobs
    from bygd.web.work.words import JobKind

    brought = bring(member, own_place, anchor=ANCHOR)
    address = f"/p/{own_place.slug}/import/{brought.pk}"
    member.post(f"{address}/columns", CHOSEN)
    work()
    jobs.ask(own_place, JobKind.CHECK, None, brought)
    member.post(f"{address}/commit")
    brought.refresh_from_db()
    assert brought.state == "checked"


def test_many_files_of_one_register_are_folded_and_few_are_named(own_place: Any, member: Client) -> None:
    from bygd.workbench import changing

    many = [f"bods/{number}.json" for number in range(7)]
    changing.add(own_place.project, "register", {"source": "world/bods", "files": many, "columns": {}})
    changing.add(own_place.project, "register", {"source": "world/own_parents", "files": ["o.csv"], "columns": {}})
    seen = page(member, own_place, "import/").split("Registers and places")[1]
    assert "<summary>Beneficial ownership statements (BODS): 7 files</summary>" in seen
    open_part, folded = seen.split("<summary>Beneficial")
    assert "o.csv" in open_part and "Owners of your own" in open_part and "0.json" not in open_part
    assert folded.count("<strong>") == 7
