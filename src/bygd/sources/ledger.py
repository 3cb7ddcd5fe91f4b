"""Ledgers: one file read whole into payments, suppliers, rows set aside and control sums."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from bygd.engine import DuckEngine
from bygd.sources import dates, files, headers, rows, tabular
from bygd.sources.conventions import Conventions
from bygd.sources.decode import sha256
from bygd.sources.errors import InputError
from bygd.sources.guess import FieldGuess, SheetGuess, guess, period_of, vat_of
from bygd.sources.mapping import Mapping, missing
from bygd.sources.privacy import Masker, Pseudonym
from bygd.sources.sheet import DoesNotFit, SheetRead, lacks, no_header, read_sheet
from bygd.sources.tabular import Sheet
from bygd.sources.who import Suppliers
from bygd.vocabulary import tables
from bygd.vocabulary.ids import make_key

Progress = Callable[[int, int], None]


def inspect(path: Path, conventions: Conventions) -> list[SheetGuess]:
    """What is seen in each sheet of a ledger file, and the mapping guessed for it.

    Only the rows near the top are looked at. A sheet that cannot be read as it is has a `problem`.
    Raises InputError where the file is no ledger at all.
    """
    with files.opened(path) as parts:
        return [_inspected(path, sheet, conventions) for part in parts for sheet in tabular.sheets(part, path.name)]


def _inspected(path: Path, sheet: Sheet, conventions: Conventions) -> SheetGuess:
    header = headers.find(sheet, conventions)
    where = f"{path.name}, sheet '{sheet.name}'" if sheet.name else path.name
    mapping, problem = Mapping(), ""
    fields: tuple[FieldGuess, ...] = ()
    sample = sheet.head[header.row :] if header and header.below else sheet.head
    if header is None:
        problem = no_header(where, sheet)
    else:
        mapping, fields = guess(header, sample, conventions, f"{sheet.name} {path.name}")
        lacking = missing(mapping.places(header.names), mapping.period)
        problem = lacks(where, lacking, header.names) if lacking else ""
    names = header.names if header else ()
    order, mark = _looks(sample, mapping.places(names), conventions)
    amount = mapping.names("amount")
    return SheetGuess(
        file=path.name,
        sheet=sheet.name,
        encoding=sheet.encoding,
        delimiter=sheet.delimiter,
        header_row=header.row if header and header.below else None,
        headers=names,
        mapping=mapping,
        fields=fields,
        unmatched=mapping.ignore,
        sample=tuple(tuple(row) for row in sample[:5]),
        date_order=order,
        decimal_mark=mark,
        currency=conventions.currency,
        vat=vat_of(amount[0], conventions) if amount else "unknown",
        problem=problem,
    )


def _looks(sample: Sequence[list[str]], places: dict[str, int], conventions: Conventions) -> tuple[str, str]:
    """Order of dates and decimal mark as far as the rows near the top tell; the whole column decides later."""

    def cells(field: str) -> list[str]:
        place = places.get(field)
        return [row[place].strip() for row in sample if place is not None and place < len(row) and row[place].strip()]

    comma = sum("," in cell[-3:] for cell in cells("amount"))
    point = sum("." in cell[-3:] for cell in cells("amount"))
    mark = "," if comma > point else "." if point > comma else conventions.decimal_mark
    return dates.read(cells("paid_on"), conventions).order, mark


def read(
    engine: DuckEngine,
    path: Path,
    anchor: str,
    mapping: Mapping | None,
    conventions: Conventions,
    pseudonym: Pseudonym,
    file_key_prefix: str = "",
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Read one ledger file whole: every sheet and member that fits the mapping (or, with None, its own guess).

    Leaves `payments`, `suppliers`, `set_aside` and `ledger_files` in the engine, each for this file alone.
    Every row below the header is in `payments` or `set_aside`, under the number a spreadsheet shows. Persons
    and sole traders are masked before anything is stored. Organisation numbers are kept as written: lost
    leading zeros are given back when suppliers are linked. Amounts have two decimals; what rounding took is in
    `ledger_files.rounding`. Gives notes: `sheets` read, and `warnings` such as sheets left out.
    Raises InputError where the file cannot be read, or has a column that is neither used nor ignored.
    """
    fingerprint = sha256(path)
    suppliers = Suppliers(anchor, Masker(conventions, pseudonym))
    found: list[SheetRead] = []
    problems: list[str] = []
    encoding, delimiter = (mapping.encoding, mapping.delimiter) if mapping else (None, None)
    try:
        with files.opened(path) as parts:
            for done, part in enumerate(parts):
                if progress:
                    progress(done, len(parts))
                for sheet in tabular.sheets(part, path.name, encoding, delimiter):
                    if mapping and mapping.sheet and mapping.sheet != sheet.name:
                        continue
                    try:
                        found.append(read_sheet(engine, path.name, sheet, mapping, conventions, suppliers, len(found)))
                    except DoesNotFit as error:
                        problems.append(str(error))
            if progress:
                progress(len(parts), len(parts))
        if not found:
            raise InputError(problems[0] if problems else f"{path.name} has no sheet with rows. Check the file.")
        keys = [file_key_prefix + make_key(fingerprint, sheet.sheet) for sheet in found]
        _leave(engine, found, keys, suppliers, path.name, fingerprint)
    finally:
        for sheet_read in found:
            sheet_read.forget(engine)
    return {"sheets": len(found), "warnings": [f"Left out: {problem}" for problem in problems]}


def _leave(
    engine: DuckEngine,
    found: Sequence[SheetRead],
    keys: Sequence[str],
    suppliers: Suppliers,
    path: str,
    fingerprint: str,
) -> None:
    """The four tables, from the relations of the sheets."""
    pairs = list(zip(found, keys, strict=True))
    engine.sql(
        tables.payments,
        " UNION ALL ".join(_payments(sheet, key, suppliers.anchor) for sheet, key in pairs),
    )
    engine.register(tables.suppliers, suppliers.rows())
    aside = [row for sheet, key in pairs for row in _aside(engine, sheet, key, suppliers.masker)]
    engine.register(tables.set_aside, aside)
    engine.register(
        tables.ledger_files,
        [_control(engine, sheet, key, suppliers.anchor, path, fingerprint) for sheet, key in pairs],
    )


def _payments(sheet: SheetRead, key: str, anchor: str) -> str:
    """The statement for a sheet's payments: suppliers by key, personal numbers in texts replaced."""
    texts, joins = [], []
    for field in rows.TEXTS:
        if field not in sheet.places:
            texts.append(f"NULL AS {field}")
            continue
        joins.append(
            f"LEFT JOIN {sheet.texts} t_{field} ON t_{field}.field = '{field}' AND t_{field}.text = r.{field}_cell"
        )
        masked = "w.is_masked OR " if field in rows.FREE else ""
        texts.append(
            f"CASE WHEN {masked}t_{field}.text IS NOT NULL THEN t_{field}.kept ELSE r.{field}_cell END AS {field}"
        )
    return f"""
    SELECT '{key}' AS file_key, r.row_number, {rows.literal(anchor)} AS anchor, w.supplier_key, r.amount,
      '{sheet.currency}' AS currency, r.paid_on, {", ".join(texts)}
    FROM {sheet.rows} r JOIN {sheet.who} w ON w.who = r.who {" ".join(joins)} WHERE r.judgement IS NULL
    """


def _aside(engine: DuckEngine, sheet: SheetRead, key: str, masker: Masker) -> list[dict[str, Any]]:
    cells = [f"c{place}" for place in range(sheet.width)]
    kind = f"c{sheet.places['kind']}" if "kind" in sheet.places else "NULL"
    found = engine.rows(
        f"SELECT row_number, judgement, amount, {kind} AS kind_cell, {', '.join(cells)} FROM {sheet.rows} "
        "WHERE judgement IS NOT NULL ORDER BY row_number"
    )
    listed = []
    for row in found:
        reason, _, detail = row["judgement"].partition(":")
        text = masker.row_text([row[cell] for cell in cells], row["kind_cell"]).rstrip(" |")
        listed.append(
            {
                "file_key": key,
                "row_number": row["row_number"],
                "reason": reason,
                "detail": detail,
                "amount": row["amount"],
                "text": text,
            }
        )
    return listed


def _control(
    engine: DuckEngine, sheet: SheetRead, key: str, anchor: str, path: str, fingerprint: str
) -> dict[str, Any]:
    """Row and control sums of a sheet; the file's own sum is of every number as written, to the last digit."""
    sums = engine.rows(
        f"""
        SELECT COUNT(*) AS rows_file, COUNT(*) FILTER (judgement IS NULL) AS rows_read,
          COALESCE(SUM(amount) FILTER (judgement IS NULL), 0) AS amount_read,
          COALESCE(SUM(amount) FILTER (judgement IS NOT NULL), 0) AS amount_set_aside,
          CAST(COALESCE(SUM(amount) FILTER (exact IS NULL), 0) + COALESCE(SUM(exact), 0) AS DECIMAL(18, 2))
            AS amount_file,
          MIN(paid_on) FILTER (judgement IS NULL) AS first_paid_on,
          MAX(paid_on) FILTER (judgement IS NULL) AS last_paid_on
        FROM {sheet.rows}
        """
    )[0]
    masked = engine.rows(
        f"SELECT COUNT(*) AS n FROM {sheet.rows} r JOIN {sheet.who} w ON w.who = r.who "
        "WHERE r.judgement IS NULL AND w.is_masked"
    )[0]["n"]
    return {
        **sums,
        "file_key": key,
        "anchor": anchor,
        "path": path,
        "sheet": sheet.sheet,
        "sha256": fingerprint,
        "layout": sheet.layout,
        "encoding": sheet.encoding,
        "delimiter": sheet.delimiter,
        "header_row": sheet.header_row,
        "date_order": sheet.date_order,
        "decimal_mark": sheet.decimal_mark,
        "currency": sheet.currency,
        "vat": sheet.vat,
        "rows_set_aside": sums["rows_file"] - sums["rows_read"],
        "rows_masked": masked,
        "rounding": sums["amount_file"] - sums["amount_read"] - sums["amount_set_aside"],
    }
