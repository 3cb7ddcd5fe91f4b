"""Issue forums for people: which proposals are alike, and what the rules say may be asked of a purchase."""

import re
from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from bygd.reports.translate import Translator
from bygd.sources.errors import InputError
from bygd.tools.procurement import Buyer, Kind, Part, Question
from bygd.workbench import lawful

Key = TypeVar("Key", bound=Hashable)

LETTERS = re.compile(r"\w{4,}")
STEM = 6
"""Letters of a word that count; endings and second halves of compounds do not."""
ALIKE = 0.4
"""Share of words in common from which two texts are offered as alike. An offer: people gather proposals, not this."""
HINTED = (Part.CONDITION, Part.RESERVATION)


def alike(text: str, others: Mapping[Key, Iterable[str]]) -> list[Key]:
    """Which of the others have words in common with a text, most first; each is known by one or several texts."""
    own = _words(text)
    scores = {key: max((_overlap(own, _words(other)) for other in texts), default=0.0) for key, texts in others.items()}
    return sorted((key for key, score in scores.items() if score >= ALIKE), key=lambda key: -scores[key])


def hints(
    country: str, translate: Translator, day: date, *, cpv: str = "", value: Decimal | None = None,
    folder: Path | None = None,
) -> list[dict[str, Any]]:  # fmt: skip
    """What the rules say of conditions and reservations for such a purchase, as rows of `lawful.row`.

    Without a value it is asked for a small purchase of services. Empty where no rules are known.
    """
    kind = None if cpv else Kind.SERVICES
    question = Question(on=day, buyer=Buyer.MUNICIPALITY, value=value or Decimal(1), kind=kind, cpv=cpv)
    try:
        answer = lawful.ask(country, question, folder)
    except InputError:
        return []
    return [lawful.row(one, answer.currency, translate) for one in answer.statements if one.part in HINTED]


def _words(text: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in LETTERS.findall(text.casefold()))


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    if min(len(one), len(other)) < 2:
        return 0.0
    return len(one & other) / min(len(one), len(other))
