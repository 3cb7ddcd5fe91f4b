"""Checking: what a file would bring to a project, found out without a build and without changing anything."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bygd.countries import read_postcodes, read_register
from bygd.engine import DuckEngine
from bygd.sources.errors import InputError
from bygd.sources.privacy import Pseudonym
from bygd.vocabulary import tables
from bygd.workbench import inputs, snapshot, store
from bygd.workbench.bench import Progress, quiet
from bygd.workbench.place import intake
from bygd.workbench.project import Project

EXAMPLES = 3
"""Rows shown of each reason for which rows are set aside."""

SUMS = """
SELECT currency, COUNT(*) AS sheets, SUM(rows_file) AS rows_file, SUM(rows_read) AS rows_read,
       SUM(rows_set_aside) AS rows_set_aside, SUM(rows_masked) AS rows_masked, SUM(amount_file) AS amount_file,
       SUM(amount_read) AS amount_read, SUM(amount_set_aside) AS amount_set_aside, SUM(rounding) AS rounding,
       MIN(first_paid_on) AS first_paid_on, MAX(last_paid_on) AS last_paid_on
FROM ledger_files GROUP BY currency ORDER BY rows_read DESC, currency
"""
ASIDE = """
SELECT reason, COUNT(*) AS rows, COALESCE(SUM(amount), 0) AS amount FROM set_aside
GROUP BY reason ORDER BY rows DESC, reason
"""
SOME = f"""
SELECT f.sheet, s.row_number, s.detail, s.text FROM set_aside s JOIN ledger_files f USING (file_key)
WHERE s.reason = ? ORDER BY f.sheet, s.row_number LIMIT {EXAMPLES}
"""
ROWS = """
SELECT f.sheet, s.row_number, s.reason, s.detail, s.amount, s.text FROM set_aside s JOIN ledger_files f USING (file_key)
ORDER BY f.path, f.sheet, s.row_number
"""
SUPPLIERS = """
SELECT COUNT(*) AS suppliers, COUNT(*) FILTER (WHERE b.supplier_key IS NULL) AS new
FROM suppliers s LEFT JOIN before_suppliers b USING (supplier_key)
"""
KNOWN = """
SELECT COUNT(*) AS rows FROM payments p WHERE EXISTS (
    SELECT 1 FROM before_payments b WHERE b.supplier_key = p.supplier_key AND b.amount = p.amount
    AND b.paid_on = p.paid_on AND b.invoice IS NOT DISTINCT FROM p.invoice AND b.account IS NOT DISTINCT FROM p.account)
"""


@dataclass(frozen=True)
class Checked:
    """What a ledger file would bring.

    `sums` has one row per currency with the control sums of `ledger_files`; `aside` one per reason for which
    rows would be set aside, with `rows`, `amount` and a few `examples`. `rows_known` are payments that stand in
    the last snapshot already: same supplier, day, amount, invoice and account. `same_as` names a file of the
    project with the same content.
    """

    sums: list[dict[str, Any]]
    aside: list[dict[str, Any]]
    suppliers: int
    suppliers_new: int
    rows_known: int
    same_as: str
    warnings: list[str] = field(default_factory=list)


def ledger(
    project: Project,
    path: Path,
    anchor: str,
    settings: Mapping[str, Any],
    aside: Path | None = None,
    progress: Progress = quiet,
) -> Checked:
    """Read a ledger file whole, as a build would, and say what would come of it.

    The rows that would be set aside are written to `aside` as Parquet, for `rows_aside`. Persons are masked as ever.
    Raises InputError where the file cannot be read.
    """
    progress("Comparing with what is there", 0, 3)
    same = _same(project, store.hash_file(path))
    with DuckEngine() as engine:
        progress("Reading the file", 1, 3)
        notes = inputs.read_ledger(engine, project, path, anchor, settings, Pseudonym(project.key()))
        progress("Comparing with what is there", 2, 3)
        _before(engine, project, anchor)
        counted = engine.rows(SUPPLIERS)[0]
        found = Checked(
            sums=engine.rows(SUMS),
            aside=[{**row, "examples": engine.rows(SOME, row["reason"])} for row in engine.rows(ASIDE)],
            suppliers=counted["suppliers"],
            suppliers_new=counted["new"],
            rows_known=engine.rows(KNOWN)[0]["rows"],
            same_as=same,
            warnings=list(notes.get("warnings", [])),
        )
        if aside is not None:
            engine.sql("aside", ROWS)
            engine.write("aside", aside)
        progress("Comparing with what is there", 3, 3)
    return found


def rows_aside(written: Path) -> list[dict[str, Any]]:
    """The rows that a check wrote: sheet, row_number, reason, detail, amount, text."""
    with DuckEngine(threads=1) as engine:
        engine.read("aside", written)
        return engine.rows("SELECT * FROM aside")


def source(
    project: Project, section: str, path: Path, name: str, settings: Mapping[str, Any], progress: Progress = quiet
) -> dict[str, Any]:
    """Read a register, postcodes or boundaries as a build would; gives its reader's notes (rows, kept, masked …).

    Of boundaries what `intake.of_boundaries` tells.

    Raises InputError where the file cannot be read as what it is said to be.
    """
    progress("Reading the file", 0, 1)
    if section == "boundaries":
        return intake.of_boundaries(project, path)
    with DuckEngine() as engine:
        if section == "register":
            said = read_register(engine, project.country, name, [path], settings, Pseudonym(project.key()))
        else:
            said = read_postcodes(engine, project.country, name, [path], settings)
    progress("Reading the file", 1, 1)
    wanted = ("rows", "kept", "masked", "set_aside", "reasons", "publisher", "attribution", "warnings")
    return {key: said[key] for key in wanted if key in said}


def _before(engine: DuckEngine, project: Project, anchor: str) -> None:
    """The anchor's suppliers and payments of the last snapshot; none where nothing was built."""
    try:
        last = snapshot.current(project)
    except InputError:
        last = None
    for table in (tables.suppliers, tables.payments):
        file = last.folder / f"{table.__name__}.parquet" if last else None
        if file is not None and file.exists():
            engine.read("before", file)
            engine.sql(f"before_{table.__name__}", "SELECT * FROM before WHERE anchor = ?", anchor)
        else:
            engine.sql(f"before_{table.__name__}", f"SELECT * FROM {table.__name__} WHERE FALSE")


def _same(project: Project, sha256: str) -> str:
    """The project's ledger with that content, or nothing. What the last snapshot hashed is not hashed again."""
    try:
        known = {file["path"]: file["sha256"] for file in snapshot.current(project).manifest["files"]}
    except InputError:
        known = {}
    for entry in project.ledgers:
        for file in entry.files:
            path = project.folder / file
            if sha256 == (known.get(file) or (store.hash_file(path) if path.exists() else "")):
                return file
    return ""
