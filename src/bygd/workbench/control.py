"""Control sums for people: what was read, set aside and left out, in lines to print."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bygd.engine import Engine
from bygd.reports import Translator
from bygd.reports.translate import N_
from bygd.vocabulary.words import NotProcurement, SetAside
from bygd.workbench.snapshot import Snapshot

HARMLESS = (SetAside.BLANK, SetAside.REPEATED_HEADER, SetAside.TOTAL, SetAside.OTHER_ENTRY)

ANCHORS = """
SELECT anchor, currency, COUNT(*) AS files, SUM(rows_file) AS rows_file, SUM(rows_read) AS rows_read,
       SUM(rows_masked) AS rows_masked, SUM(amount_file) AS amount_file, SUM(amount_read) AS amount_read,
       SUM(amount_set_aside) AS amount_set_aside, SUM(rounding) AS rounding
FROM ledger_files GROUP BY anchor, currency ORDER BY anchor, currency
"""
ASIDE = """
SELECT f.anchor, f.currency, s.reason, COUNT(*) AS rows, COALESCE(SUM(s.amount), 0) AS amount
FROM set_aside s JOIN ledger_files f ON f.file_key = s.file_key
GROUP BY f.anchor, f.currency, s.reason ORDER BY f.anchor, rows DESC, s.reason
"""
LOST = f"""
SELECT f.path, f.sheet, s.row_number, f.anchor, f.currency, s.reason
FROM set_aside s JOIN ledger_files f USING (file_key)
WHERE s.reason NOT IN ({", ".join(f"'{reason.value}'" for reason in HARMLESS)})
ORDER BY f.path, f.sheet, s.row_number LIMIT 1000
"""
EXAMPLES = 5
"""Rows set aside that are told by their places; all stand in the report's workbook."""

MIND = N_("Mind: {trap}")

EXCLUDED = """
SELECT rule, reason, SUM(amount) AS amount, SUM(payments) AS payments
FROM spend WHERE NOT is_procurement GROUP BY rule, reason ORDER BY amount DESC
"""
BY_FILE = f"""
WITH lost AS (
    SELECT file_key, COUNT(*) AS rows FROM set_aside
    WHERE reason NOT IN ({", ".join(f"'{reason.value}'" for reason in HARMLESS)}) GROUP BY file_key
)
SELECT path, anchor, currency, SUM(rows_read) AS rows_read, SUM(amount_read) AS amount_read,
       COALESCE(SUM(l.rows), 0) AS rows_lost, MIN(first_paid_on) AS first_paid_on, MAX(last_paid_on) AS last_paid_on
FROM ledger_files f LEFT JOIN lost l USING (file_key)
GROUP BY path, anchor, currency ORDER BY path, amount_read DESC
"""
BY_ANCHOR = f"""
SELECT anchor, currency, COUNT(DISTINCT path) AS files, SUM(rows_read) AS rows_read, SUM(amount_read) AS amount_read,
       SUM(rows_lost) AS rows_lost, MIN(first_paid_on) AS first_paid_on, MAX(last_paid_on) AS last_paid_on
FROM ({BY_FILE}) GROUP BY anchor, currency ORDER BY anchor, amount_read DESC
"""

ROWS_ASIDE = """
SELECT f.sheet, s.row_number, s.reason, s.detail, s.amount, s.text
FROM set_aside s JOIN ledger_files f USING (file_key) WHERE f.path = ? ORDER BY f.sheet, s.row_number
"""


def rows_aside(engine: Engine, path: str) -> list[dict[str, Any]]:
    """The rows of one ledger that were set aside: sheet, row_number, reason, detail, amount, text."""
    return engine.rows(ROWS_ASIDE, path)


def by_file(engine: Engine) -> list[dict[str, Any]]:
    """What was read from each ledger, by currency: rows, money, first and last payment, rows that are lost."""
    return engine.rows(BY_FILE)


def by_anchor(engine: Engine) -> list[dict[str, Any]]:
    """The same for each institution, with its number of files."""
    return engine.rows(BY_ANCHOR)


def summary(snapshot: Snapshot, translate: Translator) -> tuple[list[str], bool]:
    """Lines to print after a build, and whether nothing was lost and nothing needs attention.

    What to mind is told in the reader's language; sums are, as all that the command line counts, in English.
    """
    lines, is_clean = [], True
    with snapshot.engine() as engine:
        aside = engine.rows(ASIDE)
        lost = engine.rows(LOST)
        for row in engine.rows(ANCHORS):
            blank = sum(part["rows"] for part in aside if _alike(part, row) and part["reason"] == SetAside.BLANK)
            lines.append(
                f"{row['anchor']}: {_counted(row['files'], 'sheet')}, "
                f"{row['rows_read']:,} of {row['rows_file'] - blank:,} rows read; "
                f"{row['amount_file']:,} {row['currency']} in the files = {row['amount_read']:,} read "
                f"+ {row['amount_set_aside']:,} set aside + {row['rounding']:,} rounding; "
                f"{_counted(row['rows_masked'], 'payment')} to masked persons"
            )
            for part in (part for part in aside if _alike(part, row)):
                reason = SetAside(part["reason"])
                if reason is SetAside.BLANK:
                    continue  # what holds nothing is no row to anybody who reads this
                lines.append(
                    f"  set aside, {reason.label.lower()}: {_counted(part['rows'], 'row')}, {part['amount']:,}"
                    + _where([one for one in lost if _alike(one, part) and one["reason"] == reason], part["rows"])
                )
                is_clean = is_clean and reason in HARMLESS
        for row in engine.rows(EXCLUDED):
            why = NotProcurement(row["reason"]).label.lower()
            lines.append(
                f"left out by rule {row['rule']} ({why}): {_counted(row['payments'], 'payment')}, {row['amount']:,}"
            )
    groups = snapshot.manifest.get("groups") or {}
    if groups.get("groups"):
        lines.append(
            f"{_counted(groups['suppliers'], 'supplier')} are spellings of {_counted(groups['groups'], 'organisation')}"
            f"; {_counted(groups['split'], 'more pair')} kept apart by organisation number or legal form"
        )
    for warning in snapshot.manifest["warnings"]:
        lines.append(translate(MIND, trap=translate.said(warning)))
        is_clean = False
    lines.append(f"Snapshot {snapshot.id} stands.")
    return lines, is_clean


def _alike(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(one[name] == other[name] for name in ("anchor", "currency"))


def _where(lost: Sequence[Mapping[str, Any]], rows: int) -> str:
    """Where the first of the rows stand, for whoever goes to mend them."""
    places = [
        " ".join(part for part in (Path(one["path"]).name, one["sheet"], f"row {one['row_number']}") if part)
        for one in lost[:EXAMPLES]
    ]
    more = f" and {rows - len(places):,} more" if places and rows > len(places) else ""
    return f": {'; '.join(places)}{more}" if places else ""


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"
