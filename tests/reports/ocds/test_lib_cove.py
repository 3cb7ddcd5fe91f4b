"""Contracts out, as lib-cove-ocds judges them; for whoever has it: uv run --with libcoveocds pytest tests/reports/ocds

It is under the AGPL and brings a database with it, so it is no dependency. Given the standard's schemas as a ZIP it
asks nobody for anything.
"""

import json
import warnings
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from bygd.reports.documents import ocds
from bygd.workbench import contracts, sample

HERE = Path(__file__).parent
NONE = {"$schema": "http://json-schema.org/draft-04/schema#", "properties": {"records": {}}}
CLEAN = ("validation_errors", "deprecated_fields", "additional_closed_codelist_values", "additional_checks")


def test_lib_cove_ocds_finds_no_fault(tmp_path: Path) -> None:
    config = pytest.importorskip("libcoveocds.config", reason="lib-cove-ocds is not installed")
    api = pytest.importorskip("libcoveocds.api", reason="lib-cove-ocds is not installed")
    with zipfile.ZipFile(tmp_path / "standard.zip", "w") as archive:
        archive.writestr("standard/", "")
        for name in ("release-schema", "release-package-schema"):
            archive.write(HERE / f"{name}.json", f"standard/schema/{name}.json")
        for name in (
            "record-package-schema",
            "versioned-release-validation-schema",
        ):  # of packages that we do not write
            archive.writestr(f"standard/schema/{name}.json", json.dumps(NONE))
        archive.writestr("standard/schema/codelists/currency.csv", "Code,Title\nSEK,Swedish Krona\n")
    terms = ocds.Terms("Fyrhamn", "https://example.org/a.json", datetime(2026, 1, 1), prefix="ocds-abc123")
    package = ocds.package(contracts.current(sample.write(tmp_path / "place")), terms)
    (tmp_path / "a.json").write_text(json.dumps(package), encoding="utf-8")
    settings = config.LibCoveOCDSConfig()
    settings.config |= {"standard_zip": (tmp_path / "standard.zip").as_uri(), "context": "api"}
    (tmp_path / "out").mkdir()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the libraries that it rests on
        found = api.ocds_json_output(str(tmp_path / "out"), str(tmp_path / "a.json"), lib_cove_ocds_config=settings)
    assert found["version_used"] == "1.1"
    assert {name: found[name] for name in CLEAN if found.get(name)} == {}
