"""Open data: what was published as CSV, described by datapackage.json (Data Package 1) and by DCAT-AP in JSON-LD."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from bygd.reports.documents.harmless import harmless
from bygd.reports.grid import Cell, Grid, Kind, Withheld
from bygd.reports.section import Section
from bygd.reports.subject import Subject
from bygd.reports.terms import Terms

FIGURE_FIELDS = {
    "id": "string", "value": "number", "low": "number", "high": "number", "coverage": "number", "unit": "string",
    "period": "string", "withheld": "boolean", "definition": "string", "snapshot": "string",
}  # fmt: skip
TYPES = {Kind.TEXT: "string", Kind.MONEY: "number", Kind.SHARE: "number", Kind.NUMBER: "number", Kind.DAY: "date"}
MEDIA = {
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FILE_TYPE = "http://publications.europa.eu/resource/authority/file-type/"
THEME = "http://publications.europa.eu/resource/authority/data-theme/GOVE"
"""Government and public sector: what DCAT-AP asks a dataset's theme to be taken from."""

XSD = "http://www.w3.org/2001/XMLSchema#"


def figures_csv(subject: Subject) -> bytes:
    """Every figure as a row, sorted; without a value where it is withheld or cannot be told."""
    rows = [
        {**figure.as_row(), "withheld": str(figure.id in subject.withheld).lower()}
        for figure in sorted(subject.figures, key=lambda one: (one.id, one.period))
    ]
    return _csv(list(FIGURE_FIELDS), [[row[name] for name in FIGURE_FIELDS] for row in rows])


def tables(sections: Sequence[Section]) -> dict[str, Grid]:
    """Name of a file → the table it holds."""
    found = {}
    for section in sections:
        for number, grid in enumerate(section.grids):
            found[f"{section.id}{f'-{number + 1}' if number else ''}.csv"] = grid
    return found


def table_csv(grid: Grid, unit: str) -> bytes:
    """One table as CSV: numbers plain, shares as fractions of one, nothing where a cell is withheld; no row of sums."""
    return _csv([head.titled(unit) for head in grid.heads], [[_plain(cell) for cell in row] for row in grid.rows])


def rows_csv(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Rows of a table as CSV: days as 2026-03-01, yes and no as true and false, nothing where nothing is known."""
    return _csv(
        names, [[str(cell).lower() if isinstance(cell, bool) else _plain(cell) for cell in row] for row in rows]
    )


def fields(grid: Grid, unit: str) -> list[dict[str, str]]:
    """The columns of a table, as a Table Schema has them."""
    return [{"name": head.titled(unit), "type": TYPES[head.kind]} for head in grid.heads]


def resource(path: str, content: bytes, title: str, schema: Sequence[Mapping[str, str]] = ()) -> dict[str, Any]:
    """A file as a resource of a data package."""
    ending = path.rpartition(".")[2]
    found: dict[str, Any] = {
        "name": path.replace("/", "-").replace(".", "-").lower(),
        "path": path,
        "title": title,
        "format": ending,
        "mediatype": MEDIA[ending],
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
    }
    if schema:
        found |= {"profile": "tabular-data-resource", "schema": {"fields": list(schema), "missingValues": [""]}}
    return found


def datapackage(subject: Subject, resources: Sequence[Mapping[str, Any]], terms: Terms) -> bytes:
    """datapackage.json; says of a licence only what the project says."""
    found: dict[str, Any] = {
        "profile": "data-package",
        "name": f"bygd-{subject.place.area_id.replace(':', '-').lower()}",
        "id": subject.snapshot,
        "title": subject.title,
        "version": subject.snapshot,
        "created": subject.manifest.get("built_at"),
        "resources": list(resources),
    }
    if terms.licence:
        licence = {"name": terms.licence, "title": terms.licence}
        found["licenses"] = [licence | ({"path": terms.licence_at} if terms.licence_at else {})]
    if terms.publisher:
        found["contributors"] = [{"title": terms.publisher, "role": "publisher"}]
    return _json({key: value for key, value in found.items() if value is not None})


def catalogue(
    subjects: Mapping[str, Subject], leads: Mapping[str, str], resources: Sequence[Mapping[str, Any]], terms: Terms
) -> bytes:
    """dcat.jsonld: the dataset as DCAT-AP 3 asks, in every language; addresses are relative unless it has one.

    Who is said to publish it also publishes the catalogue that holds it. Where nobody is said there is the dataset
    alone: a catalogue must name its publisher, and nobody is to be made up.
    """
    base = terms.address.rstrip("/") + "/" if terms.address else ""
    first = next(iter(subjects.values()))
    dataset: dict[str, Any] = {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dcterms": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "vcard": "http://www.w3.org/2006/vcard/ns#",
            "spdx": "http://spdx.org/rdf/terms#",
            "skos": "http://www.w3.org/2004/02/skos/core#",
        },
        "@id": f"{base}#dataset",
        "@type": "dcat:Dataset",
        "dcterms:title": [{"@value": one.title, "@language": code} for code, one in subjects.items()],
        "dcterms:description": [{"@value": text, "@language": code} for code, text in leads.items()],
        "dcterms:identifier": first.snapshot,
        "dcat:theme": {"@id": THEME, "@type": "skos:Concept"},
        "dcat:distribution": [_distribution(one, base, terms) for one in resources],
    }
    if first.manifest.get("built_at"):
        dataset["dcterms:modified"] = {"@value": first.manifest["built_at"], "@type": f"{XSD}dateTime"}
    if terms.publisher:
        agent = {"@id": f"{base}#publisher", "@type": "foaf:Agent", "foaf:name": terms.publisher}
        dataset["dcterms:publisher"] = agent
        dataset["@reverse"] = {
            "dcat:dataset": {
                "@id": f"{base}#catalogue",
                "@type": "dcat:Catalog",
                **{
                    name: dataset[name]
                    for name in ("dcterms:title", "dcterms:description", "dcterms:modified")
                    if name in dataset
                },
                "dcterms:publisher": {"@id": agent["@id"]},
            }
        }
    if terms.contact:
        at = f"mailto:{terms.contact}" if "@" in terms.contact else terms.contact
        name = terms.publisher or terms.contact
        dataset["dcat:contactPoint"] = {
            "@type": ["vcard:Kind", "vcard:Organization"],
            "vcard:fn": name,
            "vcard:hasEmail" if "@" in terms.contact else "vcard:hasURL": {"@id": at},
        }
    return _json(dataset)


def _distribution(one: Mapping[str, Any], base: str, terms: Terms) -> dict[str, Any]:
    at = {"@id": f"{base}{one['path']}"}
    found = {
        "@type": "dcat:Distribution",
        "dcterms:title": one["title"],
        "dcat:accessURL": at,
        "dcat:downloadURL": at,
        "dcterms:format": {"@id": f"{FILE_TYPE}{one['format'].upper()}", "@type": "dcterms:MediaTypeOrExtent"},
        "dcat:mediaType": {
            "@id": f"https://www.iana.org/assignments/media-types/{one['mediatype']}",
            "@type": "dcterms:MediaType",
        },
        "dcat:byteSize": {"@value": str(one["bytes"]), "@type": f"{XSD}nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@value": one["hash"].removeprefix("sha256:"), "@type": f"{XSD}hexBinary"},
        },
    }
    if terms.licence_at:
        found["dcterms:license"] = {"@id": terms.licence_at, "@type": "dcterms:LicenseDocument"}
    return found


def _plain(cell: Cell | Withheld | bool) -> Any:
    """A cell as CSV has it; a text that a spreadsheet would take for a formula stands behind an apostrophe."""
    return None if isinstance(cell, Withheld) else harmless(cell)


def _csv(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow(names)
    writer.writerows(rows)
    return made.getvalue().encode()


def _json(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()
