"""Social value policies for people: listed, shown, checked, chosen from, and what social return is owed."""

from bygd.workbench.policies.known import bring, edition, every, keep
from bygd.workbench.policies.told import (
    MESSAGES,
    PACKAGE,
    choice_lines,
    choice_row,
    known_since,
    obligation_lines,
    obligation_row,
    score_lines,
    sentence,
    shown,
    summary,
)
from bygd.workbench.policies.typed import choose, effort, level, pairs

__all__ = [
    "MESSAGES",
    "PACKAGE",
    "bring",
    "choice_lines",
    "choice_row",
    "choose",
    "edition",
    "effort",
    "every",
    "keep",
    "known_since",
    "level",
    "obligation_lines",
    "obligation_row",
    "pairs",
    "score_lines",
    "sentence",
    "shown",
    "summary",
]
