"""Dates read from text: the order of day and month decided by the whole column, never cell by cell."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bygd.sources.conventions import Conventions

FIRST_YEAR = 1990
"""Payments before this year are taken for mistakes: no ledger that is read goes back so far."""
USUAL_SPAN = 400
"""Days that one ledger file covers at most as a rule: a year and a late month."""
SERIAL_START = date(1899, 12, 30)
SERIAL = re.compile(r"([2-6]\d{4})(?:\.\d+)?")
ISO = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
MONTH = re.compile(r"((?:19|20)\d{2})[-/. ]?(0[1-9]|1[0-2])")
NUMBERS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")
DAY_WORD = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-/. ]*([^\W\d_]+)[-/., ]*(\d{4}|\d{2})")
WORD_DAY = re.compile(r"([^\W\d_]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
WORD_YEAR = re.compile(r"([^\W\d_]+)\.?[-/ ']*(\d{4}|\d{2})")
TIME = r"[ T]+\d{1,2}[:.]\d{2}([:.]\d{2}([.,]\d+)?)?( ?[AaPp][Mm])?Z?([-+]\d{2}:?\d{2})?$"
WEEKDAY = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? +", re.IGNORECASE)

ORDER_PLACES = {"dmy": (2, 1, 0), "mdy": (2, 0, 1), "ymd": (0, 1, 2)}


@dataclass(frozen=True)
class Days:
    """The dates of a column: day per text, the texts that are none with the reason, and the order in words."""

    days: dict[str, date]
    wrong: dict[str, str]
    order: str


def read(
    texts: Mapping[str, int] | Sequence[str],
    conventions: Conventions,
    order: str | None = None,
    last: int | None = None,
) -> Days:
    """The day of each text, decided over all of them; give the number of rows per text where it is known.

    ISO dates, `yyyymmdd`, `yyyymm` (the first of the month), months by name and spreadsheet serials need no
    decision. For `03/04/2021` the texts that fit one order only decide; where none does, the country's order
    counts and `order` says so; where both do, the majority counts and the others are wrong. `last` is the last year
    that may be, the next one unless given.
    """
    counts = texts if isinstance(texts, Mapping) else Counter(texts)
    last = last or date.today().year + 1
    days: dict[str, date] = {}
    wrong: dict[str, str] = {}
    kinds: Counter[str] = Counter()
    open_texts: dict[str, tuple[str, str, str]] = {}
    for text, count in counts.items():
        cell = WEEKDAY.sub("", re.sub(TIME, "", text.strip()))
        if match := NUMBERS.fullmatch(cell):
            open_texts[text] = (match[1], match[2], match[3])
            continue
        kind, found = _certain(cell, conventions, last)
        kinds[kind] += count
        _keep(text, found, days, wrong, last)
    said = [kind for kind, _ in kinds.most_common() if kind]
    if open_texts:
        chosen, how = _decide(open_texts, counts, conventions, order, last)
        said.append(chosen + how)
        for text, parts in open_texts.items():
            _keep(text, _ordered(parts, chosen, last), days, wrong, last)
    return Days(days, wrong, " + ".join(said) or "none")


def share(cells: Sequence[str], conventions: Conventions) -> float:
    """Share of cells that can be read as a date in some order. Bare numbers count only as full dates or months."""
    found = read(cells, conventions)
    return sum(cell in found.days for cell in cells) / max(len(cells), 1)


def _keep(text: str, found: date | None, days: dict[str, date], wrong: dict[str, str], last: int) -> None:
    if found is None:
        wrong[text] = "no date that exists"
    elif not FIRST_YEAR <= found.year <= last:
        wrong[text] = f"year {found.year:04d} is not between {FIRST_YEAR} and {last}"
    else:
        days[text] = found


def _certain(cell: str, conventions: Conventions, last: int) -> tuple[str, date | None]:
    """Dates that can be read in one way only, and the name of that way."""
    if match := ISO.fullmatch(cell):
        return "ymd", _date(match[1], match[2], match[3], last)
    if match := MONTH.fullmatch(cell):
        return "yyyymm", _date(match[1], match[2], "1", last)
    if match := COMPACT.fullmatch(cell):
        return "yyyymmdd", _date(match[1], match[2], match[3], last)
    if match := SERIAL.fullmatch(cell):
        return "spreadsheet serial", SERIAL_START + timedelta(days=int(match[1]))
    if match := DAY_WORD.fullmatch(cell):
        return "month by name", _date(match[3], _month(match[2], conventions), match[1], last)
    if match := WORD_DAY.fullmatch(cell):
        return "month by name", _date(match[3], _month(match[1], conventions), match[2], last)
    if match := WORD_YEAR.fullmatch(cell):
        return "month by name", _date(match[2], _month(match[1], conventions), "1", last)
    return "", None


def _month(word: str, conventions: Conventions) -> str:
    lower = word.casefold()
    found = conventions.months.get(lower)
    if found is None and len(lower) >= 3:
        starts = {number for name, number in conventions.months.items() if name.startswith(lower)}
        found = starts.pop() if len(starts) == 1 else None
    return str(found or 0)


def _date(year: str, month: str, day: str, last: int) -> date | None:
    full = int(year)
    if len(year) <= 2:
        full += 2000 if 2000 + full <= last else 1900
    try:
        return date(full, int(month), int(day))
    except ValueError:
        return None


def _ordered(parts: tuple[str, str, str], order: str, last: int) -> date | None:
    year, month, day = (parts[place] for place in ORDER_PLACES[order])
    return None if len(year) < 2 else _date(year, month, day, last)


def _decide(
    open_texts: Mapping[str, tuple[str, str, str]],
    counts: Mapping[str, int],
    conventions: Conventions,
    given: str | None,
    last: int,
) -> tuple[str, str]:
    """The order of a column and, in words, how it is known."""
    if given:
        return given, ""
    short = all(len(parts[2]) == 2 for parts in open_texts.values())
    orders = [order for order in ORDER_PLACES if order != "ymd" or short]
    fits: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    found: dict[str, list[date]] = {order: [] for order in orders}
    for text, parts in open_texts.items():
        days = {order: _ordered(parts, order, last) for order in orders}
        good = {order: day for order, day in days.items() if day and FIRST_YEAR <= day.year <= last}
        fits.update(dict.fromkeys(good, counts[text]))
        for order, day in good.items():
            found[order].append(day)
        if len(good) == 1:
            alone.update(dict.fromkeys(good, counts[text]))
    most = max(fits.values(), default=0)
    best = [order for order in orders if fits[order] == most]
    close = [order for order in best if found[order] and (max(found[order]) - min(found[order])).days <= USUAL_SPAN]
    said = ""
    if len(best) > 1 and len(close) == 1:
        best, said = close, " (the only order within thirteen months)"
    if len(best) > 1:
        chosen = conventions.date_order if conventions.date_order in best else best[0]
        why = "rows contradict each other" if alone else "the column alone does not tell"
        return chosen, f" (the country's order; {why})"
    against = sum(count for order, count in alone.items() if order != best[0])
    return best[0], said or (f" (but {against} rows fit another order only)" if against else "")
