"""figures.json and control.json: the stable interface for other programs. Described in docs/reference/figures.md."""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from bygd.reports.subject import Subject
from bygd.tools import spend
from bygd.vocabulary import years

VERSION = 1
"""Rises when a field is taken away or changes its meaning; new fields do not raise it."""

FILES = "SELECT * FROM ledger_files ORDER BY anchor, path, sheet, file_key"

ASIDE = """
    SELECT file_key, reason, COUNT(*) AS number, SUM(amount) AS amount FROM set_aside
    GROUP BY file_key, reason ORDER BY file_key, reason
"""

# The rule of a payment is that of its spend line. Where lines of different rules share anchor, supplier,
# year, category and currency, each file's part of them stands in split_lines.
EXCLUDED = f"""
    WITH told AS (
        SELECT anchor, supplier_key, year, category, currency, MIN(rule) AS rule, MIN(reason) AS reason
        FROM ({spend.LINES}) AS lines
        WHERE supplier_key IN (SELECT supplier_key FROM spend WHERE NOT is_procurement)
        GROUP BY anchor, supplier_key, year, category, currency HAVING COUNT(*) = 1 AND MIN(rule) <> ''
    ), parts AS (
        SELECT p.file_key, l.rule, l.reason, 1 AS payments, p.amount
        FROM payments AS p
        JOIN told AS l
          ON l.anchor = p.anchor AND l.supplier_key = p.supplier_key AND l.currency = p.currency
         AND l.category = COALESCE(p.category, '')
         AND l.year = YEAR(p.paid_on) - CASE WHEN MONTH(p.paid_on) < ? THEN 1 ELSE 0 END
        UNION ALL
        SELECT file_key, rule, reason, payments, amount FROM ({spend.SPLIT}) AS split
    )
    SELECT file_key, rule, reason, SUM(payments) AS payments, SUM(amount) AS amount
    FROM parts WHERE rule <> '' GROUP BY file_key, rule, reason ORDER BY file_key, rule
"""

TOTAL = """
    SELECT rule, reason, SUM(payments) AS payments, SUM(amount) AS amount
    FROM spend WHERE NOT is_procurement AND currency = ? GROUP BY rule, reason ORDER BY rule
"""


def figures(subject: Subject) -> str:
    """figures.json: every figure, sorted by anchor (the pool first), id and period."""
    rows = [
        {**figure.as_row(), **({"withheld": figure.id in subject.withheld} if subject.is_public else {})}
        for figure in subject.figures
    ]
    rows.sort(key=lambda row: (row["anchor"] or "", row["id"], row["period"]))
    return _json(
        {
            "version": VERSION,
            "audience": str(subject.audience),
            "place": _place(subject),
            "snapshot": subject.snapshot,
            "figures": rows,
        }
    )


def control(subject: Subject) -> str:
    """control.json: per input file what was read, masked, set aside and left out, and the file's own sum."""
    year_starts = years.begins(subject.manifest)
    aside = _by_file(subject.engine.rows(ASIDE))
    # Single files hold few suppliers, so what was left out of each is not told to everybody.
    excluded = {} if subject.is_public else _by_file(subject.engine.rows(EXCLUDED, year_starts))
    files = [_file(row, aside, excluded, subject) for row in subject.engine.rows(FILES)]
    totals = {
        "rows": {name: sum(file["rows"][name] for file in files) for name in _ROWS},
        "money": [_sums(currency, files) for currency in sorted({file["currency"] for file in files})],
        "excluded": _excluded_in_all(subject),
        "currency": subject.currency,
    }
    return _json(
        {
            "version": VERSION,
            "audience": str(subject.audience),
            "place": _place(subject),
            "snapshot": subject.snapshot,
            "files": files,
            "totals": totals,
        }
    )


_ROWS = ("file", "read", "masked", "set_aside")
_MONEY = ("file", "read", "set_aside", "rounding")


def _file(
    row: Mapping[str, Any], aside: Mapping[str, Any], excluded: Mapping[str, Any], subject: Subject
) -> dict[str, Any]:
    """One sheet of one ledger."""
    return {
        "path": row["path"],
        "sheet": row["sheet"],
        "anchor": row["anchor"],
        "sha256": row["sha256"],
        "layout": row["layout"],
        "currency": row["currency"],
        "vat": row["vat"],
        "period": [str(row[name]) if row[name] else None for name in ("first_paid_on", "last_paid_on")],
        "rows": {name: row[f"rows_{name}"] for name in _ROWS},
        "money": {
            "file": _money(row["amount_file"]),
            "read": _money(row["amount_read"]),
            "set_aside": _money(row["amount_set_aside"]),
            "rounding": _money(row["rounding"]),
        },
        "set_aside": [
            {
                "reason": part["reason"],
                "rows": part["number"],
                "money": None if subject.is_public else _money(part["amount"]),
            }
            for part in aside.get(row["file_key"], ())
        ],
        "excluded": [_rule(part) for part in excluded.get(row["file_key"], ())],
    }


def _excluded_in_all(subject: Subject) -> list[dict[str, Any]]:
    """What each rule left out of all files; by reason only, and withheld where it must be, for everybody."""
    if not subject.is_public:
        return [_rule(row) for row in subject.engine.rows(TOTAL, subject.currency)]
    parts = sorted(subject.parts("reason", where="NOT is_procurement"), key=lambda part: str(part.key))
    return [
        {"rule": None, "reason": part.key[0], "payments": None, "money": _money(part.amount) if part.amount else None}
        for part in parts
    ]


def _rule(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "rule": row["rule"],
        "reason": row["reason"],
        "payments": int(row["payments"]),
        "money": _money(row["amount"]),
    }


def _sums(currency: str, files: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The files' sums in one currency."""
    found = [file["money"] for file in files if file["currency"] == currency]
    return {
        "currency": currency,
        **{name: _money(sum((Decimal(str(money[name])) for money in found), Decimal(0))) for name in _MONEY},
    }


def _by_file(rows: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["file_key"], []).append(row)
    return found


def _place(subject: Subject) -> dict[str, str]:
    return {"id": subject.place.area_id, "name": subject.place.name}


def _money(amount: Decimal | None) -> float:
    """Money as a JSON number; two decimals survive up to nine thousand billion."""
    return float(amount or 0)


def _json(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
