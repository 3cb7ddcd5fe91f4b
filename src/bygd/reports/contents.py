"""Contents: the sections of the report, in order, each to be had by its name."""

from collections.abc import Callable, Mapping
from typing import Any

from bygd.reports.section import Section
from bygd.reports.sections import accuracy, control, excluded, flow, headline, kinds, rings, suppliers, trend
from bygd.reports.subject import Subject

Shapes = Mapping[str, Any] | None
"""Boundaries for the map, by area id; see `reports.boundaries`."""


def _plain(make: Callable[[Subject], Section | None]) -> Callable[[Subject, Shapes], Section | None]:
    """A section that needs no boundaries."""
    return lambda subject, _shapes: make(subject)


def _largest(subject: Subject) -> Section | None:
    """Suppliers by name, for readers within the institutions only."""
    return None if subject.is_public else suppliers.largest(subject)


SECTIONS: dict[str, Callable[[Subject, Shapes], Section | None]] = {
    "headline": _plain(headline.section),
    "flow": _plain(flow.section),
    "rings": _plain(rings.section),
    "places": rings.municipalities,
    "trend": _plain(trend.section),
    "ownership": _plain(kinds.ownership),
    "leakage": _plain(kinds.leakage),
    "size": _plain(kinds.size),
    "concentration": _plain(kinds.concentration),
    "suppliers": _plain(_largest),
    "excluded": _plain(excluded.section),
    "doubts": _plain(suppliers.doubtful),
    "accuracy": _plain(accuracy.section),
    "control": _plain(control.section),
    "masked": _plain(control.masked),
    "sources": _plain(control.sources),
}
"""Name of a section → what makes it; None where there is nothing to say, or not to these readers."""


def section(subject: Subject, name: str, shapes: Shapes = None) -> Section | None:
    """One section of the report. Raises KeyError where there is none of that name."""
    return SECTIONS[name](subject, shapes)


def sections(subject: Subject, shapes: Shapes = None) -> list[Section]:
    """All of them that have something to say to these readers."""
    found = (make(subject, shapes) for make in SECTIONS.values())
    return [section for section in found if section is not None]
