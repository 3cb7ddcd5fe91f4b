"""Review on paper or in a spreadsheet: doubts out, judgements in."""

import csv
import getpass
from pathlib import Path

from bygd.sources.errors import InputError
from bygd.vocabulary import tables
from bygd.workbench import decisions, snapshot
from bygd.workbench.project import Project

SHOWN = ("anchor", "name", "amount", "candidate_name", "candidate_place")
"""Columns that help the reader and are not read back."""

QUEUE = """
SELECT d.supplier_key, COALESCE(d.candidate_id, '') AS org_id, '' AS judgement, '' AS decided_by, '' AS decided_at,
       d.candidate_id AS proposed_id, d.score AS proposed_score, '' AS note,
       d.anchor, d.name, d.amount, d.candidate_name, d.candidate_place
FROM doubts d WHERE d.state = 'unresolved' ORDER BY d.amount DESC, d.supplier_key
"""

RISKY = ("=", "+", "-", "@", "\t", "\r")


def export(project: Project, file: Path, *, everything: bool = False) -> int:
    """Write the suppliers in doubt, most money first, or all decisions so far; gives how many rows."""
    columns = list(tables.link_decisions.columns())
    if everything:
        rows = decisions.read(project, tables.link_decisions)
    else:
        columns += SHOWN
        with snapshot.current(project).engine() as engine:
            rows = engine.rows(QUEUE)
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.DictWriter(opened, fieldnames=columns)
        writer.writeheader()
        writer.writerows({name: _harmless(row[name]) for name in columns} for row in rows)
    return len(rows)


def take_in(project: Project, file: Path, by: str = "") -> int:
    """Add the judgements in a file made by `export`; gives how many. Raises InputError."""
    wanted = tables.link_decisions.columns()
    with file.open(encoding="utf-8-sig", newline="") as opened:
        reader = csv.DictReader(opened, delimiter=";" if ";" in opened.readline() else ",")
        opened.seek(0)
        unknown = set(reader.fieldnames or []) - set(wanted) - set(SHOWN)
        if unknown or "judgement" not in (reader.fieldnames or []):
            raise InputError(f"{file.name} is no list of decisions. Make one with: bygd decisions export FILE")
        judged = [{k: (v or "").strip() for k, v in row.items()} for row in reader if (row["judgement"] or "").strip()]
    for row in judged:
        row["decided_by"] = row.get("decided_by") or by or getpass.getuser()
        row["decided_at"] = row.get("decided_at") or decisions.now().isoformat()
    beside = project.decisions / f".{file.name}.checked"
    beside.parent.mkdir(exist_ok=True)
    try:
        with beside.open("w", encoding="utf-8", newline="") as opened:
            writer = csv.DictWriter(opened, fieldnames=list(wanted), extrasaction="ignore")
            writer.writeheader()
            writer.writerows(judged)
        rows = decisions.parse(beside, tables.link_decisions)
    finally:
        beside.unlink(missing_ok=True)
    return decisions.add(project, tables.link_decisions, rows)


def _harmless(value: object) -> object:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(RISKY) else value
