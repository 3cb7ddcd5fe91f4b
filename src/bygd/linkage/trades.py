"""Trades: which industries sell what a supplier was mostly paid for."""

import re
from functools import lru_cache

import pyarrow as pa

from bygd.engine import DuckEngine
from bygd.linkage.names import fold
from bygd.sources.conventions import Conventions

CPV = re.compile(r"\b(\d{8})(?:-\d)?\b")
"""A category that is a code of the Common Procurement Vocabulary, or has one in it."""

SHORT = 4
"""Words of up to so many letters must stand by themselves; longer ones may be the beginning of a word."""

_folded = lru_cache(maxsize=4096)(fold)
"""Words of trades folded, each once: every category is compared with all of them, at each page that tells of ends."""

READ = pa.schema([("category", pa.string()), ("sold_by", pa.list_(pa.string()))])


def meant(category: str, conventions: Conventions) -> tuple[str, ...]:
    """Beginnings of CPV codes that a ledger's category stands for, in order; empty where nobody knows."""
    keys = {code[:length] for code in CPV.findall(category) for length in (2, 3)}
    text = f" {fold(category)} "
    for word, codes in conventions.trade_words.items():
        folded = _folded(word)
        if f" {folded}{' ' if len(folded) <= SHORT else ''}" in text:
            keys.update(codes)
    return tuple(sorted(keys))


def sold_by(category: str, conventions: Conventions) -> tuple[str, ...]:
    """Divisions of NACE whose firms sell what a ledger's category names, in order; empty where nobody knows."""
    keys = meant(category, conventions)
    return tuple(sorted({division for key in keys for division in conventions.trades.get(key, ())}))


def read_trades(engine: DuckEngine, conventions: Conventions) -> None:
    """Leaves `linkage_dealt`: `linkage_dealings` with `sold_by`, divisions that sell what was bought, where known."""
    rows = engine.rows(
        """SELECT DISTINCT category FROM linkage_dealings SEMI JOIN suppliers USING (supplier_key)
        WHERE category IS NOT NULL ORDER BY category"""
    )
    categories = [row["category"] for row in rows]
    sold = [list(sold_by(category, conventions)) or None for category in categories]
    engine.hold("linkage_sold", pa.table({"category": categories, "sold_by": sold}, schema=READ))
    engine.sql("linkage_dealt", "SELECT d.*, sold_by FROM linkage_dealings d LEFT JOIN linkage_sold USING (category)")
    engine.forget("linkage_sold")


def division(column: str, conventions: Conventions, length: int = 2) -> str:
    """SQL: the division of an industry code; null where there is none, or where it says nothing of what is sold.

    With another `length` so many of its digits, such as those of the class (4).
    """
    digits = f"regexp_replace({column}, '[^0-9]', '', 'g')"
    silent = "|".join(conventions.silent_industries) or "$^"
    says = f"length({digits}) >= 2 AND NOT regexp_matches({digits}, '^({silent})')"
    return f"CASE WHEN {says} THEN left({digits}, {length}) END"
