"""Reading: policy files, one policy each with its editions, read strictly; what is wrong is named with its line."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from bygd.parameters.named import named
from bygd.parameters.sentences import note
from bygd.parameters.strict import ValueFileError, check_day, check_keys
from bygd.tools.social_value.entries import amount, count, flag, listed, place, plain, share, texts, word
from bygd.tools.social_value.policy import (
    AskFirst,
    Edition,
    Kind,
    Limits,
    Measure,
    Per,
    Points,
    Policy,
    SocialReturn,
    Spread,
    Theme,
    Worth,
    version,
)

CURRENCY = re.compile("[A-Z]{3}")
UNKNOWN = "unknown"
"""What stands for a day or an amount that there is, but nobody here has read."""

_FILE = {"policy", "editions"}
_EDITION = {
    "name", "called", "title", "about", "language", "currency", "since", "until", "checked", "verified", "source",
    "note", "licence", "themes", "limits", "levels", "points", "ask_first", "answer", "social_return",
}  # fmt: skip
_NEEDED = {"name", "title", "language", "since", "source", "themes"}
_THEME = {"code", "text", "measures", "verified", "note"}
_MEASURE = {"code", "text", "kind", "unit", "worth", "verified", "note"}
_WORTH = {"amount", "per", "bonus", "pro_rata", "at_most_months"}


def policy(content: Any, id: str, where: str) -> Policy:
    """The policy that a file's content describes. Raises ValueFileError naming file, line and key."""
    check_keys(content, _FILE, {"editions"}, where)
    if content.get("policy", id) != id:
        raise ValueFileError(
            f"{place(content, where, 'policy')}: this file is the policy {id}, not {content['policy']}."
        )
    entries = listed(content, "editions", where)
    editions = tuple(_edition(one, id, place(one, where)) for one in entries)
    names = [one.name for one in editions]
    for number, name in enumerate(names):
        if name in names[:number]:
            raise ValueFileError(f"{place(entries[number], where, 'name')}: two editions are called '{name}'.")
    days = [one.since for one in editions if one.since]
    if days != sorted(days):
        raise ValueFileError(f"{where}: editions must stand in rising order, not {', '.join(map(str, days))}.")
    return Policy(id, editions)


def _edition(entry: Any, id: str, where: str) -> Edition:
    check_keys(entry, _EDITION, _NEEDED, where)
    name = plain(entry, "name", where)
    at = f"{where}, edition '{name}'"
    language = plain(entry, "language", at)
    currency = plain(entry, "currency", at)
    if len(language) != 2 or (currency and not CURRENCY.fullmatch(currency)):
        key = "currency" if len(language) == 2 else "language"
        raise ValueFileError(f"{place(entry, at, key)}: write a language as two letters, a currency as three capitals.")
    since = entry["since"]
    if since != UNKNOWN:
        check_day(since, place(entry, at, "since"))
    for key in ("until", "checked"):
        if key in entry:
            check_day(entry[key], place(entry, at, key))
    verified = flag(entry, "verified", at)
    if verified and "checked" not in entry:
        raise ValueFileError(f"{at}: say under 'checked' when the source was read, or write 'verified: false'.")
    themes = tuple(_theme(one, language, verified, at) for one in listed(entry, "themes", at))
    measures = [measure for theme in themes for measure in theme.measures]
    codes = [one.code for one in themes] + [one.code for one in measures]
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        raise ValueFileError(f"{at}: the code '{twice[0]}' stands there twice.")
    levels = _levels(entry, at)
    if any(one.worth and one.worth.amount for one in measures) and not currency:
        raise ValueFileError(f"{at}: measures are worth money, so 'currency' is needed.")
    return Edition(
        policy=id,
        version=version(id, entry),
        name=name,
        title=texts(entry["title"], language, place(entry, at, "title")),
        about=texts(entry["about"], language, place(entry, at, "about")) if "about" in entry else {},
        language=language,
        currency=currency,
        since=None if since == UNKNOWN else since,
        until=entry.get("until"),
        checked=entry.get("checked"),
        verified=verified,
        source=named(entry["source"], place(entry, at, "source"), whole=False),
        note=note(entry.get("note"), place(entry, at, "note")),
        licence=plain(entry, "licence", at),
        themes=themes,
        limits=_limits(entry.get("limits"), [one.code for one in measures], at),
        levels=levels,
        points=_points(entry, levels, at),
        ask_first=tuple(_question(one, language, at) for one in listed(entry, "ask_first", at, needed=False)),
        answer=tuple(texts(one, language, f"{at}, answer") for one in listed(entry, "answer", at, needed=False)),
        social_return=_social_return(entry, at),
        content=entry,
        called=texts(entry["called"], language, place(entry, at, "called")) if "called" in entry else {},
    )


def _theme(entry: Any, language: str, verified: bool, where: str) -> Theme:
    check_keys(entry, _THEME, {"code", "text"}, place(entry, where))
    known = flag(entry, "verified", where, verified)
    code = plain(entry, "code", where)
    at = f"{where}, theme {code}"
    return Theme(
        code=code,
        text=texts(entry["text"], language, place(entry, at, "text")),
        verified=known,
        measures=tuple(_measure(one, code, language, known, at) for one in listed(entry, "measures", at, needed=False)),
        note=note(entry.get("note"), place(entry, at, "note")),
    )


def _measure(entry: Any, theme: str, language: str, verified: bool, where: str) -> Measure:
    check_keys(entry, _MEASURE, {"code", "text", "kind"}, place(entry, where))
    code = plain(entry, "code", where)
    at = f"{where}, measure {code}"
    return Measure(
        code=code,
        theme=theme,
        text=texts(entry["text"], language, place(entry, at, "text")),
        kind=word(entry, "kind", Kind, at),
        unit=plain(entry, "unit", at),
        verified=flag(entry, "verified", at, verified),
        worth=_worth(entry["worth"], at) if entry.get("worth") is not None else None,
        note=note(entry.get("note"), place(entry, at, "note")),
    )


def _worth(entry: Any, where: str) -> Worth:
    where = f"{where}, worth"
    check_keys(entry, _WORTH, {"per"}, where)
    per = word(entry, "per", Per, where)
    given = entry.get("amount")
    if (per in (Per.PAID, Per.AGREED)) != (given is None):
        raise ValueFileError(
            f"{place(entry, where, 'per')}: give an 'amount' ('{UNKNOWN}' where nobody read it), "
            f"but none for '{Per.PAID}' and '{Per.AGREED}'."
        )
    months = entry.get("at_most_months")
    if months is not None and (isinstance(months, bool) or not isinstance(months, int) or months < 1):
        raise ValueFileError(f"{place(entry, where, 'at_most_months')}: must be a whole number of months.")
    return Worth(
        amount=None if given in (None, UNKNOWN) else amount(entry, "amount", where),
        per=per,
        bonus=flag(entry, "bonus", where, False),
        pro_rata=flag(entry, "pro_rata", where, False) if "pro_rata" in entry else None,
        at_most_months=months,
    )


def _limits(entry: Any, codes: Sequence[str], where: str) -> Limits:
    if entry is None:
        return Limits()
    where = f"{where}, limits"
    check_keys(entry, {"value", "weight", "measures"}, set(), where)
    value, weight, measures = (entry.get(name) or {} for name in ("value", "weight", "measures"))
    check_keys(value, {"above", "at_least", "unless"}, set(), f"{where}, value")
    check_keys(weight, {"least", "most", "spread", "unless"}, set(), f"{where}, weight")
    check_keys(measures, {"fewest", "most", "always"}, set(), f"{where}, measures")
    if "above" in value and "at_least" in value:
        raise ValueFileError(f"{place(value, where, 'above')}: give either 'above' or 'at_least', not both.")
    least, most = (share(weight, name, f"{where}, weight") for name in ("least", "most"))
    if least is not None and most is not None and least > most:
        raise ValueFileError(f"{place(weight, where, 'least')}: the least weight, {least}, is above the most, {most}.")
    fewest, highest = (count(measures, name, f"{where}, measures") for name in ("fewest", "most"))
    if fewest is not None and highest is not None and fewest > highest:
        raise ValueFileError(f"{place(measures, where, 'fewest')}: fewest is above most.")
    always = tuple(str(one) for one in listed(measures, "always", where, needed=False))
    if missing := [code for code in always if code not in codes]:
        raise ValueFileError(f"{place(measures, where, 'always')}: there is no measure {', '.join(missing)}.")
    return Limits(
        above=amount(value, "above", where) if "above" in value else None,
        at_least=amount(value, "at_least", where) if "at_least" in value else None,
        value_unless=texts(value.get("unless"), "", f"{where}, value"),
        least=least,
        most=most,
        weight_unless=texts(weight.get("unless"), "", f"{where}, weight"),
        spread=word(weight, "spread", Spread, where) if "spread" in weight else None,
        fewest=fewest,
        highest=highest,
        always=always,
    )


def _levels(entry: Mapping[str, Any], where: str) -> tuple[int, int] | None:
    found = entry.get("levels")
    if found is None:
        return None
    if not isinstance(found, list) or len(found) != 2 or not all(type(one) is int for one in found):
        raise ValueFileError(f"{place(entry, where, 'levels')}: 'levels' must be the lowest and the highest: [1, 5].")
    lowest, highest = found
    if not 0 <= lowest < highest:
        raise ValueFileError(f"{place(entry, where, 'levels')}: the lowest level must be below the highest.")
    return lowest, highest


def _points(
    entry: Mapping[str, Any], levels: tuple[int, int] | None, where: str
) -> Points | Mapping[int, Decimal] | None:
    found = entry.get("points")
    at = place(entry, where, "points")
    if found is None or found == UNKNOWN:
        return None
    if levels is None:
        raise ValueFileError(f"{at}: without 'levels' nothing can be turned into points.")
    if not isinstance(found, dict):
        return word(entry, "points", Points, where)
    wanted = list(range(levels[0], levels[1] + 1))
    if sorted(found, key=str) != sorted(wanted, key=str):
        raise ValueFileError(f"{at}: give a share for each of the levels {', '.join(map(str, wanted))}.")
    shares = [share(found, level, at) or Decimal(0) for level in wanted]
    if shares != sorted(shares):
        raise ValueFileError(f"{at}: a higher level may not give less than a lower one.")
    return dict(zip(wanted, shares, strict=True))


def _question(entry: Any, language: str, where: str) -> AskFirst:
    where = place(entry, f"{where}, ask_first")
    check_keys(entry, {"code", "text", "otherwise"}, {"code", "text", "otherwise"}, where)
    said = {key: texts(entry[key], language, place(entry, where, key)) for key in ("text", "otherwise")}
    return AskFirst(plain(entry, "code", where), said["text"], said["otherwise"])


def _social_return(entry: Mapping[str, Any], where: str) -> SocialReturn | None:
    found = entry.get("social_return")
    if found is None:
        return None
    where = f"{where}, social_return"
    check_keys(found, {"share", "full_time"}, {"share", "full_time"}, where)
    return SocialReturn(
        share=None if found["share"] == UNKNOWN else share(found, "share", where),
        full_time=None if found["full_time"] == UNKNOWN else amount(found, "full_time", where, least=1),
    )
