"""One sheet of a ledger read: header, mapping, marks and dates decided, rows judged and suppliers keyed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from bygd.engine import DuckEngine
from bygd.sources import amounts
from bygd.sources.conventions import Conventions
from bygd.sources.dates import Days
from bygd.sources.errors import InputError
from bygd.sources.files import headings
from bygd.sources.files.tabular import Sheet
from bygd.sources.ledgers import headers, rows
from bygd.sources.ledgers.cells import dated, mended, number_and_text, trimmed
from bygd.sources.ledgers.guess import STRAY, guess, period_of, vat_of
from bygd.sources.ledgers.headers import Header
from bygd.sources.ledgers.mapping import Mapping, missing, unclaimed
from bygd.sources.ledgers.sections import aligned
from bygd.sources.ledgers.who import Suppliers
from bygd.sources.privacy import Masker
from bygd.vocabulary.money import rounded
from bygd.vocabulary.said import Said
from bygd.vocabulary.words import SetAside

TEXTS = ("account", "category", "department", "invoice", "contract")
FREE = ("invoice", "contract")
"""Texts that are not kept at all where they hold a personal number or the recipient is masked."""


class DoesNotFit(InputError):
    """A sheet has no header or lacks a column that is needed; no harm where another sheet fits."""


@dataclass(frozen=True)
class SheetRead:
    """A sheet that was read: its payments and rows set aside, its control sums, and how it was read.

    `payments` has the columns of the table of that name but for file_key, anchor and currency; `aside` has
    row_number, reason, detail, amount and text. `nameless` are columns without a name that were left out
    though many rows use them.
    """

    payments: pa.Table
    aside: tuple[dict[str, Any], ...]
    sums: dict[str, Any]
    sheet: str
    layout: str
    encoding: str
    delimiter: str
    header_row: int
    date_order: str
    decimal_mark: str
    currency: str
    vat: str
    nameless: tuple[str, ...]


def read_sheet(
    engine: DuckEngine,
    file: str,
    sheet: Sheet,
    given: Mapping | None,
    conventions: Conventions,
    suppliers: Suppliers,
) -> SheetRead:
    """Read one sheet whole. Raises DoesNotFit or InputError."""
    where = told(file, sheet)
    wanted = [name for field in given.columns for name in given.names(field)] if given else []
    header = headers.find(sheet, conventions, wanted, given.header_row if given else None)
    if header is None:
        raise DoesNotFit(no_header(where, sheet))
    table = trimmed(sheet.cells(header.row if header.below else 0))
    names = headings.distinct([*header.names, *[""] * (table.num_columns - 1 - len(header.names))])
    while table.num_columns - 1 < len(names):
        table = table.append_column(f"c{table.num_columns - 1}", pa.nulls(table.num_rows, pa.string()))
    sample = sheet.head[header.row :] if header.below else sheet.head
    mapping = given or guess(Header(names, header.row), sample, conventions)[0]
    period = mapping.period or period_of(sheet.name, conventions) or period_of(file, conventions)
    places = mapping.places(names)
    lacking = missing(places, period)
    if lacking:
        raise DoesNotFit(lacks(where, lacking, names))
    table = aligned(table, names, places, conventions)
    names = headings.distinct([*names, *[""] * (table.num_columns - 1 - len(names))])
    stray, nameless = _stray(table, places, mapping, names, where, strict=given is not None)
    days: Days | None = None
    if "paid_on" in places:
        day, wrong, days = dated(table.column(f"c{places['paid_on']}"), conventions, mapping.date_order)
        table = table.append_column("paid_on", day).append_column("wrong", wrong)
    for field in rows.MONEY:
        if field in places:
            table = _without_numbers(table, f"c{places[field]}", suppliers.masker)
    currency = _currency(table, places, mapping, conventions)
    try:
        engine.put(rows.CELLS, table)
        money = [f"c{places[field]}" for field in rows.MONEY if field in places]
        marks = amounts.decide(engine, rows.CELLS, money, conventions, currency, mapping.decimal_mark)
        judged = engine.arrow(rows.judged(places, names, stray, marks, conventions, currency)).combine_chunks()
    finally:
        engine.forget(rows.CELLS)
    if not judged.column("row_number").equals(table.column("row_number")):
        judged = judged.sort_by("row_number")
    good = pc.is_null(judged.column("judgement"))
    paid_on = None if days else pa.scalar(date.fromisoformat(f"{period}-01"), pa.date32())
    bad = pc.invert(good)
    all_good = not pc.any(bad).as_py()
    kept = (table, judged) if all_good else (table.filter(good), judged.filter(good))
    payments, masked = _payments(*kept, places, suppliers, paid_on)
    aside = () if all_good else _aside(table.filter(bad), judged.filter(bad), len(names), places, suppliers.masker)
    last = [row["row_number"] for row in aside if row["reason"] == SetAside.REPEATED_HEADER]
    return SheetRead(
        payments=payments,
        aside=aside,
        sums=_sums(judged, good, payments, masked),
        sheet=sheet.name,
        layout=mapping.layout,
        encoding=sheet.encoding,
        delimiter=sheet.delimiter,
        header_row=header.row or max(last, default=0),
        date_order=days.order if days else f"none: the month is {period}",
        decimal_mark=marks.said,
        currency=currency,
        vat=mapping.vat or (vat_of(names[places["amount"]], conventions) if "amount" in places else "unknown"),
        nameless=tuple(names[place] for place in nameless),
    )


def _without_numbers(cells: pa.Table, name: str, masker: Masker) -> pa.Table:
    """A personal number in a column of money, where rows are shifted, must not be read as an amount."""
    column = mended(cells.column(name), masker.finder.search, masker.replacements, keep=True)
    return cells.set_column(cells.column_names.index(name), name, column)


def _payments(
    cells: pa.Table, judged: pa.Table, places: dict[str, int], suppliers: Suppliers, paid_on: pa.Scalar | None
) -> tuple[pa.Table, int]:
    """Payments by column, and how many of them were masked."""
    keys = suppliers.keys(cells, places)
    is_masked = keys.column("is_masked")
    columns = {
        "row_number": cells.column("row_number"),
        "supplier_key": keys.column("supplier_key"),
        "amount": judged.column("amount"),
        "paid_on": pa.repeat(paid_on, len(cells)) if paid_on is not None else cells.column("paid_on"),
    }
    masker = suppliers.masker
    for field in TEXTS:
        if field not in places:
            columns[field] = pa.nulls(len(cells), pa.string())
            continue
        free = field in FREE
        text = mended(cells.column(f"c{places[field]}"), masker.finder.search, masker.replacements, keep=not free)
        columns[field] = pc.if_else(is_masked, pa.scalar(None, pa.string()), text) if free else text
    if "account" in places and "category" not in places:
        columns["account"], columns["category"] = number_and_text(columns["account"])
    return pa.table(columns), int(pc.sum(is_masked).as_py() or 0)


def _aside(
    cells: pa.Table, judged: pa.Table, width: int, places: dict[str, int], masker: Masker
) -> tuple[dict[str, Any], ...]:
    listed = []
    for row, judgement in zip(cells.to_pylist(), judged.to_pylist(), strict=True):
        reason, _, detail = judgement["judgement"].partition(":")
        kind = row[f"c{places['kind']}"] if "kind" in places else None
        text = masker.row_text([row[f"c{place}"] for place in range(width)], kind)
        listed.append(
            {
                "row_number": row["row_number"],
                "reason": reason,
                "detail": detail,
                "amount": judgement["amount"],
                "text": text.rstrip(" |"),
            }
        )
    return tuple(listed)


def _sums(judged: pa.Table, good: pa.ChunkedArray, payments: pa.Table, masked: int) -> dict[str, Any]:
    """Control sums; the file's own sum is of every number as written, to the last digit."""
    amount, exact = judged.column("amount"), judged.column("exact")

    def total(column: pa.ChunkedArray) -> Decimal:
        return pc.sum(column.cast(pa.decimal128(38, column.type.scale))).as_py() or Decimal(0)

    whole = total(amount.filter(pc.is_null(exact))) + total(exact.filter(pc.is_valid(amount)))
    of_file, read = rounded(whole), rounded(total(payments.column("amount")))
    set_aside = rounded(total(amount.filter(pc.invert(good))))
    span = pc.min_max(payments.column("paid_on")).as_py()
    return {
        "rows_file": judged.num_rows,
        "rows_read": payments.num_rows,
        "rows_set_aside": judged.num_rows - payments.num_rows,
        "rows_masked": masked,
        "amount_file": of_file,
        "amount_read": read,
        "amount_set_aside": set_aside,
        "rounding": of_file - read - set_aside,
        "first_paid_on": span["min"],
        "last_paid_on": span["max"],
    }


def told(file: str, sheet: Sheet) -> Said:
    """How a sheet is named in messages: by its file, and by its own name where it has one."""
    return Said("{file}, sheet '{sheet}'", file=file, sheet=sheet.name) if sheet.name else Said("{file}", file=file)


def no_header(where: Said, sheet: Sheet) -> Said:
    """What to say of a sheet in which no header was found."""
    start = next((row for row in sheet.head if any(cell.strip() for cell in row)), [])
    seen = ", ".join(f"'{cell.strip()[:30]}'" for cell in start[:6] if cell.strip())
    return Said(
        "{where} has no row with known column names (its first row is {row}). Say in the mapping "
        "which row holds the names (header_row) and which columns are amount, supplier and paid_on.",
        where=where,
        row=seen or Said("blank"),
    )


def lacks(where: Said, fields: Sequence[str], names: Sequence[str], hints: Sequence[Said] = ()) -> Said:
    """What to say of a sheet without a column that is needed; `hints` are sentences on columns that nearly fit."""
    said = Said(
        "{where} has no column for {fields}. Its columns are: {names}.", where=where, fields=fields, names=names
    )
    for hint in hints:
        said = Said("{first} {then}", first=said, then=hint)
    example = [f"{field}=COLUMN" for field in fields]
    if "paid_on" in fields:
        return Said(
            "{first} Name the right one in the mapping ({example}, or period=YYYY-MM where no column holds a date).",
            first=said,
            example=example,
        )
    return Said("{first} Name the right one in the mapping ({example}).", first=said, example=example)


def _stray(
    cells: pa.Table, places: dict[str, int], mapping: Mapping, names: Sequence[str], where: Said, strict: bool
) -> tuple[list[int], list[int]]:
    """Columns without a name that few rows use, where rows are shifted, and those that many use.

    Raises InputError for columns with a name that hold something and are neither used nor ignored, if strict.
    """
    few = max(1, int(STRAY * cells.num_rows))
    filled = {place: cells.num_rows - cells.column(f"c{place}").null_count for place in range(len(names))}
    open_places = [place for place in unclaimed(mapping, places, names) if filled[place]]
    stray = [place for place in open_places if headings.unnamed(names, place) and filled[place] <= few]
    left = [names[place] for place in open_places if not headings.unnamed(names, place)]
    if left and strict:
        raise InputError(
            "{where} has the column '{column}', which the mapping neither uses nor ignores. Give it a field "
            "({known}) or add its name to ignore.",
            where=where,
            column=left[0],
            known=headers.FIELDS,
        )
    return stray, [place for place in open_places if headings.unnamed(names, place) and place not in stray]


def _currency(cells: pa.Table, places: dict[str, int], mapping: Mapping, conventions: Conventions) -> str:
    """The ledger's currency: as given, else the most frequent in its column, else the country's."""
    if mapping.currency:
        return mapping.currency.upper()
    if "currency" not in places:
        return conventions.currency
    found = cells.column(f"c{places['currency']}").drop_null().value_counts().to_pylist()
    if not found:
        return conventions.currency
    sign = str(min(found, key=lambda each: (-each["counts"], each["values"]))["values"]).upper()
    return {sign.upper(): code for sign, code in conventions.currency_signs.items()}.get(sign, sign)
