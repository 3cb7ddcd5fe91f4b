"""How much stays? The share by three definitions of local, with the range that doubt leaves."""

from collections.abc import Sequence

from bygd.reports.charts import shares
from bygd.reports.charts.theme import NARROW
from bygd.reports.grid import Grid, Head, Kind, Withheld
from bygd.reports.section import Picture, Section
from bygd.reports.subject import Subject
from bygd.vocabulary.figures import Figure
from bygd.vocabulary.words import LocalBy

NEARLY_ALL = 0.95
"""With less of the money placed than this, a sentence that names all of it would say what nobody knows."""


def section(subject: Subject) -> Section:
    """The first section: sentence, picture, table, method cards."""
    _ = subject.translate
    found = _by_definition(subject)
    area = subject.local_area()
    rows = [
        {"name": _.word(by), "value": figure.value, "low": figure.low, "high": figure.high}
        for by, figure in found
        if figure.value is not None and figure.low is not None and figure.high is not None
    ]
    pictures = [
        Picture(
            "definitions",
            shares.definitions(rows, _, area=area),
            shares.definitions(rows, _, area=area, width=NARROW),
        )
    ]
    grid = Grid(
        _("Share of purchases that stays in {area}", area=area),
        (
            Head(_("Local means"), is_row_head=True),
            Head(_("Share"), Kind.SHARE, of={"ring": [str(ring) for ring in subject.inside()]}),
            Head(_("At least"), Kind.SHARE),
            Head(_("At most"), Kind.SHARE),
            Head(_("Rests on"), Kind.SHARE),
            Head(_("Mean of the institutions"), Kind.SHARE),
        ),
        [(_.word(by), *_cells(subject, figure), _mean(subject, by)) for by, figure in found],
        of=[{"by": str(by)} for by, _figure in found],
    )
    return Section(
        "headline",
        _("How much stays in {area}?", area=area),
        intro=[
            _("There is no single meaning of local. Three are counted; the one chosen for this report stands first.")
        ],
        pictures=pictures if rows else [],
        grids=[grid] if found else [],
        notes=[
            _(
                "“At least” counts all money whose supplier could not be placed as spent elsewhere; "
                "“at most” counts all of it as spent here."
            ),
            _(
                "“Rests on” is the part of the money whose supplier could be placed. “Mean of the institutions” "
                "is the simple mean of their shares, in which a small institution weighs as much as a large one."
            ),
        ],
        figures=[figure for _by, figure in found],
    )


def sentences(subject: Subject) -> Sequence[str]:
    """The finding in one to three whole sentences; says so where it cannot be told."""
    _ = subject.translate
    figure = subject.figure(f"spend.local_share.{subject.local_by}.{subject.within}")
    bought = subject.figure("spend.procurement")
    if figure is None or bought is None or bought.value is None:
        return [_("There is nothing to measure: no purchases were found.")]
    area, total = subject.local_area(), subject.money(bought.value)
    said = []
    if figure.id in subject.withheld:
        return [_("How much of {total} stays in {area} may not be published.", total=total, area=area)]
    if figure.value is None:
        said.append(_("How much of {total} stays in {area} cannot be told.", total=total, area=area))
        if figure.coverage is not None:
            said.append(
                _("Only {coverage} of the money could be placed.", coverage=_.percent(figure.coverage, digits=1))
            )
        return said
    share = _.percent(figure.value)
    coverage = 1.0 if figure.coverage is None else figure.coverage
    is_whole = coverage >= NEARLY_ALL
    if is_whole:
        said.append(_("{share} of {total} stays in {area}.", share=share, total=total, area=area))
    else:
        placed = subject.money(bought.value * coverage)
        said.append(
            _("{share} of the {placed} that could be placed stays in {area}.", share=share, placed=placed, area=area)
        )
    if figure.low is not None and figure.high is not None and _.percent(figure.low) != _.percent(figure.high):
        low, high = _.percent(figure.low), _.percent(figure.high)
        if is_whole:
            said.append(
                _(
                    "It is between {low} and {high}: {low} if all the money that could not be placed was spent "
                    "elsewhere, {high} if all of it was spent here.",
                    low=low,
                    high=high,
                )
            )
        else:
            said.append(
                _(
                    "Of all {total} it is between {low} and {high}: {low} if all the money that could not be placed "
                    "was spent elsewhere, {high} if all of it was spent here.",
                    total=total,
                    low=low,
                    high=high,
                )
            )
    said.append(_LOCAL[subject.local_by](subject))
    return said


def _by_definition(subject: Subject) -> list[tuple[LocalBy, Figure]]:
    """The share by each definition, the chosen one first."""
    order = sorted(LocalBy, key=lambda by: by is not subject.local_by)
    found = [(by, subject.figure(f"spend.local_share.{by}.{subject.within}")) for by in order]
    return [(by, figure) for by, figure in found if figure is not None]


def _mean(subject: Subject, by: LocalBy) -> float | Withheld | None:
    figure = subject.figure(f"spend.mean_local_share.{by}.{subject.within}")
    return None if figure is None else _cells(subject, figure)[0]


def _cells(subject: Subject, figure: Figure) -> tuple[float | Withheld | None, ...]:
    """A figure's value, bounds and coverage, withheld where they must be."""
    if figure.id in subject.withheld:
        return (Withheld.CELL,) * 4
    return (figure.value, figure.low, figure.high, figure.coverage)


_LOCAL = {
    LocalBy.SEAT: lambda subject: subject.translate(
        "Local means here that the supplier has its registered office there."
    ),
    LocalBy.BRANCH: lambda subject: subject.translate(
        "Local means here that the supplier has a branch or its invoicing address there."
    ),
    LocalBy.EITHER: lambda subject: subject.translate(
        "Local means here that the supplier has its registered office or a branch there."
    ),
}
