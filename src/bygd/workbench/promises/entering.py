"""Entering: what people typed of promises, reports and remedies as checked rows; nothing is stored here."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from bygd.sources.errors import InputError
from bygd.sources.privacy import Finder
from bygd.tools import promises as tool
from bygd.tools.promises import Promise
from bygd.tools.promises.units import WHOLE
from bygd.vocabulary.contract_words import Adding, DeliveryState, Remedy
from bygd.workbench import asking, decisions
from bygd.workbench.project import Project
from bygd.workbench.promises.known import Book, Row

LONGEST = {"code": 40, "title": 300, "theme": 100, "unit": 40, "reference": 60, "note": 2000, "answer": 2000}
LONG = 500
MOST = Decimal(10) ** 11
MOST_PEOPLE = 100_000
CENTURY = (date(2000, 1, 1), date(2100, 1, 1))
SUPPLIER = "supplier"
"""Who signs what comes by the supplier's link."""
AMOUNT = re.compile(r"-?\d+([.,]\d{1,2})?")
MARKED = re.compile(r"-?[1-9]\d{0,2}((\.\d{3})+(,\d{1,2})?|(,\d{3})+(\.\d{1,2})?)")
"""A number with points or commas between thousands."""
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
"""Signs that no database and no spreadsheet wants; the end of a line may stand."""
OUTSIDE = ("note", "answer", "reference")
FORMULA = re.compile("^[=+@-]+")
"""How such a text must not begin: somebody may open the file of entries in a spreadsheet."""


@dataclass(frozen=True)
class Given:
    """One promise as somebody typed it, or as a tender's measure became one."""

    code: str
    title: str
    unit: str
    target: Decimal
    due_on: date
    theme: str | None = None
    policy: str | None = None
    measure: str | None = None
    adding: Adding = Adding.SUM
    counts_people: bool = False
    starts_on: date | None = None
    milestones: str | None = None
    evidence: str | None = None
    share: Decimal | None = None
    full_time: Decimal | None = None


def promise(book: Book, contract_key: str, given: Given, by: str, withdrawn: bool = False) -> Row:
    """An entry of a promise. Raises InputError for an unknown contract and what is missing, impossible or private."""
    book.contract(contract_key)
    code, title, unit = (_text(name, getattr(given, name)) for name in ("code", "title", "unit"))
    if not (code and title and unit):
        raise InputError("A promise needs a number or code, a sentence that says it, and a unit.")
    if not 0 < given.target < MOST:
        raise InputError(
            "{code}: {target} cannot be a target. Give a number above nought.", code=code, target=given.target
        )
    _day(given.due_on, code)
    if given.starts_on is not None and not CENTURY[0] <= given.starts_on < given.due_on:
        raise InputError("{code}: it must begin before its last day, {day}.", code=code, day=given.due_on.isoformat())
    steps = tool.milestones(given.milestones, given.target, given.due_on)
    row = {
        "promise_key": tool.promise_key(contract_key, code),
        "contract_key": contract_key,
        **{name: getattr(given, name) for name in Given.__dataclass_fields__},
        "code": code, "title": title, "unit": unit,
        **{name: _text(name, getattr(given, name)) for name in ("theme", "evidence", "policy", "measure")},
        "milestones": tool.written(steps),
        "withdrawn": withdrawn,
        "entered_by": by,
        "entered_at": decisions.now(),
    }  # fmt: skip
    check_texts(book.project, row, "code", "title", "theme", "evidence")
    return row


def from_measures(book: Book, contract_key: str, measures: Iterable[Given], by: str) -> list[Row]:
    """Entries of the promises that a winning bid made by a tender's measures, each with its target. Raises InputError.

    A promise whose code is there already is left as it stands.
    """
    rows = [promise(book, contract_key, one, by) for one in measures]
    return [row for row in rows if row["promise_key"] not in book.promises]


def report(book: Book, promise: Promise, given: Mapping[str, Any], by: str = SUPPLIER) -> Row:
    """An entry of a supplier's report. Raises InputError for what is impossible, private, or verified already.

    `given` holds columns of `delivery_entries`; `amount` and `period_to` are needed.
    """
    amount, period_to = given["amount"], given["period_to"]
    reference = _text("reference", given.get("reference"))
    _amount(promise, amount)
    _day(period_to, promise.code)
    if period_to > book.day + timedelta(days=1):
        raise InputError("{code}: {day} is yet to come. Report what was done.", code=promise.code, day=str(period_to))
    period_from = given.get("period_from")
    if period_from is not None and not CENTURY[0] <= period_from <= period_to:
        raise InputError("{code}: the first day must not come after the last.", code=promise.code)
    persons = given.get("persons")
    if persons is None and promise.counts_people and promise.unit == "persons":
        persons = int(amount)
    if persons is not None and not 0 <= persons <= MOST_PEOPLE:
        raise InputError("{code}: {persons} cannot be a number of people.", code=promise.code, persons=persons)
    key = tool.delivery_key(promise.key, period_to, reference)
    before = book.reports.get(key)
    if before is not None and before["state"] == DeliveryState.VERIFIED:
        raise InputError(
            "{code}: the report until {day} is verified already. Give a new one another reference, or ask the buyer.",
            code=promise.code,
            day=period_to.isoformat(),
        )
    row = {
        "delivery_key": key,
        "promise_key": promise.key,
        "reference": reference,
        "amount": amount,
        "period_from": period_from,
        "period_to": period_to,
        **{name: given.get(name) for name in ("hours", "months", "units", "evidence")},
        **{name: _text(name, given.get(name)) for name in ("block", "bonuses")},
        "persons": persons,
        "note": _text("note", given.get("note")),
        "state": DeliveryState.REPORTED.value,
        "answer": None,
        "entered_by": by,
        "entered_at": decisions.now(),
    }
    check_texts(book.project, row, "reference", "note")
    return row


def judged(book: Book, delivery_key: str, state: DeliveryState, answer: str, by: str) -> Row:
    """What the buyer says of a report, as a new entry; `reported` undoes what was said before. Raises InputError."""
    before = book.reports.get(delivery_key)
    if before is None or before["promise_key"] not in book.promises:
        raise InputError("There is no such report. Somebody may have taken it back.")
    told = _text("answer", answer)
    if state in (DeliveryState.ASKED, DeliveryState.DISPUTED) and not told:
        raise InputError("Say why, so that the supplier knows what to do.")
    row = {**before, "state": state.value, "answer": told, "entered_by": by, "entered_at": decisions.now()}
    check_texts(book.project, row, "answer")
    return row


def redress(
    book: Book, promise: Promise, remedy: Remedy, agreed_on: date, note: str, by: str,
    due_on: date | None = None, amount: Decimal | None = None,
) -> Row:  # fmt: skip
    """An entry of what was agreed where a promise was not kept. Raises InputError."""
    _day(agreed_on, promise.code)
    if (remedy is Remedy.MORE_TIME) != (due_on is not None):
        raise InputError("With more time, and only then, say the new last day.")
    if due_on is not None and not promise.due_on < due_on < CENTURY[1]:
        raise InputError("The new last day must come after {day}.", day=promise.due_on.isoformat())
    if amount is not None and not 0 <= amount < MOST:
        raise InputError("{amount} is no amount of money here.", amount=amount)
    told = _text("note", note)
    if not told:
        raise InputError("Say in a sentence what was agreed.")
    row = {
        "remedy_key": tool.remedy_key(promise.key, remedy, agreed_on),
        "promise_key": promise.key,
        "remedy": remedy.value,
        "agreed_on": agreed_on,
        "due_on": due_on,
        "amount": amount,
        "note": told,
        "withdrawn": False,
        "entered_by": by,
        "entered_at": decisions.now(),
    }
    check_texts(book.project, row, "note")
    return row


def taken_back(row: Mapping[str, Any], by: str) -> Row:
    """The same promise or remedy taken back, as a new entry."""
    return {**row, "withdrawn": True, "entered_by": by, "entered_at": decisions.now()}


def check_texts(project: Project, row: Mapping[str, Any], *names: str) -> None:
    """Raises InputError where a text holds a personal identity number: people are counted, never named."""
    finder = Finder(project.country.conventions())
    for name in names:
        if row.get(name) and finder.inside(str(row[name])):
            raise InputError(
                "There is a personal identity number in the text. People are counted here and never named: take it out."
            )


def number(text: str, name: str, groups: str = "") -> Decimal:
    """A number with two decimals at most, as somebody typed it; `groups` as in `asking.amount`. Raises InputError."""
    bare = re.sub(r"[\s\u00a0\u202f]", "", text)
    if AMOUNT.fullmatch(bare):
        return Decimal(bare.replace(",", "."))
    if MARKED.fullmatch(bare):
        found = asking.amount(bare.removeprefix("-"), groups)
        return -found if bare.startswith("-") else found
    raise InputError("'{text}' is no number for {name}. Write it such as 1200 or 12.5.", text=text, name=name)


def _amount(promise: Promise, amount: Decimal) -> None:
    if not amount.is_finite() or not 0 <= amount < MOST:
        raise InputError("{code}: {amount} cannot have been delivered.", code=promise.code, amount=str(amount))
    if promise.unit in WHOLE and amount != amount.to_integral_value():
        raise InputError("{code}: give a whole number.", code=promise.code)


def _day(day: date, code: str) -> None:
    if not CENTURY[0] <= day < CENTURY[1]:
        raise InputError("{code}: {day} is too far away to be right.", code=code, day=day.isoformat())


def _text(name: str, text: str | None) -> str | None:
    """A text without blanks around; None for an empty one. Raises InputError where it is too long."""
    told = CONTROL.sub(" ", (text or "").replace("\r\n", "\n")).strip()
    if name in OUTSIDE:
        told = FORMULA.sub(lambda match: "–" * match[0].count("-"), told)
    if len(told) > LONGEST.get(name, LONG):
        raise InputError("A text is longer than {most} signs. Shorten it.", most=LONGEST.get(name, LONG))
    return told or None


def evidence_of(row: Mapping[str, Any]) -> Sequence[str]:
    """The hashes of a report's files."""
    return (row.get("evidence") or "").split()
