"""Templates of documents, and what all of them are rendered with."""

from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup


def environment() -> Environment:
    """Templates escape what they are given and fail on what they are not given."""
    return Environment(
        loader=PackageLoader("bygd.reports.documents"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def style() -> Markup:
    """The style sheet, to stand in the page."""
    text = (files("bygd.reports.documents") / "templates" / "report.css").read_text(encoding="utf-8")
    return Markup(text)  # noqa: S704 — our own file
