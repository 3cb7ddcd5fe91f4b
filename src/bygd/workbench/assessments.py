"""Assessments: what a place may ask itself, and how few answers are too few."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from bygd.countries import Country
from bygd.parameters.named import Named, named
from bygd.reports.translate import LANGUAGES, Translator
from bygd.tools.boards.traditions import principles
from bygd.vocabulary.words import Pillar

FILE = "boards/assessment.yaml"
OWN = "own"
"""How the ids of a place's own questions begin."""
FEWEST = 5


@dataclass(frozen=True)
class Question:
    """One question by its id, which begins with its part's, and its text in each language; of a pillar, which."""

    id: str
    text: Mapping[str, str]
    pillar: Pillar | None = None


@dataclass(frozen=True)
class Part:
    """A list of questions with its source; `is_own` where the place writes the questions itself."""

    id: str
    title: Mapping[str, str]
    about: Mapping[str, str]
    source: Named
    verified: bool
    is_own: bool
    questions: tuple[Question, ...]


def parts(country: Country) -> tuple[Part, ...]:
    """The parts in order. Questions that a place writes itself are not among them."""
    return _parts(country.code)


def levels(country: Country) -> tuple[Mapping[str, str], ...]:
    """What 0, 1, 2 and 3 mean, by language."""
    return tuple(_content(country)["levels"])


def fewest(country: Country, on: date) -> int:
    """With fewer answers nothing but their number is told."""
    rules = country.rule("assessment")
    value = rules["fewest_answers"].on(on) if "fewest_answers" in rules else None
    return int(str(value.value)) if value and value.value is not None else FEWEST


def asked(kept: Sequence[Mapping[str, Any]], country: Country) -> list[tuple[Part, list[Question]]]:
    """The questions of a round as they were kept with it; those of no known part or id are left out."""
    known = {part.id: part for part in parts(country)}
    found = []
    for one in kept:
        part = known.get(one["id"])
        if part is None:
            continue
        texts = {question.id: question for question in part.questions}
        listed = [
            texts.get(question["id"]) or Question(question["id"], dict.fromkeys(LANGUAGES, question["text"]))
            for question in one["questions"]
            if question["id"] in texts or question.get("text")
        ]
        if listed:
            found.append((part, listed))
    return found


@cache
def _parts(code: str) -> tuple[Part, ...]:
    from bygd.countries import load

    found = []
    for one in _content(load(code))["parts"]:
        questions = tuple(
            Question(f"{one['id']}-{entry['id']}", {language: entry[language] for language in LANGUAGES})
            for entry in one.get("questions") or ()
        )
        if one["id"] == "principles":
            questions = tuple(Question(f"principles-{entry.id}", entry.text) for entry in principles())
        elif one["id"] == "pillars":
            questions = tuple(Question(f"pillars-{pillar}", _said(pillar), pillar) for pillar in Pillar)
        found.append(
            Part(
                one["id"], one["title"], one.get("about") or {}, named(one["source"], f"{FILE}, {one['id']}, source"),
                bool(one.get("verified", False)), one.get("questions") == [], questions,
            )
        )  # fmt: skip
    return tuple(found)


def _said(pillar: Pillar) -> Mapping[str, str]:
    return {language: Translator(language).word(pillar) for language in LANGUAGES}


def _content(country: Country) -> Mapping[str, Any]:
    content: Mapping[str, Any] = country.yaml(FILE)[0][1]
    return content
