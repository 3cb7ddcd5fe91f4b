"""Harmless: a text that a spreadsheet would take for a formula is marked as a text, and read back as it was."""

import re
from typing import TypeVar

FORMULA = re.compile(r"^[\s\u00a0]*[=+\-@\t\r\n|%]")
"""How texts begin that a spreadsheet might take for a formula."""

NUMBER = re.compile(r"[-+]?\d[\d\u00a0 .,]*%?")
"""A number may begin with a sign and is no formula."""

Cell = TypeVar("Cell")


def harmless(cell: Cell) -> Cell | str:
    """A cell that no spreadsheet takes for a formula: an apostrophe before what looks like one."""
    if isinstance(cell, str) and FORMULA.match(cell) and not NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def as_meant(text: str) -> str:
    """The text without the apostrophe that `harmless` put before it; any other apostrophe is the text's own."""
    return text[1:] if text.startswith("'") and FORMULA.match(text[1:]) else text
