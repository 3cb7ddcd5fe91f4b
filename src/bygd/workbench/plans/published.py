"""Published: plans that were decided and that everybody may read, as pages, documents and open data of a site."""

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from bygd.reports.beside import Beside, Data
from bygd.reports.documents import opendata
from bygd.reports.documents import plan as document
from bygd.reports.paper import TYPES, written
from bygd.reports.translate import N_, Translator
from bygd.vocabulary import tables
from bygd.vocabulary.columns import Table
from bygd.vocabulary.planning import PlanState
from bygd.vocabulary.said import Said
from bygd.workbench.plans import told
from bygd.workbench.plans.known import Plan, Row, plans, read
from bygd.workbench.project import Project

OPEN = (PlanState.DECIDED, PlanState.ENDED)
COLUMN_TYPES = {str: "string", date: "date", Decimal: "number", bool: "boolean", int: "integer"}
COLUMNS: dict[str, tuple[type[Table], str, tuple[str, ...]]] = {
    "plans": (
        tables.plan_entries, N_("Action plans (CSV)"),
        ("plan_key", "title", "template", "about", "starts_on", "ends_on", "state", "decided_on", "decided_by",
         "decision"),
    ),
    "plan-parts": (
        tables.plan_parts, N_("Goals, activities, indicators and money of action plans (CSV)"),
        ("part_key", "plan_key", "kind", "parent_key", "heading", "title", "text", "responsible", "starts_on",
         "ends_on", "amount", "currency", "funder", "is_granted", "unit", "baseline", "baseline_on", "target",
         "target_on"),
    ),
    "plan-follow-ups": (
        tables.plan_follow_ups, N_("Follow-ups of action plans (CSV)"),
        ("plan_key", "part_key", "followed_on", "state", "said", "value"),
    ),
}  # fmt: skip
"""Files of open data, and the columns of theirs that the page shows too: not who entered what, nor what it rests on."""


def opened(project: Project) -> list[Plan]:
    """The plans that were decided, or are finished, and that everybody may read."""
    return [
        read(project, row["plan_key"]) for row in plans(project) if row["is_public"] and PlanState(row["state"]) in OPEN
    ]


def published(project: Project, languages: Sequence[str], on: date) -> Beside:
    """The plans as they stand on a day: of each a page, a PDF and a DOCX in every language; all of them as data.

    Nothing where there is none. Answers of consultations and comments on cards are not in it.
    """
    found = opened(project)
    if not found:
        return Beside()
    data = _data(project, found, on)
    files: dict[str, bytes] = {}
    for plan in found:
        for language in languages:
            translate = Translator(language)
            name, paper = _name(plan), told.paper(plan, project.place_name, on, translate)
            for ending in TYPES:
                files[f"{language}/{name}.{ending}"] = written(paper, ending)
            downloads = {
                f"{name}.pdf": translate("The plan as a document (PDF)"),
                f"{name}.docx": translate("The plan as a document (DOCX)"),
                **{f"../{one.path}": translate.said(one.title) for one in data},
            }
            text = document.page(
                paper, project.place_name, translate, languages=languages, address=f"../{{}}/{name}.html".format,
                downloads=downloads,
            )  # fmt: skip
            files[f"{language}/{name}.html"] = text.encode()
    pages = {f"{_name(plan)}.html": Said("Action plan: {title}", title=plan.row["title"]) for plan in found}
    return Beside(pages, files, data)


def _name(plan: Plan) -> str:
    return f"plan-{plan.key}"


def _data(project: Project, found: Sequence[Plan], on: date) -> list[Data]:
    rows: dict[str, list[Row]] = {
        "plans": [plan.row for plan in found],
        "plan-parts": [row for plan in found for row in plan.parts],
        "plan-follow-ups": [row for plan in found for row in _words(plan)],
    }
    made = []
    for name, (table, title, columns) in COLUMNS.items():
        known = table.columns()
        schema = [{"name": column, "type": COLUMN_TYPES[known[column].type]} for column in columns]
        content = opendata.rows_csv(columns, [[row[column] for column in columns] for row in rows[name]])
        made.append(Data(f"{name}.csv", content, title, schema))
    whole = {
        "place": project.place_name,
        "told_on": on,
        "plans": [
            {
                **_kept(plan.row, "plans"),
                "parts": [_kept(row, "plan-parts") for row in plan.parts],
                "follow_ups": [_kept(row, "plan-follow-ups") for row in _words(plan)],
            }
            for plan in found
        ],
    }
    text = json.dumps(whole, ensure_ascii=False, indent=1, default=_plain) + "\n"
    return [*made, Data("plans.json", text.encode(), N_("Action plans for programs (JSON)"))]


def _words(plan: Plan) -> list[Row]:
    """What was said at follow-ups of the plan as a whole and of parts that are still in it."""
    known = {None, *(row["part_key"] for row in plan.parts)}
    return [row for row in plan.follow_ups if row["part_key"] in known]


def _kept(row: Row, name: str) -> dict[str, Any]:
    return {column: row[column] for column in COLUMNS[name][2] if row[column] is not None}


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value.isoformat()
