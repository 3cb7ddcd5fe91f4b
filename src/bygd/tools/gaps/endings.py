"""Endings: which contracts of a kind of purchase end when, as far as the register of contracts says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bygd.engine import Engine
from bygd.linkage.trades import meant
from bygd.sources.conventions import Conventions
from bygd.tools.gaps.bought import Which

# What most of an organisation's money was paid for by one institution.
MOSTLY = """
    SELECT anchor, org_id, kind FROM (
        SELECT anchor, org_id, kind, ROW_NUMBER() OVER (PARTITION BY anchor, org_id ORDER BY amount DESC, kind) AS place
        FROM (
            SELECT CAST(l.anchor AS VARCHAR) AS anchor, CAST(p.org_id AS VARCHAR) AS org_id,
                   LOWER(TRIM(CAST(l.category AS VARCHAR))) AS kind, SUM(l.amount) AS amount
            FROM spend_lines AS l JOIN payees AS p ON p.supplier_key = l.supplier_key
            WHERE l.rule = '' AND p.rule = '' AND l.currency = ? AND {where} AND p.org_id IN ({marks})
            GROUP BY 1, 2, 3
        ) AS sums
    ) AS ranked WHERE place = 1
"""


@dataclass(frozen=True)
class Ending:
    """A contract of a kind that has not ended; `ends_on` is the last day without options, `longest_until` with all.

    `next_end` is the day it ends from today: once it runs on options, the last day with all of them. `is_open` where it
    has options and that day is not known: nobody can tell when it ends at the latest.
    """

    contract_key: str
    anchor: str
    title: str
    supplier: str
    value: Decimal | None
    currency: str
    ends_on: date | None
    longest_until: date | None
    next_end: date | None
    is_open: bool = False


def mostly(engine: Engine, which: Which, organisations: Iterable[str]) -> dict[tuple[str, str], str]:
    """For what each institution mostly paid each of those organisations: the kind by anchor and org_id."""
    listed = sorted(set(organisations))
    if not listed:
        return {}
    condition, values = which.sql("l.")
    statement = MOSTLY.format(where=condition, marks=", ".join("?" * len(listed)))
    return {(row["anchor"], row["org_id"]): row["kind"] for row in engine.rows(statement, *values, *listed)}


def by_kind(
    contracts: Iterable[Mapping[str, Any]],
    labels: Mapping[str, str],
    conventions: Conventions,
    today: date,
    paid_for: Mapping[tuple[str, str], str] | None = None,
) -> dict[str, tuple[Ending, ...]]:
    """Contracts that run on or after `today` by kind, those that end first first; `labels` are the kinds looked for.

    A contract belongs to the kind for which its institution mostly paid its supplier (`paid_for`), else to those
    whose words mean its CPV code. One whose last day is not known, or that runs on options without an end, comes last.
    """
    codes = {kind: meant(label, conventions) for kind, label in labels.items()}
    found: dict[str, list[Ending]] = {}
    for row in contracts:
        last = None if _is_open(row) else row.get("longest_until") or row.get("ends_on")
        if last is not None and last < today:
            continue
        for kind in _kinds(row, codes, paid_for or {}):
            found.setdefault(kind, []).append(_ending(row, today))
    return {kind: tuple(sorted(listed, key=_first)) for kind, listed in found.items()}


def _kinds(
    row: Mapping[str, Any], codes: Mapping[str, Sequence[str]], paid_for: Mapping[tuple[str, str], str]
) -> list[str]:
    mostly = paid_for.get((row["anchor"], row.get("supplier_id") or ""))
    if mostly is not None:
        return [mostly] if mostly in codes else []
    cpv = row.get("cpv") or ""
    return [kind for kind, keys in codes.items() if cpv and any(cpv.startswith(key) for key in keys)]


def _ending(row: Mapping[str, Any], today: date) -> Ending:
    first, last = row.get("ends_on"), row.get("longest_until")
    return Ending(
        row["contract_key"], row["anchor"], row["title"], row.get("supplier_name") or "", row.get("value"),
        row.get("currency") or "", first, last, first if first and first >= today else last,
        _is_open(row),
    )  # fmt: skip


def _is_open(row: Mapping[str, Any]) -> bool:
    return bool(row.get("ends_on") and row.get("options") and not row.get("longest_until"))


def _first(one: Ending) -> tuple[bool, date, str]:
    return one.next_end is None, one.next_end or date.max, one.contract_key
