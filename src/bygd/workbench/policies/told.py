"""Told: policies, choices, points and social return as lines for the terminal and as plain values."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from bygd.parameters.sentences import in_language
from bygd.reports.translate import N_, Translator
from bygd.tools.social_value import Check, Choice, Edition, Obligation, Points, Policy, Score, Worth
from bygd.workbench.lawful import CHECKED, NOT_VERIFIED, SINCE

PACKAGE = "bygd.tools.social_value"
UNDATED = N_("from which day is not known")
ACCEPTED = N_("Accepted.")
REFUSED = N_("Refused.")
LICENSED = N_("Text and value are under a licence and are not published: {licence}")
TOTAL = N_("{points} of {most} points")
BELOW = N_("The contract is below the value from which the policy holds: nothing is owed.")
OWED = N_("Owed: {money}")
FILLED = N_("Filled: {money}")
LEFT = N_("Left: {money}")
BEYOND = N_("Beyond what is owed: {money}")
ASSUMED = N_("Counted pro rata, the lower way, because nobody read how it counts: {codes}")
ASK_FIRST = N_("Answer first")
ANSWER = N_("An answer covers, or is to be filled in")
MEASURES = N_("measures: {number}")
SHARE = N_("Social return: {share} of the contract sum")
SHARE_UNKNOWN = N_("Social return: the share of the contract sum was not read")
MESSAGES = (
    UNDATED, ACCEPTED, REFUSED, LICENSED, TOTAL, BELOW, OWED, FILLED, LEFT, BEYOND, ASSUMED, ASK_FIRST, ANSWER,
    MEASURES, SHARE, SHARE_UNKNOWN,
)  # fmt: skip
"""What is said here; a test sees that each is translated."""
A_WORD = re.compile("[a-z]+(_[a-z0-9]+)*")


def summary(policy: Policy, translate: Translator) -> Iterator[str]:
    """A policy and its editions, one line each."""
    yield policy.id
    for one in policy.editions:
        number = translate(MEASURES, number=len(one.measures))
        title = in_language(one.title, translate.language)
        yield f"  {one.name} · {one.version} · {title} · {number} · {known_since(one, translate)}"


def shown(one: Edition, translate: Translator) -> Iterator[str]:
    """An edition to be read at the terminal: themes, measures, questions, source."""
    language = translate.language
    yield f"{in_language(one.title, language)} ({one.id}, {one.name})"
    if one.about:
        yield in_language(one.about, language)
    if one.social_return:
        part = one.social_return.share
        yield translate(SHARE_UNKNOWN) if part is None else translate(SHARE, share=percent(part, translate))
    for theme in one.themes:
        yield ""
        yield f"{in_language(theme.text, language)}{_mark(theme.verified, translate)}"
        for m in theme.measures:
            worth = worth_of(one, m.worth, translate) if m.worth else translate.word(m.kind).lower()
            yield f"  {m.code:<6} {m.text_in(language)} [{worth}]{_mark(m.verified, translate)}"
            yield from ([f"         {in_language(m.note, language)}"] if m.note else [])
        yield from ([f"  {in_language(theme.note, language)}"] if theme.note else [])
    for heading, texts in (
        (ASK_FIRST, [(f"{q.code}: ", q.text) for q in one.ask_first]),
        (ANSWER, [("", text) for text in one.answer]),
    ):
        if texts:
            yield ""
            yield f"{translate(heading)}:"
            yield from (f"  - {before}{in_language(text, language)}" for before, text in texts)
    yield ""
    said = (one.source.said(language), known_since(one, translate), in_language(one.note, language), one.source.href)
    yield " · ".join(part for part in said if part)
    if one.licence:
        yield translate(LICENSED, licence=one.licence)


def number_of(code: str) -> str:
    """The number by which a policy's own text calls a theme or a measure; empty for a word of files and commands."""
    return "" if A_WORD.fullmatch(code) else code


def known_since(one: Edition, translate: Translator) -> str:
    """Since when an edition holds, when its source was read, and whether it was."""
    said = [translate(SINCE, day=translate.day(one.since)) if one.since else translate(UNDATED)]
    said.append(translate(CHECKED, day=translate.day(one.checked)) if one.checked and one.verified else "")
    said.append("" if one.verified else translate(NOT_VERIFIED).upper())
    return " · ".join(part for part in said if part)


def sentence(check: Check, currency: str, translate: Translator) -> str:
    """A check in the language of the translator, its amounts, shares and texts filled in."""
    values = {name: _value(check.limit, name, value, currency, translate) for name, value in check.values.items()}
    unless = in_language(check.unless, translate.language)
    return " ".join(part for part in (translate(check.message, **values), unless) if part)


def choice_lines(choice: Choice, translate: Translator) -> Iterator[str]:
    """What the policy says of a choice, limit by limit, and the weights where it is accepted."""
    yield f"{choice.edition.id} ({choice.edition.name}): {translate(ACCEPTED if choice.accepted else REFUSED)}"
    for one in choice.checks:
        yield f"  [{translate.word(one.standing)}] {sentence(one, choice.edition.currency, translate)}"
    for code, weight in choice.weights.items():
        text = choice.edition.measure(code).text_in(translate.language)
        yield f"  {percent(weight, translate):>8}  {code} {text}"


def choice_row(choice: Choice, translate: Translator) -> dict[str, Any]:
    """A choice as plain values: what a page, an interface or a file shows of it."""
    return {
        "policy": choice.edition.policy,
        "version": choice.edition.version,
        "edition": choice.edition.name,
        "accepted": choice.accepted,
        "value": str(choice.value),
        "weight": str(choice.weight),
        "weights": {code: str(weight) for code, weight in choice.weights.items()},
        "checks": [
            {
                "limit": one.limit,
                "standing": one.standing.value,
                "text": sentence(one, choice.edition.currency, translate),
            }
            for one in choice.checks
        ],
    }


def score_lines(score: Score, translate: Translator) -> Iterator[str]:
    """Points measure by measure, then together."""
    for code, points in score.points.items():
        yield f"  {translate.fixed(points, 2):>8}  {code}"
    shown = translate(TOTAL, points=translate.fixed(score.shown, 2), most=translate.number(score.most, 2))
    how = f" ({translate.word(score.conversion)})" if isinstance(score.conversion, Points) else ""
    yield shown + how


def obligation_lines(found: Obligation, one: Edition, translate: Translator) -> Iterator[str]:
    """What is owed, what each effort counts for, and what is left."""

    def money(value: Decimal) -> str:
        return translate.money(value, one.currency, 2)

    if not found.applies:
        yield translate(BELOW)
    yield translate(OWED, money=money(found.owed))
    for line in found.lines:
        text = one.measure(line.effort.code).text_in(translate.language)
        yield f"  {money(line.counted):>18}  {line.effort.code} {text}"
        yield from (f"  {money(extra):>18}    + {code}" for code, extra in line.bonuses.items())
    yield translate(FILLED, money=money(found.filled))
    yield translate(BEYOND, money=money(found.beyond)) if found.beyond else translate(LEFT, money=money(found.left))
    if found.assumed:
        yield translate(ASSUMED, codes=", ".join(found.assumed))


def obligation_row(found: Obligation, one: Edition) -> dict[str, Any]:
    """Social return as plain values."""
    return {
        "policy": one.policy,
        "version": one.version,
        "applies": found.applies,
        **{name: str(getattr(found, name)) for name in ("owed", "filled", "left", "beyond")},
        "assumed": list(found.assumed),
        "lines": [
            {
                "effort": {name: value for name, value in asdict(line.effort).items() if value is not None},
                "counted": str(line.counted),
                "bonuses": {code: str(extra) for code, extra in line.bonuses.items()},
            }
            for line in found.lines
        ],
    }


def _value(limit: str, name: str, value: Any, currency: str, translate: Translator) -> str:
    if isinstance(value, Decimal):
        if limit == "value":
            return money_of(value, currency, translate)
        return percent(value, translate)
    if isinstance(value, Mapping):
        return in_language(value, translate.language)
    return str(value)


def worth_of(one: Edition, worth: Worth, translate: Translator) -> str:
    """What a measure counts for, and for what."""
    money = money_of(worth.amount, one.currency, translate) if worth.amount is not None else ""
    return f"{money} · {translate.word(worth.per)}" if money else translate.word(worth.per)


def money_of(amount: Decimal, currency: str, translate: Translator) -> str:
    """An amount, with cents where it has any."""
    return translate.money(amount, currency, 0 if amount == amount.to_integral_value() else 2)


def percent(share: Decimal, translate: Translator) -> str:
    """A share, with decimals where it has any."""
    return translate.percent(float(share), 0 if share * 100 == (share * 100).to_integral_value() else 2)


def _mark(verified: bool, translate: Translator) -> str:
    return "" if verified else f"  [{translate(NOT_VERIFIED)}]"
