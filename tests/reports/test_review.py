"""A review in words: three languages, percentage points, and what an audit came to."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bygd import reports
from bygd.engine import DuckEngine
from bygd.reports import review
from bygd.reports.translate import LANGUAGES, Translator
from bygd.tools.spend import Standing
from bygd.vocabulary import tables

from .conftest import MANIFEST, PLACE

BEFORE = Standing(0.2, 0.1, 0.4, Decimal(300), Decimal(1000), "SEK", 7, Decimal(200), 12.4)
NOW = Standing(0.2, 0.1, 0.35, Decimal(250), Decimal(1000), "SEK", 1, Decimal(100), 0.2)
DONE = Standing(0.2, 0.2, 0.2, Decimal(0), Decimal(1000), "SEK", 0, Decimal(0), 0.0)


def test_progress_says_what_was_gained_and_what_is_left() -> None:
    assert review.progress(BEFORE, NOW, Translator()) == [
        "The share lies between 10.0% and 35.0%, before it was between 10.0% and 40.0%: "
        "the range became 5.0 percentage points narrower.",
        "1 case is left, expected to take SEK\u00a0100 of range away (10.0 percentage points) in some 1 min.",
    ]
    assert review.progress(NOW, DONE, Translator())[-1] == "No case is left that would narrow it."


def test_what_became_narrower_or_wider_is_the_difference_of_the_figures_shown() -> None:
    before, now = replace(BEFORE, low=0.2014, high=0.2275), replace(BEFORE, low=0.2014, high=0.2251)
    assert review.narrowing(before, now, Translator())[0].endswith(
        "between 20.1% and 22.5%, before it was between 20.1% and 22.8%: "
        "the range became 0.3 percentage points narrower."
    )
    assert review.narrowing(now, before, Translator())[0].endswith("the range became 0.3 percentage points wider.")
    hardly = review.narrowing(replace(now, high=0.2253), now, Translator())[0]
    assert hardly.endswith("the range became 0.02 percentage points narrower.")
    assert review.narrowing(BEFORE, replace(NOW, low=None), Translator()) == []
    same = review.narrowing(now, replace(now, cases=now.cases - 1), Translator())
    assert same == ["The share lies between 20.1% and 22.5%: the range did not change."]


def test_points_have_as_many_decimals_as_tell_them_from_nought() -> None:
    said = [review.points(fraction, Translator("sv")) for fraction in (0.055, 0.01, 0.0004, 0.0, None)]
    assert said == ["5,5 procentenheter", "1,0 procentenheter", "0,04 procentenheter", "0,0 procentenheter", "–"]


def test_much_work_is_told_in_hours() -> None:
    assert [review.time(minutes, Translator()) for minutes in (0.2, 119, 120, 10736)] == [
        "1 min", "119 min", "2 hours", "179 hours",
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_is_explained(language: str) -> None:
    lines = review.opening(BEFORE, 2, Translator(language))
    assert len(lines) == 2 + len(review.ANSWERS)
    assert not any("{" in line for line in lines)


def judged(right: int, wrong: int, unsure: int, drawn_by: str) -> list[dict[str, Any]]:
    said = ["right"] * right + ["wrong"] * wrong + ["unsure"] * unsure
    return [
        {
            "sample": "s", "drawn_by": drawn_by, "draws": 1, "supplier_key": f"k{number}", "org_id": "XX:1",
            "judgement": word, "decided_by": "Åsa", "decided_at": datetime(2026, 2, 3), "note": None,
        }
        for number, word in enumerate(said)
    ]  # fmt: skip


def section(town: DuckEngine, folder: Path, **options: Any) -> str:
    written = reports.write(town, PLACE, "Bygdeby", folder, snapshot="0", manifest=MANIFEST, charts=False, **options)
    text = written.page.read_text(encoding="utf-8")
    return text[text.index('<section id="accuracy"') : text.index('<section id="control"')]


def test_the_report_tells_an_audit_and_where_there_is_none(town: DuckEngine, tmp_path: Path) -> None:
    assert "Nobody has judged a sample" in section(town, tmp_path)
    town.register(tables.audit_judgements, [*judged(24, 1, 5, "count"), *judged(10, 0, 0, "money")])
    text = section(town, tmp_path)
    assert "Of the links made by machine 96.0% are right, between 62.7% and 99.4%." in text
    assert "Weighed by money it is between 72.2% and 100.0%." in text
    assert "40 draws" in text and "linkage.audited_precision_by_money" in text
    assert "cannot be told" in text, "ten are too few for a value"


def test_the_latest_sample_and_the_latest_word_count(town: DuckEngine, tmp_path: Path) -> None:
    old = [{**row, "sample": "old", "decided_at": datetime(2025, 1, 1)} for row in judged(0, 30, 0, "count")]
    first = judged(29, 1, 0, "count")
    mended = {**first[-1], "judgement": "right", "decided_at": datetime(2026, 2, 4)}
    town.register(tables.audit_judgements, [*old, *first, mended])
    assert "100.0% are right" in section(town, tmp_path, audience="public")
