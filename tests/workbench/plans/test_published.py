"""What of plans is published: decided ones that everybody may read, in each language, and nothing that is nobody's."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from bygd.vocabulary import tables
from bygd.workbench import plans, project
from bygd.workbench.project import Project

ON = date(2026, 9, 1)
DECIDED = {"state": "decided", "decided_on": date(2026, 3, 2), "decided_by": "Årsmötet", "is_public": True}


@pytest.fixture
def place(tmp_path: Any) -> Project:
    return project.create(tmp_path / "place", "se:1291", "Hembygda")


@pytest.fixture
def made(place: Project) -> Callable[..., str]:
    """Makes a plan with an activity, which stands as said; gives its key."""

    def make(title: str, **facts: Any) -> str:
        entries = plans.made(place, title, "", date(2026, 3, 1), [], "person-7", "sv")
        plans.enter(place, entries)
        key = str(entries[tables.plan_entries][0]["plan_key"])
        part = {"part_key": f"{key}-a", "plan_key": key, "kind": "activity", "title": f"Gör {title}", "text": "=1+1"}
        word = {"plan_key": key, "followed_on": ON, "said": f"Om {title}", "follow_key": f"{key}-f", "state": "done"}
        for table, row in (
            (tables.plan_entries, {"plan_key": key, **facts}),
            (tables.plan_parts, part),
            (tables.plan_follow_ups, {**word, "part_key": f"{key}-a"}),
        ):
            plans.enter(place, {table: plans.changed(place, table, [row], "person-7")})
        return key

    return make


def test_only_decided_plans_for_everybody_are_published(place: Project, made: Callable[..., str]) -> None:
    made("Utkastet", is_public=True)
    made("Remissen", state="consultation", consulted_until=date(2026, 10, 1), is_public=True)
    made("Den interna", **{**DECIDED, "is_public": False})
    nothing = plans.published(place, ["sv"], ON)
    assert not (nothing.pages or nothing.files or nothing.data)
    key = made("Planen", **DECIDED)
    beside = plans.published(place, ["sv", "en"], ON)
    assert set(beside.files) == {
        f"{code}/plan-{key}.{ending}" for code in ("sv", "en") for ending in ("html", "pdf", "docx")
    }
    assert [str(label) for label in beside.pages.values()] == ["Action plan: Planen"]
    assert beside.files == plans.published(place, ["sv", "en"], ON).files, "the same day gives the same bytes"
    texts = [text for path, text in beside.files.items() if path.endswith(".html")]
    everything = b"".join([*texts, *(one.content for one in beside.data)]).decode()
    for other in ("Utkastet", "Remissen", "Den interna", "person-7"):
        assert other not in everything, other
    page = beside.files[f"sv/plan-{key}.html"].decode()
    assert "Gör Planen" in page and "Om Planen" in page and f'href="../en/plan-{key}.html"' in page


def test_the_data_are_as_their_schema_says_and_hold_no_formula(place: Project, made: Callable[..., str]) -> None:
    key = made("Planen", **DECIDED)
    beside = plans.published(place, ["sv"], ON)
    read = {one.path: one for one in beside.data}
    for path in ("plans.csv", "plan-parts.csv", "plan-follow-ups.csv"):
        head, *rows = list(csv.reader(io.StringIO(read[path].content.decode(), newline="")))
        assert head == [field["name"] for field in read[path].schema] and len(rows) == 1
        assert not {"entered_by", "card_key", "evidence"} & set(head)
    assert "'=1+1" in read["plan-parts.csv"].content.decode()
    whole = json.loads(read["plans.json"].content)
    assert whole["told_on"] == "2026-09-01" and whole["plans"][0]["parts"][0]["text"] == "=1+1"
    taken = [{"part_key": f"{key}-a", "withdrawn": True}]
    plans.enter(place, {tables.plan_parts: plans.changed(place, tables.plan_parts, taken, "person-7")})
    again = {one.path: one.content.decode() for one in plans.published(place, ["sv"], ON).data}
    assert "Om Planen" not in again["plan-follow-ups.csv"] + again["plans.json"], "what was taken out is taken out here"
