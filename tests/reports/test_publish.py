"""What is published: the same bytes for the same snapshot, nothing that must be withheld, data that validate."""

import csv
import io
import json
import re
import warnings
from pathlib import Path
from typing import Any

import pytest

from bygd.sources.errors import InputError
from bygd.workbench import project as projects
from bygd.workbench import publication, snapshot
from bygd.workbench.project import Project

pytestmark = pytest.mark.xdist_group("publish")

LANGUAGES = ("sv", "en", "nl")
NOT_TEXT = (".xlsx", ".docx", ".pdf")

DATA_PACKAGE = {
    "type": "object",
    "required": ["name", "resources"],
    "properties": {
        "name": {"type": "string", "pattern": r"^[-a-z0-9._/]+$"},
        "licenses": {"type": "array", "items": {"required": ["name"]}},
        "resources": {
            "type": "array",
            "minItems": 1,
            "items": {
                "required": ["name", "path"],
                "properties": {
                    "name": {"type": "string", "pattern": r"^[-a-z0-9._/]+$"},
                    "path": {"type": "string", "pattern": r"^(?!/|\.\.)[^\\]+$"},
                    "bytes": {"type": "integer", "minimum": 1},
                    "hash": {"type": "string", "pattern": r"^sha256:[0-9a-f]{64}$"},
                    "schema": {
                        "required": ["fields"],
                        "properties": {
                            "fields": {"items": {"required": ["name", "type"]}, "minItems": 1},
                            "missingValues": {"type": "array"},
                        },
                    },
                },
            },
        },
    },
}
"""What the Data Package specification, version 1, asks of a descriptor, as far as it is used here."""


@pytest.fixture(scope="module")
def project(built_sample: Path) -> Project:
    return projects.read(built_sample)


@pytest.fixture(scope="module")
def site(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "public"
    publication.write(project, folder, whole=True)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_snapshot_gives_the_same_bytes(project: Project, site: Path, tmp_path: Path) -> None:
    publication.write(project, tmp_path / "again", whole=True)
    assert files(tmp_path / "again") == files(site)


def test_every_link_leads_to_a_file_of_the_site(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) == 1 + 2 * len(LANGUAGES), "one to choose from, and in each language the report and the plan"
    for page in pages:
        text = page.read_text(encoding="utf-8")
        ids = set(re.findall(r'\bid="([^"]+)"', text))
        for address in re.findall(r'(?:href|src)="([^"]+)"', text):
            if address.startswith("#"):
                assert address[1:] in ids, address
            elif not address.startswith("data:"):
                assert (page.parent / address).resolve().is_file(), address
        assert "<script" not in text and " style=" not in text and "http-equiv" in text


def test_no_supplier_and_no_institution_of_its_own_is_in_it(project: Project, site: Path) -> None:
    with snapshot.current(project).engine() as engine:
        names = [row["name"] for row in engine.rows("SELECT DISTINCT name FROM payees WHERE LENGTH(name) > 8")]
    told = "\n".join(content.decode() for path, content in files(site).items() if not path.endswith(NOT_TEXT))
    anchors = {entry.source for entry in project.ledgers}
    assert [name for name in names if name in told and name not in anchors] == []
    figures = json.loads((site / "figures.json").read_text())
    assert figures["audience"] == "public" and {one["anchor"] for one in figures["figures"]} == {None}


def test_tables_are_as_the_data_package_says(site: Path) -> None:
    import jsonschema

    package = json.loads((site / "datapackage.json").read_text(encoding="utf-8"))
    jsonschema.validate(package, DATA_PACKAGE)
    assert "licenses" not in package, "nothing is stated that the project does not say"
    found = files(site)
    for resource in package["resources"]:
        content = found[resource["path"]]
        assert len(content) == resource["bytes"]
        if not resource["path"].endswith(".csv"):
            continue
        head, *rows = list(csv.reader(io.StringIO(content.decode(), newline="")))
        fields = resource["schema"]["fields"]
        assert head == [field["name"] for field in fields] and rows
        for row in rows:
            for field, cell in zip(fields, row, strict=True):
                if cell and field["type"] == "number":
                    float(cell)
    assert len({resource["name"] for resource in package["resources"]}) == len(package["resources"])


def test_what_is_withheld_stands_in_no_file(site: Path) -> None:
    figures = json.loads((site / "figures.json").read_text())["figures"]
    withheld = {one["id"] for one in figures if one["withheld"]}
    assert withheld
    rows = list(csv.DictReader(io.StringIO((site / "figures.csv").read_text(encoding="utf-8"))))
    assert {row["id"] for row in rows if row["withheld"] == "true"} == withheld
    assert all(row["value"] == row["low"] == row["high"] == "" for row in rows if row["withheld"] == "true")


def test_the_catalogue_describes_every_file(site: Path) -> None:
    dataset = json.loads((site / "dcat.jsonld").read_text(encoding="utf-8"))
    assert dataset["@type"] == "dcat:Dataset"
    assert {title["@language"] for title in dataset["dcterms:title"]} == set(LANGUAGES)
    assert {text["@language"] for text in dataset["dcterms:description"]} == set(LANGUAGES)
    for one in dataset["dcat:distribution"]:
        assert (site / one["dcat:downloadURL"]["@id"]).is_file()
    prefixes = {key.partition(":")[0] for key in dataset if not key.startswith("@")}
    assert prefixes <= set(dataset["@context"])


SHAPES = Path(__file__).parent / "shapes" / "dcat-ap-3.ttl"


def conforms(catalogue: str) -> tuple[bool, str, set[str]]:
    """Whether a catalogue is as DCAT-AP asks, what is wrong with it, and of which classes it holds something."""
    import pyshacl
    import rdflib

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # within rdflib, about itself
        told = rdflib.Graph().parse(data=catalogue, format="json-ld", base="https://data.example.org/")
        is_right, _graph, text = pyshacl.validate(told, shacl_graph=str(SHAPES))
    return is_right, text, {re.split("[#/]", str(one))[-1] for one in told.objects(None, rdflib.RDF.type)}


@pytest.fixture(scope="module")
def stated(project: Project, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The catalogue of a project that says who publishes, under which licence, and where."""
    import dataclasses

    said = {"licence": "CC-BY-4.0", "publisher": "Kommunen", "contact": "data@example.org"}
    said["address"] = "https://data.example.org/money/"
    folder = tmp_path_factory.mktemp("stated") / "site"
    publication.write(dataclasses.replace(project, publish=said), folder, ["sv", "en"])
    return (folder / "dcat.jsonld").read_text(encoding="utf-8")


def test_the_catalogue_is_as_dcat_ap_asks(stated: str, site: Path) -> None:
    silent = (site / "dcat.jsonld").read_text(encoding="utf-8")
    for text, is_said in ((stated, True), (silent, False)):
        is_right, told, classes = conforms(text)
        assert is_right, told
        assert {"Dataset", "Distribution", "Checksum"} <= classes
        assert ("Catalog" in classes) is ("Agent" in classes) is is_said, "a catalogue needs somebody who publishes it"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('"dcterms:title"', '"dcterms:alternative"'),
        ('"dcat:accessURL"', '"dcat:page"'),
        ('"foaf:name"', '"foaf:nick"'),
        ('"spdx:checksumValue"', '"spdx:value"'),
        ("nonNegativeInteger", "integer"),
        ('"vcard:Kind",', ""),
    ],
)
def test_the_shapes_find_what_is_missing(stated: str, right: str, wrong: str) -> None:
    assert right in stated and not conforms(stated.replace(right, wrong))[0]


def test_terms_are_those_of_the_project(project: Project, built_sample: Path, tmp_path: Path) -> None:
    import dataclasses

    said = {"licence": "CC-BY-4.0", "publisher": "Kommunen <&>", "contact": "data@example.org"}
    said["accessibility"] = "https://example.org/statement"
    stating = dataclasses.replace(project, publish={**said, "address": "https://data.example.org/money/"})
    publication.write(stating, tmp_path / "site", ["sv"])
    page = (tmp_path / "site" / "sv" / "index.html").read_text(encoding="utf-8")
    assert 'rel="license" href="https://creativecommons.org/licenses/by/4.0/"' in page
    assert "Kommunen &lt;&amp;&gt;" in page and "data@example.org" in page and 'class="languages"' not in page
    assert 'href="https://example.org/statement"' in page
    package = json.loads((tmp_path / "site" / "datapackage.json").read_text())
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    dataset = json.loads((tmp_path / "site" / "dcat.jsonld").read_text())
    assert dataset["@id"] == "https://data.example.org/money/#dataset"
    assert dataset["dcat:contactPoint"]["vcard:hasEmail"]["@id"] == "mailto:data@example.org"
    wrong = dataclasses.replace(project, publish={"address": "data.example.org"})
    with pytest.raises(InputError, match="https://"):
        publication.write(wrong, tmp_path / "other", ["sv"])


def test_only_a_site_is_written_over(project: Project, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "one.jpg").write_text("x")
    with pytest.raises(InputError, match="did not publish"):
        publication.write(project, tmp_path / "photos")
    assert files(tmp_path / "photos") == {"one.jpg": b"x"}
    publication.write(project, tmp_path / "site", ["en"])
    (tmp_path / "site" / "old.csv").write_text("x")
    publication.write(project, tmp_path / "site", ["en"])
    assert "old.csv" not in files(tmp_path / "site")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["photos", "site"]


@pytest.mark.parametrize(("languages", "name"), [(["fr"], ""), ((), "../current"), ((), "nothing")])
def test_what_cannot_be_published_is_told(project: Project, tmp_path: Path, languages: Any, name: str) -> None:
    with pytest.raises(InputError):
        publication.write(project, tmp_path / "site", languages, name)
    assert not (tmp_path / "site").exists()


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [1280, 320])
def test_it_can_be_read_without_a_server(site: Path, chromium: Any, language: str, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = chromium.new_page(viewport={"width": width, "height": 800})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto((site / language / "index.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.documentElement.lang") == language
    assert said == []
    if (width, language) in {(1280, "sv"), (320, "nl")}:  # elements are alike in all languages
        found = Axe().run(page, options={"resultTypes": ["violations"]})
        assert found.violations_count == 0, found.generate_report()
    page.locator(f".languages a:not([lang={language}])").first.click()
    assert page.evaluate("document.documentElement.lang") != language
    page.close()


def test_no_cell_of_csv_is_a_formula() -> None:
    from bygd.reports.documents import opendata
    from bygd.reports.grid import Grid, Head, Kind

    grid = Grid("x", (Head("Name"), Head("Sum", Kind.MONEY)), [("=1+1", -5), ("Plain", None)])
    assert opendata.table_csv(grid, "kr").decode() == "Name,Sum (kr)\r\n'=1+1,-5\r\nPlain,\r\n"
