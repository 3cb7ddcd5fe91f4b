"""`bygd rules policies`: what a procurement officer types, and one clear line where it cannot be done."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bygd.cli import main

CHOOSE = ("choose", "gb/preston", "--edition", "five_themes", "--value", "120000", "--weight", "0.20")
UTRECHT = ("social-return", "nl/social_return_utrecht", "--edition", "newer", "--contract", "500000")


def run(*words: str | Path, project: Path | None = None) -> Result:
    before = ["-C", str(project)] if project else []
    return CliRunner().invoke(main, [*before, "rules", "policies", *(str(word) for word in words)])


def test_every_policy_is_listed_and_each_edition_can_be_shown() -> None:
    listed = run("list").output
    assert "gb/preston" in listed and "two_parts" in listed and "from which day is not known" in listed
    assert (
        "Investera i framtidens arbetskraft"
        in run("show", "gb/preston", "--edition", "two_parts", "--lang", "sv").output
    )
    assert "€\xa050.000" in run("show", "nl/social_return_leiden", "--on", "2023-09-01", "--lang", "nl").output


def test_a_choice_is_accepted_with_its_weights_or_refused_with_the_reason() -> None:
    found = run(*CHOOSE, "--measure", "1.1", "--measure", "4.2")
    assert found.exit_code == 0 and "Accepted." in found.output and "10%  4.2" in found.output
    refused = run(*CHOOSE[:-1], "0.21", "--measure", "1.1", "--lang", "nl")
    assert refused.exit_code == 0
    assert "Geweigerd." in refused.output and "het beleid staat hoogstens 20% toe" in refused.output
    row = json.loads(run(*CHOOSE, "--measure", "1.1", "--json").output)
    assert (row["accepted"], row["weights"], len(row["version"])) == (True, {"1.1": "0.2000"}, 12)


def test_the_four_questions_in_swedish() -> None:
    words = ("choose", "se/employment_conditions", "--edition", "current", "--value", "1000000", "--weight", "0")
    found = run(*words, "--measure", "offer", "--yes", "decision", "--no", "matching", "--lang", "sv").output
    assert "Börja med ett beslut i ledningen." in found and found.count("Inte besvarat än") == 2


def test_levels_become_points_only_by_a_rule_that_was_chosen() -> None:
    score = ("score", *CHOOSE[1:], "--level", "1.1=5", "--level", "4.2=3")
    assert "does not say how levels become points" in run(*score).output
    assert "15.00 of 20 points" in run(*score, "--points", "from_lowest").output
    assert (
        "Refused."
        in run(
            "score", "gb/preston", "--edition", "five_themes", "--value", "1", "--weight", "0.2", "--level", "1.1=5"
        ).output
    )


def test_social_return_is_counted_with_what_was_assumed() -> None:
    effort = ("--effort", "participatiewet hours=36 months=6 bonus=age_50")
    found = run(*UTRECHT, "--share", "0.05", *effort, "--lang", "nl").output.replace("\xa0", " ")
    assert "In te vullen: € 25.000,00" in found and "age_50" in found and "Naar rato geteld" in found
    row = json.loads(run(*UTRECHT, "--share", "0.05", *effort, "--bonus", "whole", "--json").output)
    assert (row["owed"], row["filled"], row["left"], row["beyond"]) == ("25000.00", "30000.00", "0", "5000.00")


def test_an_own_list_is_imported_once_checked_and_kept(tmp_path: Path) -> None:
    (tmp_path / "bygd.toml").write_text("", encoding="utf-8")
    file = tmp_path / "list.csv"
    file.write_text("ref,what,worth\nM1,Apprentices,251.50\n", encoding="utf-8")
    words = ("import", file, "--name", "ours", "--map", "code=ref", "--map", "text=what", "--map", "value=worth")
    words = (*words, "--licence", "Licensed to us, not to be published", "--currency", "gbp")
    done = run(*words, project=tmp_path)
    assert done.exit_code == 0 and "measures: 1; values: 1, which add up to 251.50" in done.output
    assert "is there already" in run(*words, project=tmp_path).output
    assert "in order" in run("check", tmp_path / "policies" / "ours.yaml").output
    shown = run("show", "own/ours", project=tmp_path).output
    assert "Licensed to us" in shown and "NOT VERIFIED" in shown and "£251.50" in shown
    kept = run("keep", "own/ours", project=tmp_path).output.split(":")[0]
    (tmp_path / "policies" / "ours.yaml").unlink()
    assert "Apprentices" in run("show", kept, project=tmp_path).output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "gb/nowhere"), "There is no policy 'gb/nowhere'. Known: gb/ppn_002"),
        (("show", "gb/preston", "--edition", "first"), "has no edition 'first'. Known: two_parts"),
        (("show", "gb/preston", "--on", "2024-05-01"), "is not known"),
        (("show", "gb/preston", "--on", "soon"), "'soon' is no day"),
        (("show", "gb/preston@000000000000"), "has no edition"),
        (("check", "nothing.yaml"), "is not there"),
        (("keep", "gb/preston", "--edition", "two_parts"), "is no project folder"),
        ((*CHOOSE, "--measure", "7.1"), "has no measure '7.1'"),
        ((*CHOOSE, "--measure", "1.1", "--split", "1.1"), "Write NAME=VALUE"),
        ((*CHOOSE, "--measure", "1.1", "--yes", "a", "--no", "a"), "both yes and no"),
        (("score", *CHOOSE[1:], "--level", "1.1=high"), "'high' is no level"),
        ((*UTRECHT,), "was not read"),
        ((*UTRECHT, "--share", "0.05", "--effort", "ww colour=red"), "says nothing of an effort"),
        ((*UTRECHT, "--share", "0.05", "--effort", "ww hours=36 hours=3"), "stands twice"),
        ((*UTRECHT, "--share", "0.05", "--effort", "ww persons=1.5 hours=36 months=1"), "no number of persons"),
        ((*UTRECHT, "--share", "0.05", "--effort", "ww persons=NaN hours=36 months=1"), "no number of persons"),
        ((*UTRECHT, "--share", "0.05", "--effort", "ww persons=Infinity hours=36 months=1"), "no number of persons"),
        ((*UTRECHT, "--share", "0.05", "--effort", ""), "no measure ''"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    found = run(*words, project=tmp_path)
    assert found.exit_code == 2, found.output
    assert said in found.output and len(found.output.strip().splitlines()) == 1
