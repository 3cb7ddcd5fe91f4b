"""Tables of an explanation: candidates side by side, and what each feature adds."""

from collections.abc import Sequence

from bygd.linkage.cases import Candidate, Case
from bygd.linkage.evidence import NUMBER_FOUND, RIVALS, Evidence
from bygd.reports.explanation import words
from bygd.reports.explanation.sentences import clauses
from bygd.reports.grid import Cell, Grid, Head
from bygd.reports.translate import DASH, Translator

MOST = 5
"""Candidates beside each other; a terminal has room for three."""


def candidates(case: Case, translate: Translator, most: int = MOST) -> Grid | None:
    """The supplier as written and its candidates, a column each; None where there is none."""
    _ = translate
    shown = case.options[:most]
    if not shown:
        return None
    heads = (
        Head(_("Detail"), is_row_head=True),
        Head(_("As written")),
        *(Head(_.number(number)) for number in range(1, len(shown) + 1)),
    )
    rows: list[Sequence[Cell]] = [
        (_("Name"), words.short(case.name), *(one.name for one in shown)),
        (_("Number"), case.org_number or DASH, *(one.org_id for one in shown)),
        (_("Address"), _place(case, _), *(_place(one, _) for one in shown)),
        (_("Probability"), "", *(_probability(one, _) for one in shown)),
        (_("For it"), "", *("; ".join(clauses(one.evidence, _, is_named=False)[0]) or DASH for one in shown)),
        (_("Against it"), "", *("; ".join(clauses(one.evidence, _, is_named=False)[1]) or DASH for one in shown)),
    ]
    if any(one.status == "ended" for one in shown):
        rows.insert(3, (_("Ended"), "", *(_("yes") if one.status == "ended" else _("no") for one in shown)))
    return Grid(_("Candidates side by side"), heads, rows)


def features(evidence: Evidence, translate: Translator) -> Grid | None:
    """Every feature with what was seen and what it does to the odds; None where no features were kept.

    Where no weights were kept there is no column for the odds.
    """
    _ = translate
    heads = (Head(_("What was compared"), is_row_head=True), Head(_("What was seen")), Head(_("The odds")))
    caption = _("What each comparison adds")
    if not evidence.is_weighed:
        seen = [part for part in evidence.parts if part.value]
        rows = [(words.feature(part.feature, _), words.value(part, _)) for part in seen]
        return Grid(caption, heads[:2], rows) if rows else None
    parts = sorted((part for part in evidence.parts if part.weight), key=lambda part: -abs(part.weight or 0.0))
    listed = [
        (words.feature(part.feature, _), words.value(part, _), words.factor(part.weight or 0.0, _)) for part in parts
    ]
    last = evidence.steps()[-1:]
    listed += [
        (words.topic(step.topic, _), DASH, words.factor(step.move, _))
        for step in last
        if step.topic in (NUMBER_FOUND, RIVALS)
    ]
    return Grid(caption, heads, listed) if listed else None


def _place(where: Case | Candidate, _: Translator) -> str:
    return " ".join(part for part in (where.postcode, where.town) if part) or DASH


def _probability(candidate: Candidate, _: Translator) -> str:
    if candidate.stage.value in ("decision", "group"):
        return DASH
    return _.probability(candidate.score)
