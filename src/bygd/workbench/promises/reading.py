"""Spreadsheets of promises read back: what the filled-in rows of a form, or a changed list, would change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

from bygd.reports.translate import LANGUAGES, Translator
from bygd.sources import dates
from bygd.sources.errors import InputError
from bygd.tools import promises as tool
from bygd.tools.promises.units import Unit
from bygd.vocabulary.contract_words import Adding
from bygd.workbench import filled
from bygd.workbench.promises import entering, social_return
from bygd.workbench.promises.entering import Given
from bygd.workbench.promises.known import Book, Row
from bygd.workbench.promises.sheet import DAYS, NUMBERS, PROMISES, REPORTS, SHOWN

YES = ("true", "1", "x", "yes", "ja")
MOST_ROWS = 5_000
OPTIONAL = ("theme", "policy", "measure", "starts_on", "milestones", "evidence")


class Effect(Enum):
    """What a filled-in row of a form would do."""

    NEW = "new"
    CHANGED = "changed"
    KNOWN = "known"


@dataclass(frozen=True)
class Change:
    """One report of a form, and what it would do. KNOWN says what is there already and is left out."""

    effect: Effect
    row: Row
    code: str


def read_reports(
    book: Book, path: Path, contract_key: str, by: str = entering.SUPPLIER, groups: str = ""
) -> list[Change]:
    """What the filled-in rows of a form would change. Raises InputError naming the row that is wrong.

    A row is filled in where it says an amount, or for social return a block. Reports that are verified already
    cannot be changed by a form. `groups` part thousands, see `asking.groups`.
    """
    known = {one.code.casefold(): one for one in book.promises.values() if one.contract_key == contract_key}
    found: list[Change] = []
    seen: set[str] = set()
    for number, cells in _rows(book, path, REPORTS, ("code", "period_to"), groups):
        if cells.get("amount") is None and not cells.get("block"):
            continue
        promise = known.get((cells["code"] or "").casefold())
        if promise is None:
            raise InputError(
                "Row {number}: no promise of this contract has the number '{code}'.",
                number=number,
                code=cells["code"] or "",
            )
        if cells.get("period_to") is None:
            raise InputError("Row {number}: say until which day.", number=number)
        try:
            given = _report_of(book, promise, cells, groups)
            key = tool.delivery_key(promise.key, given["period_to"], given.get("reference"))
            before = book.reports.get(key)
            if before is not None and _same(before, given):
                found.append(Change(Effect.KNOWN, before, promise.code))
                continue
            row = entering.report(book, promise, given, by)
        except InputError as error:
            raise InputError("Row {number}: {why}", number=number, why=error.said) from None
        if row["delivery_key"] in seen:
            raise InputError(
                "Row {number}: a report on {code} until {day} stands above. Give one of them a reference of its own.",
                number=number, code=promise.code, day=given["period_to"].isoformat(),
            )  # fmt: skip
        seen.add(row["delivery_key"])
        found.append(Change(Effect.NEW if before is None else Effect.CHANGED, row, promise.code))
    return found


def read_promises(book: Book, path: Path, by: str, groups: str = "") -> list[Change]:
    """What a list of promises would change. Raises InputError naming the row that is wrong."""
    found: list[Change] = []
    needed = ("contract", "code", "title", "unit", "target", "due_on")
    for number, cells in _rows(book, path, PROMISES, needed, groups):
        try:
            if not cells.get("contract") or cells.get("target") is None or cells.get("due_on") is None:
                raise InputError("Contract, target and last day must be filled in.")
            contract = book.contract(cells["contract"])
            before = book.promises.get(tool.promise_key(contract["contract_key"], cells["code"] or ""))
            adding = cells.get("adding") or Adding.SUM.value
            if adding not in list(Adding):
                raise InputError("'{word}' must be one of: {words}.", word=adding, words=[one.value for one in Adding])
            given = Given(
                code=cells["code"] or "", title=cells["title"] or "", unit=_unit(cells["unit"] or ""),
                target=cells["target"], due_on=cells["due_on"], adding=Adding(adding),
                counts_people=(cells.get("counts_people") or "").casefold() in YES,
                share=before.share if before else None, full_time=before.full_time if before else None,
                **{name: cells.get(name) for name in OPTIONAL},
            )  # fmt: skip
            row = entering.promise(book, contract["contract_key"], given, by)
        except InputError as error:
            raise InputError("Row {number}: {why}", number=number, why=error.said) from None
        effect = Effect.NEW if before is None else Effect.KNOWN if _alike(before, row) else Effect.CHANGED
        found.append(Change(effect, row, row["code"]))
    return found


def _report_of(book: Book, promise: tool.Promise, cells: Mapping[str, Any], groups: str) -> dict[str, Any]:
    names = ("period_from", "period_to", "note", "reference", "block", "hours", "months", "units", "bonuses", "amount")
    given: dict[str, Any] = {name: cells.get(name) for name in names}
    if cells.get("persons"):
        given["persons"] = int(entering.number(cells["persons"], "persons", groups))
    if promise.is_social_return:
        given["amount"] = social_return.counted(book, promise, {**given, "paid": given["amount"]})
    return given


def _same(before: Mapping[str, Any], given: Mapping[str, Any]) -> bool:
    return all(before[name] == (given.get(name) or None) for name in ("period_from", "note", "block", "bonuses")) and (
        before["amount"] == given["amount"]
    )


def _alike(before: tool.Promise, row: Mapping[str, Any]) -> bool:
    names = (
        "title",
        "theme",
        "unit",
        "target",
        "due_on",
        "starts_on",
        "evidence",
        "counts_people",
        "policy",
        "measure",
    )
    return all(getattr(before, name) == row[name] for name in names) and tool.written(before.steps) == row["milestones"]


def _rows(
    book: Book, path: Path, titles: Mapping[str, str], needed: Sequence[str], groups: str
) -> list[tuple[int, dict[str, Any]]]:
    """Numbered rows by field, days and numbers read. Raises InputError where a column or a cell is not understood."""
    number, header, listed = filled.table(path, MOST_ROWS)
    fields = filled.fields(titles)
    columns = [fields.get(title.strip().casefold()) for title in header]
    missing = [name for name in needed if name not in columns]
    if missing:
        raise InputError(
            "{file} lacks the columns {columns}. Fill in the form as it was given.", file=path.name, columns=missing
        )
    found = []
    days = {cell for row in listed for name, cell in zip(columns, row, strict=False) if name in DAYS and cell.strip()}
    read = dates.read(sorted(days), book.project.country.conventions())
    for place, row in enumerate(listed, start=number):
        cells: dict[str, Any] = {}
        for name, cell in zip(columns, row, strict=False):
            text = cell.strip()
            if name is None or (name in SHOWN and titles is REPORTS):
                continue
            if name in DAYS and text:
                found_day = filled.iso(text) or read.days.get(text)
                if found_day is None:
                    raise InputError(
                        "Row {number}: '{text}' is no day. Write it such as 2027-03-31.", number=place, text=text
                    )
                cells[name] = found_day
            elif name in NUMBERS and text:
                cells[name] = _number(text, place, groups)
            else:
                cells[name] = text or None
        if any(value is not None for value in cells.values()):
            found.append((place, cells))
    return found


def _number(text: str, place: int, groups: str) -> Decimal:
    try:
        return entering.number(text, "a number", groups)
    except InputError as error:
        raise InputError("Row {number}: {why}", number=place, why=error.said) from None


def _unit(text: str) -> str:
    """A unit as tables hold it, from what it is called in any language."""
    for language in LANGUAGES:
        translate = Translator(language)
        for one in Unit:
            if text.strip().casefold() in (one.value, translate.word(one).casefold()):
                return one.value
    return text
