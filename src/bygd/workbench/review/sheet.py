"""Review in a spreadsheet: doubts out as CSV or XLSX, judgements in, with a look at what would change."""

import csv
import getpass
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import xlsxwriter

from bygd import reports
from bygd.linkage.cases import read_cases
from bygd.linkage.numbers import read_number
from bygd.reports.documents.harmless import harmless
from bygd.sources.errors import InputError, together
from bygd.sources.files.opening import XLSX
from bygd.sources.files.spreadsheets import grids
from bygd.vocabulary import tables
from bygd.vocabulary.words import Judgement
from bygd.workbench import decisions, snapshot
from bygd.workbench.project import Project

SHOWN = ("name", "anchor", "alike", "amount", "worth", "candidate_name", "candidate_place", "score", "why")
"""Columns that help the reader and are not read back."""

FIRST = ("judgement", *SHOWN, "org_id", "note")
"""The order of columns: what is filled in and what it rests on before the keys."""

WIDTHS = {
    "judgement": 14,
    "name": 32,
    "anchor": 22,
    "alike": 32,
    "candidate_name": 32,
    "why": 70,
    "org_id": 24,
    "note": 30,
}
NUMBERS = ("amount", "worth", "score")

# One row a case: of suppliers that are one organisation the one with the clearest candidate, for what is decided
# of it holds for the others.
QUEUE = """
    SELECT '' AS judgement, supplier_key, COALESCE(candidate_id, '') AS org_id, '' AS decided_by, '' AS decided_at,
           candidate_id AS proposed_id, score AS proposed_score, '' AS note,
           anchor, name, SUM(amount) OVER same AS amount,
           ROUND(CAST(SUM(width) OVER same AS DOUBLE) * MAX(found) OVER same, 2) AS worth,
           score, candidate_name, candidate_place,
           array_to_string(list_filter(list(name || ' (' || anchor || ')') OVER same,
                           one -> one <> name || ' (' || anchor || ')'), '; ') AS alike
    FROM doubts WHERE state = 'unresolved'
    WINDOW same AS (PARTITION BY case_key)
    QUALIFY ROW_NUMBER() OVER (PARTITION BY case_key ORDER BY score DESC NULLS LAST, position) = 1
    ORDER BY MIN(position) OVER same
"""


def export(
    project: Project,
    file: Path,
    *,
    everything: bool = False,
    language: str = "en",
    anchors: Collection[str] | None = None,
) -> int:
    """Write the suppliers in doubt in the order of review, or all decisions so far; gives how many rows.

    The file's name says which: .xlsx is a workbook, anything else CSV in UTF-8 with commas. With `anchors`
    there is nothing of other institutions' suppliers in it.
    """
    if everything:
        columns: Sequence[str] = list(tables.link_decisions.columns())
        rows = decisions.read(project, tables.link_decisions)
        if anchors is not None:
            with snapshot.current(project).engine(anchors=anchors) as engine:
                own = {row["supplier_key"] for row in engine.rows("SELECT supplier_key FROM suppliers")}
            rows = [row for row in rows if row["supplier_key"] in own]
    else:
        columns = [*FIRST, *(name for name in tables.link_decisions.columns() if name not in FIRST)]
        translate = reports.Translator(language)
        with snapshot.current(project).engine(anchors=anchors) as engine:
            rows = engine.rows(QUEUE)
            cases = read_cases(engine, [row["supplier_key"] for row in rows])
        why = {case.supplier_key: reports.explain(case, translate).sentence for case in cases}
        rows = [{**row, "why": why.get(row["supplier_key"], "")} for row in rows]
    write_sheet(file, columns, rows)
    return len(rows)


class Kind(Enum):
    """What a judged row of a sheet would do."""

    NEW = "new"
    CHANGED = "changed"
    KNOWN = "known"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Change:
    """One judged row of a sheet and what it would do.

    NEW judges a pair that nobody judged, CHANGED one whose latest judgement is `before`, said by `before_by`, KNOWN
    repeats that judgement and is left out where people are agreed, NOBODY names a supplier or an organisation that
    was not read; it is stored and waits.
    """

    kind: Kind
    row: Mapping[str, Any]
    name: str
    before: str | None = None
    before_by: str | None = None


def preview(project: Project, file: Path, by: str = "", *, anchors: Collection[str] | None = None) -> list[Change]:
    """What the judgements in a file made by `export` would change. Raises InputError naming the line that is wrong.

    An organisation may be named by its number alone, as its register writes it, where one only has that number.
    Wrong is also a line that says 'same' or 'different' of no organisation, which would count for nothing, and one that
    contradicts another that is told at the same moment. With `anchors` suppliers of other institutions are nobody,
    whatever was said of them.
    """
    header, listed = read_sheet(file)
    wanted = tables.link_decisions.columns()
    unknown = set(header) - set(wanted) - set(SHOWN)
    if unknown or "judgement" not in header or "supplier_key" not in header:
        raise InputError("{file} is no list of decisions. Make one with: bygd decisions export FILE", file=file.name)
    judged = []
    for number, row in listed:
        if said := (row.get("judgement") or "").strip().lower():
            defaults = {
                "decided_by": by.strip() or getpass.getuser(),
                "decided_at": decisions.now().isoformat(),
            }
            full = {name: (row.get(name) or "").strip() or defaults.get(name, "") for name in wanted}
            judged.append((number, {**full, "judgement": said}))
    read, faults = decisions.sifted(wanted, judged, tables.link_decisions, file.name)
    own_time = {number for number, row in listed if (row.get("decided_at") or "").strip()}
    faults += _disagreements(read, own_time, file.name)
    if faults:
        raise together([fault for _, fault in sorted(faults, key=lambda one: one[0])])
    rows = [row for _, row in read]
    for row in rows:
        if row["judgement"] == Judgement.ABSENT:
            row["org_id"] = None
    return _compared(project, rows, anchors)


def apply(project: Project, changes: Iterable[Change]) -> int:
    """Add the decisions of a preview that say anything new; gives how many."""
    return decisions.add(
        project, tables.link_decisions, [change.row for change in changes if change.kind is not Kind.KNOWN]
    )


def _compared(project: Project, rows: Sequence[dict[str, Any]], anchors: Collection[str] | None = None) -> list[Change]:
    latest: dict[tuple[str, str], Mapping[str, Any]] = {}
    own: dict[tuple[str, tuple[str, str]], str] = {}
    for written in sorted(decisions.read(project, tables.link_decisions), key=lambda row: row["decided_at"]):
        latest[_pair(written)] = written
        own[written["decided_by"], _pair(written)] = written["judgement"]
    differing = _differing(own)
    schemes = project.country.conventions().schemes
    meant = {
        said: [said, *(one.org_id for one in read_number(said, schemes))]
        for said in {row["org_id"] for row in rows if row["org_id"]}
    }
    with snapshot.current(project).engine(anchors=anchors) as engine:
        names = {row["supplier_key"]: row["name"] for row in engine.rows("SELECT supplier_key, name FROM suppliers")}
        asked = sorted({one for ids in meant.values() for one in ids})
        marks = ", ".join("?" * len(asked)) or "NULL"
        known = {
            row["org_id"] for row in engine.rows(f"SELECT org_id FROM organisations WHERE org_id IN ({marks})", *asked)
        }
    for row in rows:
        fitting = sorted(known & set(meant.get(row["org_id"], ())))
        if len(fitting) == 1:
            row["org_id"] = fitting[0]
    found = []
    for row in rows:
        is_hidden = anchors is not None and row["supplier_key"] not in names
        before = None if is_hidden else latest.get(_pair(row))
        kind = Kind.NEW if before is None else Kind.CHANGED
        is_repeated = before is not None and before["judgement"] == row["judgement"]
        is_settling = row["supplier_key"] in differing and own.get((row["decided_by"], _pair(row))) != row["judgement"]
        if is_repeated and not is_settling:
            kind = Kind.KNOWN
        elif row["supplier_key"] not in names or (row["org_id"] and row["org_id"] not in known):
            kind = Kind.NOBODY
        name = names.get(row["supplier_key"], row["supplier_key"])
        said = (before["judgement"], before["decided_by"]) if before else (None, None)
        found.append(Change(kind, row, name, *said))
    return found


def _differing(own: Mapping[tuple[str, tuple[str, str]], str]) -> set[str]:
    """Suppliers of which people said different things last; whoever repeats one of them then helps to settle it."""
    said: dict[str, dict[str, set[tuple[str, str]]]] = {}
    for (by, (supplier_key, org_id)), judgement in own.items():
        if judgement != Judgement.UNSURE:
            said.setdefault(supplier_key, {}).setdefault(by, set()).add((org_id, judgement))
    return {key for key, people in said.items() if len({frozenset(words) for words in people.values()}) > 1}


def _disagreements(
    rows: Iterable[tuple[int, Mapping[str, Any]]], own_time: Collection[int], name: str
) -> Iterator[tuple[int, InputError]]:
    """Judgements of no organisation, and of two that cannot both be meant the later one, by line."""
    said: dict[tuple[str, str], tuple[int, str]] = {}
    for number, row in rows:
        judgement, org_id = row["judgement"], row["org_id"] or ""
        if judgement in (Judgement.SAME, Judgement.DIFFERENT) and not org_id:
            yield number, InputError(
                "Line {line} of {file} says '{judgement}' of no organisation. Put its number under 'org_id', or say "
                "'absent' or 'unsure'.",
                line=number, file=name, judgement=judgement,
            )  # fmt: skip
            continue
        if number in own_time:
            continue
        what = "" if judgement == Judgement.ABSENT else org_id
        meant = {what: judgement}
        if judgement in (Judgement.SAME, Judgement.ABSENT):
            meant["is"] = f"{judgement} {what}"
        for part, word in meant.items():
            first, before = said.setdefault((row["supplier_key"], part), (number, word))
            if before != word:
                yield number, InputError(
                    "Lines {first} and {second} of {file} contradict each other: they are about the same supplier. "
                    "Empty the judgement of one.",
                    first=first, second=number, file=name,
                )  # fmt: skip
                break


def _pair(row: Mapping[str, Any]) -> tuple[str, str]:
    return row["supplier_key"], row["org_id"] or ""


def read_sheet(file: Path) -> tuple[list[str], list[tuple[int, dict[str, str | None]]]]:
    """Headings and numbered rows of a sheet, by content and not by the file's name."""
    if file.read_bytes()[:4] == b"PK\x03\x04":
        sheets = [rows for _name, rows in grids(file, XLSX, file.name) if rows]
        if not sheets:
            return [], []
        header, *rows = sheets[0]
        return header, [(number, dict(zip(header, row, strict=False))) for number, row in enumerate(rows, start=2)]
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            delimiter = ";" if ";" in opened.readline() else ","
            opened.seek(0)
            reader = csv.DictReader(opened, delimiter=delimiter)
            return list(reader.fieldnames or []), list(enumerate(reader, start=2))
    except UnicodeDecodeError:
        raise InputError("{file} is not in UTF-8. Save it as 'CSV UTF-8', or as XLSX.", file=file.name) from None


def write_sheet(file: Path, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    """Rows under headings, as a workbook where the file's name says so, else as CSV; no cell is a formula."""
    write = _write_xlsx if file.suffix.lower() == ".xlsx" else _write_csv
    write(file, columns, rows)


def _write_csv(file: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.DictWriter(opened, fieldnames=columns)
        writer.writeheader()
        writer.writerows({name: harmless(row[name]) for name in columns} for row in rows)


def _write_xlsx(file: Path, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    """A workbook whose cells are texts and numbers, never formulas; judgements are chosen from a list."""
    with xlsxwriter.Workbook(
        str(file), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    ) as book:
        sheet = book.add_worksheet("decisions")
        bold, text = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "@", "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        money = book.add_format({"num_format": "#,##0.00", "valign": "top"})
        for place, name in enumerate(columns):
            sheet.write_string(0, place, name, bold)
            sheet.set_column(place, place, WIDTHS.get(name, 18), None if name in NUMBERS else text)
        for line, row in enumerate(rows, start=1):
            for place, name in enumerate(columns):
                value = row[name]
                if value is None or value == "":
                    sheet.write_blank(line, place, None, text)
                elif name in NUMBERS:
                    sheet.write_number(line, place, value, money)
                else:
                    shown = value.isoformat() if hasattr(value, "isoformat") else str(value)
                    sheet.write_string(line, place, shown, wrapped if name == "why" else text)
        if "judgement" in columns and rows:
            place = list(columns).index("judgement")
            words = [word.value for word in Judgement]
            sheet.data_validation(1, place, len(rows), place, {"validate": "list", "source": words})
        sheet.freeze_panes(1, 2)
