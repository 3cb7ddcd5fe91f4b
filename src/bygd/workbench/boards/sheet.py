"""A board as a spreadsheet: written to be filled in by hand, and read back in any of the house's languages."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from bygd.reports.documents import sheet, workbook
from bygd.reports.grid import Grid, Head, Kind
from bygd.reports.translate import LANGUAGES, Translator
from bygd.sources import dates
from bygd.sources.errors import InputError
from bygd.vocabulary.money import rounded
from bygd.vocabulary.planning import CardStanding, CardState
from bygd.vocabulary.said import N_
from bygd.vocabulary.words import Pillar, Word
from bygd.workbench import asking, filled
from bygd.workbench.boards.known import Row
from bygd.workbench.project import Project

LABELS = {
    "pillar": N_("Pillar"),
    "headings": N_("Headings in finer lists"),
    "standing": N_("Column"),
    "why": N_("Why it was moved or dropped"),
    "title": N_("What"),
    "text": N_("In more words"),
    "for_whom": N_("For whom"),
    "place_name": N_("Where"),
    "asset_key": N_("Asset on the map"),
    "owner": N_("Who owns it"),
    "allies": N_("Allies"),
    "evidence": N_("What it rests on"),
    "principles": N_("Principles it serves"),
    "cost": N_("Cost"),
    "currency": N_("Currency"),
    "funding": N_("Where the money comes from"),
    "first_step": N_("First step"),
    "first_step_by": N_("Who takes the first step"),
    "first_step_on": N_("First step by"),
    "state": N_("How far it has come"),
    "measure": N_("What tells whether it works"),
    "baseline": N_("Today"),
    "target": N_("Should become"),
    "target_on": N_("Reached by"),
    "in_plan": N_("In the action plan"),
    "card_key": N_("Key"),
}
"""Columns of the spreadsheet in their order; titles are read back in every language, and so are the plain names."""

WORDS: Mapping[str, type[Word]] = {"pillar": Pillar, "standing": CardStanding, "state": CardState}
DAYS = ("first_step_on", "target_on")
YES = ("true", "1", "x", "yes", "ja")
MOST_ROWS = 2_000
KINDS = {**dict.fromkeys(DAYS, Kind.DAY), "cost": Kind.NUMBER}


def grid(cards: Sequence[Mapping[str, Any]], _: Translator) -> Grid:
    """The cards as a table, in words of one language."""
    heads = tuple(
        Head(_(label), KINDS.get(name, Kind.TEXT), is_row_head=name == "title") for name, label in LABELS.items()
    )
    return Grid(_("Board"), heads, [[_cell(card, name, _) for name in LABELS] for card in cards])


def write(
    cards: Sequence[Mapping[str, Any]], target: Path | BinaryIO, translate: Translator, ending: str = "xlsx"
) -> None:
    """Write cards as CSV or XLSX; what is written can be read back. Raises InputError for another ending."""
    table = grid(cards, translate)
    if ending == "xlsx":
        workbook.tables([(table.caption, table)], target, translate, "", table.caption)
        return
    if ending != "csv":
        raise InputError("A board is written as csv or xlsx, not as {ending}.", ending=ending)
    written = sheet.sheet(table, "", translate).encode()
    if isinstance(target, Path):
        target.write_bytes(written)
    else:
        target.write(written)


def read(project: Project, path: Path, board: str = "", groups: str = "") -> list[Row]:
    """The cards of a spreadsheet, for `enter`. Raises InputError naming the row that is wrong.

    A row needs a title and a pillar; a column that is not there leaves cards known by their key as they were.
    `groups` part thousands, see `asking.groups`.
    """
    number, header, listed = filled.table(path, MOST_ROWS)
    fields = filled.fields(LABELS)
    columns = [fields.get(title.strip().casefold()) for title in header]
    missing = [name for name in ("title", "pillar") if name not in columns]
    if missing:
        raise InputError(
            "{file} lacks the columns {columns}. Fill in the board as it was given.", file=path.name, columns=missing
        )
    days = {cell for row in listed for name, cell in zip(columns, row, strict=False) if name in DAYS and cell.strip()}
    known = dates.read(sorted(days), project.country.conventions()).days
    found = []
    for place, row in enumerate(listed, start=number):
        cells = {name: cell.strip() for name, cell in zip(columns, row, strict=False) if name}
        if not any(cells.values()):
            continue
        try:
            found.append(_card(cells, known, board, groups))
        except InputError as error:
            raise InputError("Row {number}: {why}", number=place, why=error.said) from None
    return found


def _card(cells: Mapping[str, str], days: Mapping[str, date], board: str, groups: str) -> Row:
    card: Row = {"board": board or None, "origin": "spreadsheet"}
    for name, text in cells.items():
        if name in WORDS:
            card |= {name: _word(WORDS[name], text).value} if text else {}
        elif name in DAYS:
            day = filled.iso(text) or days.get(text)
            if text and day is None:
                raise InputError("'{text}' is no day. Write it as year, month and day.", text=text)
            card[name] = day
        elif name == "cost":
            card[name] = rounded(asking.amount(text, groups)) if text else None
        elif name == "in_plan":
            card[name] = text.casefold() in YES
        else:
            card[name] = text or None
    if card.get("card_key"):
        del card["origin"]
    else:
        card.pop("card_key", None)
    return card


def _word(kind: type[Word], text: str) -> Word:
    """A word as it is stored, or as it is called in any language."""
    for language in LANGUAGES:
        translate = Translator(language)
        for one in kind:
            if text.casefold() in (one.value, translate.word(one).casefold()):
                return one
    raise InputError("'{text}' must be one of: {known}.", text=text, known=[word.value for word in kind])


def _cell(card: Mapping[str, Any], name: str, _: Translator) -> str | Decimal | date | None:
    value = card[name]
    if name in WORDS and value:
        return _.word(WORDS[name](value))
    if name == "in_plan":
        return "x" if value else ""
    return "" if value is None and name not in KINDS else value  # type: ignore[no-any-return]
