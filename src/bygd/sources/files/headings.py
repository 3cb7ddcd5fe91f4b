"""Headings: names of columns as written, each made distinct, and made comparable."""

import re
from collections.abc import Iterable, Sequence


def plain(name: str) -> str:
    """A header's name without case, punctuation, short brackets and double blanks: `Net Amount (£)` → `net amount`."""
    shorter = re.sub(r"(?i)\((kr|[a-z]{3}(?<!tkr)(?<!mkr)|[^()]?|[^a-z()]{0,3})\)", " ", name.replace("\u00a0", " "))
    return " ".join(re.sub(r"[\W_]+", " ", shorter.casefold()).split())


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Names as written but stripped; `column 3` for a blank one, `Amount (2)` for a repeated one."""
    found: list[str] = []
    for place, name in enumerate(names, start=1):
        shown = " ".join(name.replace("\u00a0", " ").split()) or f"column {place}"
        again, base = 2, shown
        while shown in found:
            shown, again = f"{base} ({again})", again + 1
        found.append(shown)
    return tuple(found)


def unnamed(names: Sequence[str], place: int) -> bool:
    """Whether the column has no name of its own."""
    return names[place] == f"column {place + 1}"
