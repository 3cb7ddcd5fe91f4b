"""The files and the database hold the same decisions, whichever door they came in by."""

import csv
import threading
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bygd.sources.errors import InputError
from bygd.vocabulary import tables
from bygd.web.decisions import together
from bygd.web.decisions.models import FileRead, LinkDecision
from bygd.workbench import decisions

pytestmark = pytest.mark.django_db
TABLE = tables.link_decisions


def row(key: str, **more: Any) -> dict[str, Any]:
    return {
        "supplier_key": key,
        "org_id": "XX:1",
        "judgement": "same",
        "decided_by": "Åsa",
        "decided_at": datetime(2026, 1, 2, 3, 4, 5),
        "proposed_id": None,
        "proposed_score": 0.1 + 0.2,
        "note": None,
        **more,
    }


def both(place: Any) -> tuple[set[Any], set[Any]]:
    in_file = [together.identity(TABLE, one) for one in decisions.read(place.project, TABLE)]
    stored = [together.identity(TABLE, one) for one in together.read(place, TABLE)]
    assert len(set(in_file)) == len(in_file) and len(set(stored)) == len(stored), "nothing stands twice"
    return set(in_file), set(stored)


def test_what_the_terminal_adds_is_taken_in_and_what_the_web_adds_is_written(desk: Any) -> None:
    together.bring_together(desk.place)
    in_file, stored = both(desk.place)
    assert in_file == stored and len(stored) == 4
    decisions.add(desk.place.project, TABLE, [row("k1", note=' "quoted", and\r\ntwo lines')])
    together.add(desk.place, TABLE, [row("k2", note="  blanks around ", org_id=None, judgement="absent")])
    in_file, stored = both(desk.place)
    assert in_file == stored and len(stored) == 6


def test_all_three_tables_meet(desk: Any) -> None:
    together.bring_together(desk.place)
    for table in decisions.DECIDED:
        listed = {together.identity(table, one) for one in decisions.read(desk.place.project, table)}
        assert listed == {together.identity(table, one) for one in together.read(desk.place, table)}
    assert together.read(desk.place, tables.class_decisions)


def test_where_nothing_changed_no_file_is_read(desk: Any, django_assert_num_queries: Any) -> None:
    together.bring_together(desk.place)
    with django_assert_num_queries(1):
        together.bring_together(desk.place)


def test_files_are_met_for_the_first_time_in_a_few_queries(desk: Any) -> None:
    """However many tables there are: of those without a file nothing is asked."""
    there = [table for table in together.MODELS if decisions.file(desk.place.project, table).exists()]
    assert 0 < len(there) < len(together.MODELS)
    with CaptureQueriesContext(connection) as asked:
        together.bring_together(desk.place)
    others = [one["sql"] for one in asked if not one["sql"].startswith("INSERT")]
    assert len(others) <= 3 + len(there), "rows go in by as many statements as the database needs for so many cells"


def test_a_file_that_cannot_be_read_does_not_hold_up_the_others(desk: Any) -> None:
    broken = decisions.file(desk.place.project, TABLE)
    text = broken.read_text(encoding="utf-8")
    broken.write_text("nonsense", encoding="utf-8")
    with pytest.raises(InputError, match="link_decisions"):
        together.bring_together(desk.place)
    assert together.read(desk.place, tables.class_decisions) and not together.read(desk.place, TABLE)
    broken.write_text(text, encoding="utf-8")
    together.bring_together(desk.place)
    assert both(desk.place)[0] == both(desk.place)[1] != set()


def test_a_process_killed_between_the_two_is_mended(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    together.bring_together(desk.place)

    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(together, "_store", killed)
        together.add(desk.place, TABLE, [row("k1")])
    assert LinkDecision.objects.filter(supplier_key="k1").count() == 0
    together.bring_together(desk.place)
    in_file, stored = both(desk.place)
    assert in_file == stored and LinkDecision.objects.filter(supplier_key="k1").count() == 1


def test_a_line_taken_out_of_the_file_comes_back_for_decisions_are_only_added(desk: Any) -> None:
    together.bring_together(desk.place)
    file = decisions.file(desk.place.project, TABLE)
    whole = both(desk.place)[0]
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")
    together.bring_together(desk.place)
    assert both(desk.place) == (whole, whole)
    file.unlink()
    together.bring_together(desk.place)
    assert both(desk.place) == (whole, whole)


def test_a_file_that_cannot_be_read_is_told_and_nothing_is_added(desk: Any) -> None:
    together.bring_together(desk.place)
    file = decisions.file(desk.place.project, TABLE)
    file.write_text(file.read_text(encoding="utf-8") + "k,XX:1,perhaps,Åsa,2026-01-01,,,\n", encoding="utf-8")
    size = file.stat().st_size
    for ask in (lambda: together.bring_together(desk.place), lambda: together.add(desk.place, TABLE, [row("k")])):
        with pytest.raises(InputError, match=r"Line 6 of link_decisions\.csv says 'perhaps'"):
            ask()
    assert file.stat().st_size == size and not LinkDecision.objects.filter(supplier_key="k").exists()


def test_a_row_that_stands_twice_in_the_file_is_taken_in_once(desk: Any) -> None:
    decisions.add(desk.place.project, TABLE, [row("k1"), row("k1")])
    together.bring_together(desk.place)
    together.bring_together(desk.place)
    assert LinkDecision.objects.filter(supplier_key="k1").count() == 1


texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(notes=st.lists(texts, max_size=5), by=texts.filter(lambda text: bool(text.strip())))
def test_whatever_is_written_is_read_back_as_it_was_stored(desk: Any, notes: list[str], by: str) -> None:
    together.add(desk.place, TABLE, [row(f"k{n}", note=note, decided_by=by) for n, note in enumerate(notes)])
    FileRead.objects.all().delete()
    together.bring_together(desk.place)
    in_file, stored = both_sets(desk.place)
    assert in_file == stored


def both_sets(place: Any) -> tuple[set[Any], set[Any]]:
    return (
        {together.identity(TABLE, one) for one in decisions.read(place.project, TABLE)},
        {together.identity(TABLE, one) for one in together.read(place, TABLE)},
    )


@pytest.mark.django_db(transaction=True)
def test_terminal_and_web_at_the_same_time_lose_nothing(desk: Any) -> None:
    """Two threads of the web, each with a connection of its own, and one that writes the file as the terminal does."""
    together.bring_together(desk.place)
    faults: list[BaseException] = []

    def many(name: str, write: Any) -> None:
        try:
            for number in range(25):
                write([row(f"{name}{number}")])
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    place, project = desk.place, desk.place.project
    writers = {
        "a": lambda rows: together.add(place, TABLE, rows),
        "b": lambda rows: together.add(place, TABLE, rows),
        "c": lambda rows: decisions.add(project, TABLE, rows),
    }
    threads = [threading.Thread(target=many, args=item) for item in writers.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    together.bring_together(place)
    in_file, stored = both(place)
    assert in_file == stored and len(stored) == 4 + 75
    with decisions.file(project, TABLE).open(encoding="utf-8", newline="") as opened:
        assert {len(line) for line in csv.reader(opened)} == {len(TABLE.columns())}
