"""A small form, and templates of it filled in as a bidder would."""

import io
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import openpyxl

from bygd.reports.tenders import write_document, write_workbook
from bygd.reports.translate import Translator
from bygd.tools.tenders import Asked, Form, Item, Question

FORM = Form(
    "T-1",
    {"en": "School meals", "sv": "Skolmat"},
    (
        Question("1.1", {"en": "How many apprentices?", "sv": "Hur många lärlingar?"}, Asked.NUMBER,
                 {"en": "People", "sv": "Människor"}, "persons"),
        Question("1.2", {"en": "How are they trained?", "sv": "Hur utbildas de?"}, Asked.TEXT,
                 {"en": "People", "sv": "Människor"}),
        Question("2.1", {"en": "A collective agreement?", "sv": "Kollektivavtal?"}, Asked.YES_NO),
        Question("2.2", {"en": "Anything else?"}, needed=False),
    ),
    (
        Item("P1", {"en": "Meals", "sv": "Måltider"}, Decimal(12000), "pcs"),
        Item("P2", {"en": "Delivery", "sv": "Leverans"}, Decimal("52.5"), "weeks"),
    ),
    "SEK",
)  # fmt: skip

CELLS = {"D4": "Åkers Kök AB", "D5": "556677-8899", "C9": 3, "D10": "With care.\nBy Åsa.", "C11": "{yes}", "E5": 41.5}
CELLS["E6"] = "1 200,50"
WORDS = {"firm": ("Åkers Kök AB", "556677-8899"), "1.1": ("3", ""), "1.2": ("With care.\nBy Åsa.",)}
TOTAL = 12000 * Decimal("41.5") + Decimal("52.5") * Decimal("1200.50")


def blank(kind: str, language: str = "sv", form: Form = FORM) -> io.BytesIO:
    """An empty template."""
    held = io.BytesIO()
    (write_workbook if kind == "xlsx" else write_document)(form, Translator(language), held)
    held.seek(0)
    return held


def workbook(folder: Path, language: str = "sv", form: Form = FORM, **cells: Any) -> Path:
    """A filled workbook; `cells` change or empty (None) what stands in them. Answers first, prices by `P_E5`."""
    book = openpyxl.load_workbook(blank("xlsx", language, form))
    answers = book.worksheets[0]
    wanted: dict[str, Any] = {**CELLS, **cells}
    for name, value in wanted.items():
        on_prices = name.startswith("P_") or (name.startswith("E") and len(book.worksheets) > 1)
        sheet = book.worksheets[1] if on_prices else answers
        text = value.format(yes=Translator(language)("yes")) if isinstance(value, str) else value
        sheet[name.removeprefix("P_")] = text
    path = folder / "filled.xlsx"
    book.save(path)
    return path


def document(folder: Path, language: str = "sv", changes: Mapping[tuple[int, int, int], str] | None = None) -> Path:
    """A filled document; `changes` are cells by table, row and column."""
    opened = docx.Document(blank("docx", language))
    yes = Translator(language)("yes")
    wanted = {
        (1, 0, 1): "Åkers Kök AB", (1, 1, 1): "556677-8899", (2, 1, 1): "3", (3, 1, 1): "With care.\nBy Åsa.",
        (4, 1, 1): yes, (6, 1, 4): "41,5", (6, 2, 4): "1 200,50", **(changes or {}),
    }  # fmt: skip
    for (table, row, column), text in wanted.items():
        opened.tables[table].cell(row, column).text = text
    path = folder / "filled.docx"
    opened.save(path)
    return path
