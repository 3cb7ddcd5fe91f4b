"""Plans are made of cards, kept as versions, told in sentences, and written as documents."""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document

from bygd.reports import Translator
from bygd.reports.paper import write_word
from bygd.sources.errors import InputError
from bygd.vocabulary import tables
from bygd.workbench import boards, plans, project
from bygd.workbench.plans import told
from bygd.workbench.project import Project

CARD = {
    "pillar": "land", "title": "Ett hus", "owner": "Byalaget", "cost": Decimal(5000), "first_step": "Besiktning",
    "first_step_by": "Förvaltaren", "first_step_on": date(2026, 3, 15), "measure": "Timmar", "baseline": "0",
    "target": "40", "in_plan": True,
}  # fmt: skip


@pytest.fixture
def place(tmp_path: Path) -> Project:
    made = project.create(tmp_path / "place", "se:1291", "Hembygda")
    boards.enter(made, [CARD, {"pillar": "work", "title": "Utan allt"}], "p:1")
    return made


@pytest.fixture
def key(place: Project) -> str:
    entries = plans.made(place, "Planen", "place_development", date(2026, 3, 1), boards.current(place), "p:1", "sv")
    plans.enter(place, entries)
    return str(entries[tables.plan_entries][0]["plan_key"])


def test_a_card_becomes_a_goal_with_activity_indicator_and_money(place: Project, key: str) -> None:
    plan = plans.read(place, key)
    goal = next(row for row in plan.of("goal") if row["title"] == "Ett hus")
    assert (plan.row["ends_on"], plan.row["state"], len(plan.of("section"))) == (date(2027, 8, 31), "draft", 4)
    assert (goal["heading"], goal["responsible"]) == ("land", "Byalaget")
    step = plan.of("activity", goal["part_key"])[0]
    assert (step["title"], step["responsible"], step["ends_on"]) == ("Besiktning", "Förvaltaren", date(2026, 3, 15))
    measure = plan.of("indicator", goal["part_key"])[0]
    assert (measure["baseline"], measure["target"], measure["target_on"]) == (0, 40, date(2027, 8, 31))
    assert plan.of("money")[0]["amount"] == 5000
    assert len(plan.of("goal")) == 2 and [one[0] for one in told.groups(plan, "sv")] == ["work", "land"]
    with pytest.raises(InputError, match="already"):
        plans.made(place, "planen", "", date(2026, 1, 1), [], "p:1", "sv")


def test_a_version_keeps_the_plan_as_it_stood(place: Project, key: str) -> None:
    plans.enter(place, {tables.plan_versions: plans.version(place, key, "Utkast", "p:1")})
    kept = plans.read(place, key).versions[0]
    part = plans.read(place, key).of("activity")[0]
    plans.enter(place, {tables.plan_parts: plans.changed(
        place, tables.plan_parts, [{"part_key": part["part_key"], "title": "Annat"}], "p:2")})  # fmt: skip
    assert plans.read(place, key).of("activity")[0]["title"] == "Annat"
    assert plans.read(place, key, kept["holds_at"]).of("activity")[0]["title"] == "Besiktning"
    plans.enter(place, {tables.plan_parts: plans.taken_back(place, tables.plan_parts, part["part_key"], "p:1")})
    assert plans.read(place, key).of("activity")[0]["title"] == "Besiktning"


def test_what_no_plan_may_say(place: Project, key: str) -> None:
    part = plans.read(place, key).of("activity")[0]["part_key"]
    for wrong, says in (
        ({"title": ""}, "no title"),
        ({"ends_on": date(2020, 1, 1)}, "before it starts"),
        ({"kind": "party"}, "must be one of"),
        ({"responsible": "811228-9874"}, "personal identity number"),
    ):
        with pytest.raises(InputError, match=says):
            plans.changed(place, tables.plan_parts, [{"part_key": part, **wrong}], "p:1")


def test_a_follow_up_is_told_in_sentences(place: Project, key: str) -> None:
    plan, on = plans.read(place, key), date(2026, 9, 1)
    assert "Försenat sedan 15 mars 2026: Besiktning. Ansvarig: Förvaltaren." in told.sentences(
        plan, on, Translator("sv")
    )
    step, measure = plan.of("activity")[0]["part_key"], plan.of("indicator")[0]["part_key"]
    words = [
        {"part_key": step, "state": "done", "said": "Klart i tid"},
        {"part_key": measure, "value": Decimal(10)},
        {"part_key": None, "said": "Det går framåt"},
    ]
    rows = [
        {**word, "plan_key": key, "followed_on": on, "follow_key": plans.follow_key(key, word["part_key"], on)}  # type: ignore[arg-type]
        for word in words
    ]
    before = told.sentences(plans.read(place, key), on, Translator("en"))
    assert "Timmar: from 0 towards 40, not followed up yet." in before
    plans.enter(place, {tables.plan_follow_ups: plans.changed(place, tables.plan_follow_ups, rows, "p:1")})
    said = told.sentences(plans.read(place, key), on, Translator("en"))
    assert said[0].startswith("Of 1 activities, 1 are done") and "Timmar: 10 now, from 0 towards 40." in said


def test_the_word_document_has_headings_a_named_picture_and_heads_that_repeat(place: Project, key: str) -> None:
    target = io.BytesIO()
    write_word(told.paper(plans.read(place, key), "Hembygda", date(2026, 5, 1), Translator("sv")), target)
    document = Document(io.BytesIO(target.getvalue()))
    styles = [one.style.name for one in document.paragraphs if one.style]  # type: ignore[union-attr]
    assert styles[0] == "Title" and {"Heading 1", "Heading 2", "List Bullet", "Caption"} <= set(styles)
    pictures = document.element.findall(".//{*}docPr")
    assert len(pictures) == 1 and "Besiktning" in pictures[0].get("descr")
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in document.tables)
    assert all("w:cantSplit" in row._tr.xml for table in document.tables for row in table.rows[1:])
    assert "NUMPAGES" in document.sections[0].footer._element.xml
    headings = [one.text for one in document.paragraphs if one.style and one.style.name == "Heading 1"]  # type: ignore[union-attr]
    captions = [one.text for one in document.paragraphs if one.style and one.style.name == "Caption"]  # type: ignore[union-attr]
    assert "Pengar" in headings and "Pengar" not in captions, "what the heading says is not said again"
    assert document.core_properties.language == "sv"
