"""Social value policies for people: listed, shown, checked, chosen from, and what social return is owed."""

from bygd.parameters.sentences import in_language
from bygd.workbench.policies.compared import Difference, differences, settings
from bygd.workbench.policies.known import bring, edition, every, keep
from bygd.workbench.policies.told import (
    MESSAGES,
    PACKAGE,
    choice_lines,
    choice_row,
    known_since,
    number_of,
    obligation_lines,
    obligation_row,
    score_lines,
    sentence,
    shown,
    summary,
    worth_of,
)
from bygd.workbench.policies.typed import choose, effort, level, pairs

__all__ = [
    "MESSAGES",
    "PACKAGE",
    "Difference",
    "bring",
    "choice_lines",
    "choice_row",
    "choose",
    "differences",
    "edition",
    "effort",
    "every",
    "in_language",
    "keep",
    "known_since",
    "level",
    "number_of",
    "obligation_lines",
    "obligation_row",
    "pairs",
    "score_lines",
    "sentence",
    "settings",
    "shown",
    "summary",
    "worth_of",
]
