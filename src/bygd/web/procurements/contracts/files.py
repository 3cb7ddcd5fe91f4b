"""Files of contracts: a table for people, and a release package for programs."""

import io
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from bygd.reports.documents import ocds, sheet, workbook
from bygd.reports.grid import Grid, Head, Kind
from bygd.reports.translate import Translator
from bygd.tools.contracts import Ending
from bygd.vocabulary.contract_words import ContractProcedure, ContractStage, Reservation
from bygd.workbench.project import Project

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def made(ending: str, found: Sequence[Ending], project: Project, translate: Translator, uri: str) -> str | bytes:
    """The contracts as a file of that ending."""
    if ending == "json":
        publisher = project.publish.get("publisher", project.place_name)
        terms = ocds.Terms(
            publisher,
            uri,
            datetime.now(UTC),
            licence=project.publish.get("licence_url", ""),
            language=translate.language,
        )
        return json.dumps(ocds.package([one.contract for one in found], terms), ensure_ascii=False, indent=1)
    table, currency = grid(found, translate), project.country.currency
    if ending == "csv":
        return sheet.sheet(table, "", translate)
    target = io.BytesIO()
    workbook.tables([(table.caption, table)], target, translate, currency, table.caption)
    return target.getvalue()


def grid(found: Sequence[Ending], _: Translator) -> Grid:
    """The contracts as a table."""
    heads = (
        Head(_("Institution")),
        Head(_("Number")),
        Head(_("What is bought"), is_row_head=True),
        Head(_("Supplier")),
        Head(_("Organisation number")),
        Head(_("CPV code")),
        Head(_("Value"), Kind.NUMBER),
        Head(_("Currency")),
        Head(_("Signed"), Kind.DAY),
        Head(_("First day"), Kind.DAY),
        Head(_("Last day"), Kind.DAY),
        Head(_("Last day with all options"), Kind.DAY),
        Head(_("Options")),
        Head(_("Procedure")),
        Head(_("Reserved")),
        Head(_("Framework agreement")),
        Head(_("Stage")),
        Head(_("How it stands")),
        Head(_("Begin by"), Kind.DAY),
    )
    return Grid(_("Contracts"), heads, [_row(one, _) for one in found])


def _row(one: Ending, _: Translator) -> tuple[Any, ...]:
    row = one.contract
    number = row["supplier_id"] or ""
    return (
        row["anchor"],
        row["number"] or "",
        row["title"],
        row["supplier_name"] or "",
        "" if number.startswith("p:") else number,
        row["cpv"] or "",
        row["value"],
        row["currency"] or "",
        row["signed_on"],
        row["starts_on"],
        row["ends_on"],
        row["longest_until"],
        row["options"] or "",
        _.word(ContractProcedure(row["procedure"])) if row["procedure"] else "",
        _.word(Reservation(row["reserved"])) if row["reserved"] else "",
        _("yes") if row["is_framework"] else _("no"),
        _.word(ContractStage(row["stage"])),
        _.word(one.standing),
        one.begin_by,
    )
