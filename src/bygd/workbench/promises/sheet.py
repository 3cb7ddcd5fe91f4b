"""Promises written into spreadsheets: a supplier's form to fill in, and a list to change; `reading` takes both back."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, BinaryIO

import xlsxwriter

from bygd.reports.translate import N_, Translator
from bygd.tools import promises as tool
from bygd.workbench.promises import told
from bygd.workbench.promises.known import Book

REPORTS = {
    "code": N_("No."), "title": N_("Promise"), "unit": N_("Unit"), "target": N_("Promised"),
    "verified": N_("Verified so far"), "period_from": N_("First day"), "period_to": N_("Last day"),
    "amount": N_("Delivered in this time"), "persons": N_("Number of people"), "block": N_("Block"),
    "hours": N_("Hours a week"), "months": N_("Months"), "units": N_("Hours or days spent"), "bonuses": N_("Bonuses"),
    "note": N_("Note"), "reference": N_("Your reference"),
}  # fmt: skip
"""Columns of a supplier's form, in their order; titles are read back in every language, and so are the plain names."""

SHOWN = ("title", "unit", "target", "verified")
"""Columns that help the reader and are not read back."""

PROMISES = {
    "contract": N_("Contract"), "code": N_("No."), "title": N_("Promise"), "theme": N_("Theme"), "unit": N_("Unit"),
    "target": N_("Promised"), "starts_on": N_("First day"), "due_on": N_("Last day"), "milestones": N_("Milestones"),
    "evidence": N_("Evidence needed"), "adding": N_("How reports add up"), "counts_people": N_("Counts people"),
    "policy": N_("Policy"), "measure": N_("Measure"),
}  # fmt: skip
"""Columns of a list of promises."""

BLOCKS = ("block", "hours", "months", "units", "bonuses")
DAYS = ("period_from", "period_to", "starts_on", "due_on")
NUMBERS = ("amount", "target", "hours", "months", "units")
WIDTHS = {"title": 48, "note": 40, "code": 8, "milestones": 40, "contract": 24, "evidence": 32, "block": 22}
ROOM = 3
"""Rows for each promise in a form: several periods fit."""
HOW = N_(
    "Fill in one row for each promise and period; leave the others empty. Write how many people, never their names or "
    "personal identity numbers. Save the file and send it in by the link you were given."
)


def form(book: Book, contract_key: str, target: BinaryIO, translate: Translator) -> None:
    """Write a supplier's form for one contract: an XLSX without macros or formulas, a few rows for each promise."""
    _ = translate
    accounts = book.of(contract_key)
    has_blocks = any(one.promise.is_social_return for one in accounts)
    names = [name for name in REPORTS if has_blocks or name not in BLOCKS]
    listed = []
    for one in accounts:
        held = one.promise
        shown = {
            "code": held.code, "title": held.title, "unit": told.unit(held.unit, _), "target": held.target,
            "verified": one.verified,
        }  # fmt: skip
        listed += [[shown.get(name) for name in names]] * ROOM
    _write(target, _("Reports"), [_(REPORTS[name]) for name in names], names, listed, _(HOW))


def promises(book: Book, target: BinaryIO, translate: Translator, contract_key: str | None = None) -> None:
    """Write the promises as a list that can be changed and read back, XLSX."""
    names = list(PROMISES)
    heads = [translate(PROMISES[name]) for name in names]
    _write(target, translate("Promises"), heads, names, promise_rows(book, contract_key))


def promise_rows(book: Book, contract_key: str | None = None) -> list[list[Any]]:
    """The same as plain rows in the order of `PROMISES`."""
    return [
        [
            one.contract_key, one.code, one.title, one.theme, one.unit, one.target, one.starts_on, one.due_on,
            tool.written(one.steps), one.evidence, one.adding.value, one.counts_people, one.policy, one.measure,
        ]
        for one in book.promises.values()
        if contract_key in (None, one.contract_key)
    ]  # fmt: skip


def _write(
    target: BinaryIO,
    name: str,
    heads: Sequence[str],
    names: Sequence[str],
    rows: Sequence[Sequence[Any]],
    how: str = "",
) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet(name[:31])
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        shaded = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "bg_color": "#eeeeee"})
        day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        amount = book.add_format({"num_format": "#,##0.##", "valign": "top"})
        top = 1 if how else 0
        if how:
            sheet.merge_range(0, 0, 0, len(names) - 1, how, book.add_format({"text_wrap": True, "valign": "top"}))
            sheet.set_row(0, 48)
        for place, title in enumerate(heads):
            field = names[place]
            style = day if field in DAYS else amount if field in NUMBERS else text
            sheet.set_column(place, place, WIDTHS.get(field, 14), style)
            sheet.write_string(top, place, title, bold)
        for line, row in enumerate(rows, start=top + 1):
            for place, value in enumerate(row):
                field = names[place]
                if isinstance(value, bool):
                    sheet.write_string(line, place, "x" if value else "", text)
                elif isinstance(value, date):
                    sheet.write_datetime(line, place, value, day)  # type: ignore[arg-type]
                elif isinstance(value, Decimal):
                    sheet.write_number(line, place, float(value), amount)
                elif value is not None:
                    sheet.write_string(line, place, str(value), shaded if how and field in SHOWN else text)
        sheet.freeze_panes(top + 1, 2)
