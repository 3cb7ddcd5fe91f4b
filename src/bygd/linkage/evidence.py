"""Evidence: what speaks for and against a candidate, read from its JSON without a word of any language."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import exp, log
from typing import Any

SUREST = 0.9999
"""Probabilities are shown between this and its opposite: nothing is ever quite certain."""

TOPICS: dict[str, tuple[str, ...]] = {
    "words": (
        "cosine", "covered", "covers", "rarity", "missing", "extra", "conflict", "words", "words_named", "length",
    ),
    "spelling": (
        "sorted", "subset", "letters", "winkler", "partial", "first_word", "last_word", "same_squeezed", "starts",
        "misspelled", "initials", "is_cut", "trading_as", "before_trading_as",
        "renamed",
    ),
    "sorts": (
        "place_word", "other_place_word", "satellite_word", "other_satellite_word", "public_word", "other_public_word",
    ),
    "digits": ("digits_differ",),
    "form": ("same_form", "other_form", "form_left_out", "form_added", "person_name"),
    "place": ("same_postcode", "same_area", "same_town", "other_place"),
    "other_name": ("other_name", "hidden_name"),
    "standing": ("is_ended", "not_yet", "long_ended"),
    "trade": ("same_trade", "other_trade"),
    "number": ("other_number",),
    "namesakes": ("holding", "namesakes"),
}  # fmt: skip
"""What a picture has room for → the features that belong to it. Others stand under REST."""

REST = "rest"
NUMBER_FOUND = "number_found"
RIVALS = "rivals"

TOPIC_OF = {feature: topic for topic, features in TOPICS.items() for feature in features}


def logit(probability: float) -> float:
    """Log-odds of a probability, kept within what is ever shown."""
    kept = min(SUREST, max(1 - SUREST, probability))
    return log(kept / (1 - kept))


def probability(log_odds: float) -> float:
    """The probability of log-odds."""
    return 1 / (1 + exp(-log_odds))


@dataclass(frozen=True)
class Part:
    """One feature: what was seen, and by how much it moves the log-odds (None where no weights were kept)."""

    feature: str
    value: float | None
    weight: float | None

    @property
    def topic(self) -> str:
        """What it is about."""
        return TOPIC_OF.get(self.feature, REST)


@dataclass(frozen=True)
class Step:
    """One step of the way from the base to the probability, in log-odds."""

    topic: str
    start: float
    end: float

    @property
    def move(self) -> float:
        """Up where it speaks for the link, down where against."""
        return self.end - self.start


@dataclass(frozen=True)
class Evidence:
    """What is known for and against one candidate. Every part may be missing.

    `days` are those of register and payments, `trade` the industry and what was bought, where they say something.
    """

    score: float | None = None
    parts: tuple[Part, ...] = ()
    base: float | None = None
    registered_name: str | None = None
    variant: str | None = None
    form: str | None = None
    address: str | None = None
    number: str | None = None
    number_agrees: bool = True
    rules: str | None = None
    days: Mapping[str, Any] = field(default_factory=dict)
    trade: Mapping[str, Any] = field(default_factory=dict)
    decision: Mapping[str, Any] = field(default_factory=dict)

    def seen(self, feature: str) -> float | None:
        """What was seen of a feature."""
        return next((part.value for part in self.parts if part.feature == feature), None)

    def weight(self, topic: str) -> float:
        """By how much all features of a topic together move the log-odds."""
        return sum(part.weight or 0.0 for part in self.parts if part.topic == topic)

    @property
    def is_weighed(self) -> bool:
        """True where the way from base to probability is known."""
        return self.base is not None and self.score is not None

    def steps(self) -> list[Step]:
        """The way from base to probability by topic, in a fixed order; nothing where no weights were kept.

        The model adds up, so the steps are exact. What is left at the end is the organisation
        number where one led here, else its rivals: what other organisations take of the probability.
        """
        if self.base is None or self.score is None:
            return []
        found, at = [], self.base
        for topic in (*TOPICS, REST):
            if move := self.weight(topic):
                found.append(Step(topic, at, at + move))
                at += move
        end = logit(self.score)
        # Beyond what is ever shown the last step would only undo what was cut off.
        if self.number or abs(end - logit(probability(at))) > 0.005:
            found.append(Step(NUMBER_FOUND if self.number else RIVALS, at, end))
        return found


DECIDED = (
    "judgement", "decided_by", "decided_at", "decided_id", "in_register", "contradicted_by", "followed", "succession",
    "succeeded_on", "succession_problem", "unsought",
)  # fmt: skip
"""What a link's evidence says besides its candidate's: who decided, whose place the organisation took, why nobody was
looked for."""


def read(evidence: str | Mapping[str, Any], score: float | None = None) -> Evidence:
    """The evidence of a candidate or link: its JSON text, or what that reads as. Unknown entries are passed over.

    `score` is the candidate's, for evidence that does not repeat it.
    """
    facts: Mapping[str, Any] = json.loads(evidence) if isinstance(evidence, str) else evidence
    values, weights = facts.get("features") or {}, facts.get("weights") or {}
    names = [*values, *(name for name in weights if name not in values)]
    return Evidence(
        score=_number(facts.get("score")) if score is None else score,
        parts=tuple(Part(name, _number(values.get(name)), _number(weights.get(name))) for name in names),
        base=_number(facts.get("base")),
        registered_name=facts.get("registered_name"),
        variant=facts.get("variant"),
        form=facts.get("form"),
        address=facts.get("address"),
        number=facts.get("number"),
        number_agrees=facts.get("number_agrees") is not False,
        rules=facts.get("rules"),
        days=facts.get("days") or {},
        trade=facts.get("trade") or {},
        decision={name: facts[name] for name in DECIDED if facts.get(name) is not None},
    )


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
