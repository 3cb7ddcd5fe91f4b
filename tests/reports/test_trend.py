"""Years beside each other for everybody: shares follow from the money that is shown, and from nothing that is not."""

from typing import Any

import pytest

from bygd.engine import DuckEngine
from bygd.reports import disclosure
from bygd.reports.grid import Withheld
from bygd.reports.privacy import Audience
from bygd.reports.section import Section
from bygd.reports.sections import trend
from bygd.reports.write import subject_of

from .conftest import MANIFEST, PLACE, fill, spend_rows


def many(seed: int = 1) -> list[dict[str, Any]]:
    """The town with six of every supplier, so that most cells may be shown."""
    names = ("supplier_key", "party", "name")
    return [
        {**row, **{name: f"{row[name]} {number}" for name in names}} for row in spend_rows(seed) for number in range(6)
    ]


def public(engine: DuckEngine) -> Section:
    subject = disclosure.publishable(
        subject_of(engine, PLACE, "Bygdeby", "en", "s", MANIFEST, audience=Audience.PUBLIC)
    )
    found = trend.section(subject)
    assert found
    return found


@pytest.mark.parametrize("seed", range(1, 6))
def test_shares_of_years_follow_from_what_is_shown(engine: DuckEngine, seed: int) -> None:
    fill(engine, many(seed))
    for row in public(engine).grids[0].rows:
        share, low, high, inside, outside, unknown = (float(str(value)) for value in row[1:])
        assert share == pytest.approx(inside / (inside + outside))
        assert low == pytest.approx(min(inside, inside + unknown) / (inside + outside + unknown))
        assert high == pytest.approx(max(inside, inside + unknown) / (inside + outside + unknown))
        assert low <= share <= high


def test_a_year_that_is_withheld_has_no_share_and_is_not_drawn(engine: DuckEngine) -> None:
    rows = many()
    party = next(row["party"] for row in rows if row["year"] == 2023)
    fill(engine, [row for row in rows if row["year"] != 2023 or row["party"] == party])
    found = public(engine)
    assert Withheld.CELL in found.grids[0].rows[0][4:] and found.grids[0].rows[0][1:4] == (Withheld.CELL,) * 3
    shown = {row[0] for row in found.grids[0].rows if Withheld.CELL not in row}
    assert {value["year"] for picture in found.pictures for value in picture.wide["data"]["values"]} == shown


def test_where_institutions_come_and_go_no_sentence_compares_the_years(engine: DuckEngine) -> None:
    fill(engine, [row for row in many() if row["anchor"] != "Region Bygd"])
    assert len(public(engine).intro) == 1 and "stand behind every year" in public(engine).notes[0]
    fill(engine, many())
    assert not public(engine).intro and "Only they can be compared" in public(engine).notes[0]


@pytest.mark.parametrize(("starts", "said"), [(1, []), (4, ["2025/26 is from 1 April 2025 to 31 March 2026"])])
def test_a_year_that_does_not_begin_in_january_is_told_by_its_days(
    engine: DuckEngine, starts: int, said: list[str]
) -> None:
    fill(engine, many())
    manifest = {**MANIFEST, "settings": {**MANIFEST.get("settings", {}), "year_starts": starts}}
    for audience in (Audience.INTERNAL, Audience.PUBLIC):
        subject = subject_of(engine, PLACE, "Bygdeby", "en", "s", manifest, audience=audience)
        found = trend.section(disclosure.publishable(subject) if audience is Audience.PUBLIC else subject)
        assert found and len(found.notes) == 1 + len(said)
        assert [note[note.index(":") + 2 : -1] for note in found.notes[1:]] == said
        names = ["2023/24", "2024/25", "2025/26"] if said else ["2023", "2024", "2025"]
        drawn = {row["year"] for row in found.pictures[0].wide["data"]["values"]}
        assert sorted({row[0] for row in found.grids[0].rows}) == sorted(drawn) == names
