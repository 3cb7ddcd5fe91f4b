"""A list of contracts of one's own: any table, read through a mapping of its columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bygd.sources import dates
from bygd.sources.contracts import words
from bygd.sources.contracts.cells import (
    LAST_YEAR,
    NotRead,
    clean,
    country_code,
    cpv,
    decimal_mark,
    loses_noughts,
    truth,
    typed,
)
from bygd.sources.contracts.result import Contract, Contracts
from bygd.sources.conventions import Conventions
from bygd.sources.errors import InputError
from bygd.sources.files import opening, tabular
from bygd.sources.files.bulk import Rejected
from bygd.sources.files.headings import distinct, plain, unnamed
from bygd.sources.registers.own_table import SOUGHT, find_columns
from bygd.vocabulary.contract_words import ContractProcedure, ContractStage, Reservation

DAYS = ("signed_on", "starts_on", "ends_on", "longest_until")
TEXTS = ("anchor", "number", "title", "procedure_key", "lot", "supplier_name", "supplier_number", "options", "note")
FIELDS = (
    *TEXTS, "supplier_country", "cpv", "value", "currency", *DAYS, "procedure", "reserved", "stage", "is_framework",
)  # fmt: skip
SETTINGS = ("sheet", "ignore")
NEEDED = ("title",)
ALL = "*"


@dataclass(frozen=True)
class Table:
    """One sheet with contracts: its label, the columns by field, and its rows with their numbers."""

    label: str
    columns: Mapping[str, int]
    names: Sequence[str]
    rows: Sequence[tuple[int, Mapping[str, str]]]


def read(
    paths: Sequence[Path],
    conventions: Conventions,
    columns: Mapping[str, Any] | None,
    headers: Mapping[str, Sequence[str]],
    source: str,
) -> Contracts:
    """Contracts from CSV, XLSX, XLS or ODS, packed or not; a row is a contract.

    `columns` gives the header's name per field of `FIELDS`, and may give the `sheet` and the columns to `ignore` (a
    list of names, or `*`); fields it leaves out are found by the names in `headers`. Rows whose cells cannot be read
    are set aside with the reason. Raises InputError where no sheet has titles of contracts.
    """
    mapping = dict(columns or {})
    _check(mapping)
    found: list[Contract] = []
    rejected: list[Rejected] = []
    unused: dict[str, None] = {}
    rows, taken = 0, {}
    for path in paths:
        for table in _tables(path, mapping, headers):
            rows += len(table.rows)
            taken = {field: table.names[place] for field, place in table.columns.items()}
            unused.update(dict.fromkeys(_unused(table, mapping.get("ignore"))))
            for one in _contracts(table, conventions):
                (found if isinstance(one, Contract) else rejected).append(one)  # type: ignore[arg-type]
    if not taken:
        shown = ", ".join(path.name for path in paths)
        raise InputError(
            "{file} has no column with titles of contracts that was recognised. Say which it is; at the prompt with "
            "--map title=COLUMN",
            file=shown,
        )
    return Contracts(source, rows, tuple(found), tuple(rejected), tuple(unused), taken)


def _check(mapping: Mapping[str, Any]) -> None:
    unknown = sorted(set(mapping) - {*FIELDS, *SETTINGS})
    if unknown:
        raise InputError("Unknown fields: {unknown}. Known: {known}.", unknown=unknown, known=[*FIELDS, *SETTINGS])


def _tables(path: Path, mapping: Mapping[str, Any], headers: Mapping[str, Sequence[str]]) -> list[Table]:
    tables = []
    with opening.opened(path) as parts:
        for part in parts:
            for sheet in tabular.sheets(part, path.name):
                if mapping.get("sheet") not in (None, sheet.name):
                    continue
                header = _header(sheet, mapping, headers, path.name)
                if header is not None:
                    at, columns, names = header
                    label = f"{path.name}/{sheet.name}" if sheet.name else path.name
                    tables.append(Table(label, columns, names, _rows(sheet, at, columns)))
    return tables


def _header(
    sheet: tabular.Sheet, mapping: Mapping[str, Any], headers: Mapping[str, Sequence[str]], shown: str
) -> tuple[int, dict[str, int], tuple[str, ...]] | None:
    named = {field: str(mapping[field]) for field in FIELDS if field in mapping}
    for at, row in enumerate(sheet.head[:SOUGHT], start=1):
        names = distinct(row)
        guessed = find_columns(names, {field: known for field, known in headers.items() if field not in named})
        if set(NEEDED) <= {*guessed, *named} and all(name in names for name in named.values()):
            given = {field: names.index(name) for field, name in named.items()}
            kept = {field: place for field, place in guessed.items() if place not in given.values()}
            if set(NEEDED) <= {*kept, *given}:
                return at, {**kept, **given}, names
    return None


def _rows(sheet: tabular.Sheet, at: int, columns: Mapping[str, int]) -> list[tuple[int, dict[str, str]]]:
    found = []
    for cells in sheet.cells(at).to_pylist():
        row = {field: (cells.get(f"c{place}") or "").strip() for field, place in columns.items()}
        if any(row.values()):
            found.append((int(cells["row_number"]), row))
    return found


def _unused(table: Table, ignored: Any) -> list[str]:
    """Columns with a name that nothing is read from, and that were not said to be left out."""
    left = [name for place, name in enumerate(table.names) if place not in table.columns.values()]
    if ignored == ALL:
        return []
    known = {plain(str(name)) for name in ignored or ()}
    return [name for name in left if plain(name) not in known and not unnamed(table.names, table.names.index(name))]


def _contracts(table: Table, conventions: Conventions) -> list[Contract | Rejected]:
    texts = {row[name] for _, row in table.rows for name in DAYS if row.get(name)}
    days = dates.read(sorted(texts), conventions, last=LAST_YEAR)
    mark = decimal_mark([row["value"] for _, row in table.rows if row.get("value")], conventions)
    lost_noughts = loses_noughts([row.get("cpv", "") for _, row in table.rows])
    made: list[Contract | Rejected] = []
    for number, row in table.rows:
        try:
            code = cpv(row.get("cpv"), lost_noughts=lost_noughts)
            made.append(_contract(table.label, number, row, code, days, mark, conventions))
        except NotRead as error:
            made.append(Rejected(table.label, number, error.said))
    return made


def _contract(
    label: str, number: int, row: Mapping[str, str], code: str | None, days: dates.Days, mark: str,
    conventions: Conventions,
) -> Contract:  # fmt: skip
    for name in DAYS:
        if row.get(name) in days.wrong:
            raise NotRead("'{text}' is no day of the calendar", text=row[name][:40])
    framework, stage = truth(row.get("is_framework")), words.of(words.STAGES, row.get("stage"), ContractStage)
    if framework is None:
        raise NotRead(
            "'{text}' under {field} is neither yes nor no", text=row["is_framework"][:40], field="is_framework"
        )
    if row.get("stage") and stage is None:
        raise NotRead("'{text}' is no known {field}", text=row["stage"][:40], field="stage")
    procedure = words.of(words.PROCEDURES, row.get("procedure"), ContractProcedure)
    reserved = words.of(words.RESERVED, row.get("reserved"), Reservation)
    told = [row["note"]] if row.get("note") else []
    told += [
        row[name] for name, word in (("procedure", procedure), ("reserved", reserved)) if row.get(name) and not word
    ]
    currency = (row.get("currency") or conventions.currency).upper()
    texts = {name: clean(row.get(name), 2000) for name in TEXTS}
    return Contract(
        **{  # type: ignore[arg-type]
            **texts,
            **{name: days.days.get(row[name]) if row.get(name) else None for name in DAYS},
            "file": label,
            "row": number,
            "supplier_country": country_code(row.get("supplier_country")),
            "cpv": code,
            "value": typed(row["value"], mark, conventions, currency) if row.get("value") else None,
            "currency": currency if row.get("value") else None,
            "procedure": procedure or (ContractProcedure.OTHER if row.get("procedure") else None),
            "reserved": reserved,
            "stage": stage or ContractStage.SIGNED,
            "is_framework": framework,
            "note": "; ".join(told) or None,
        }
    )
