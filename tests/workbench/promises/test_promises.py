"""Promises of a project: entered and checked, out to spreadsheets and back, social return filled by blocks."""

import io
import json
from datetime import date, datetime
from decimal import Decimal as D
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from bygd.cli import main
from bygd.reports.translate import Translator
from bygd.sources.errors import InputError
from bygd.tools import promises as tool
from bygd.vocabulary import tables
from bygd.vocabulary.contract_words import DeliveryState, PromiseStatus, Remedy
from bygd.workbench import contracts, decisions, policies, project, promises
from bygd.workbench.promises import Given, reading, sheet
from bygd.workbench.promises.reading import Effect

TODAY = date(2026, 11, 22)
NUMBER = "811218-9876"
"""A personal identity number that the tax agency made for tests."""


def contract(number: str = "K1", place: str = "se", **more: Any) -> dict[str, Any]:
    return {
        **dict.fromkeys(tables.contract_entries.columns()),
        "contract_key": contracts.key("Sample", number, "Cleaning"), "anchor": "Sample", "number": number,
        "title": f"Cleaning {number}", "supplier_name": "Städ AB", "value": D(1_000_000), "currency": "SEK",
        "stage": "signed", "is_framework": False, "withdrawn": False, "source": "test", "entered_by": "Åsa",
        "entered_at": datetime(2026, 1, 2), **more,
    }  # fmt: skip


KEY = contract()["contract_key"]
JOBS = Given("1", "Two young people get a job", "persons", D(4), date(2027, 12, 31), theme="Work", counts_people=True,
             milestones="2026-06-30 1; 2026-12-31 2", evidence="Pay slips without names")  # fmt: skip


@pytest.fixture
def place(tmp_path: Path) -> project.Project:
    made = project.create(tmp_path / "place", "se:1291")
    decisions.add(made, tables.contract_entries, [contract()])
    return made


def entered(place: project.Project, *given: Given, key: str = KEY) -> promises.Book:
    book = promises.book(place, TODAY)
    decisions.add(place, tables.promise_entries, [promises.promise(book, key, one, "Åsa") for one in given])
    return promises.book(place, TODAY)


def reported(book: promises.Book, promise: tool.Promise, **given: Any) -> promises.Book:
    row = promises.report(book, promise, {"amount": D(1), "period_to": date(2026, 6, 30), **given})
    decisions.add(book.project, tables.delivery_entries, [row])
    return promises.book(book.project, TODAY)


def test_from_promise_over_report_and_judgement_to_account_and_undone(place: project.Project) -> None:
    book = entered(place, JOBS)
    (one,) = book.promises.values()
    book = reported(book, one, reference="a")
    (row,) = book.reports_on(one.key)
    assert (row["persons"], row["state"], row["entered_by"]) == (1, "reported", "supplier")
    assert [account.status for account in book.accounts] == [PromiseStatus.WAITING]
    for state, low in ((DeliveryState.VERIFIED, 1), (DeliveryState.REPORTED, 0)):
        decisions.add(place, tables.delivery_entries, [promises.judged(book, row["delivery_key"], state, "", "Bo")])
        book = promises.book(place, TODAY)
        assert (book.accounts[0].low, book.accounts[0].high) == (low, 1)
    assert len(decisions.read(place, tables.delivery_entries)) == 3


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"amount": D(-1)}, "cannot have been delivered"),
        ({"amount": D("0.5")}, "whole number"),
        ({"amount": D("NaN")}, "cannot have been delivered"),
        ({"amount": D(10) ** 11}, "cannot have been delivered"),
        ({"period_to": date(2026, 11, 24)}, "yet to come"),
        ({"period_to": date(1999, 12, 31)}, "too far away"),
        ({"period_from": date(2026, 7, 1)}, "first day"),
        ({"persons": -1}, "number of people"),
        ({"persons": 10**6}, "number of people"),
        ({"note": "x" * 2001}, "longer than"),
        ({"note": f"Anna, {NUMBER}, began in May"}, "personal identity number"),
        ({"reference": NUMBER}, "personal identity number"),
    ],
)
def test_impossible_and_private_reports_are_refused(place: project.Project, change: Any, said: str) -> None:
    book = entered(place, JOBS)
    (one,) = book.promises.values()
    with pytest.raises(InputError, match=said) as caught:
        reported(book, one, **change)
    assert NUMBER not in str(caught.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"target": D(0)}, "above nought"),
        ({"code": " "}, "needs a number"),
        ({"due_on": date(2500, 1, 1)}, "too far"),
        ({"starts_on": date(2028, 1, 1)}, "before its last day"),
        ({"milestones": "tomorrow 1"}, "no milestone"),
        ({"title": f"A job for {NUMBER}"}, "personal identity number"),
        ({"evidence": f"Slip of {NUMBER}"}, "personal identity number"),
    ],
)
def test_impossible_promises_are_refused(place: project.Project, change: Any, said: str) -> None:
    with pytest.raises(InputError, match=said):
        entered(place, Given(**{name: getattr(JOBS, name) for name in Given.__dataclass_fields__} | change))


def test_what_is_verified_no_supplier_changes_and_why_is_asked_for(place: project.Project) -> None:
    book = entered(place, JOBS)
    (one,) = book.promises.values()
    book = reported(book, one)
    key = book.reports_on(one.key)[0]["delivery_key"]
    for state in (DeliveryState.ASKED, DeliveryState.DISPUTED):
        with pytest.raises(InputError, match="Say why"):
            promises.judged(book, key, state, " ", "Bo")
    with pytest.raises(InputError, match="no such report"):
        promises.judged(book, "nothing", DeliveryState.VERIFIED, "", "Bo")
    decisions.add(place, tables.delivery_entries, [promises.judged(book, key, DeliveryState.VERIFIED, "", "Bo")])
    with pytest.raises(InputError, match="verified already"):
        reported(promises.book(place, TODAY), one)


def test_texts_from_outside_are_harmless_in_files_and_databases(place: project.Project) -> None:
    book = entered(place, JOBS)
    (one,) = book.promises.values()
    book = reported(book, one, note="=cmd|' /C calc'!A0\x00\x1b", reference="@SUM(A1)")
    (row,) = book.reports_on(one.key)
    assert (row["note"], row["reference"]) == ("cmd|' /C calc'!A0", "SUM(A1)")
    book = reported(book, one, note="- first\r\n- second", period_to=date(2026, 7, 31))
    assert book.reports_on(one.key)[0]["note"] == "– first\n- second"


def test_remedies_need_a_sentence_and_more_time_a_day(place: project.Project) -> None:
    book = entered(place, JOBS)
    (one,) = book.promises.values()
    for args, said in (
        ((Remedy.MORE_TIME, TODAY, "Later"), "new last day"),
        ((Remedy.PENALTY, TODAY, "Paid", "Bo", date(2028, 1, 1)), "new last day"),
        ((Remedy.MORE_TIME, TODAY, "Later", "Bo", date(2027, 1, 1)), "must come after"),
        ((Remedy.PENALTY, TODAY, ""), "in a sentence"),
    ):
        with pytest.raises(InputError, match=said):
            promises.redress(book, one, *(args if len(args) > 3 else (*args, "Bo")))
    row = promises.redress(book, one, Remedy.MORE_TIME, TODAY, "Agreed in a meeting", "Bo", due_on=date(2028, 6, 30))
    decisions.add(place, tables.remedy_entries, [row])
    assert promises.book(place, TODAY).accounts[0].last_day == date(2028, 6, 30)
    decisions.add(place, tables.remedy_entries, [promises.taken_back(row, "Bo")])
    assert promises.book(place, TODAY).accounts[0].last_day == JOBS.due_on


@pytest.mark.parametrize("language", ["sv", "nl", "en"])
def test_a_form_comes_back_filled_in_and_twice_changes_nothing(
    place: project.Project, tmp_path: Path, language: str
) -> None:
    book = entered(place, JOBS, Given("2", "=cmd|' /C calc'!A0", "hours", D(100), date(2027, 1, 31)))
    path = tmp_path / "form.xlsx"
    with path.open("wb") as target:
        sheet.form(book, KEY, target, Translator(language))
    filled = load_workbook(path)
    (page,) = filled.worksheets
    heads = [cell.value for cell in page[2]]
    at = {name: heads.index(Translator(language)(title)) + 1 for name, title in sheet.REPORTS.items() if name != "block"
          and Translator(language)(title) in heads}  # fmt: skip
    assert page.cell(3, at["title"]).value == JOBS.title
    assert page.cell(3 + sheet.ROOM, at["title"]).data_type == "s"
    for line, amount, day in ((3, 1, date(2026, 6, 30)), (3 + sheet.ROOM, 12.5, date(2026, 9, 30))):
        page.cell(line, at["amount"]).value = amount
        page.cell(line, at["period_to"]).value = day
    filled.save(path)
    changes = reading.read_reports(book, path, KEY)
    assert [(one.code, one.effect, one.row["amount"]) for one in changes] == [
        ("1", Effect.NEW, D(1)), ("2", Effect.NEW, D("12.5")),
    ]  # fmt: skip
    decisions.add(place, tables.delivery_entries, [one.row for one in changes])
    again = reading.read_reports(promises.book(place, TODAY), path, KEY)
    assert [one.effect for one in again] == [Effect.KNOWN, Effect.KNOWN]


def test_amounts_of_forms_and_lists_are_read_as_on_pages(place: project.Project, tmp_path: Path) -> None:
    book, path = entered(place, JOBS, Given("2", "Hours", "hours", D(100), date(2027, 1, 31))), tmp_path / "form.csv"
    path.write_text("code;period_to;amount;persons\n2;2026-06-30;1.250;1.100\n2;2026-09-30;1.250,50;\n")
    assert [one.row["amount"] for one in reading.read_reports(book, path, KEY, groups=".")] == [1250, D("1250.50")]
    with pytest.raises(InputError, match="two ways"):
        reading.read_reports(book, path, KEY)
    path.write_text("contract;code;title;unit;target;due_on\nk1;2;Hours;hours;1.250;2027-01-31\n")
    (change,) = reading.read_promises(book, path, "Bo", ".")
    assert change.row["target"] == 1250


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code;period_to;amount\n9;2026-06-30;1\n", "no promise of this contract"),
        ("code;period_to;amount\n1;;1\n", "until which day"),
        ("code;period_to;amount\n1;31 in June;1\n", "no day"),
        ("code;period_to;amount\n1;2026-06-30;1.2.3\n", "no number"),
        ("code;period_to;amount\n1;2026-06-30;1\n1;2026-06-30;2\n", "stands above"),
        (f"code;period_to;amount;note\n1;2026-06-30;1;{NUMBER}\n", "personal identity"),
        ("code;amount\n1;1\n", "lacks the columns period_to"),
        ('{"code": 1}', "no table"),
        ("\n", "empty"),
    ],
)
def test_what_is_wrong_with_a_form_is_said_with_its_row(
    place: project.Project, tmp_path: Path, text: str, said: str
) -> None:
    book = entered(place, JOBS)
    (tmp_path / "form.csv").write_text(text)
    with pytest.raises(InputError, match=said) as caught:
        reading.read_reports(book, tmp_path / "form.csv", KEY)
    assert NUMBER not in str(caught.value)


def test_promises_go_out_and_come_back_and_the_terminal_tells(place: project.Project, tmp_path: Path) -> None:
    entered(place, JOBS)
    run = CliRunner()

    def bygd(*words: str) -> str:
        done = run.invoke(main, ["-C", str(place.folder), "promises", *words], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.output

    for name in ("all.csv", "all.xlsx"):
        bygd("export", str(tmp_path / name))
        assert "Nothing was changed" in bygd("import", str(tmp_path / name), "--by", "Bo")
    text = (tmp_path / "all.csv").read_text("utf-8-sig").replace("Two young", "Four young")
    (tmp_path / "all.csv").write_text(text, "utf-8")
    assert "~ 1 Four young" in bygd("import", str(tmp_path / "all.csv"), "--by", "Bo", "--dry-run")
    assert "1 added" in bygd("import", str(tmp_path / "all.csv"), "--by", "Bo", "--yes")
    assert "Four young people" in bygd("list", "--contract", "k1", "--lang", "sv")
    (row,) = json.loads(bygd("list", "--json"))
    assert (row["target"], row["status"], row["supplier"]) == ("4.00", "behind", "Städ AB")
    assert "Four young" in bygd("list", "--csv")
    assert "2026-06-30" in bygd("due", "--on", "2026-11-22") and "Overdue" in bygd("due", "--overdue")
    for by in ("contract", "theme", "anchor", "place", "year"):
        assert "4.00" in bygd("delivered", "--by", by, "--csv") or by == "year"
    bygd("export", str(tmp_path / "form.xlsx"), "--form", "--contract", "K1")
    assert "No row is filled in" in bygd("import", str(tmp_path / "form.xlsx"), "--by", "Bo", "--reports", "K1")


def test_social_return_is_owed_filled_by_blocks_and_left(tmp_path: Path) -> None:
    made = project.create(tmp_path / "place", "nl:GM0344")
    decisions.add(made, tables.contract_entries, [contract(currency="EUR")])
    utrecht = policies.edition("nl/social_return_utrecht", made.folder)
    book = promises.book(made, TODAY)
    owed = promises.owed(utrecht, book.contracts[KEY], D(5), None)
    assert owed == 50_000
    book = entered(made, Given("SR", "Social return", "EUR", owed, date(2028, 1, 1), policy=utrecht.id, share=D(5)))
    (one,) = book.promises.values()
    assert one.is_social_return
    given = {"block": "participatiewet", "persons": 1, "hours": D(18), "months": D(6), "bonuses": "age_50"}
    counted = promises.counted(book, one, given)
    assert counted == D(10_000) + D(2_500)  # half time for half a year of 40,000, and of the bonus of 10,000
    book = reported(book, one, **given, amount=counted)
    book = reported(book, one, block="social_buying", amount=promises.counted(book, one, {"block": "social_buying",
                    "paid": D(5_000)}), reference="b")  # fmt: skip
    key = next(row["delivery_key"] for row in book.reports_on(one.key) if row["block"] == "participatiewet")
    decisions.add(made, tables.delivery_entries, [promises.judged(book, key, DeliveryState.VERIFIED, "", "Bo")])
    book = promises.book(made, TODAY)
    found = promises.filled(book, one)
    (account,) = book.accounts
    listed = io.BytesIO()
    sheet.promises(book, listed, Translator("nl"))
    changed = load_workbook(listed)
    changed.worksheets[0]["D2"] = "Werk"
    changed.save(tmp_path / "list.xlsx")
    (change,) = reading.read_promises(book, tmp_path / "list.xlsx", "Bo")
    assert change.effect is Effect.CHANGED
    assert (change.row["theme"], change.row["share"], change.row["policy"]) == ("Werk", 5, utrecht.id)
    assert (found.verified.filled, found.reported.filled) == (account.low, account.high) == (12_500, 17_500)
    assert (found.verified.left, found.reported.left, found.changed) == (37_500, 32_500, None)
    decisions.add(made, tables.contract_entries, [contract(currency="EUR", value=D(2_000_000),
                  entered_at=datetime(2026, 2, 2))])  # fmt: skip
    assert promises.filled(promises.book(made, TODAY), one).changed == 100_000
    with pytest.raises(InputError, match="Choose the block"):
        promises.counted(book, one, {"amount": D(1)})
    with pytest.raises(InputError, match="below the value"):
        lekstroom = policies.edition("nl/social_return_lekstroom", made.folder)
        promises.owed(lekstroom, contract(value=D(90_000), currency="EUR"), None, D(36))


def test_a_winning_bids_measures_become_promises_once(place: project.Project) -> None:
    book = promises.book(place, TODAY)
    rows = promises.from_measures(book, KEY, [JOBS], "Bo")
    decisions.add(place, tables.promise_entries, rows)
    assert promises.from_measures(promises.book(place, TODAY), KEY, [JOBS], "Bo") == []


def test_no_spreadsheet_takes_a_text_for_a_formula(place: project.Project) -> None:
    book = entered(place, Given("1", "=1+1", "hours", D(1), date(2027, 1, 1)))
    held = io.BytesIO()
    sheet.promises(book, held, Translator("en"))
    assert load_workbook(held).worksheets[0]["C2"].data_type == "s"


@pytest.mark.parametrize(
    ("text", "groups", "found"),
    [
        ("1 250,5", "", "1250.5"),
        ("1.250", ".", "1250"),
        ("1,250", ",", "1250"),
        ("1.250,50", "", "1250.5"),
        ("-1.250.000", "", "-1250000"),
        ("1.250", "", "two ways"),
        ("1,250", ".", "two ways"),
        ("1.2.3", ".", "no number"),
        ("0.125", "", "no number"),
    ],
)
def test_numbers_are_read_as_amounts_are(text: str, groups: str, found: str) -> None:
    try:
        number = promises.number(text, "How much", groups)
    except InputError as error:
        assert found in str(error)
    else:
        assert number == D(found)
