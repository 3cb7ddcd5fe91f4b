"""Breakdown: spending by what was asked for, as texts in the reader's language, for a terminal."""

from collections.abc import Mapping, Sequence
from typing import Any

from bygd.reports.industries import industry
from bygd.reports.translate import N_, Translator
from bygd.vocabulary import years
from bygd.vocabulary.words import OwnershipKind, SizeBand

HEADS = {
    "anchor": N_("anchor"), "year": N_("year"), "ownership": N_("ownership"), "industry": N_("industry"),
    "size": N_("size"), "category": N_("category"), "currency": N_("currency"),
    "total": N_("total"), "local": N_("local"), "share": N_("share"), "between": N_("between"),
    "suppliers": N_("suppliers"),
}  # fmt: skip
"""Columns by name. In English they are the names that are typed to ask for them."""
NOTES = (
    N_("share: local of the money that could be placed"),
    N_("between: if all other money were elsewhere, or here"),
)
NOTHING = N_("Nothing to show.")


def cells(
    row: Mapping[str, Any], dimensions: Sequence[str], translate: Translator, year_starts: int = years.JANUARY
) -> list[str]:
    """What a row says: its dimensions, all money, the local, the share and its bounds, and how many suppliers."""
    _ = translate
    share = _("unknown") if row["share"] is None else _.percent(row["share"], 1)
    money = [_.number(row[name]) for name in ("total", "local")]
    told = (_dimension(name, row[name], _, year_starts) for name in dimensions)
    return [*told, *money, share, _between(row, _), _.number(row["suppliers"])]


def _dimension(name: str, value: Any, translate: Translator, year_starts: int) -> str:
    if name == "year":
        return years.named(value, year_starts)
    words = {"ownership": OwnershipKind, "size": SizeBand}
    if name == "industry":
        return industry(str(value), translate)
    known = next((one for one in words.get(name, ()) if one.value == value), None)
    return translate.word(known) if known is not None and translate.language != "en" else str(value)


def _between(row: Mapping[str, Any], translate: Translator) -> str:
    """The bounds of the share; empty where it cannot be told."""
    if row["low"] is None or row["high"] is None:
        return ""
    low, high = (translate.percent(row[name]) for name in ("low", "high"))
    return high if low == high else f"{low.rstrip('%').rstrip()}–{high}"
