"""Two editions of a policy beside each other: what was added, taken away or changed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from bygd.parameters.sentences import in_language
from bygd.reports.translate import N_, Translator
from bygd.tools.social_value import Edition, Measure
from bygd.tools.social_value.policy import Limits
from bygd.vocabulary.words import Word
from bygd.workbench.policies.told import money_of, number_of, percent, worth_of

LIMITS = {
    "above": N_("Holds for contracts above"),
    "at_least": N_("Holds for contracts from"),
    "least": N_("Least weight"),
    "most": N_("Most weight"),
    "spread": N_("How the weight is spread"),
    "fewest": N_("Fewest measures"),
    "highest": N_("Most measures"),
    "always": N_("Measures that are always asked"),
    "value_unless": N_("Who may decide otherwise on the value"),
    "weight_unless": N_("Who may decide otherwise on the weight"),
}
LEVELS = N_("Levels")
POINTS = N_("How levels become points")
MEASURE = N_("Measure {code}")
QUESTION = N_("Question {code}")
SHARE = N_("Social return, share of the contract sum")
FULL_TIME = N_("Hours of a full-time week")
MESSAGES = (*LIMITS.values(), LEVELS, POINTS, MEASURE, QUESTION, SHARE, FULL_TIME)


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that two editions say otherwise; empty where one says nothing of it."""

    what: str
    before: str
    after: str


def settings(one: Edition, translate: Translator) -> list[tuple[str, str]]:
    """What an edition sets: limits, levels, social return, as names and texts; what it leaves open is left out."""
    found = [(translate(LIMITS[field.name]), _limit(one, field.name, translate)) for field in fields(Limits)]
    found += [
        (translate(LEVELS), f"{one.levels[0]}–{one.levels[1]}" if one.levels else ""),
        (translate(POINTS), _points(one, translate)),
    ]
    if one.social_return:
        part, week = one.social_return.share, one.social_return.full_time
        found.append((translate(SHARE), "" if part is None else percent(part, translate)))
        found.append((translate(FULL_TIME), "" if week is None else translate.number(week, 1)))
    return [(name, text) for name, text in found if text]


def differences(before: Edition, after: Edition, translate: Translator) -> list[Difference]:
    """What the later edition says otherwise: settings, then measures, then questions."""
    language = translate.language
    pairs = (
        (dict(settings(before, translate)), dict(settings(after, translate)), "{code}"),
        (_measures(before, translate), _measures(after, translate), translate(MEASURE)),
        (
            {one.code: in_language(one.text, language) for one in before.ask_first},
            {one.code: in_language(one.text, language) for one in after.ask_first},
            translate(QUESTION),
        ),
    )
    return [one for old, new, name in pairs for one in _between(old, new, name)]


def _between(old: Mapping[str, str], new: Mapping[str, str], name: str) -> Iterator[Difference]:
    for code in dict.fromkeys((*old, *new)):
        if old.get(code, "") != new.get(code, ""):
            yield Difference(name.format(code=number_of(code)).strip(), old.get(code, ""), new.get(code, ""))


def _measures(one: Edition, translate: Translator) -> dict[str, str]:
    return {code: _measure(one, measure, translate) for code, measure in one.measures.items()}


def _measure(one: Edition, measure: Measure, translate: Translator) -> str:
    worth = worth_of(one, measure.worth, translate) if measure.worth else translate.word(measure.kind).lower()
    return f"{measure.text_in(translate.language)} ({worth})"


def _limit(one: Edition, name: str, translate: Translator) -> str:
    value: Any = getattr(one.limits, name)
    if value is None or value == {} or value == ():
        return ""
    if isinstance(value, Word):
        return translate.word(value)
    if isinstance(value, Decimal):
        return money_of(value, one.currency, translate) if name in ("above", "at_least") else percent(value, translate)
    if isinstance(value, Mapping):
        return in_language(value, translate.language)
    return ", ".join(map(str, value)) if isinstance(value, Iterable) else str(value)


def _points(one: Edition, translate: Translator) -> str:
    if isinstance(one.points, Word):
        return translate.word(one.points)
    return ", ".join(f"{level}: {points}" for level, points in (one.points or {}).items())
