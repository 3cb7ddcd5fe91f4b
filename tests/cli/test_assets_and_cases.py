"""`bygd assets` and `bygd cases`: out and in again, who bridges, what is due when."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bygd.cli import main


def bygd(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(folder), *words])


@pytest.mark.parametrize("ending", ["geojson", "umap", "csv"])
def test_the_map_goes_out_and_comes_in_as_the_same(built_sample: Path, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"map.{ending}"
    assert bygd(built_sample, "assets", "export", str(file), "--lang", "sv").exit_code == 0
    again = bygd(built_sample, "assets", "add", str(file), "--dry-run")
    assert again.exit_code == 0 and " same; 0 set aside" in again.output and "Nothing was changed." in again.output


def test_items_are_added_once(built_sample: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    shutil.copytree(built_sample, own, symlinks=True)
    (own / "more.csv").write_text("name;layer;colour\nKiosk;service;red\n;service;\n", encoding="utf-8")
    first = bygd(own, "assets", "add", str(own / "more.csv"))
    assert (
        "+ Kiosk · service" in first.output and "not read: colour" in first.output and "1 entries added" in first.output
    )
    assert "0 entries added" in bygd(own, "assets", "add", str(own / "more.csv")).output
    assert "Kiosk" in bygd(own, "assets", "list", "--to-see").output
    assert bygd(own, "assets", "export", "map.pdf").exit_code == 2


def test_who_bridges(built_sample: Path) -> None:
    rows = json.loads(bygd(built_sample, "assets", "network", "--json").output)
    assert rows[0]["name"] == "Fyrhamns kommun" and rows[0]["is_bridge"]
    assert "missing: Other public body" in bygd(built_sample, "assets", "network").output
    assert {row["layer"] for row in json.loads(bygd(built_sample, "assets", "list", "--json").output)} >= {
        "land",
        "skill",
    }


def test_cases_and_their_days(built_sample: Path) -> None:
    rows = json.loads(bygd(built_sample, "cases", "list", "--on", "2026-03-20", "--json").output)
    assert {row["title"]: row["stuck"] for row in rows}["Skolmat från bruket"] == []
    days = json.loads(bygd(built_sample, "cases", "deadlines", "--on", "2027-02-02", "--json").output)
    assert [(one["day"], one["state"]) for one in days] == [("2027-02-01", "passed")]
    assert "2 are stuck" in bygd(built_sample, "cases", "list", "--on", "2027-02-02").output
    kinds = bygd(built_sample, "cases", "kinds", "--lang", "sv").output
    assert "Idéburet offentligt partnerskap" in kinds and "NOT VERIFIED" in kinds
