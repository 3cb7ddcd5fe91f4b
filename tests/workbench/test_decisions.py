"""Decision files: added to, read strictly, errors name line and column."""

from datetime import datetime
from pathlib import Path

import pytest

from bygd.reports import Translator
from bygd.sources.errors import InputError
from bygd.vocabulary import tables
from bygd.workbench import decisions, project

ROW = {
    "supplier_key": "k1",
    "org_id": "XX:1",
    "judgement": "same",
    "decided_by": "Åsa",
    "decided_at": datetime(2026, 1, 2, 3, 4, 5),
    "proposed_score": 0.5,
}


@pytest.fixture
def place(tmp_path: Path) -> project.Project:
    return project.create(tmp_path / "place", "se:1291")


def test_what_is_added_is_read_back_in_order(place: project.Project) -> None:
    decisions.add(place, tables.link_decisions, [ROW])
    decisions.add(place, tables.link_decisions, [{**ROW, "judgement": "different"}])
    rows = decisions.read(place, tables.link_decisions)
    assert [row["judgement"] for row in rows] == ["same", "different"]
    assert rows[0]["decided_at"] == ROW["decided_at"]
    assert rows[0]["proposed_score"] == 0.5
    assert rows[0]["note"] is None


def test_no_file_means_no_decisions(place: project.Project) -> None:
    assert decisions.read(place, tables.class_decisions) == []


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("k1,XX:1,perhaps,Åsa,2026-01-01,,,", "Line 2 of link_decisions.csv says 'perhaps' under 'judgement'"),
        ("k1,XX:1,same,,2026-01-01,,,", "nothing under 'decided_by'"),
        ("k1,XX:1,same,Åsa,yesterday,,,", "'yesterday' under 'decided_at'"),
        ("k1,XX:1,same,Åsa,2026-01-01,,high,", "'high' under 'proposed_score'"),
        ("k1,XX:1,same,Åsa,2999-01-01,,,", "Line 2 .*'2999-01-01' under 'decided_at', which is yet to come"),
        ("k1,XX:1,same,Åsa,2026-01-01,,,a note, with a comma", "Line 2 .*more cells than the header"),
        ("k1,XX:1,same,Åsa,0000-00-00,,,", "'0000-00-00' under 'decided_at'"),
    ],
)
def test_a_wrong_cell_is_an_error_that_says_where(place: project.Project, line: str, message: str) -> None:
    file = decisions.file(place, tables.link_decisions)
    file.write_text(",".join(tables.link_decisions.columns()) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=message):
        decisions.read(place, tables.link_decisions)


def test_all_that_is_wrong_is_told_at_once_line_by_line_up_to_a_limit(place: project.Project) -> None:
    file = place.decisions / "link_decisions.csv"
    lines = ["k1,XX:1,perhaps,Åsa,soon,,,", "k2,XX:1,same,Åsa,2026-01-01,,,", "k3,XX:1,same,Åsa,2999-01-01,,,"]
    file.write_text("\n".join([",".join(tables.link_decisions.columns()), *lines]) + "\n", encoding="utf-8")
    with pytest.raises(InputError) as raised:
        decisions.read(place, tables.link_decisions)
    told = str(raised.value).splitlines()
    assert (
        [one[:6] for one in told] == ["Line 2", "Line 2", "Line 4"] and "'perhaps'" in told[0] and "'soon'" in told[1]
    )
    assert [one[:5] for one in Translator("sv").said(raised.value).splitlines()] == ["Rad 2", "Rad 2", "Rad 4"]
    with file.open("a", encoding="utf-8") as opened:
        opened.writelines(f"k{number},XX:1,perhaps,Åsa,2026-01-01,,,\n" for number in range(1000))
    with pytest.raises(InputError, match=r"(?s)^(Line[^\n]*\n){20}And 983 more.$"):
        decisions.read(place, tables.link_decisions)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("k1,seat,se:1291,27231,e,Åsa,2026-01-01", "Line 2 of seat_decisions.csv says both the area 'se:1291' and"),
        ("k1,seat,Simrishamn,,e,Åsa,2026-01-01", "'Simrishamn' under 'area_id', which is no area"),
        ("k1,seat,SE:1291,,e,Åsa,2026-01-01", "'SE:1291' under 'area_id'"),
        ("k1,seat,,Ystad,e,Åsa,2026-01-01", "'Ystad' under 'postcode'"),
        ("k1,seat,se:1291,,,Åsa,2026-01-01", "nothing under 'evidence'"),
        ("k1,office,se:1291,,e,Åsa,2026-01-01", "says 'office' under 'site'"),
        ("k1,,se:1291,,e,Åsa,2026-01-01", "nothing under 'site'"),
        (",seat,se:1291,,e,Åsa,2026-01-01", "nothing under 'subject_id'"),
    ],
)
def test_a_decision_on_a_seat_says_one_place_and_where_that_is_said(
    place: project.Project, line: str, message: str
) -> None:
    file = decisions.file(place, tables.seat_decisions)
    header = ",".join(tables.seat_decisions.columns())
    file.write_text(f"{header}\nk1,seat,se:1291,,e,Åsa,2026-01-01\nk1,seat,,,,Åsa,2026-01-02\n", encoding="utf-8")
    assert len(decisions.read(place, tables.seat_decisions)) == 2
    file.write_text(f"{header}\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match=message):
        decisions.read(place, tables.seat_decisions)


def test_unknown_and_missing_columns_are_errors(place: project.Project) -> None:
    file = decisions.file(place, tables.link_decisions)
    file.write_text("supplier_key,colour\n")
    with pytest.raises(InputError, match="lacks"):
        decisions.read(place, tables.link_decisions)
    file.write_text(",".join([*tables.link_decisions.columns(), "colour"]) + "\n")
    with pytest.raises(InputError, match="colour"):
        decisions.read(place, tables.link_decisions)


def test_a_file_in_another_encoding_is_said_so(place: project.Project) -> None:
    file = decisions.file(place, tables.link_decisions)
    header = ",".join(tables.link_decisions.columns())
    file.write_bytes(f"{header}\nk1,XX:1,same,Åsa,2026-01-01,,,\n".encode("latin-1"))
    with pytest.raises(InputError, match="UTF-8"):
        decisions.read(place, tables.link_decisions)
    file.write_text(header + "\n" + "x" * 200_000 + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="no CSV file"):
        decisions.read(place, tables.link_decisions)


def test_a_last_line_without_an_end_is_not_run_together_with_the_next(place: project.Project) -> None:
    decisions.add(place, tables.link_decisions, [ROW])
    file = decisions.file(place, tables.link_decisions)
    file.write_bytes(file.read_bytes().rstrip())
    decisions.add(place, tables.link_decisions, [{**ROW, "supplier_key": "k2"}])
    assert [row["supplier_key"] for row in decisions.read(place, tables.link_decisions)] == ["k1", "k2"]


def test_many_rows_are_read(place: project.Project) -> None:
    file = decisions.file(place, tables.link_decisions)
    with file.open("w", encoding="utf-8") as opened:
        opened.write(",".join(tables.link_decisions.columns()) + "\n")
        opened.writelines(f"{number:016x},XX:{number},same,Åsa,2026-01-01,,,\n" for number in range(50_000))
    assert len(decisions.read(place, tables.link_decisions)) == 50_000
