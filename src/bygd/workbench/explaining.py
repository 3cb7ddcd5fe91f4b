"""Explaining: why a supplier is linked or not, for both doors."""

import re
from dataclasses import dataclass, replace
from pathlib import Path
from shlex import quote
from typing import Any

from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from bygd import reports
from bygd.engine import Engine
from bygd.linkage.cases import Candidate, Case, read_cases
from bygd.reports import Explained, Translator
from bygd.sources.conventions import Conventions
from bygd.sources.errors import InputError
from bygd.sources.postcodes import written
from bygd.workbench import called, snapshot
from bygd.workbench.project import Project

FOUND = """
    SELECT s.supplier_key, s.anchor, s.name, COALESCE(m.amount, 0) AS amount
    FROM suppliers AS s
    LEFT JOIN (SELECT supplier_key, SUM(ABS(amount)) AS amount FROM spend GROUP BY supplier_key) AS m
      ON m.supplier_key = s.supplier_key
    LEFT JOIN (SELECT supplier_key, org_id FROM links WHERE state = 'linked') AS l ON l.supplier_key = s.supplier_key
    WHERE s.supplier_key = ? OR s.supplier_number = ? OR s.org_number = ?
       OR (NOT s.is_masked AND ? IN (l.org_id, SPLIT_PART(l.org_id, ':', 2),
                                     REGEXP_REPLACE(UPPER(s.org_number), '[^0-9A-Z]', '', 'g')))
       OR (? AND CONTAINS(LOWER(s.name), LOWER(?)))
    ORDER BY s.supplier_key = ? DESC, LOWER(s.name) = LOWER(?) DESC, COALESCE(m.amount, 0) DESC, s.supplier_key
"""

LEAST_LETTERS = 2
NEAR = 3
LEAST_ALIKE = 70
"""Of a hundred: 'liberata uk ltd' is written like 'LIBERATA UK LIMITED' (88)."""


@dataclass(frozen=True)
class Explanation:
    """A case with its explanation."""

    case: Case
    said: Explained


class Several(InputError):
    """Several suppliers fit and nothing tells them apart; `fits` are their rows in the order of their numbers.

    A row has supplier_key, anchor, name and amount, what was paid whatever the sign and the currency.
    """

    def __init__(self, message: str, /, fits: list[dict[str, Any]] | None = None, **values: object) -> None:
        super().__init__(message, **values)
        self.fits = fits or []


def find(engine: Engine, text: str, pick: int | None = None) -> str:
    """The supplier_key of the supplier of that key, number, organisation number or part of its name.

    An organisation number is that on the ledger, however it is written, or that of the organisation it is linked to.

    Of several that fit, `pick` names one by its place, counted from 1. Raises InputError where there is none, and
    Several where there are several and none was picked.
    """
    text = text.strip()
    by_name = len(text) >= LEAST_LETTERS
    rows = engine.rows(FOUND, text, text, text, _bare(text), by_name, text, text, text)
    if not rows:
        if near := _near(engine, text):
            raise InputError(
                "No supplier has the key, the number or in its name '{text}'. Some are written like it: {near}.",
                text=text,
                near=near,
            )
        raise InputError(
            "No supplier has the key, the number or in its name '{text}'. Look in the report's list.", text=text
        )
    if pick is not None:
        if not 1 <= pick <= len(rows):
            raise InputError(
                "{number} suppliers fit '{text}': pick one of them, 1 to {number}.", number=len(rows), text=text
            )
        return str(rows[pick - 1]["supplier_key"])
    whole = [row for row in rows if row["supplier_key"] == text] or [
        row for row in rows if row["name"].casefold() == text.casefold()
    ]
    if len(rows) == 1 or len(whole) == 1:
        return str((whole or rows)[0]["supplier_key"])
    raise Several(
        "{number} suppliers fit '{text}'. Say which by its number, as in: bygd explain {quoted} --pick 1",
        fits=rows,
        number=len(rows),
        text=text,
        quoted=quote(text),
    )


def _bare(text: str) -> str:
    """A number as registers write it, whether an org_id, with blanks and hyphens or without."""
    scheme, colon, number = text.upper().rpartition(":")
    return f"{scheme}{colon}{re.sub(r'[^0-9A-Z/_.-]' if colon else r'[^0-9A-Z]', '', number)}"


def _near(engine: Engine, text: str) -> list[str]:
    """At most three names that are written like the text, the nearest first."""
    if not default_process(text):
        return []
    names = [row["name"] for row in engine.rows("SELECT DISTINCT name FROM suppliers ORDER BY name")]
    found = process.extract(
        text, names, scorer=fuzz.token_sort_ratio, processor=default_process, limit=NEAR, score_cutoff=LEAST_ALIKE
    )
    return [name for name, _score, _place in found]


def explain(project: Project, text: str, language: str = "en", most: int = 5, pick: int | None = None) -> Explanation:
    """The explanation of the supplier that `find` finds in the current snapshot."""
    translate = Translator(language)
    with snapshot.current(project).engine() as engine:
        case = called.told(engine, read_cases(engine, [find(engine, text, pick)])[0])
    case = spaced(case, project.country.conventions())
    return Explanation(case, reports.explain(case, translate, most=most))


def spaced(case: Case, conventions: Conventions) -> Case:
    """The case with postcodes as people write them; registers keep them without blanks."""

    def told(one: Candidate) -> Candidate:
        return replace(one, postcode=written(one.postcode, conventions))

    return replace(
        case,
        postcode=written(case.postcode, conventions),
        linked=told(case.linked) if case.linked else None,
        candidates=tuple(map(told, case.candidates)),
    )


def page(explanation: Explanation, file: Path, language: str = "en") -> None:
    """Write the explanation as one HTML file with its picture."""
    text = reports.explanation_page(explanation.case, explanation.said, Translator(language))
    file.write_text(text, encoding="utf-8", newline="\n")


def as_row(explanation: Explanation) -> dict[str, Any]:
    """The explanation as plain values, for JSON: what is known, step by step, and in words."""
    case, shown = explanation.case, explanation.case.shown
    why = case.why()
    return {
        "supplier_key": case.supplier_key,
        "anchor": case.anchor,
        "name": case.name,
        "state": case.state.value,
        "stage": case.stage.value,
        "org_id": None if case.is_masked else case.org_id,
        "why_unlinked": why.value if why else None,
        "sentence": explanation.said.sentence,
        "margin": case.margin,
        "rules": shown.evidence.rules if shown else None,
        "steps": [
            {"topic": step.topic, "log_odds": round(step.move, 4)} for step in (shown.evidence.steps() if shown else ())
        ],
        "candidates": [
            {
                "org_id": one.org_id,
                "name": one.name,
                "probability": one.score,
                "stage": one.stage.value,
                "base": one.evidence.base,
                "features": [
                    {"feature": part.feature, "value": part.value, "log_odds": part.weight}
                    for part in one.evidence.parts
                ],
            }
            for one in ([] if case.is_masked else case.candidates)
        ],
    }
