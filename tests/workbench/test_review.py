"""Review: judged at once, taken back by a row, in a spreadsheet and back, and the range as a build would give it."""

import csv
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from bygd.cli import main
from bygd.sources.errors import InputError
from bygd.tools import spend
from bygd.vocabulary import tables
from bygd.vocabulary.words import AuditJudgement, Judgement
from bygd.workbench import build, decisions, measure, project, review
from bygd.workbench.review.audit import Audit
from bygd.workbench.review.sheet import Kind


@pytest.fixture
def place(built_sample: Path, tmp_path: Path) -> project.Project:
    """The sample place with its snapshot, to be changed."""
    return project.read(shutil.copytree(built_sample, tmp_path / "place"))


def written(place: project.Project) -> list[tuple[Any, ...]]:
    """Judgements made since the sample was built, without their times."""
    rows = decisions.read(place, tables.link_decisions)
    return [(row["supplier_key"], row["org_id"], row["judgement"]) for row in rows if row["decided_by"] == "Åsa"]


def test_a_judgement_is_stored_at_once_and_narrows_the_range_as_a_build_would(place: project.Project) -> None:
    with review.Session(place, "Åsa") as session:
        item = session.item()
        rows = session.engine.rows("SELECT worth, effort FROM doubts WHERE state = 'unresolved'")
        best_rate = max(float(row["worth"]) / row["effort"] for row in rows)
        assert item and float(item.worth) / item.doubts[0]["effort"] == pytest.approx(best_rate)
        best = item.case.candidates[0]
        session.judge(item, Judgement.SAME, best)
        assert written(place) == [(item.case.supplier_key, best.org_id, "same")]
        before, now = session.end_batch()
        assert before.width - now.width == sum(Decimal(row["width"]) for row in item.doubts)
        assert now.cases == before.cases - 1
        assert session.item() is not None and session.item().case_key != item.case_key  # type: ignore[union-attr]
    build.build(place)
    figure = next(one for one in measure.all_figures(place) if one.id == "spend.local_share.seat.municipality")
    assert (figure.low, figure.value, figure.high) == (now.low, now.value, now.high)


def test_what_is_taken_back_is_a_row_of_its_own_and_the_case_comes_again(place: project.Project) -> None:
    with review.Session(place, "Åsa") as session:
        assert not session.undo()
        item = session.item()
        assert item
        before, key, best = session.now.width, item.case.supplier_key, item.case.candidates[0].org_id
        session.judge(item, Judgement.SAME, item.case.candidates[0])
        assert session.undo() and not session.undo()
        assert written(place) == [(key, best, "same"), (key, best, "unsure")]
        again = session.item()
        assert again and again.case_key == item.case_key
        assert session.now.width == before
        session.judge(again, Judgement.ABSENT)
    times = [row["decided_at"] for row in decisions.read(place, tables.link_decisions) if row["decided_by"] == "Åsa"]
    assert times == sorted(set(times)), "two rows of one second could not be told apart"
    assert written(place)[-1] == (key, None, "absent")


def test_taking_back_restores_what_was_said_before(place: project.Project) -> None:
    with review.Session(place) as session:
        item = session.item()
        assert item
    key, best = item.case.supplier_key, item.case.candidates[0]
    old = {"supplier_key": key, "org_id": best.org_id, "judgement": "different", "decided_by": "Bo"}
    decisions.add(place, tables.link_decisions, [{**old, "decided_at": "2026-01-02T03:04:05"}])
    with review.Session(place, "Åsa") as session:
        session.queue = [item.case_key]
        again = session.item()
        assert again and best.org_id not in {one.org_id for one in again.case.candidates}
        session.judge(again, Judgement.SAME, best)
        session.undo()
    assert written(place) == [(key, best.org_id, "same"), (key, best.org_id, "different")]


def test_a_decided_case_on_which_people_differ_comes_back_at_the_end(place: project.Project) -> None:
    with review.Session(place) as session:
        linked = session.engine.rows("SELECT supplier_key, org_id FROM links WHERE state = 'linked' ORDER BY 1 LIMIT 1")
        other = session.engine.rows("SELECT org_id FROM organisations WHERE NOT is_masked ORDER BY org_id DESC LIMIT 1")
    key, right = linked[0]["supplier_key"], linked[0]["org_id"]
    row = {"supplier_key": key, "judgement": "same"}
    said = [("Bo", right, "2026-02-01T00:00:00"), ("Cilla", other[0]["org_id"], "2026-02-02T00:00:00")]
    for who, org_id, when in said:
        decisions.add(place, tables.link_decisions, [{**row, "org_id": org_id, "decided_by": who, "decided_at": when}])
    with review.Session(place, "Åsa") as session:
        assert session.queue[-1] == key and session.queue.count(key) == 1
        session.queue = [key]
        item = session.item()
        assert item and item.worth == 0 and "people" in {one["kind"] for one in session.back(item)}
        assert item.case.options[0].org_id == other[0]["org_id"], "what counts stands first"
        session.judge(item, Judgement.SAME, next(one for one in item.case.options if one.org_id == right))
        session.end_batch()
        assert key not in session.queue and key not in session.returned, "a third person settled it"
        assert session.engine.rows("SELECT org_id FROM links WHERE supplier_key = ?", key) == [{"org_id": right}]


def test_after_different_the_next_candidate_is_asked(place: project.Project) -> None:
    with review.Session(place, "Åsa") as session:
        item = session.item()
        assert item and len(item.case.candidates) > 1
        session.judge(item, Judgement.DIFFERENT, item.case.candidates[0])
        again = session.item()
        assert again and again.case_key == item.case_key
        assert again.case.candidates == item.case.candidates[1:]


def test_suppliers_taken_for_one_are_judged_together_or_one_by_one(place: project.Project) -> None:
    with review.Session(place, "Åsa") as session:
        groups = session.engine.rows(
            "SELECT case_key, COUNT(*) AS n FROM doubts WHERE state = 'unresolved' GROUP BY 1 HAVING n > 1 ORDER BY 1"
        )
        session.queue = [groups[0]["case_key"]]
        item = session.item()
        assert item and len(item.doubts) == groups[0]["n"]
        session.split(item)
        assert session.left == groups[0]["n"]
        first = session.item()
        assert first and len(first.doubts) == 1
        session.judge(first, Judgement.UNSURE)
        second = session.item()
        assert second and second.case.supplier_key != first.case.supplier_key
    with review.Session(place, "Åsa") as session:
        session.queue = [groups[0]["case_key"]]
        item = session.item()
        assert item
        session.judge(item, Judgement.ABSENT)
        session.end_batch()
        keys = ", ".join(f"'{row['supplier_key']}'" for row in item.doubts)
        found = session.engine.rows(f"SELECT supplier_key, state FROM links WHERE supplier_key IN ({keys})")
        said = {row["supplier_key"]: row["state"] for row in found}
        said.pop(first.case.supplier_key)  # somebody was not sure about this one itself
        assert said and set(said.values()) == {"absent"}


def test_skipped_cases_come_at_the_end(place: project.Project) -> None:
    with review.Session(place, "Åsa") as session:
        first = session.item()
        assert first
        session.skip(first)
        assert session.queue[-1] == first.case_key != session.queue[0]
        session.end_batch()
        assert session.queue[-1] == first.case_key
    assert written(place) == []


def test_the_register_is_searched_by_number_and_by_words_and_persons_are_not_found(place: project.Project) -> None:
    with review.Session(place) as session:
        listed = "SELECT org_id, name FROM organisations WHERE is_masked = ? ORDER BY org_id LIMIT 1"
        known = session.engine.rows(listed, False)
        org_id, name = known[0]["org_id"], known[0]["name"]
        for text in (org_id, org_id.partition(":")[2], name, " ".join(reversed(name.lower().split()))):
            assert org_id in {one.org_id for one in session.search(text)}
        masked = session.engine.rows(listed, True)
        assert masked and not {masked[0]["org_id"]} & {one.org_id for one in session.search(masked[0]["name"])}
        assert session.search(masked[0]["org_id"]) == session.search("  ") == session.search("'; DROP TABLE x") == []


def judge(file: Path, **said: str) -> None:
    """Fill in judgements by supplier_key, as people do in a spreadsheet."""
    if file.suffix == ".xlsx":
        book = openpyxl.load_workbook(file)
        header = [cell.value for cell in book.active[1]]
        for row in book.active.iter_rows(min_row=2):
            if row[header.index("supplier_key")].value in said:
                row[header.index("judgement")].value = said[row[header.index("supplier_key")].value]
        book.save(file)
        return
    with file.open(encoding="utf-8-sig", newline="") as opened:
        delimiter = ";" if ";" in opened.readline() else ","
        opened.seek(0)
        rows = list(csv.DictReader(opened, delimiter=delimiter))
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.DictWriter(opened, fieldnames=list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows({**row, "judgement": said.get(row["supplier_key"], "")} for row in rows)


@pytest.mark.parametrize("name", ["doubts.xlsx", "doubts.csv"])
def test_out_to_a_spreadsheet_and_back_in(place: project.Project, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    number = review.export(place, file, language="sv")
    with review.Session(place) as session:
        cases = spend.cases_in_order(session.engine, everything=True)
        order = [{"supplier_key": spend.read_item(session.engine, key).case.supplier_key} for key in cases[:3]]  # type: ignore[union-attr]
        assert number == len(cases)
    assert review.preview(place, file) == []
    first, second, third = (row["supplier_key"] for row in order[:3])
    judge(file, **{first: "Same", second: " absent "})
    changes = review.preview(place, file, "Åsa")
    assert [(one.kind, one.row["judgement"]) for one in changes] == [(Kind.NEW, "same"), (Kind.NEW, "absent")]
    assert written(place) == [], "a preview changes nothing"
    assert review.apply(place, changes) == 2
    assert [row[0] for row in written(place)] == [first, second]
    assert written(place)[1][1] is None, "who is in no register has no number"
    judge(file, **{first: "different", second: "absent", third: "unsure"})
    changes = review.preview(place, file, "Bo")
    assert [(one.kind, one.before) for one in changes] == [
        (Kind.CHANGED, "same"), (Kind.KNOWN, "absent"), (Kind.NEW, None),
    ]  # fmt: skip
    assert review.apply(place, changes) == 2


def test_a_contradiction_can_be_settled_in_a_spreadsheet(place: project.Project, tmp_path: Path) -> None:
    file = tmp_path / "doubts.csv"
    review.export(place, file)
    with review.Session(place) as session:
        item = spend.read_item(session.engine, spend.cases_in_order(session.engine, everything=True)[0])
    assert item
    key = item.case.supplier_key
    for by, judgement in (("Anna", "same"), ("Bo", "different")):
        judge(file, **{key: judgement})
        assert review.apply(place, review.preview(place, file, by)) == 1
    told = CliRunner().invoke(
        main, ["-C", str(place.folder), "decisions", "import", str(file), "--by", "Anna", "--dry-run"]
    )
    assert "different (Bo) → different" in told.output, "whose word it was is told"
    kinds = {by: [one.kind for one in review.preview(place, file, by)] for by in ("Anna", "Bo", "Cia")}
    assert kinds == {"Anna": [Kind.CHANGED], "Bo": [Kind.KNOWN], "Cia": [Kind.CHANGED]}
    assert review.apply(place, review.preview(place, file, "Anna")) == 1
    assert [one.kind for one in review.preview(place, file, "Cia")] == [Kind.KNOWN], "Anna gave way: nothing to settle"


def test_a_wrong_judgement_is_told_with_its_line(place: project.Project, tmp_path: Path) -> None:
    file = tmp_path / "doubts.xlsx"
    review.export(place, file)
    with review.Session(place) as session:
        item = spend.read_item(session.engine, spend.cases_in_order(session.engine, everything=True)[2])
    assert item
    judge(file, **{item.case.supplier_key: "perhaps"})
    with pytest.raises(InputError, match=r"Line 4 of doubts.xlsx says 'perhaps' under 'judgement'"):
        review.preview(place, file)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (",same,", "Line 2 of mine.csv says 'same' of no organisation"),
        (",different,", "Line 2 of mine.csv says 'different' of no organisation"),
        ("SE-ON:1,same,|SE-ON:1,different,", "Lines 2 and 3 of mine.csv contradict each other"),
        ("SE-ON:1,same,|SE-ON:2,same,", "Lines 2 and 3 of mine.csv contradict each other"),
        ("SE-ON:1,same,|SE-ON:1,absent,", "Lines 2 and 3 of mine.csv contradict each other"),
        (",same,|SE-ON:1,perhaps,|,different,", r"^Line 2 .*\nLine 3 .*'perhaps'.*\nLine 4 .*$"),
        ("SE-ON:1,same,|SE-ON:2,different,|SE-ON:1,same,", ""),
        ("SE-ON:1,same,2026-01-01T10:00:00|SE-ON:1,different,2026-01-02T10:00:00", ""),
    ],
)
def test_a_sheet_that_cannot_be_meant_is_refused_with_its_lines(
    place: project.Project, tmp_path: Path, lines: str, message: str
) -> None:
    rows = "".join(f"k,{line}\n" for line in lines.split("|"))
    (tmp_path / "mine.csv").write_text(f"supplier_key,org_id,judgement,decided_at\n{rows}", encoding="utf-8")
    if not message:
        assert {one.kind for one in review.preview(place, tmp_path / "mine.csv")} == {Kind.NOBODY}
        return
    with pytest.raises(InputError, match=message):
        review.preview(place, tmp_path / "mine.csv")


def test_judgements_about_nobody_are_told_before_they_are_stored(place: project.Project, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("supplier_key,org_id,judgement\n1.2E+33,SE-ON:1,same\n", encoding="utf-8")
    assert [one.kind for one in review.preview(place, file)] == [Kind.NOBODY]
    result = CliRunner().invoke(main, ["-C", str(place.folder), "decisions", "import", str(file), "--dry-run"])
    assert "1 about suppliers or organisations that were not read" in result.output
    assert "Nothing was changed" in result.output


@pytest.mark.parametrize("written_as", ["{number}", "{number:.6}-{last}", " SE{number}01 "])
def test_an_organisation_is_named_by_its_number_alone_too(
    place: project.Project, tmp_path: Path, written_as: str
) -> None:
    with review.Session(place) as session:
        item = session.item()
        listed = session.engine.rows("SELECT org_id FROM organisations WHERE NOT is_masked ORDER BY org_id LIMIT 1")
    assert item
    number = listed[0]["org_id"].partition(":")[2]
    file = tmp_path / "mine.csv"
    cell = written_as.format(number=number, last=number[6:])
    file.write_text(f"supplier_key,org_id,judgement\n{item.case.supplier_key},{cell},same\n", encoding="utf-8")
    changes = review.preview(place, file)
    assert [(one.kind, one.row["org_id"]) for one in changes] == [(Kind.NEW, listed[0]["org_id"])]


def test_cells_of_the_workbook_are_texts_and_numbers_and_judgements_a_list(
    place: project.Project, tmp_path: Path
) -> None:
    file = tmp_path / "doubts.xlsx"
    review.export(place, file)
    sheet = openpyxl.load_workbook(file).active
    assert sheet["A1"].value == "judgement"
    assert sheet.data_validations.dataValidation[0].formula1 == '"same,different,unsure,absent"'
    kinds = {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None}
    assert kinds == {"s", "n"}, "no formulas, no dates made of numbers"


def test_an_audit_goes_on_where_it_stopped_and_mends_what_is_wrong(place: project.Project) -> None:
    with Audit(place, size=10, seed=3, by="Åsa") as audit:
        asked = list(audit.asked)
        first = audit.case()
        assert first and (first.supplier_key, first.org_id) == asked[0]
        audit.judge(first, AuditJudgement.WRONG)
    assert written(place) == [(first.supplier_key, first.org_id, "different")]
    with Audit(place, size=10, seed=3, by="Åsa") as audit:
        assert list(audit.asked) == asked and audit.left == asked[1:]
        while case := audit.case():
            audit.judge(case, AuditJudgement.RIGHT)
        draws = {by: found.asked for by, found in audit.precisions().items()}
    assert list(draws.values()) == [5, 5]
    rows = decisions.read(place, tables.audit_judgements)
    assert sum(row["draws"] for row in rows) == 10
    build.build(place)
    figures = {one.id: one for one in measure.all_figures(place) if one.id.startswith("linkage.")}
    assert set(figures) == {"linkage.audited_precision", "linkage.audited_precision_by_money"}
    for figure in figures.values():
        assert figure.value is None, "ten are too few"
        assert figure.low is not None and figure.high is not None and figure.low < 0.8 < figure.high
        assert figure.coverage and 0.3 < figure.coverage <= 1


def test_without_an_audit_nothing_is_claimed(place: project.Project) -> None:
    figure = next(one for one in measure.all_figures(place) if one.id == "linkage.audited_precision")
    assert (figure.value, figure.low, figure.high, figure.coverage) == (None, None, None, None)


def at_the_terminal(place: project.Project, answers: str, *words: str) -> str:
    result = CliRunner().invoke(main, ["-C", str(place.folder), "review", "--by", "Åsa", *words], input=answers)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize(
    ("language", "said"), [("en", "the range became"), ("sv", "spannet blev"), ("nl", "de marge werd")]
)
def test_a_session_in_three_languages(place: project.Project, language: str, said: str) -> None:
    printed = at_the_terminal(place, "s\nq\n", "--lang", language)
    assert said in printed and "{" not in printed
    assert [row[2] for row in written(place)] == ["same"]


def test_the_end_of_input_ends_a_session_as_quitting_does(place: project.Project) -> None:
    assert at_the_terminal(place, "u\n").splitlines()[-2:] == at_the_terminal(place, "q\n").splitlines()[-2:]
    assert [row[2] for row in written(place)] == ["unsure"]


@pytest.mark.slow
def test_every_answer_at_the_terminal(place: project.Project) -> None:
    printed = at_the_terminal(place, "?\ns\n/ab\n1\nd\nb\nu\nk\na\nb\nq\n", "--batch", "2")
    assert [row[2] for row in written(place)] == ["same", "same", "different", "unsure", "unsure", "absent", "unsure"]
    assert printed.count("Found in the registers") == 1
    told = printed.count("the range became") + printed.count("the range did not change")
    assert told == 3, "after each batch of two, and at the end"


def test_an_audit_at_the_terminal(place: project.Project) -> None:
    result = CliRunner().invoke(
        main,
        ["-C", str(place.folder), "review", "audit", "--size", "4", "--by", "Åsa", "--lang", "nl"],
        input="x\nr\nw\nq\n",
    )
    assert result.exit_code == 0, result.output
    assert "te weinig beoordeeld" in result.output
    assert {row["judgement"] for row in decisions.read(place, tables.audit_judgements)} == {"right", "wrong"}
