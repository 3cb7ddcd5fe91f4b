"""`bygd run gaps` and `bygd run lots`: the list, its files, lots, and one clear line where it cannot be done."""

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bygd.cli import main


def run(project: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(project), "run", *words])


def test_the_list_in_sentences(built_sample: Path) -> None:
    found = run(built_sample, "gaps", "--most", "3")
    assert found.exit_code == 0, found.output
    lines = found.output.replace("\xa0", " ").splitlines()
    assert [line[:2] for line in lines if line[:1].isdigit()] == ["1.", "2.", "3."]
    assert any("a year is bought elsewhere" in line for line in lines)
    assert any("firms of the region could supply it" in line for line in lines)
    assert "   Fyrhamns kommun: 2023-01 – 2025-12, 36 (brought to twelve months)" in lines


@pytest.mark.parametrize(("language", "told"), [("sv", "per år köps från annat håll"), ("nl", "per jaar wordt elders")])
def test_in_other_languages(built_sample: Path, language: str, told: str) -> None:
    assert told in run(built_sample, "gaps", "--most", "2", "--lang", language).output


def test_files_for_programs_agree_and_add_up(built_sample: Path) -> None:
    as_json = json.loads(run(built_sample, "gaps", "--json").output)
    as_csv = list(csv.DictReader(io.StringIO(run(built_sample, "gaps", "--csv").output)))
    assert [row["category"] for row in as_json] == [row["category"] for row in as_csv]
    for row in as_csv:
        parts = ("bought_local", "bought_elsewhere", "bought_unknown")
        assert sum(Decimal(row[name]) for name in parts) == Decimal(row["bought"])
        assert Decimal(row["leaves_at_least"]) <= Decimal(row["leaves_a_year"]) <= Decimal(row["leaves_at_most"])
        if "no_industry" in row["reasons"]:
            assert row["could_come_home_at_most"] == row["firms"] == row["firms_micro"] == "", "nought is no answer"
        else:
            assert Decimal(row["could_come_home_at_most"]) <= max(0, Decimal(row["leaves_a_year"]))
    spent = json.loads(run(built_sample, "spend", "--by", "currency", "--json").output)
    assert sum(Decimal(row["bought"]) for row in as_csv) == sum(Decimal(row["total"]) for row in spent)


def test_a_wider_ring_loses_less(built_sample: Path) -> None:
    def leaves(within: str) -> Decimal:
        rows = json.loads(run(built_sample, "gaps", "--within", within, "--json").output)
        return sum((Decimal(row["leaves_a_year"]) for row in rows), Decimal(0))

    assert leaves("municipality") > leaves("county") > leaves("country") >= 0


def test_one_institution_and_one_year(built_sample: Path) -> None:
    whole = {row["category"]: row for row in json.loads(run(built_sample, "gaps", "--json").output)}
    words = ("gaps", "--anchor", "Fyrhamnsbostäder AB", "--year", "2025", "--json")
    part = json.loads(run(built_sample, *words).output)
    assert part and all(row["institutions"] <= 1 for row in part)
    assert all(Decimal(row["bought"]) <= Decimal(whole[row["category"]]["bought"]) for row in part)


def test_lots_say_who_could_carry_them_and_what_the_rules_say(built_sample: Path) -> None:
    words = ("lots", "städ och tvätt", "--value", "80 000 000", "--years", "4", "--areas", "4")
    told = run(built_sample, *words).output.replace("\xa0", " ")
    assert "Lot 4" in told and "SEK 80,000,000" in told and "A purchase must not be split" in told
    answer = json.loads(run(built_sample, *words, "--json").output)
    assert len(answer["lots"]) == 5 and answer["rules"]["regime"] == "above"
    assert (
        json.loads(run(built_sample, *words, "--kind", "supplies", "--json").output)["rules"]["question"]["kind"]
        == "supplies"
    )
    assert "Del 4" in run(built_sample, *words, "--lang", "sv").output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("gaps", "--anchor", "Nobody"), "There are no purchases of 'Nobody'. Known: Fyrhamns kommun"),
        (("gaps", "--year", "1850"), "There are no purchases of '1850'"),
        (("gaps", "--lang", "fr"), "Choose one of: en, nl, sv"),
        (("lots", "Stad", "--value", "5"), "No ledger names a category 'Stad'. Those most like it: Städ och tvätt"),
        (("lots", "Livsmedel", "--value", "lots"), "'lots' is no value"),
        (("lots", "Livsmedel", "--value", "-1"), "worth more than nothing"),
        (("lots", "Livsmedel", "--value", "5", "--periods", "2"), "1 years cannot be split into 2 periods"),
        (("lots", "Livsmedel", "--value", "5", "--parts", "2;2"), "The lots come to 4"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(built_sample: Path, words: tuple[str, ...], told: str) -> None:
    found = run(built_sample, *words)
    assert found.exit_code == 2, found.output
    assert told in found.output and len(found.output.strip().splitlines()) == 1
