"""figures.json and control.json: fit their schemas, add up, are the same every time, and are documented."""

import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from bygd import reports
from bygd.engine import DuckEngine
from bygd.reports.definitions import NAMES, prefix
from bygd.tools import audit, spend

from .conftest import MANIFEST, PLACE

DOCS = Path(__file__).parents[2] / "docs" / "reference" / "figures.md"


def schema(name: str) -> dict[str, object]:
    loaded: dict[str, object] = json.loads((files("bygd.reports") / "schemas" / f"{name}-1.json").read_text())
    return loaded


def written(engine: DuckEngine, folder: Path, audience: str = "internal") -> reports.Written:
    return reports.write(
        engine, PLACE, "Bygdeby", folder, snapshot="0123456789ab", manifest=MANIFEST, audience=audience, charts=False
    )


@pytest.mark.parametrize("audience", ["internal", "public"])
@pytest.mark.parametrize("name", ["figures", "control"])
def test_documents_fit_their_schema(town: DuckEngine, tmp_path: Path, audience: str, name: str) -> None:
    made = written(town, tmp_path, audience)
    content = json.loads(getattr(made, name).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema(name))
    jsonschema.validate(content, schema(name))
    assert content["audience"] == audience


def test_the_same_snapshot_gives_the_same_bytes(town: DuckEngine, tmp_path: Path) -> None:
    first, second = written(town, tmp_path / "a"), written(town, tmp_path / "b")
    for one, other in zip(first.paths, second.paths, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name


def test_control_adds_up(town: DuckEngine, tmp_path: Path) -> None:
    content = json.loads(written(town, tmp_path).control.read_text(encoding="utf-8"))
    for file in content["files"]:
        money = file["money"]
        assert round(money["read"] + money["set_aside"] + money["rounding"] - money["file"], 2) == 0
        assert sum(part["rows"] for part in file["set_aside"]) == file["rows"]["set_aside"]
    by_rule = {row["rule"]: row["money"] for row in content["totals"]["excluded"]}
    in_files: dict[str, float] = {}
    for file in content["files"]:
        for row in file["excluded"]:
            in_files[row["rule"]] = in_files.get(row["rule"], 0.0) + row["money"]
    assert in_files == pytest.approx(by_rule) and "several" not in in_files


def test_public_figures_are_those_of_all_institutions_together(town: DuckEngine, tmp_path: Path) -> None:
    content = json.loads(written(town, tmp_path, "public").figures.read_text(encoding="utf-8"))
    assert {figure["anchor"] for figure in content["figures"]} == {None}
    for figure in content["figures"]:
        if figure["withheld"]:
            assert figure["value"] is figure["low"] is figure["high"] is figure["coverage"] is None


def test_every_figure_has_a_name_and_stands_in_the_docs(town: DuckEngine) -> None:
    text = DOCS.read_text(encoding="utf-8")
    for figure in [*spend.figures(town, PLACE), *audit.figures(town)]:
        assert prefix(figure.id), f"{figure.id} has no name in the reports"
    for known in NAMES:
        shown = known.replace(".seat", ".<by>").replace(".branch", ".<by>").replace(".either", ".<by>")
        assert f"`{shown}" in text, f"{known} is missing in docs/reference/figures.md"


def test_every_field_stands_in_the_docs() -> None:
    text = DOCS.read_text(encoding="utf-8")
    fields = schema("figures")["properties"]["figures"]["items"]["properties"]  # type: ignore[index]
    file = schema("control")["properties"]["files"]["items"]["properties"]  # type: ignore[index]
    for field in (*fields, *file):
        assert f"`{field}" in text, field
