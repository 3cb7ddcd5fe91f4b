"""`bygd tender`: bids compared, models told, templates written; one clear line where it cannot be done."""

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from bygd.cli import main
from bygd.tools.tenders import PriceModel

ROWS = (
    ("bid", "price", "cooking", "delivery"),
    ("weight", "0.5", "0.3", "0.2"),
    ("highest", "", "5", "100"),
    ("Cheap", "60", "0", "0"),
    ("Alma", "100", "3", "60"),
    ("Bo", "150", "4.5", "90"),
)


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["tender", *(str(word) for word in words)])


@pytest.fixture
def bids(tmp_path: Path) -> Path:
    path = tmp_path / "bids.csv"
    path.write_text("\n".join(";".join(row) for row in ROWS), encoding="utf-8")
    return path


def test_bids_are_ranked_with_what_that_hangs_on(bids: Path) -> None:
    said = run("price", bids, "--model", "lowest_over_price", "--currency", "SEK")
    assert said.exit_code == 0, said.output
    # By hand: Bo 50·60/150 + 30·0.9 + 20·0.9 = 65, Alma 30 + 18 + 12 = 60, Cheap 50.
    assert said.output.index("65.00") < said.output.index("60.00") < said.output.rindex("50.00")
    assert "Cheap does not win, but decides who does: without it the first place goes to Alma." in said.output
    assert "Bo wins as long as price weighs from 0% to 60%; it weighs 50%." in said.output


def test_a_spreadsheet_with_words_of_another_language(tmp_path: Path, bids: Path) -> None:
    words = {"bid": "anbud", "price": "pris", "weight": "vikt", "highest": "högst", "0.5": "50 %", "0.3": "0,3"}
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append([words.get(cell, cell) for cell in row])
    book.save(tmp_path / "anbud.xlsx")
    said = run("price", tmp_path / "anbud.xlsx", "--model", "lowest_over_price", "--currency", "SEK", "--lang", "sv")
    assert "65,00" in said.output and "avgör vem som gör det" in said.output


def test_json_has_exact_fractions(bids: Path) -> None:
    said = json.loads(run("price", bids, "--model", "lowest_over_price", "--json").output)
    assert said["winners"] == ["Bo"] and said["bids"][0]["result"]["exact"] == "65"
    assert said["ranges"][0]["stretches"][0]["to"]["exact"] == "3/5" and len(said["warnings"]) == 1


def test_models_without_a_weight_of_price(tmp_path: Path) -> None:
    path = tmp_path / "bids.csv"
    path.write_text("bid;price;quality\nweight;;1\nA;100;40\nB;150;80\n", encoding="utf-8")
    said = run("price", path, "--model", "added_value", "--quality-value", "200", "--currency", "EUR")
    assert "€20" in said.output and "−€10" in said.output
    assert "B wins as long as the best quality is worth from €125 to €400; it is worth €200." in said.output
    assert "By this model no bid changes the places of others." in said.output


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        ("name;sum\nA;1\n", (), "no row that names its columns"),
        ("bid;price\nA;1,234\n", ("--price-weight", "1"), "is no number, or could be two"),
        ("bid;price\nA;cheap\n", ("--price-weight", "1"), "'cheap' in the row 'A'"),
        ("bid;price\nA;-5\n", ("--price-weight", "1"), "is no number"),
        ("bid;price\nA;5\nA;6\n", ("--price-weight", "1"), "Two bids are called 'A'"),
        ("bid;price;q\nweight;0.5;0.4\nA;5;1\n", (), "add up to 0.9"),
        ("bid;price;q\nweight;0.5;0.5\nA;5;101\n", (), "from 0 to 100"),
        ("bid;price;q\nweight;0.5;0.5\nA;5;\n", (), "no score for 'q'"),
        ("bid;price\n", ("--price-weight", "1"), "no bids"),
    ],
)
def test_what_cannot_be_compared_is_said_in_one_line(
    tmp_path: Path, text: str, words: tuple[str, ...], said: str
) -> None:
    path = tmp_path / "bids.csv"
    path.write_text(text, encoding="utf-8")
    found = run("price", path, "--model", "lowest_over_price", *words)
    assert found.exit_code == 2 and said in found.output and found.output.count("\n") == 1


def test_every_model_is_told_with_its_traps() -> None:
    for language, word in (("en", "Mind:"), ("sv", "Tänk på:"), ("nl", "Let op:")):
        said = run("models", "--lang", language).output
        assert all(f"{model} – " in said for model in PriceModel) and said.count(word) >= 15


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_a_template_of_a_policy(tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"answers.{ending}"
    words = ("template", "gb/preston", target, "--edition", "five_themes", "--measure", "1.1", "--title", "Skolmat")
    said = run(*words, "--item", "P1=Meals;12000;pcs", "--lang", "sv")
    assert said.exit_code == 0 and "gb/preston@" in said.output, said.output
    assert target.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--measure", "9.9"), "has no measure"),
        (("--measure", "1.1", "--item", "P1"), "no line of prices"),
        (("--measure", "1.1", "--item", "P1=Meals;0;pcs"), "quantity above nought"),
    ],
)
def test_templates_that_cannot_be_written(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    found = run("template", "gb/preston", tmp_path / "a.xlsx", "--edition", "five_themes", "--title", "T", *words)
    assert found.exit_code == 2 and said in found.output
    assert run("template", "gb/preston", tmp_path / "a.pdf", "--measure", "1.1", "--edition", "five_themes",
               "--title", "T").exit_code == 2  # fmt: skip
