"""Social value policies for people: listed, shown, checked, chosen from, and what social return is owed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from bygd.reports.translate import N_, Translator
from bygd.sources.errors import InputError
from bygd.tools import social_value
from bygd.tools.social_value import Check, Choice, Edition, Effort, Listed, Obligation, Points, Policy, Score, Worth
from bygd.tools.social_value.catalogue import FOLDER
from bygd.tools.social_value.policy import in_language
from bygd.workbench.lawful import CHECKED, NOT_VERIFIED, SINCE, amount, day
from bygd.workbench.project import FILE

PACKAGE = "bygd.tools.social_value"
NAME = re.compile(r"[a-z0-9_]{1,60}")
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


def every(folder: Path | None = None) -> list[Policy]:
    """Every policy there is: those of the countries and, where `folder` is a project, its own."""
    own = social_value.own(folder) if folder and _is_project(folder) else {}
    return [*social_value.shipped().values(), *own.values()]


def edition(name: str, folder: Path | None = None, *, on: str = "", edition: str = "") -> Edition:
    """An edition by `policy@version`, by its name, or that of a day (today where none is said). Raises InputError."""
    own = folder if _is_project(folder) else None
    if "@" in name:
        return social_value.edition(name, own)
    found = social_value.find(name, own)
    return found.edition(edition) if edition else found.on(day(on) if on else date.today())


def keep(one: Edition, folder: Path) -> Path:
    """A copy of the edition beside the project's tenders. Raises InputError where the folder is no project."""
    return social_value.keep(one, _project(folder))


def bring(folder: Path, name: str, path: Path, mapping: Mapping[str, str], **how: Any) -> tuple[Path, Listed]:
    """A user's own list written as a policy of the project; see `read_list`. Raises InputError where it is there."""
    if not NAME.fullmatch(name):
        raise InputError(f"'{name}' cannot be a policy's name. Use small letters, digits and _.")
    target = _project(folder) / FOLDER / f"{name}.yaml"
    if target.exists():
        raise InputError(f"{target} is there already. Give another name, or add an edition to the file.")
    listed = social_value.read_list(path, mapping, **how)
    target.parent.mkdir(exist_ok=True)
    target.write_text(listed.text, encoding="utf-8")
    social_value.check(target)
    return target, listed


def summary(policy: Policy, translate: Translator) -> Iterator[str]:
    """A policy and its editions, one line each."""
    yield policy.id
    for one in policy.editions:
        number = translate(MEASURES, number=len(one.measures))
        yield f"  {one.name} · {one.version} · {in_language(one.title, translate.language)} · {number} · " + known(
            one, translate
        )


def shown(one: Edition, translate: Translator) -> Iterator[str]:
    """An edition to be read at the terminal: themes, measures, questions, source."""
    language = translate.language
    yield f"{in_language(one.title, language)} ({one.id}, {one.name})"
    if one.about:
        yield in_language(one.about, language)
    if one.social_return:
        part = one.social_return.share
        yield translate(SHARE_UNKNOWN) if part is None else translate(SHARE, share=_percent(part, translate))
    for theme in one.themes:
        yield ""
        yield f"{in_language(theme.text, language)}{_mark(theme.verified, translate)}"
        for m in theme.measures:
            worth = _worth(one, m.worth, translate) if m.worth else translate.word(m.kind).lower()
            yield f"  {m.code:<6} {m.text_in(language)} [{worth}]{_mark(m.verified, translate)}"
            yield from ([f"         {m.note}"] if m.note else [])
        yield from ([f"  {theme.note}"] if theme.note else [])
    for heading, texts in (
        (ASK_FIRST, [(f"{q.code}: ", q.text) for q in one.ask_first]),
        (ANSWER, [("", text) for text in one.answer]),
    ):
        if texts:
            yield ""
            yield f"{translate(heading)}:"
            yield from (f"  - {before}{in_language(text, language)}" for before, text in texts)
    yield ""
    yield " · ".join(part for part in (one.source, known(one, translate), one.note, one.href) if part)
    if one.licence:
        yield translate(LICENSED, licence=one.licence)


def known(one: Edition, translate: Translator) -> str:
    """Since when an edition holds, when its source was read, and whether it was."""
    said = [translate(SINCE, day=one.since) if one.since else translate(UNDATED)]
    said.append(translate(CHECKED, day=one.checked) if one.checked and one.verified else "")
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
        yield f"  {_percent(weight, translate):>8}  {code} {text}"


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


def effort(text: str) -> Effort:
    """An effort as somebody typed it: `participatiewet hours=36 months=6 bonus=age_50`. Raises InputError."""
    code, *parts = text.split() or [""]
    given: dict[str, Any] = {}
    bonuses: list[str] = []
    for part in parts:
        name, equals, value = part.partition("=")
        if not equals or name not in ("persons", "hours", "months", "units", "amount", "bonus"):
            raise InputError(
                f"'{part}' says nothing of an effort. Write persons=, hours=, months=, units=, amount= or bonus=."
            )
        if name == "bonus":
            bonuses += value.split(",")
        elif name in given:
            raise InputError(f"'{name}' stands twice in '{text}'.")
        else:
            given[name] = amount(value, name)
    persons = given.pop("persons", Decimal(1))
    if not persons.is_finite() or persons != persons.to_integral_value():
        raise InputError(f"{persons} is no number of persons.")
    return Effort(code, persons=int(persons), bonuses=tuple(bonuses), **given)


def level(text: str) -> int:
    """A level as somebody typed it. Raises InputError."""
    if not text.isascii() or not text.isdigit():
        raise InputError(f"'{text}' is no level. Write a whole number.")
    return int(text)


def pairs(given: Sequence[str], what: str) -> dict[str, str]:
    """`code=value` as somebody typed it, several times. Raises InputError."""
    found: dict[str, str] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not name or not value:
            raise InputError(f"'{text}' is no {what}. Write NAME=VALUE.")
        if name in found:
            raise InputError(f"'{name}' is given twice.")
        found[name] = value
    return found


def _value(limit: str, name: str, value: Any, currency: str, translate: Translator) -> str:
    if isinstance(value, Decimal):
        if limit == "value":
            return _money(value, currency, translate)
        return _percent(value, translate)
    if isinstance(value, Mapping):
        return in_language(value, translate.language)
    return str(value)


def _worth(one: Edition, worth: Worth, translate: Translator) -> str:
    money = _money(worth.amount, one.currency, translate) if worth.amount is not None else ""
    return f"{money} · {translate.word(worth.per)}" if money else translate.word(worth.per)


def _money(amount: Decimal, currency: str, translate: Translator) -> str:
    return translate.money(amount, currency, 0 if amount == amount.to_integral_value() else 2)


def _percent(share: Decimal, translate: Translator) -> str:
    return translate.percent(float(share), 0 if share * 100 == (share * 100).to_integral_value() else 2)


def _mark(verified: bool, translate: Translator) -> str:
    return "" if verified else f"  [{translate(NOT_VERIFIED)}]"


def _is_project(folder: Path | None) -> bool:
    return folder is not None and (folder / FILE).exists()


def _project(folder: Path) -> Path:
    if not _is_project(folder):
        raise InputError(f"{folder} is no project folder: it has no {FILE}. Begin with bygd init.")
    return folder
