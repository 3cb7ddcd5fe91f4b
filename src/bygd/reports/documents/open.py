"""The pages of a published place: one for each language and one to choose from; they stand alone as files."""

from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from bygd.reports.documents.page import context
from bygd.reports.documents.templates import environment
from bygd.reports.section import Section
from bygd.reports.subject import Subject
from bygd.reports.terms import Terms

NAMES = {"sv": "Svenska", "nl": "Nederlands", "en": "English"}
"""What each language calls itself."""


def page(
    subject: Subject,
    sections: Sequence[Section],
    lead: Sequence[str],
    *,
    languages: Sequence[str],
    downloads: Mapping[str, str],
    terms: Terms,
    charts: bool = True,
    beside: Mapping[str, str] | None = None,
) -> str:
    """The page of one language. `downloads` and `beside` are labels by addresses as seen from it."""
    template = environment().get_template("open.html.j2")
    more: dict[str, Any] = {"languages": _names(languages), "downloads": downloads, "terms": terms}
    more["beside"] = beside or {}
    return template.render(**context(subject, sections, lead, charts), **more)


def contents(title: str, sentences: Mapping[str, str]) -> str:
    """The page to choose a language from: its first sentence in each."""
    return (
        environment()
        .get_template("languages.html.j2")
        .render(title=title, sentences=sentences, languages=_names(list(sentences)))
    )


def style() -> bytes:
    """The style sheet of the pages."""
    folder = files("bygd.reports.documents") / "templates"
    return b"".join((folder / name).read_bytes() for name in ("report.css", "open.css"))


def _names(languages: Sequence[str]) -> dict[str, str]:
    return {code: NAMES[code] for code in languages}
