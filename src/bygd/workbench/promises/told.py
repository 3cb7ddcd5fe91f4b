"""Told: accounts, milestones and totals of promises as tables and plain values, in the reader's language."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from bygd.reports.grid import Cell, Grid, Head, Kind
from bygd.reports.translate import N_, Translator
from bygd.tools import promises as tool
from bygd.tools.promises import Account, Due, Effort, Total
from bygd.tools.promises.units import Unit, is_currency
from bygd.vocabulary.contract_words import PromiseStatus
from bygd.vocabulary.figures import Figure
from bygd.workbench.promises.known import Book

GROUPS = {
    "contract": N_("By contract"),
    "theme": N_("By theme"),
    "anchor": N_("By institution"),
    "place": N_("Everything together"),
}
NO_THEME = N_("No theme")
ALL = N_("The whole place")
HEADS = {
    "contract": N_("Contract"), "supplier": N_("Supplier"), "code": N_("No."), "title": N_("Promise"),
    "theme": N_("Theme"), "anchor": N_("Institution"), "place": N_("Place"), "year": N_("Year"), "unit": N_("Unit"),
    "promised": N_("Promised"), "expected": N_("Due by now"), "verified": N_("Verified"),
    "waiting": N_("Reported, not verified"), "disputed": N_("Disputed"), "high": N_("All reported"),
    "persons": N_("People in it"), "number": N_("Promises"), "status": N_("Status"), "reason": N_("Why"),
    "due_on": N_("Due"), "amount": N_("To be reached"), "state": N_("State"), "behind": N_("Behind or not kept"),
    "reports": N_("Reports"),
}  # fmt: skip
LATE = (PromiseStatus.BEHIND, PromiseStatus.MISSED)
DAY, NUMBER = Kind.DAY, Kind.NUMBER
KINDS = {"due_on": DAY} | dict.fromkeys(
    (
        "promised",
        "expected",
        "verified",
        "waiting",
        "disputed",
        "high",
        "persons",
        "number",
        "amount",
        "behind",
        "reports",
    ),
    NUMBER,
)


def unit(text: str, translate: Translator) -> str:
    """A unit as people say it."""
    return translate.word(Unit(text)) if text in list(Unit) else text


def amount(value: Decimal, text: str, translate: Translator) -> str:
    """An amount with its unit."""
    if is_currency(text):
        return translate.money(value, text, 0 if value == value.to_integral_value() else 2)
    if text == Unit.DONE:
        return translate("done") if value else translate("not done")
    if text == Unit.PERCENT:
        return translate.percent(float(value) / 100, 0 if value == value.to_integral_value() else 1)
    if text == Unit.PERSONS and value == value.to_integral_value():
        return translate.ngettext("{number} person", "{number} persons", int(value))
    if text == Unit.HOURS and value == value.to_integral_value():
        return translate.ngettext("{number} hour", "{number} hours", int(value))
    return f"{translate.number(value, 2)} {unit(text, translate)}"


def contract_name(book: Book, key: str) -> str:
    """A contract as people call it."""
    row = book.contracts[key]
    return " ".join(part for part in (row["number"], row["title"]) if part)


def rows(book: Book, accounts: Iterable[Account] | None = None) -> Iterator[dict[str, Any]]:
    """Every promise with its account as plain values, for CSV, JSON and the API."""
    for one in book.accounts if accounts is None else accounts:
        held = one.promise
        contract = book.contracts[held.contract_key]
        yield {
            "contract_key": held.contract_key,
            "contract": contract_name(book, held.contract_key),
            "anchor": contract["anchor"],
            "supplier": contract["supplier_name"],
            "promise_key": held.key,
            "code": held.code,
            "title": held.title,
            "theme": held.theme,
            "unit": held.unit,
            "target": held.target,
            "due_on": one.last_day,
            "expected": one.expected,
            "verified": one.verified,
            "waiting": one.waiting,
            "disputed": one.disputed,
            "low": one.low,
            "high": one.high,
            "persons": one.persons,
            "reports": one.reports,
            "status": one.status.value,
            "reason": str(one.reason),
        }


def account_grid(book: Book, accounts: Sequence[Account], translate: Translator) -> Grid:
    """Delivered against promised, one row for each promise."""
    _ = translate
    names = (
        "contract", "supplier", "code", "title", "theme", "unit", "promised", "expected", "verified", "waiting",
        "disputed", "high", "persons", "due_on", "status", "reason",
    )  # fmt: skip
    listed: list[list[Cell]] = [
        [
            contract_name(book, one.promise.contract_key), book.contracts[one.promise.contract_key]["supplier_name"],
            one.promise.code, one.promise.title, one.promise.theme, unit(one.promise.unit, _), one.promise.target,
            one.expected, one.verified, one.waiting, one.disputed, one.high, one.persons, one.last_day,
            _.word(one.status), _.said(one.reason),
        ]
        for one in accounts
    ]  # fmt: skip
    return Grid(_("Delivered against promised"), _heads(names, "title", _), listed)


def total_grid(book: Book, accounts: Sequence[Account], by: str, translate: Translator) -> Grid:
    """Delivered against promised by contract, theme, institution or all together, one row for each unit."""
    _ = translate
    names = (
        by,
        "unit",
        "number",
        "promised",
        "expected",
        "verified",
        "waiting",
        "disputed",
        "high",
        "persons",
        "behind",
    )
    listed = []
    for total in tool.totals(accounts, keys(book, _)[by]):
        late = sum(total.by_status.get(status, 0) for status in LATE)
        sums = [total.promised, total.expected, total.verified, total.waiting, total.disputed, total.high]
        shown: list[Cell] = [one if total.adds else None for one in sums]
        listed.append([str(total.key), unit(total.unit, _), total.number, *shown, total.persons, late])
    return Grid(_(GROUPS[by]), _heads(names, by, _), listed)


def year_grid(book: Book, translate: Translator) -> Grid:
    """What fell due and what was delivered in each year, one row for each unit."""
    _ = translate
    names = ("year", "unit", "promised", "verified", "waiting", "disputed", "high", "persons", "reports")
    found: list[Total] = tool.by_year(book.promises, book.deliveries)
    listed: list[list[Cell]] = [
        [
            str(one.key), unit(one.unit, _), one.promised, one.verified, one.waiting, one.disputed, one.high,
            one.persons, one.number,
        ]
        for one in found
    ]  # fmt: skip
    return Grid(_("By year"), _heads(names, "year", _), listed)


def due_grid(book: Book, due: Sequence[Due], translate: Translator) -> Grid:
    """Milestones with their days and how they stand."""
    _ = translate
    listed: list[list[Cell]] = [
        [
            one.step.due_on, contract_name(book, one.promise.contract_key), one.promise.title,
            one.step.amount, unit(one.promise.unit, _), _.word(one.state),
        ]
        for one in due
    ]  # fmt: skip
    return Grid(
        _("What is due when"), _heads(("due_on", "contract", "title", "amount", "unit", "state"), "title", _), listed
    )


def effort_of(book: Book) -> dict[str, Effort]:
    """How each contract should be followed up, by key. Raises InputError where no rules are known."""
    return tool.effort(book.contracts.values(), book.project.country.rule("follow_up"), book.day)


def figures_of(book: Book) -> list[Figure]:
    """Promises kept and delivered, as figures of the whole place."""
    return tool.figures(book.accounts)


def chart_rows(book: Book, by: str, translate: Translator) -> list[dict[str, Any]]:
    """Delivered against promised as shares of what was promised, one row for each group and unit that adds up.

    Rows have `name`, `verified`, `waiting`, `disputed` and `expected` (fractions of what was promised) and `label`.
    """
    _ = translate
    found = []
    for total in tool.totals(book.accounts, keys(book, _)[by]):
        if not total.adds or not total.promised:
            continue
        parts = {name: float(getattr(total, name) / total.promised) for name in ("verified", "waiting", "disputed")}
        said = _(
            "{verified} of {promised} verified",
            verified=_.number(total.verified, 0),
            promised=amount(total.promised, total.unit, _),
        )
        name = str(total.key) if is_currency(total.unit) else f"{total.key} ({unit(total.unit, _)})"
        found.append({"name": name, "label": said, "expected": float(total.expected / total.promised), **parts})
    return found


def keys(book: Book, translate: Translator) -> dict[str, Callable[[Account], Hashable]]:
    """By what accounts are gathered."""
    return {
        "contract": lambda one: contract_name(book, one.promise.contract_key),
        "theme": lambda one: one.promise.theme or translate(NO_THEME),
        "anchor": lambda one: book.contracts[one.promise.contract_key]["anchor"],
        "place": lambda one: book.project.place_name,
    }


def _heads(names: Sequence[str], row_head: str, translate: Translator) -> tuple[Head, ...]:
    return tuple(Head(translate(HEADS[name]), KINDS.get(name, Kind.TEXT), name == row_head) for name in names)
