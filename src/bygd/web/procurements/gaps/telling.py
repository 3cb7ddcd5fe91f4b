"""Telling: what the templates of gaps need to write figures, reasons and rules out."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from bygd.reports import gaps as told
from bygd.reports.grid import Kind as Cell
from bygd.reports.grid import shown
from bygd.reports.translate import Translator
from bygd.tools.gaps import Gap
from bygd.tools.procurement import Answer, Kind, Part
from bygd.vocabulary.words import Influence
from bygd.web.people.gate import PlaceRequest
from bygd.web.people.words import Right
from bygd.web.procurements.gaps.asked import Seen
from bygd.workbench import gaps, lawful


def speaking(request: PlaceRequest, seen: Seen) -> dict[str, Any]:
    """What every page of gaps is written with."""
    _ = request.translate
    able = gaps.able(seen.project, seen.currency, date.today())
    held = next((gap.bought.ledgers for gap in seen.gaps if gap.bought), {}) if seen.is_own else {}
    return {
        "seen": seen,
        "form": seen.form,
        "currency": seen.currency,
        "label_of": lambda gap: told.label(gap, _),
        "reasons_of": lambda gap: told.reasons(gap, seen.currency, _),
        "is_open": told.is_open,
        "covers": told.covers(seen.gaps[0].lengths, _) if seen.gaps and not seen.is_own else "",
        "ledgers": told.ledgers(held, _) if held else None,
        "cell": lambda value, head: shown(value, head.kind, _),
        "is_number": lambda head: head.kind is Cell.NUMBER,
        "because": lambda gap: told.because(gap, _),
        "rests": told.rests(able.rests, _),
        "may_judge": request.access.may(Right.PROCURE),
        "influences": list(Influence),
        "no": Influence.NO,
        "not_judged": Influence.OPEN,
    }


def buying(seen: Seen, kind: Kind | None = None) -> gaps.Buying:
    """Who buys, as the filters say."""
    return gaps.Buying(date.today(), seen.buyer, kind)


def parts(answer: Answer, speak: Translator) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The statements of an answer by what they are about, in its order."""
    rows = lawful.as_row(answer, speak)["statements"]
    for part, listed in groupby(rows, key=lambda row: str(row["part"])):
        yield speak.word(Part(part)), list(listed)


def evidence(gap: Gap, _: Translator) -> str:
    """What says that the gap's industries supply it."""
    return _(told.EVIDENCE[gap.industries[0].evidence]) if gap.industries else ""
