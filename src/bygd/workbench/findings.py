"""Findings: what people found of whose and where suppliers are, out to a spreadsheet and back in."""

import getpass
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bygd.sources.errors import InputError
from bygd.vocabulary import tables
from bygd.vocabulary.columns import Table
from bygd.workbench import decisions, snapshot
from bygd.workbench.project import Project
from bygd.workbench.review.sheet import Change, Kind, read_sheet, write_sheet

OF: dict[str, type[Table]] = {"ownership": tables.class_decisions, "seats": tables.seat_decisions}
"""What findings are of, as people ask for them."""

SUBJECT: dict[type[Table], tuple[str, ...]] = {
    tables.class_decisions: ("subject_id",),
    tables.seat_decisions: ("subject_id", "site"),
}
SAYS: dict[type[Table], tuple[str, ...]] = {
    tables.class_decisions: ("kind",),
    tables.seat_decisions: ("area_id", "postcode"),
}
NAME = "name"
"""A column that helps the reader and is not read back."""

NAMES = """
    SELECT supplier_key AS subject_id, name FROM suppliers WHERE NOT is_masked AND supplier_key IN ({marks})
    UNION ALL SELECT org_id, name FROM organisations WHERE NOT is_masked AND org_id IN ({marks})
"""


def export(project: Project, file: Path, table: type[Table]) -> int:
    """Write all findings of that table so far, with names, to a workbook (.xlsx) or as CSV; gives how many."""
    rows = decisions.read(project, table)
    names = _names(project, rows)
    columns = [NAME, *table.columns()]
    write_sheet(file, columns, [{NAME: names.get(row["subject_id"], ""), **row} for row in rows])
    return len(rows)


def table_of(file: Path) -> type[Table] | None:
    """Of which table the findings in a sheet are; None where it holds something else."""
    header, _rows = read_sheet(file)
    found = [table for table in OF.values() if set(SUBJECT[table]) | set(SAYS[table][:1]) <= set(header)]
    return found[0] if found else None


def preview(project: Project, file: Path, table: type[Table], by: str = "") -> list[Change]:
    """What the findings in a sheet would change. Raises InputError naming the line that is wrong."""
    header, listed = read_sheet(file)
    wanted = table.columns()
    defaults = {"decided_by": by.strip() or getpass.getuser(), "decided_at": decisions.now().isoformat()}
    unknown = [name for name in header if name not in wanted and name != NAME]
    if unknown:
        raise InputError("{file} has columns that are not known: {columns}.", file=file.name, columns=unknown)
    said = [
        (number, {name: (row.get(name) or "").strip() or defaults.get(name, "") for name in wanted})
        for number, row in listed
        if any(row.values())
    ]
    rows = decisions.checked(wanted, said, table, file.name)
    latest: dict[tuple[Any, ...], Mapping[str, Any]] = {}
    for written in sorted(decisions.read(project, table), key=lambda row: row["decided_at"]):
        latest[_of(SUBJECT[table], written)] = written
    names = _names(project, rows)
    return [_change(table, row, names, latest.get(_of(SUBJECT[table], row))) for row in rows]


def apply(project: Project, table: type[Table], changes: Iterable[Change]) -> int:
    """Add the findings of a preview that say anything new; gives how many."""
    return decisions.add(project, table, [change.row for change in changes if change.kind is not Kind.KNOWN])


def says(table: type[Table], row: Mapping[str, Any]) -> str:
    """What a finding says, in short."""
    return " ".join([*([str(row["site"])] if "site" in row else []), *_of(SAYS[table], row)]).strip()


def _change(
    table: type[Table], row: Mapping[str, Any], names: Mapping[str, str], before: Mapping[str, Any] | None
) -> Change:
    kind = Kind.NEW if before is None else Kind.CHANGED
    if before is not None and _of(SAYS[table], before) == _of(SAYS[table], row):
        kind = Kind.KNOWN
    elif row["subject_id"] not in names:
        kind = Kind.NOBODY
    name = names.get(row["subject_id"], row["subject_id"])
    return Change(kind, row, name, says(table, before) if before else None)


def _of(names: Iterable[str], row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(row[name] or "") for name in names)


def _names(project: Project, rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The names of those found among suppliers and organisations; the masked are nobody."""
    asked = sorted({row["subject_id"] for row in rows})
    if not asked:
        return {}
    marks = ", ".join("?" * len(asked))
    with snapshot.current(project).engine() as engine:
        return {row["subject_id"]: row["name"] for row in engine.rows(NAMES.format(marks=marks), *asked, *asked)}
