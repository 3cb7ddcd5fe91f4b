"""Influence: whether a kind of purchase could be placed elsewhere at all, as people found, else by rules."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bygd.countries import Country
from bygd.linkage.names import fold
from bygd.vocabulary.words import Influence

FILE = "influence.yaml"


@dataclass(frozen=True)
class Rule:
    """What a word in a ledger suggests, and why; `texts` are the reasons by language."""

    word: str
    influence: Influence
    texts: Mapping[str, str]
    source: str
    verified: bool


@dataclass(frozen=True)
class Found:
    """Whether a kind can be influenced. Said by a person (`decided_by`), suggested by a rule, or open."""

    influence: Influence = Influence.OPEN
    reason: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    anchor: str | None = None
    decided_by: str = ""
    decided_at: datetime | None = None
    source: str = ""

    @property
    def is_suggested(self) -> bool:
        """Whether a rule says it, and no person."""
        return not self.decided_by and self.influence is not Influence.OPEN


NOT_JUDGED = Found()


def rules(country: Country) -> tuple[Rule, ...]:
    """The words that suggest something, those of the country's own pack first; longer words first within it."""
    contents = country.yaml(FILE)
    reasons = {key: one for _, content in reversed(contents) for key, one in (content.get("reasons") or {}).items()}
    found = []
    for _, content in contents:
        words = content.get("words") or {}
        for word, key in sorted((words.get("found") or {}).items(), key=lambda pair: -len(pair[0])):
            reason = reasons[key]
            found.append(
                Rule(
                    fold(word),
                    Influence(reason["influence"]),
                    {language: text for language, text in reason.items() if language != "influence"},
                    words["source"]["title"],
                    bool(words.get("verified", True)),
                )
            )
    return tuple(found)


def suggested(label: str, known: Iterable[Rule]) -> Found:
    """What the rules suggest of a category as the ledger writes it; open where none fits."""
    text = f" {fold(label)}"
    rule = next((one for one in known if f" {one.word}" in text), None)
    return Found(rule.influence, texts=rule.texts, source=rule.source) if rule else NOT_JUDGED


def standing(
    decided: Iterable[Mapping[str, Any]], anchors: Collection[str] | None = None
) -> dict[str, tuple[Mapping[str, Any], ...]]:
    """Rows of influence_decisions by kind, the latest last: those about all institutions and about the ones named.

    With None those about every institution.
    """
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in sorted(decided, key=lambda row: row["decided_at"]):
        if not row["anchor"] or anchors is None or row["anchor"] in anchors:
            found.setdefault(row["category"], []).append(row)
    return {kind: tuple(rows) for kind, rows in found.items()}


def found(label: str, said: Iterable[Mapping[str, Any]], known: Iterable[Rule]) -> Found:
    """How a kind stands: the latest word of a person, or what the rules suggest where nobody says one."""
    latest = None
    for row in said:
        latest = row
    if latest is None or latest["influence"] == Influence.OPEN:
        return suggested(label, known)
    return Found(
        Influence(latest["influence"]),
        latest["reason"] or "",
        anchor=latest["anchor"],
        decided_by=latest["decided_by"],
        decided_at=latest["decided_at"],
    )
