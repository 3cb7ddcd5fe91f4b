"""`bygd rules ask procurement`: what a procurement officer types, and one clear line where it cannot be asked."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bygd.cli import main

ASK = (
    "rules",
    "ask",
    "procurement",
    "--country",
    "se",
    "--kind",
    "services",
    "--value",
    "650000",
    "--on",
    "2026-03-01",
)


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_an_answer_names_statute_day_and_what_is_not_verified() -> None:
    result = run(*ASK, "--spent", "20000")
    assert result.exit_code == 0, result.output
    for told in ("SEK 670,000 is within", "LOU 4 kap. 18 §", "read 2026-11-22", "NOT VERIFIED", "not a legal opinion"):
        assert told in result.output.replace("\xa0", " "), told


@pytest.mark.parametrize(
    ("language", "told"), [("sv", "direktupphandling är inte möjlig"), ("nl", "onderhands gunnen kan niet")]
)
def test_the_answer_in_other_languages(language: str, told: str) -> None:
    result = run(*ASK, "--spent", "200000", "--lang", language)
    assert result.exit_code == 0, result.output
    assert told in result.output


def test_json_holds_ids_standings_and_sources() -> None:
    result = run(*ASK, "--spent", "200000", "--json", "--lang", "sv")
    row = json.loads(result.output)
    assert (row["direct_award"], row["regime"], row["question"]["currency"]) == ("closed", "below", "SEK")
    found = {one["id"]: one for one in row["statements"]}
    assert found["reservation.sheltered"]["standing"] == "open" and found["reservation.sheltered"]["evidence"]
    assert found["condition.local_supplier"]["instead"]
    assert found["condition.employment"]["ask_first"] and len(found["condition.employment"]["ask_first"]) == 4
    assert all(one["sources"][0]["title"] for one in row["statements"])


def test_in_a_project_its_country_is_asked(tmp_path: Path) -> None:
    assert run("init", tmp_path / "place", "--place", "gb:E07000120").exit_code == 0
    words = ("rules", "ask", "procurement", "--kind", "services", "--value", "£45,000", "--on", "2026-03-01")
    result = run("-C", tmp_path / "place", *words)
    assert result.exit_code == 0 and "£45,000 is below the threshold" in result.output
    elsewhere = run("-C", tmp_path, *words)
    assert elsewhere.exit_code == 2 and "There is no bygd.toml here" in elsewhere.output


def test_own_guidelines_of_the_project_are_asked(tmp_path: Path) -> None:
    assert run("init", tmp_path / "place", "--place", "se:1291").exit_code == 0
    (tmp_path / "place" / "rules").mkdir()
    (tmp_path / "place" / "rules" / "guidelines.yaml").write_text(
        "guidelines:\n- {id: three, since: 2024-01-01, from: 100000, ask: 3, source: {title: Own guidelines § 4}}\n"
    )
    result = run("-C", tmp_path / "place", *ASK)
    assert "ask at least 3 suppliers" in result.output and "Own guidelines § 4" in result.output
    assert "ask at least 3 suppliers" not in run("-C", tmp_path, *ASK).output


def test_the_reservation_of_2026_names_the_areas() -> None:
    words = ("rules", "ask", "procurement", "--country", "gb", "--kind", "services", "--value", "60000")
    result = run(*words, "--on", "2026-02-04", "--part", "england", "--area", "Preston", "--area", "Lancashire")
    assert "Areas named: Preston, Lancashire." in result.output and "SI 2026/94" in result.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--on", "2026-02-30"), "'2026-02-30' is no day"),
        (("--value", "-1"), "The value is -1"),
        (("--value", "a lot"), "'a lot' is no amount"),
        (("--spent", "-1"), "The sum already spent is -1"),
        (("--currency", "eur"), "in SEK, not EUR"),
        (("--cpv", "99000000"), "no CPV division 99"),
        (("--cpv", "eight"), "Write eight digits"),
        (("--part", "Atlantis"), "know no part 'Atlantis'"),
        (("--country", "xx"), "There is no country pack 'xx'"),
        (("--country", "world"), "No procurement rules are known for World"),
        (("--lang", "tlh"), "'tlh'"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_line(words: tuple[str, ...], said: str) -> None:
    result = run(*ASK, *words)
    assert result.exit_code == 2
    assert said in result.output and len(result.output.strip().splitlines()) == 1


def test_show_tells_what_is_not_known_and_what_was_abolished() -> None:
    result = run("rules", "show", "procurement", "--country", "se", "--on", "2026-03-01")
    assert "threshold_other: not known since 2026-01-01" in result.output
    assert "direct_award: 700000 SEK since 2022-02-01" in result.output
    assert "direct_award_welfare: abolished since 2022-02-01" in result.output
    assert "sum_of_year: mandatory since" in result.output


def test_stale_lists_the_rules_nobody_has_read() -> None:
    result = run("rules", "stale")
    assert (
        "se/lots: lots" in result.output
        and "nl/reservations: social_mission" in result.output
        and "never read" in result.output
    )
