"""Publish: what everybody may see of one snapshot, as the files of a site that stands by itself."""

import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bygd.engine import Engine
from bygd.geography import Place
from bygd.reports import boundaries as boundary_files
from bygd.reports import disclosure
from bygd.reports.beside import Beside
from bygd.reports.documents import data, opendata, workbook
from bygd.reports.documents import open as pages
from bygd.reports.privacy import Audience
from bygd.reports.section import Section
from bygd.reports.sections import headline
from bygd.reports.subject import Subject
from bygd.reports.terms import Terms
from bygd.reports.translate import Translator
from bygd.reports.write import sections_of, subject_of

HOME = "index.html"


def published(
    engine: Engine,
    place: Place,
    title: str,
    *,
    languages: Sequence[str],
    snapshot: str,
    manifest: Mapping[str, Any],
    boundaries: Sequence[Path] = (),
    terms: Terms | None = None,
    charts: bool = True,
    beside: Beside | None = None,
) -> dict[str, bytes]:
    """The files of the site by their path in it: a page for each language, its tables, and open data.

    Only what the audience `public` may see is in any of them, but for what stands `beside`, which must be for
    everybody already. The same snapshot, languages, terms and what is beside give the same bytes. Raises
    InputError where all purchases together rest on too few suppliers to publish anything.
    """
    terms, beside = terms or Terms(), beside or Beside()
    files: dict[str, bytes] = {"style.css": pages.style(), **beside.files}
    resources: list[dict[str, Any]] = []
    subjects: dict[str, Subject] = {}
    leads: dict[str, str] = {}
    figures = None
    for language in languages:
        everything = subject_of(
            engine, place, title, language, snapshot, manifest, audience=Audience.PUBLIC, figures=figures
        )
        figures = everything.figures  # the same in every language
        subjects[language] = subject = disclosure.publishable(everything)
        shapes = boundary_files.read(boundaries, place.country, subject.names) if boundaries else None
        sections, lead = sections_of(subject, shapes), headline.sentences(subject)
        leads[language] = lead[0]
        own, described = _own(subject, sections)
        files |= {f"{language}/{name}": content for name, content in own.items()}
        resources += described
        said = subject.translate.said
        downloads = {one["path"].partition("/")[2]: one["title"] for one in described} | _shared(subject.translate)
        downloads |= {f"../{one.path}": said(one.title) for one in beside.data}
        text = pages.page(
            subject, sections, lead, languages=languages, downloads=downloads, terms=terms, charts=charts,
            beside={address: said(label) for address, label in beside.pages.items()},
        )  # fmt: skip
        files[f"{language}/{HOME}"] = text.encode()
    first = subjects[languages[0]]
    columns = [{"name": name, "type": kind} for name, kind in opendata.FIGURE_FIELDS.items()]
    for name, content, schema in (
        ("figures.csv", opendata.figures_csv(first), columns),
        ("figures.json", data.figures(first).encode(), ()),
    ):
        files[name] = content
        resources.append(opendata.resource(name, content, first.translate("Figures"), schema))
    for one in beside.data:
        files[one.path] = one.content
        resources.append(opendata.resource(one.path, one.content, first.translate.said(one.title), one.schema))
    files["datapackage.json"] = opendata.datapackage(first, resources, terms)
    files["dcat.jsonld"] = opendata.catalogue(subjects, leads, resources, terms)
    files[HOME] = pages.contents(title, leads).encode()
    return files


def pooled(
    engine: Engine, place: Place, title: str, snapshot: str, manifest: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The figures of all institutions together that everybody may see: rows as figures.json has them.

    Raises InputError as `published` does.
    """
    subject = subject_of(engine, place, title, "en", snapshot, manifest, audience=Audience.PUBLIC)
    rows: list[dict[str, Any]] = json.loads(data.figures(disclosure.publishable(subject)))["figures"]
    return rows


def _own(subject: Subject, sections: Sequence[Section]) -> tuple[dict[str, bytes], list[dict[str, Any]]]:
    """The files of one language beside its page, and how each is described."""
    _, unit = subject.translate, subject.translate.symbol(subject.currency)
    files = {"report.xlsx": _workbook(subject, sections)}
    titles, schemas = {"report.xlsx": _("All tables as a spreadsheet (XLSX)")}, {}
    for name, grid in opendata.tables(sections).items():
        files[name] = opendata.table_csv(grid, unit)
        titles[name], schemas[name] = _("{table} (CSV)", table=grid.caption), opendata.fields(grid, unit)
    described = [
        opendata.resource(f"{_.language}/{name}", content, titles[name], schemas.get(name, ()))
        for name, content in files.items()
    ]
    return files, described


def _shared(_: Translator) -> dict[str, str]:
    """Files that are the same in every language, by their address from a page."""
    return {
        "../figures.csv": _("Every figure with its range and definition (CSV)"),
        "../figures.json": _("Every figure for programs (JSON)"),
        "../datapackage.json": _("What the files hold (Data Package)"),
        "../dcat.jsonld": _("What the files hold (DCAT-AP)"),
    }


def _workbook(subject: Subject, sections: Sequence[Section]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.xlsx"
        workbook.write(subject, sections, path)
        return path.read_bytes()
