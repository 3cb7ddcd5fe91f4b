"""The foot of every chart and page, and the method card of every figure: what it rests on."""

from collections.abc import Sequence

from bygd.reports.definitions import definition, name
from bygd.reports.subject import Subject
from bygd.reports.translate import DASH
from bygd.vocabulary.figures import Figure

NAMED = 3
"""Sources named in a method card."""

SHARE, POINTS = "share", "points"


def value(figure: Figure, number: float | None, subject: Subject) -> str:
    """A figure's number as people write it, by its unit."""
    _ = subject.translate
    if number is None:
        return _("cannot be told")
    if figure.unit == SHARE:
        return _.percent(number, 1)
    if figure.unit == POINTS:
        return _("{number} percentage points", number=_.number(number * 100, 1))
    if len(figure.unit) == 3 and figure.unit.isupper():
        return _.money(number, figure.unit)
    return _.number(number, 0 if abs(number) >= 10 else 4)


def card(figure: Figure, subject: Subject) -> Sequence[tuple[str, str]]:
    """The method card: terms and their text."""
    _ = subject.translate
    is_withheld = figure.id in subject.withheld
    rows = [(_("Value"), _("withheld") if is_withheld else value(figure, figure.value, subject))]
    if figure.low is not None and figure.high is not None and (figure.low, figure.high) != (figure.value, figure.value):
        low, high = value(figure, figure.low, subject), value(figure, figure.high, subject)
        rows.append((_("Range"), _("between {low} and {high}", low=low, high=high)))
    if figure.coverage is not None:
        rows.append((_("Rests on"), _("{share} of the money", share=_.percent(figure.coverage, 1))))
    rows.append((_("Definition"), definition(figure, subject)))
    rows.append((_("Period"), subject.period(figure.period)))
    rows.append((_("Sources"), _sources(figure, subject)))
    rows.append((_("Snapshot"), figure.snapshot))
    rows.append((_("Id"), figure.id))
    return rows


def _sources(figure: Figure, subject: Subject) -> str:
    """The first of the figure's sources; all of them are listed at the end of the report."""
    listed, more = figure.sources[:NAMED], len(figure.sources) - NAMED
    if more <= 0:
        return "; ".join(listed) or DASH
    return subject.translate.ngettext(
        "{listed} and {number} more", "{listed} and {number} more", more, listed="; ".join(listed)
    )


def title(figure: Figure, subject: Subject) -> str:
    """The method card's heading."""
    return name(figure, subject)


def foot(subject: Subject) -> str:
    """One line under every chart: what was counted, when, and from which snapshot."""
    _ = subject.translate
    figure = subject.figure("spend.procurement")
    return _(
        "Source: the institutions' ledgers, {period}. Snapshot {snapshot}.",
        period=subject.period(figure.period) if figure else DASH,
        snapshot=subject.snapshot,
    )


def versions(subject: Subject) -> str:
    """The foot of the page: which program made it from which snapshot."""
    return subject.translate(
        "Made with bygd {version} from snapshot {snapshot}. The same files and decisions give the same figures.",
        version=str(subject.manifest.get("bygd", DASH)),
        snapshot=subject.snapshot,
    )
