"""One sheet of a ledger read: header, mapping, marks and dates decided, rows judged and suppliers keyed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from bygd.engine import DuckEngine
from bygd.sources import amounts, headers, rows
from bygd.sources.conventions import Conventions
from bygd.sources.errors import InputError
from bygd.sources.guess import guess, period_of, vat_of
from bygd.sources.headers import Header
from bygd.sources.mapping import Mapping, missing, unclaimed
from bygd.sources.tabular import Sheet
from bygd.sources.who import Suppliers

STRAY = 0.05
"""Largest share of rows that may hold something in a column without a name and still count as shifted rows."""


class DoesNotFit(Exception):
    """A sheet has no header or lacks a column that is needed; no harm where another sheet fits."""


@dataclass(frozen=True)
class SheetRead:
    """A sheet that was read into relations: rows, suppliers and mended texts, and how it was read."""

    rows: str
    who: str
    texts: str
    width: int
    places: dict[str, int]
    sheet: str
    layout: str
    encoding: str
    delimiter: str
    header_row: int
    date_order: str
    decimal_mark: str
    currency: str
    vat: str

    def forget(self, engine: DuckEngine) -> None:
        """Let go of the relations."""
        for relation in (self.rows, self.who, self.texts):
            engine.forget(relation)


def read_sheet(
    engine: DuckEngine,
    file: str,
    sheet: Sheet,
    given: Mapping | None,
    conventions: Conventions,
    suppliers: Suppliers,
    number: int,
) -> SheetRead:
    """Read one sheet; its relations are named by `number`. Raises DoesNotFit or InputError."""
    where = f"{file}, sheet '{sheet.name}'" if sheet.name else file
    wanted = [name for field in given.columns for name in given.names(field)] if given else []
    header = headers.find(sheet, conventions, wanted, given.header_row if given else None)
    if header is None:
        raise DoesNotFit(no_header(where, sheet))
    cells = sheet.cells(header.row if header.below else 0)
    names = headers.distinct([*header.names, *[""] * (cells.num_columns - 1 - len(header.names))])
    while cells.num_columns - 1 < len(names):
        cells = cells.append_column(f"c{cells.num_columns - 1}", pa.nulls(cells.num_rows, pa.string()))
    sample = sheet.head[header.row :] if header.below else sheet.head
    mapping = given or guess(Header(names, header.row), sample, conventions)[0]
    period = mapping.period or period_of(sheet.name, conventions) or period_of(file, conventions)
    try:
        engine.put(rows.CELLS, cells)
        places = mapping.places(names)
        lacking = missing(places, period)
        if lacking:
            raise DoesNotFit(lacks(where, lacking, names))
        stray = _stray(engine, places, mapping, names, where)
        currency = _currency(engine, places, mapping, conventions)
        money = [rows.trimmed(places[field]) for field in ("amount", "debit", "credit") if field in places]
        marks = amounts.decide(engine, rows.CELLS, money, conventions, currency, mapping.decimal_mark)
        days = rows.read_dates(engine, places.get("paid_on"), conventions, mapping.date_order)
        relation = f"ledger_rows_{number}"
        engine.sql(relation, rows.judged(places, names, stray, marks, conventions, currency, period))
    finally:
        engine.forget(rows.CELLS)
        engine.forget(rows.DATES)
    found = SheetRead(
        rows=relation,
        who=f"ledger_who_{number}",
        texts=f"ledger_texts_{number}",
        width=len(names),
        places=places,
        sheet=sheet.name,
        layout=mapping.layout,
        encoding=sheet.encoding,
        delimiter=sheet.delimiter,
        header_row=header.row or _last_row(engine, relation),
        date_order=days.order if days else f"none: the period is {period}",
        decimal_mark=marks.said,
        currency=currency,
        vat=mapping.vat or (vat_of(names[places["amount"]], conventions) if "amount" in places else "unknown"),
    )
    fields = tuple(field for field in rows.WHO if field in places)
    engine.put(found.who, suppliers.add(engine, relation, fields))
    engine.put(found.texts, _mended(engine, relation, places, suppliers))
    return found


def no_header(where: str, sheet: Sheet) -> str:
    """What to say of a sheet in which no header was found."""
    start = next((row for row in sheet.head if any(cell.strip() for cell in row)), [])
    seen = ", ".join(f"'{cell.strip()[:30]}'" for cell in start[:6] if cell.strip())
    return (
        f"{where} has no row with known column names (its first row is {seen or 'blank'}). Say in the mapping "
        "which row holds the names (header_row) and which columns are amount, supplier and paid_on."
    )


def lacks(where: str, fields: Sequence[str], names: Sequence[str]) -> str:
    """What to say of a sheet without a column that is needed."""
    return (
        f"{where} has no column for {' and '.join(fields)}. Its columns are: {', '.join(names)}. Name the right one in "
        f"the mapping ({', '.join(f'{field}=COLUMN' for field in fields)}"
        + (", or period=YYYY-MM where no column holds a date)." if "paid_on" in fields else ").")
    )


def _stray(engine: DuckEngine, places: dict[str, int], mapping: Mapping, names: Sequence[str], where: str) -> list[int]:
    """Columns without a name that few rows use. Raises InputError for others neither used nor ignored."""
    counts = ", ".join(f"COUNT({rows.trimmed(place)}) AS c{place}" for place in range(len(names)))
    filled = engine.rows(f"SELECT COUNT(*) AS n, {counts} FROM {rows.CELLS}")[0]
    open_places = [place for place in unclaimed(mapping, places, names) if filled[f"c{place}"]]
    few = max(1, int(STRAY * filled["n"]))
    stray = [place for place in open_places if names[place] == f"column {place + 1}" and filled[f"c{place}"] <= few]
    left = [names[place] for place in open_places if place not in stray]
    if left:
        raise InputError(
            f"{where} has the column '{left[0]}', which the mapping neither uses nor ignores. "
            f"Give it a field ({', '.join(headers.FIELDS)}) or add its name to ignore."
        )
    return stray


def _currency(engine: DuckEngine, places: dict[str, int], mapping: Mapping, conventions: Conventions) -> str:
    """The ledger's currency: as given, else the most frequent in its column, else the country's."""
    if mapping.currency:
        return mapping.currency.upper()
    if "currency" in places:
        cell = rows.trimmed(places["currency"])
        found = engine.rows(
            f"SELECT upper({cell}) AS sign, COUNT(*) AS n FROM {rows.CELLS} WHERE {cell} IS NOT NULL "
            "GROUP BY 1 ORDER BY n DESC, sign LIMIT 1"
        )
        if found:
            codes = {sign.upper(): code for sign, code in conventions.currency_signs.items()}
            return codes.get(found[0]["sign"], str(found[0]["sign"]))
    return conventions.currency


def _last_row(engine: DuckEngine, relation: str) -> int:
    found = engine.rows(f"SELECT MAX(row_number) AS n FROM {relation} WHERE judgement LIKE 'repeated_header:%'")
    return int(found[0]["n"] or 0)


def _mended(engine: DuckEngine, relation: str, places: dict[str, int], suppliers: Suppliers) -> pa.Table:
    """Texts that hold a personal number, and what is kept instead: `field`, `text`, `kept`."""
    search = suppliers.masker.finder.search
    found: list[tuple[str, str, str | None]] = []
    for field in rows.TEXTS if search else ():
        if field not in places:
            continue
        listed = engine.rows(
            f"SELECT DISTINCT {field}_cell AS text FROM {relation} "
            f"WHERE judgement IS NULL AND regexp_matches({field}_cell, {rows.literal(search)}) ORDER BY 1"
        )
        kept = suppliers.masker.replacements(row["text"] for row in listed)
        found += [(field, text, None if field in rows.FREE else new) for text, new in kept.items()]
    return pa.table(
        {
            name: pa.array([each[place] for each in found], pa.string())
            for place, name in enumerate(("field", "text", "kept"))
        }
    )
