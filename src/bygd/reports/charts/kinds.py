"""Charts of money by kind: ownership, size, what leaves by category, what was left out."""

from collections.abc import Mapping, Sequence
from typing import Any

from bygd.reports.charts.theme import WIDE, bars
from bygd.reports.translate import Translator

Rows = Sequence[Mapping[str, Any]]


def ownership(rows: Rows, translate: Translator, *, width: int = WIDE) -> dict[str, Any]:
    """Whose the suppliers are. Rows have `name`, `value` (share) and `is_doubt`."""
    _ = translate
    return _shares(rows, _("Whose are the suppliers?"), _("Share of purchases"), translate, width)


def size(rows: Rows, translate: Translator, *, width: int = WIDE) -> dict[str, Any]:
    """How large the suppliers are. Rows have `name`, `value` (share) and `is_doubt`."""
    _ = translate
    return _shares(rows, _("How large are the suppliers?"), _("Share of purchases"), translate, width)


def leakage(rows: Rows, translate: Translator, *, area: str, currency: str, width: int = WIDE) -> dict[str, Any]:
    """Which purchases take most money out of the place. Rows have `name` and `value` (money)."""
    _ = translate
    return _amounts(rows, _("Which purchases take most money out of {area}?", area=area), translate, currency, width)


def excluded(rows: Rows, translate: Translator, *, currency: str, width: int = WIDE) -> dict[str, Any]:
    """What was paid but is no purchase, by reason. Rows have `name` and `value` (money)."""
    _ = translate
    return _amounts(rows, _("What was left out of the share?"), translate, currency, width)


def _shares(rows: Rows, title: str, axis: str, translate: Translator, width: int) -> dict[str, Any]:
    values = [{**row, "label": translate.percent(row["value"], 1)} for row in rows]
    return bars(title, _described(values), width, values, axis=axis)


def _amounts(rows: Rows, title: str, translate: Translator, currency: str, width: int) -> dict[str, Any]:
    largest = max((abs(row["value"]) for row in rows), default=0)
    unit = translate.symbol(currency)
    scale, unit = (1_000_000, translate("Million {currency}", currency=unit)) if largest >= 1_000_000 else (1, unit)
    values = [
        {
            "name": row["name"],
            "value": round(float(row["value"]) / scale, 4),
            "label": translate.number(float(row["value"]) / scale, 1 if scale > 1 else 0),
            "is_doubt": row.get("is_doubt", False),
        }
        for row in rows
    ]
    return bars(title, _described(values), width, values, axis=unit, percent=False)


def _described(values: Rows) -> str:
    return "; ".join(f"{row['name']}: {row['label']}" for row in values)
