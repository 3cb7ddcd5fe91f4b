"""Ledgers: one file read whole into payments, suppliers, rows set aside and control sums."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from bygd.engine import DuckEngine
from bygd.sources import dates
from bygd.sources.conventions import Conventions
from bygd.sources.errors import InputError
from bygd.sources.files import headings, opening, tabular
from bygd.sources.files.decode import sha256
from bygd.sources.files.tabular import Sheet
from bygd.sources.ledgers import headers
from bygd.sources.ledgers.guess import FieldGuess, SheetGuess, guess, refused, vat_of
from bygd.sources.ledgers.mapping import Mapping, missing
from bygd.sources.ledgers.sheet import DoesNotFit, SheetRead, lacks, no_header, read_sheet, told
from bygd.sources.ledgers.who import Suppliers
from bygd.sources.privacy import Masker, Pseudonym
from bygd.vocabulary import tables
from bygd.vocabulary.ids import make_key
from bygd.vocabulary.said import Said

Progress = Callable[[int, int], None]
HOW = ("sheet", "layout", "encoding", "delimiter", "header_row", "date_order", "decimal_mark", "currency", "vat")


def inspect(path: Path, conventions: Conventions, given: Mapping | None = None) -> list[SheetGuess]:
    """What is seen in each sheet of a ledger file, and the mapping guessed for it; what is `given` stands.

    Only the rows near the top are looked at. A sheet that cannot be read as it is has a `problem`.
    Raises InputError where the file is no ledger at all, or lacks the sheet or a column that is given.
    """
    said = given or Mapping()
    with opening.opened(path) as parts:
        sheets = [sheet for part in parts for sheet in tabular.sheets(part, path.name, said.encoding, said.delimiter)]
        wanted = [sheet for sheet in sheets if said.sheet in (None, sheet.name)]
        if sheets and not wanted:
            names = [f"'{sheet.name}'" for sheet in sheets]
            raise InputError(
                "{file} has no sheet '{sheet}'. Its sheets are: {known}.", file=path.name, sheet=said.sheet, known=names
            )
        found = [_inspected(path, sheet, conventions, said) for sheet in wanted]
    for field in said.columns:
        if not any(field in said.places(sheet.headers) for sheet in found):
            listed = dict.fromkeys(header for sheet in found for header in sheet.headers)
            raise InputError(
                "{file} has no column '{column}'. Its columns are: {known}.",
                file=path.name,
                column=" / ".join(said.names(field)),
                known=listed,
            )
    return found


def _inspected(path: Path, sheet: Sheet, conventions: Conventions, given: Mapping) -> SheetGuess:
    named = [name for field in given.columns for name in given.names(field)]
    header = headers.find(sheet, conventions, named, given.header_row)
    where = told(path.name, sheet)
    mapping, problem = Mapping(), Said("")
    fields: tuple[FieldGuess, ...] = ()
    sample = sheet.head[header.row :] if header and header.below else sheet.head
    if header is None:
        problem = no_header(where, sheet)
    else:
        width = max(len(header.names), *(len(row) for row in sample), 0)
        wide = replace(header, names=headings.distinct([*header.names, *[""] * (width - len(header.names))]))
        mapping, fields = guess(wide, sample, conventions, f"{sheet.name} {path.name}", given)
        lacking = missing(mapping.places(header.names), mapping.period)
        hints = refused(header.names, sample, lacking, conventions)
        problem = lacks(where, lacking, header.names, hints) if lacking else Said("")
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
        sample=tuple(tuple(row) for row in sample[:10]),
        date_order=mapping.date_order or order,
        decimal_mark=mapping.decimal_mark or mark,
        currency=mapping.currency or conventions.currency,
        vat=mapping.vat or (vat_of(amount[0], conventions) if amount else "unknown"),
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
    suppliers = Suppliers(anchor, Masker(conventions, pseudonym))
    found: list[SheetRead] = []
    problems: list[Said] = []
    encoding, delimiter = (mapping.encoding, mapping.delimiter) if mapping else (None, None)
    with ThreadPoolExecutor(1) as beside, opening.opened(path) as parts:
        hashing = beside.submit(sha256, path)
        for done, part in enumerate(parts):
            if progress:
                progress(done, len(parts))
            for sheet in tabular.sheets(part, path.name, encoding, delimiter):
                if mapping and mapping.sheet and mapping.sheet != sheet.name:
                    problems.append(
                        Said(
                            "{file} has the sheet '{found}', but not '{sheet}'.",
                            file=path.name,
                            found=sheet.name,
                            sheet=mapping.sheet,
                        )
                    )
                    continue
                try:
                    found.append(read_sheet(engine, path.name, sheet, mapping, conventions, suppliers))
                except DoesNotFit as error:
                    problems.append(error.said)
        if progress:
            progress(len(parts), len(parts))
        fingerprint = hashing.result()
    if not found:
        raise (
            InputError(problems[0])
            if problems
            else InputError("{file} has no sheet with rows. Check the file.", file=path.name)
        )
    keys = [file_key_prefix + make_key(fingerprint, sheet.sheet) for sheet in found]
    pairs = list(zip(found, keys, strict=True))
    engine.register(tables.payments, pa.concat_tables([_payments(sheet, key, anchor) for sheet, key in pairs]))
    engine.register(tables.suppliers, suppliers.table())
    engine.register(tables.set_aside, [{"file_key": key, **row} for sheet, key in pairs for row in sheet.aside])
    engine.register(
        tables.ledger_files,
        [
            {
                "file_key": key,
                "anchor": anchor,
                "path": path.name,
                "sha256": fingerprint,
                **{name: getattr(sheet, name) for name in HOW},
                **sheet.sums,
            }
            for sheet, key in pairs
        ],
    )
    chosen = mapping is not None and mapping.sheet is not None
    left_out = [] if chosen else [Said("Left out: {why}", why=problem) for problem in problems]
    return {"sheets": len(found), "warnings": [*left_out, *_untold(path.name, found), *_nameless(path.name, found)]}


def _untold(file: str, found: Sequence[SheetRead]) -> list[Said]:
    """A warning where days and months could be the other way round: the country's custom decided, not the file."""
    orders = {sheet.date_order.split()[0] for sheet in found if "the country's order" in sheet.date_order}
    if not orders:
        return []
    return [
        Said(
            "{file} does not tell days from months; its dates were read as {orders}, as is usual in the country. "
            "If that is wrong, say date_order in its mapping (bygd.toml).",
            file=file,
            orders=sorted(orders),
        )
    ]


def _nameless(file: str, found: Sequence[SheetRead]) -> list[Said]:
    """A warning where many rows have cells under no name; with the columns named in `ignore` it is silent."""
    return [
        Said(
            "{file} has cells in {columns} where the header has no name; they were left out. If that is right, "
            "add the column to ignore in its mapping (bygd.toml).",
            file=file,
            columns=sheet.nameless,
        )
        for sheet in found
        if sheet.nameless
    ]


def _payments(sheet: SheetRead, key: str, anchor: str) -> pa.Table:
    count = sheet.payments.num_rows
    same = {"file_key": key, "anchor": anchor, "currency": sheet.currency}
    return pa.table(
        {
            name: pa.repeat(pa.scalar(same[name]), count) if name in same else sheet.payments.column(name)
            for name in tables.payments.columns()
        }
    )
