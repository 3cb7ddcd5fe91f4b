"""`bygd contracts`: brought in, listed, what ends, what is outside, and out again."""

import csv
import io
import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bygd.cli import main

LIST = "Avtalsnummer;Avtalsnamn;Leverantör;Giltigt till;Handläggare\nA-1;Städ;Städ AB;2099-12-31;Åsa\nA-2;;X;;\n"


def bygd(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(folder), *words])


@pytest.fixture
def own(built_sample: Path, tmp_path: Path) -> Path:
    shutil.copytree(built_sample, tmp_path / "own", symlinks=True)
    return tmp_path / "own"


def test_a_list_is_looked_at_refused_and_taken_in(own: Path) -> None:
    (own / "avtal.csv").write_text(LIST, encoding="utf-8")
    words = ("contracts", "add", str(own / "avtal.csv"), "--anchor", "Fyrhamns kommun")
    refused = bygd(own, *words)
    assert refused.exit_code == 2 and "Handläggare" in refused.output and "--ignore" in refused.output
    dry = bygd(own, *words, "--ignore", "Handläggare", "--dry-run")
    assert dry.exit_code == 0 and "1 new; 1 set aside" in dry.output and "Nothing was changed" in dry.output
    taken = bygd(own, *words, "--ignore", "*", "--json")
    said = json.loads(taken.output)
    assert (said["added"], said["counts"], said["set_aside"][0]["row"]) == (1, {"new": 1}, 3)
    assert "0 entries added" in bygd(own, *words, "--ignore", "*").output
    listed = json.loads(bygd(own, "contracts", "list", "--json").output)
    assert [row["ends_on"] for row in listed if row["number"] == "A-1"] == ["2099-12-31"]


def test_endings_come_as_lines_json_and_csv(built_sample: Path) -> None:
    words = ("contracts", "endings", "--on", "2026-06-01", "--until", "2026-12-31")
    rows = json.loads(bygd(built_sample, *words, "--json").output)
    days = [row["next"] for row in rows]
    assert (
        days == sorted(days)
        and days
        and max(days) <= "2026-12-31"
        and all(row["is_late"] in (True, False) for row in rows)
    )
    told = list(csv.DictReader(io.StringIO(bygd(built_sample, *words, "--csv").output)))
    assert [row["contract_key"] for row in told] == [row["contract_key"] for row in rows]
    assert f"{len(rows)} contracts end" in bygd(built_sample, *words).output
    shorter = json.loads(bygd(built_sample, *words, "--lead", "3", "--json").output)
    assert sum(row["is_late"] for row in shorter) < sum(row["is_late"] for row in rows)


def test_outside_adds_up_whichever_way_it_is_told(built_sample: Path) -> None:
    said = json.loads(bygd(built_sample, "contracts", "outside", "--json").output)
    sums = {name: Decimal(value) for name, value in said["sums"].items()}
    assert sums["within"] > 0 and sums["outside"] > 0 and sums["doubt"] > 0
    assert sums["within"] + sums["outside"] + sums["doubt"] == sums["total"]
    rows = list(csv.DictReader(io.StringIO(bygd(built_sample, "contracts", "outside", "--csv").output)))
    assert sum(Decimal(row["amount"]) for row in rows) == sums["total"]
    share = next(one for one in said["figures"] if one["id"] == "contracts.outside_share" and one["anchor"] is None)
    assert 0 < share["low"] <= share["value"] <= share["high"] < 1
    assert "outside contracts: " in bygd(built_sample, "contracts", "outside").output


def test_out_as_ocds_and_as_a_table_that_is_read_back(built_sample: Path, own: Path, tmp_path: Path) -> None:
    for name in ("out.json", "out.csv", "out.xlsx"):
        assert "contracts" in bygd(built_sample, "contracts", "export", str(tmp_path / name)).output
        back = bygd(own, "contracts", "add", str(tmp_path / name), "--ignore", "*", "--json")
        said = json.loads(back.output)
        assert set(said["counts"]) <= ({"same"} if name == "out.json" else {"same", "new"}) and not said["set_aside"]
    assert bygd(built_sample, "contracts", "export", str(tmp_path / "out.pdf")).exit_code == 2


@pytest.mark.parametrize(
    "words",
    [
        ("contracts", "endings", "--on", "2026-02-30"),
        ("contracts", "endings", "--lead", "99"),
        ("contracts", "add", "--source", "world/bods", "files/postnummer.csv"),
        ("contracts", "add", "--source", "no/such", "files/postnummer.csv"),
        ("contracts", "add", "--map", "nonsense", "files/postnummer.csv"),
    ],
)
def test_mistakes_end_with_two_and_a_sentence(own: Path, words: tuple[str, ...]) -> None:
    given = [str(own / word) if word.startswith("files/") else word for word in words]
    result = bygd(own, *given)
    assert result.exit_code == 2 and result.output.startswith("bygd: ") and "Traceback" not in result.output


def test_an_empty_register_says_so(own: Path) -> None:
    (own / "decisions" / "contract_entries.csv").unlink()
    assert "The register has no contracts yet" in bygd(own, "contracts", "outside").output
    assert "0 contracts" in bygd(own, "contracts", "list").output
