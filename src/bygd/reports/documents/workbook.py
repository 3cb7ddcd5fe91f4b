"""The report as one spreadsheet: numbers as numbers, dates as dates, and no cell that is a formula."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter

from bygd.reports import definitions
from bygd.reports.documents.harmless import harmless
from bygd.reports.grid import Cell, Grid, Head, Kind, Withheld
from bygd.reports.industries import industry
from bygd.reports.provenance import versions
from bygd.reports.section import Section
from bygd.reports.sections.control import Money
from bygd.reports.subject import Subject
from bygd.reports.translate import Translator
from bygd.vocabulary.words import LinkState, OwnershipKind, Ring, SetAside, SizeBand

NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")

LONGEST = 32_000
MOST_ROWS = 1_000_000
"""Limits of the file format, a little below."""

FORMATS = {
    Kind.MONEY: "#,##0.00",
    Kind.SHARE: "0.0%",
    Kind.NUMBER: "#,##0.####",
    Kind.DAY: "yyyy-mm-dd",
    Kind.TEXT: "@",
}

MOST_LISTED = 10_000
"""Rows of long lists; the smaller rest is summed in one row, so that sums still agree."""

SUPPLIERS = """
    SELECT anchor, supplier_key, MIN(name) AS name, MIN(org_id) AS org_id, MIN(state) AS state,
           MIN(seat_id) AS seat_id, MIN(branch_id) AS branch_id, MIN(seat_ring) AS seat_ring,
           MIN(branch_ring) AS branch_ring, MIN(ownership) AS ownership, MIN(industry) AS industry,
           MIN(size_band) AS size_band, SUM(payments) AS payments,
           SUM(CASE WHEN is_procurement THEN amount ELSE 0 END) AS bought,
           SUM(CASE WHEN is_procurement THEN 0 ELSE amount END) AS left_out{years}
    FROM spend WHERE currency = ? GROUP BY anchor, supplier_key ORDER BY bought DESC, anchor, supplier_key
"""

YEAR = """,
           SUM(CASE WHEN is_procurement AND year = {year} THEN amount ELSE 0 END) AS year_{year}"""

YEARS = "SELECT DISTINCT year FROM spend WHERE currency = ? ORDER BY year"

DOUBTS = f"SELECT * FROM doubts ORDER BY position LIMIT {MOST_LISTED}"

ASIDE = """
    SELECT f.path, f.sheet, f.currency, a.row_number, a.reason, a.detail, a.amount, a.text
    FROM set_aside AS a JOIN ledger_files AS f ON f.file_key = a.file_key
    ORDER BY f.path, f.sheet, a.row_number LIMIT {limit}
"""


def write(subject: Subject, sections: Sequence[Section], path: Path) -> None:
    """Write the workbook; the same subject gives the same bytes."""
    tables(_sheets(subject, sections), path, subject.translate, subject.currency, subject.title, versions(subject))


def tables(
    sheets: Iterable[tuple[str, Grid]],
    target: Path | BinaryIO,
    translate: Translator,
    currency: str,
    title: str = "",
    comments: str = "",
) -> None:
    """Write tables as a workbook, one sheet each under its name; the same tables give the same bytes."""
    book = xlsxwriter.Workbook(
        target if hasattr(target, "write") else str(target),
        {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "remove_timezone": True,
            "constant_memory": True,
        },
    )
    # A fixed day, so that the same figures give the same file.
    book.set_properties({"title": title, "comments": comments, "created": datetime(2000, 1, 1, tzinfo=UTC)})
    formats = {kind: book.add_format({"num_format": pattern}) for kind, pattern in FORMATS.items()}
    quoted = book.add_format({"num_format": "@", "quote_prefix": True})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    unit = translate.symbol(currency)
    for name, grid in sheets:
        sheet = book.add_worksheet(NOT_IN_NAMES.sub(" ", name).strip()[:31])
        sheet.freeze_panes(1, 1)
        for column, head in enumerate(grid.heads):
            sheet.set_column(column, column, 14 if head.kind is not Kind.TEXT else 28 if head.is_row_head else 20)
            sheet.write_string(0, column, head.titled(unit), bold)
        rows = grid.all_rows()[:MOST_ROWS]
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                _put(sheet, number, column, value, grid.heads[column].kind, formats, quoted, translate)
        if rows:
            sheet.autofilter(0, 0, len(grid.rows), len(grid.heads) - 1)
    book.close()


def _put(
    sheet: Any, row: int, column: int, value: Cell | Withheld, kind: Kind, formats: Any, quoted: Any, _: Translator
) -> None:
    """One cell by its type. Text that looks like a formula is marked as text, as with an apostrophe before it."""
    if value is None:
        return
    if isinstance(value, Withheld):
        sheet.write_string(row, column, _("withheld"), formats[Kind.TEXT])
    elif isinstance(value, bool):
        sheet.write_string(row, column, _("yes") if value else _("no"), formats[Kind.TEXT])
    elif isinstance(value, date):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), formats[Kind.DAY])
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(row, column, value, formats[kind])
    else:
        text = value[:LONGEST]
        sheet.write_string(row, column, text, formats[Kind.TEXT] if harmless(text) is text else quoted)


def _sheets(subject: Subject, sections: Sequence[Section]) -> Iterable[tuple[str, Grid]]:
    """Names of sheets and what stands in them."""
    _ = subject.translate
    by_id = {section.id: section.grids for section in sections}
    yield _("Figures"), _figures(subject)
    if not subject.is_public:
        yield _("Spend by supplier"), _suppliers(subject)
    for name, id in ((_("By ring"), "rings"), (_("By ownership"), "ownership"), (_("Left out"), "excluded")):
        if by_id.get(id):
            yield name, by_id[id][0]
    if not subject.is_public:
        yield _("Doubts"), _doubts(subject)
    if by_id.get("control"):
        yield _("Files"), by_id["control"][0]
    if not subject.is_public:
        yield _("Set aside"), _aside(subject)
    yield _("Method"), _method(subject)


def _figures(subject: Subject) -> Grid:
    _ = subject.translate
    heads = (
        Head(_("Figure"), is_row_head=True),
        Head(_("Institution")),
        *(Head(label, Kind.NUMBER) for label in (_("Value"), _("At least"), _("At most"))),
        Head(_("Rests on"), Kind.SHARE),
        Head(_("Unit")),
        Head(_("Period")),
        Head(_("Id")),
        Head(_("Snapshot")),
    )
    rows = [
        (
            definitions.name(figure, subject),
            figure.anchor or _("All institutions"),
            *(
                Withheld.CELL if figure.id in subject.withheld else number
                for number in (figure.value, figure.low, figure.high, figure.coverage)
            ),
            figure.unit,
            subject.period(figure.period),
            figure.id,
            figure.snapshot,
        )
        for figure in sorted(subject.figures, key=lambda figure: (figure.anchor or "", figure.id, figure.period))
    ]
    return Grid(_("Figures"), heads, rows)


def _suppliers(subject: Subject) -> Grid:
    """One row for each institution's supplier, purchases by year beside each other."""
    _ = subject.translate
    years = [int(row["year"]) for row in subject.engine.rows(YEARS, subject.currency)]
    texts = (
        _("Institution"), _("Organisation"), _("What is known"), _("Municipality of the registered office"),
        _("Municipality of the branch"), _("Ring of the registered office"), _("Ring of the branch"),
        _("Kind of ownership"), _("Industry"), _("Size"),
    )  # fmt: skip
    sums = (_("Purchases"), _("Left out"), *map(subject.year, years))
    heads = (
        Head(_("Supplier"), is_row_head=True),
        *(Head(text) for text in texts),
        Head(_("Payments"), Kind.NUMBER),
        *(Head(text, Kind.MONEY) for text in sums),
    )
    rings = {str(ring): subject.ring_name(ring) for ring in Ring}
    words = {kind: {str(word): _.word(word) for word in kind} for kind in (LinkState, OwnershipKind, SizeBand)}
    statement = SUPPLIERS.format(years="".join(YEAR.format(year=year) for year in years))
    numbers = ("payments", "bought", "left_out", *(f"year_{year}" for year in years))
    found = subject.engine.rows(statement, subject.currency)
    rows: list[list[Cell]] = [
        [
            row["name"], row["anchor"], row["org_id"], words[LinkState][row["state"]],
            row["seat_id"] and subject.area(row["seat_id"]), row["branch_id"] and subject.area(row["branch_id"]),
            rings[row["seat_ring"]], rings[row["branch_ring"]], words[OwnershipKind][row["ownership"]],
            row["industry"] and industry(row["industry"], _), words[SizeBand][row["size_band"]],
            *(row[name] for name in numbers),
        ]
        for row in found[:MOST_LISTED]
    ]  # fmt: skip
    if rest := found[MOST_LISTED:]:
        summed = [sum(row[name] for row in rest) for name in numbers]
        rows.append([_.ngettext("{number} other", "{number} others", len(rest)), *[None] * len(texts), *summed])
    return Grid(_("Spend by supplier"), heads, rows)


def _doubts(subject: Subject) -> Grid:
    _ = subject.translate
    heads = (
        Head(_("Supplier as written"), is_row_head=True), Head(_("Institution")), Head(_("Purchases"), Kind.MONEY),
        Head(_("Range it may take away"), Kind.MONEY), Head(_("Minutes it takes"), Kind.NUMBER),
        Head(_("What is known")), Head(_("Best candidate")), Head(_("Its number")), Head(_("Its municipality")),
        Head(_("Probability"), Kind.SHARE), Head(_("Margin"), Kind.SHARE), Head(_("Key")),
    )  # fmt: skip
    rows = [
        (
            row["name"], row["anchor"], row["amount"], row["worth"], row["effort"],
            _.word(LinkState(row["state"])), row["candidate_name"], row["candidate_id"],
            row["candidate_place"] and subject.area(row["candidate_place"]), row["score"],
            row["margin"], row["supplier_key"],
        )
        for row in subject.engine.rows(DOUBTS)
    ]  # fmt: skip
    return Grid(_("Doubts"), heads, rows)


def _aside(subject: Subject) -> Grid:
    _, money = subject.translate, Money(subject)
    heads = (
        Head(_("File"), is_row_head=True), Head(_("Sheet")), Head(_("Row"), Kind.NUMBER), Head(_("Reason")),
        Head(_("What decided")), *money.named, money.head(_("Sum")), Head(_("The row as read")),
    )  # fmt: skip
    rows = [
        (
            row["path"], row["sheet"], row["row_number"], _.word(SetAside(row["reason"])), row["detail"],
            *money.of(row["currency"]), row["amount"], row["text"],
        )
        for row in subject.engine.rows(ASIDE.format(limit=MOST_LISTED))
    ]  # fmt: skip
    return Grid(_("Set aside"), heads, rows)


def _method(subject: Subject) -> Grid:
    """What each figure means, once per id."""
    _ = subject.translate
    first = {figure.id: figure for figure in reversed(subject.figures)}
    heads = (Head(_("Figure"), is_row_head=True), Head(_("Definition")), Head(_("Sources")), Head(_("Id")))
    rows = [
        (definitions.name(figure, subject), definitions.definition(figure, subject), "; ".join(figure.sources), id)
        for id, figure in sorted(first.items())
    ]
    return Grid(_("Method"), heads, rows)
