"""Policy: themes, measures and limits of a social value policy, each edition with its day, source and version."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from bygd.parameters.named import Named
from bygd.parameters.sentences import Texts, in_language, note
from bygd.sources.errors import InputError
from bygd.vocabulary.said import Said
from bygd.vocabulary.words import Word


class Kind(Word):
    """How an answer to a measure is given."""

    LEVEL = "level", "Level"
    QUANTITY = "quantity", "Quantity"
    YES_NO = "yes_no", "Yes or no"


class Per(Word):
    """For what a measure is worth its amount."""

    YEAR = "year", "One person, full time for a year"
    MONTH = "month", "One person for a month"
    HOUR = "hour", "An hour"
    DAY = "day", "A day"
    ONCE = "once", "A person, once"
    UNIT = "unit", "A unit of the measure"
    PAID = "paid", "What was paid, without VAT"
    AGREED = "agreed", "To be agreed with the buyer"


class Spread(Word):
    """How the weight of social value is spread over the measures chosen."""

    EVEN = "even", "Evenly over the measures chosen"
    FREE = "free", "As the buyer decides"


class Points(Word):
    """How a level becomes a share of the points; which of them is a setting where a policy does not say."""

    FROM_LOWEST = "from_lowest", "The lowest level gives nothing"
    OF_HIGHEST = "of_highest", "A level gives its share of the highest"


@dataclass(frozen=True, slots=True)
class Worth:
    """What a measure counts for in money. `amount` is None where it is what was paid, or where nobody read it.

    `bonus`: it comes on top of another measure for the same person; `pro_rata` whether it shrinks with
    hours and months, None where nobody read that. `at_most_months`: longer counts no more.
    """

    amount: Decimal | None
    per: Per
    bonus: bool = False
    pro_rata: bool | None = None
    at_most_months: int | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """What a supplier may be asked for. `text` is in the policy's language, and in others where it was translated."""

    code: str
    theme: str
    text: Texts
    kind: Kind
    unit: str
    verified: bool
    worth: Worth | None = None
    note: Texts = field(default_factory=dict)

    def text_in(self, language: str) -> str:
        """The text in that language, else in English, else in the first it has."""
        return in_language(self.text, language)


@dataclass(frozen=True, slots=True)
class Theme:
    """A heading of a policy; without measures where those were not read."""

    code: str
    text: Texts
    verified: bool
    measures: tuple[Measure, ...]
    note: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a policy sets: from which value, the weight, how it is spread, how many measures, which always.

    `above` itself is outside, `at_least` itself within. Weights are shares of the whole score. An
    `unless` says who may decide otherwise; where it is empty nobody may.
    """

    above: Decimal | None = None
    at_least: Decimal | None = None
    value_unless: Texts = field(default_factory=dict)
    least: Decimal | None = None
    most: Decimal | None = None
    weight_unless: Texts = field(default_factory=dict)
    spread: Spread | None = None
    fewest: int | None = None
    highest: int | None = None
    always: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskFirst:
    """A question to answer with yes or no before a policy is used; `otherwise` says what to do where it is no."""

    code: str
    text: Texts
    otherwise: Texts


@dataclass(frozen=True, slots=True)
class SocialReturn:
    """A share of the contract sum to be filled; `share` and `full_time` (hours a week) are None where not read."""

    share: Decimal | None
    full_time: Decimal | None


@dataclass(frozen=True)
class Edition:
    """A policy as it held from a day on: what a tender is made with.

    `since` is None where nobody read from which day it holds; then it is known to hold from
    `checked`, when its source was read. `version` is a hash of all that a tender rests on; a source
    read again, a note, or what it is `called` to readers, does not change it. `licence` stands where
    text and values belong to somebody else and may not be published.
    """

    policy: str
    version: str
    name: str
    title: Texts
    about: Texts
    language: str
    currency: str
    since: date | None
    until: date | None
    checked: date | None
    verified: bool
    source: Named
    note: Texts
    licence: str
    themes: tuple[Theme, ...]
    limits: Limits
    levels: tuple[int, int] | None
    points: Points | Mapping[int, Decimal] | None
    ask_first: tuple[AskFirst, ...]
    answer: tuple[Texts, ...]
    social_return: SocialReturn | None
    content: Mapping[str, Any] = field(repr=False, compare=False)
    called: Texts = field(default_factory=dict)

    @property
    def measures(self) -> dict[str, Measure]:
        """Every measure by its code, in the order of the policy."""
        return {measure.code: measure for theme in self.themes for measure in theme.measures}

    @property
    def id(self) -> str:
        """What a tender keeps: the policy and the version it was made with."""
        return f"{self.policy}@{self.version}"

    def measure(self, code: str) -> Measure:
        """The measure of that code. Raises InputError, listing those there are."""
        found = self.measures.get(code)
        if found is None:
            raise InputError(
                "{policy} has no measure '{code}'. Known: {known}.",
                policy=self.policy,
                code=code,
                known=self.measures or Said("none"),
            )
        return found

    def published(self) -> "Edition":
        """The edition as it may be shown to everybody: under a licence neither texts nor values of its measures."""
        if not self.licence:
            return self
        themes = tuple(
            replace(
                theme,
                text={},
                note={},
                measures=tuple(replace(m, text={}, worth=None, note={}) for m in theme.measures),
            )
            for theme in self.themes
        )
        return replace(self, themes=themes, content={})


OUTSIDE_VERSION = ("checked", "verified", "source", "note", "called")
"""Keys of an edition that say how well it is known and what it is called, not what it asks."""


@dataclass(frozen=True)
class Policy:
    """A policy through time: its editions, the oldest first."""

    id: str
    editions: tuple[Edition, ...]

    def edition(self, name: str) -> Edition:
        """The edition of that name or version. Raises InputError, listing those there are."""
        for one in self.editions:
            if name in (one.name, one.version):
                return one
        known = [f"{one.name} ({one.version})" for one in self.editions]
        raise InputError("{policy} has no edition '{name}'. Known: {known}.", policy=self.id, name=name, known=known)

    def on(self, day: date) -> Edition:
        """The edition that held on a day. Raises InputError before the first, after the last, and where nobody knows.

        An edition without a first day is known to hold from the day on which its source was read;
        between the one before it and that day nobody can tell which held.
        """
        doubtful: Edition | None = None
        for one in reversed(self.editions):
            if one.since is not None and day < one.since:
                doubtful = None  # what comes after this one cannot have held either
            elif one.since is None and (one.checked is None or day < one.checked):
                doubtful = doubtful or one
            elif doubtful is None and (one.until is None or day <= one.until):
                return one
            else:
                break
        names = [one.name for one in self.editions]
        if doubtful is None:
            raise InputError(
                "{policy} did not hold on {day}. Its editions: {known}.", policy=self.id, day=day, known=names
            )
        raise InputError(
            "Which edition of {policy} held on {day} is not known: from which day '{name}' holds was not read. "
            "Name the edition that the tender is made with: {known}.",
            policy=self.id,
            day=day,
            name=doubtful.name,
            known=names,
        )


def version(policy: str, content: Mapping[str, Any]) -> str:
    """Twelve hexadecimal digits that change with anything a tender rests on, and with nothing else."""
    told = {name: value for name, value in content.items() if name not in OUTSIDE_VERSION}
    text = json.dumps(_plain({"policy": policy, **told}), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _plain(value: Any) -> Any:
    """Values such that equal content gives equal text: 0.2 and 0.20 are the same amount, whole or decimal."""
    if isinstance(value, Mapping):
        # A remark that is translated is the same remark.
        return {str(key): _plain(note(one, "").get("en", "") if key == "note" else one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        number = Decimal(value)
        return f"{number.normalize():f}" if number else "0"
    return " ".join(value.split()) if isinstance(value, str) else str(value) if isinstance(value, date) else value
