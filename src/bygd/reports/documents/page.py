"""The report as one HTML file: no scripts, nothing fetched from elsewhere."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from bygd.reports import provenance
from bygd.reports.documents.templates import environment, style
from bygd.reports.drawing import draw, framed
from bygd.reports.grid import Kind, Withheld, shown
from bygd.reports.section import Picture, Section
from bygd.reports.subject import Subject
from bygd.reports.translate import Translator

CARDS = 6
"""Method cards under a section; the spreadsheet and figures.json hold all of them."""


def page(subject: Subject, sections: Sequence[Section], lead: Sequence[str], *, charts: bool = True) -> str:
    """The page. `lead` are the sentences at the very top; without `charts` tables stand alone."""
    return (
        environment().get_template("report.html.j2").render(**context(subject, sections, lead, charts), style=style())
    )


def context(subject: Subject, sections: Sequence[Section], lead: Sequence[str], charts: bool) -> dict[str, Any]:
    """What templates of reports are given."""
    unit = subject.translate.symbol(subject.currency)
    return {
        "_": subject.translate,
        "subject": subject,
        "sections": sections,
        "lead": lead,
        "pictures": {
            picture.name: (drawn(picture, "wide", subject.translate), drawn(picture, "narrow", subject.translate))
            for section in sections
            for picture in section.pictures
        }
        if charts
        else {},
        "cell": lambda value, head: shown(value, head.kind, subject.translate),
        "heading": lambda head: head.titled(unit),
        "is_number": lambda head: head.kind is not Kind.TEXT,
        "is_withheld": lambda value: isinstance(value, Withheld),
        "card": lambda figure: provenance.card(figure, subject),
        "name": lambda figure: provenance.title(figure, subject),
        "foot": provenance.foot(subject),
        "versions": provenance.versions(subject),
        "shown_cards": CARDS,
    }


def drawn(picture: Picture, size: str, translate: Translator) -> Markup:
    """The picture as an SVG, in the width `wide` or `narrow`."""
    spec: dict[str, Any] = picture.wide if size == "wide" else picture.narrow
    name = f"{picture.name}-{size}"
    if "marks" in spec:
        return framed(spec["marks"], name, spec["view"], spec["title"], spec["description"])
    return draw(spec, name, translate)
