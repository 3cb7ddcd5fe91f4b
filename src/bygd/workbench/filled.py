"""Filled: a table that people filled in, as numbered rows under its headings, whichever program wrote it."""

import csv
import io
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from bygd.reports.documents.harmless import as_meant
from bygd.reports.translate import LANGUAGES, Translator
from bygd.sources.errors import InputError
from bygd.sources.files.opening import JSON, TEXT, opened
from bygd.sources.files.spreadsheets import cell_text, grids


def table(path: Path, most: int) -> tuple[int, list[str], list[list[str]]]:
    """The number of the first row below the headings, the headings, and the rows, texts as they were meant.

    Raises InputError where the file is no table, is empty, or has more than `most` rows.
    """
    with opened(path) as parts:
        part = parts[0]
        if part.kind == JSON:
            raise InputError("{file} is no table. Fill in the form as it was given.", file=path.name)
        if part.kind != TEXT:
            listed = next((list(rows) for _name, rows in grids(part.path, part.kind, path.name, _cell) if rows), [])
        else:
            listed = _csv(part.path, path.name)
    start = next((place for place, row in enumerate(listed) if sum(bool(cell.strip()) for cell in row) > 1), None)
    if start is None:
        raise InputError("{file} is empty.", file=path.name)
    rows = [[as_meant(cell) for cell in row] for row in listed[start + 1 :]]
    if len(rows) > most:
        raise InputError("{file} has more than {most} rows.", file=path.name, most=most)
    return start + 2, listed[start], rows


def _cell(cell: object) -> str:
    """The text of a cell; a number with three decimals gets a fourth, so that it is not taken for thousands."""
    text = cell_text(cell)
    return f"{text}0" if isinstance(cell, float) and re.fullmatch(r"-?\d{1,3}\.\d{3}", text) else text


def _csv(path: Path, name: str) -> list[list[str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("{file} is not in UTF-8. Save it as 'CSV UTF-8', or as XLSX.", file=name) from None
    first = text.split("\n", 1)[0]
    try:
        return list(
            csv.reader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") >= first.count(",") else ",")
        )
    except csv.Error as error:
        raise InputError("{file} is no CSV file: {why}.", file=name, why=str(error)) from None


def fields(titles: Mapping[str, str]) -> dict[str, str]:
    """Headings in every language, and the plain names, to fields."""
    found = {name: name for name in titles}
    for language in LANGUAGES:
        translate = Translator(language)
        found |= {translate(title).casefold(): name for name, title in titles.items()}
    return found


def iso(text: str) -> date | None:
    """A day written with its year first, however far ahead; ledgers, which others are read as, hold none to come."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
