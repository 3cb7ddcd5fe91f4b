"""Warnings of a build are kept as messages with values, and said in the language of who reads them."""

import json
import shutil
from pathlib import Path

from bygd.reports import Translator
from bygd.vocabulary.said import Said, to_plain
from bygd.workbench import project, snapshot

NO_POSTCODES = Said("No postcode file was given: only registers that name the municipality place a supplier.")
TWICE = Said("{file} has the same content as {other} and was not counted twice.", file="b.csv", other="a.csv")


def manifest_of(built_sample: Path, to: Path, *warnings: object) -> snapshot.Snapshot:
    shutil.copytree(built_sample, to)
    place = project.read(to)
    file = snapshot.current(place).folder / "manifest.json"
    manifest = {**json.loads(file.read_text(encoding="utf-8")), "warnings": to_plain(list(warnings))}
    file.chmod(0o644)
    file.write_text(json.dumps(manifest), encoding="utf-8")
    return snapshot.current(place)


def test_a_manifest_keeps_messages_and_gives_them_again(built_sample: Path, tmp_path: Path) -> None:
    kept = manifest_of(built_sample, tmp_path / "place", NO_POSTCODES, TWICE, "what an older version wrote")
    said = [Translator("nl").said(warning) for warning in kept.manifest["warnings"]]
    assert said[0].startswith("Er is geen postcodebestand opgegeven")
    assert said[1] == "b.csv heeft dezelfde inhoud als a.csv en is niet dubbel geteld."
    assert said[2] == "what an older version wrote"
    assert kept.manifest["warnings"] == [str(NO_POSTCODES), str(TWICE), "what an older version wrote"]


def test_warnings_of_other_institutions_stay_hidden(built_sample: Path, tmp_path: Path) -> None:
    kept = manifest_of(built_sample, tmp_path / "place")
    theirs = next(file for file in kept.manifest["files"] if file["kind"] == "ledger")
    warning = Said("{file} has no sheet with rows. Check the file.", file=theirs["path"])
    kept.manifest["warnings"] = [warning, NO_POSTCODES]
    others = {file["anchor"] for file in kept.manifest["files"] if file.get("anchor")} - {theirs["anchor"]}
    assert kept.manifest_for(others)["warnings"] == [NO_POSTCODES]
    assert kept.manifest_for({theirs["anchor"]})["warnings"] == [warning, NO_POSTCODES]
