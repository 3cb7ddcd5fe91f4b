"""Harmless: a text that a spreadsheet would take for a formula is marked as a text, and read back as it was.

Every file that is written for people goes by this one rule: a number keeps its sign, any other text that begins like a
formula stands behind an apostrophe.
"""

import re
from typing import TypeVar

import pyarrow as pa
import pyarrow.compute as pc

BLANK = "[\\s\\v\\x1c-\\x1f\\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
"""Signs that leave no ink; written out, since Arrow's `\\s` knows fewer of them."""
BEGINS = f"^{BLANK}*[=+\\-@\\t\\r\\n|%]"
IS_NUMBER = "[-+]?[0-9][0-9\u00a0\u202f .,]*([eE][-+]?[0-9]+)?[\u00a0\u202f ]?%?"

FORMULA = re.compile(BEGINS)
"""How texts begin that a spreadsheet might take for a formula."""
NUMBER = re.compile(IS_NUMBER)
"""A number may begin with a sign and is no formula."""

Cell = TypeVar("Cell")


def harmless(cell: Cell) -> Cell | str:
    """A cell that no spreadsheet takes for a formula: an apostrophe before what looks like one."""
    if isinstance(cell, str) and FORMULA.match(cell) and not NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def harmless_column(column: pa.Array) -> pa.Array:
    """A column of texts, each as `harmless` makes it."""
    looks_like_one = pc.match_substring_regex(column, BEGINS)
    is_number = pc.match_substring_regex(column, f"^(?:{IS_NUMBER})$")
    marked = pc.binary_join_element_wise("'", column, "")
    return pc.if_else(pc.and_(looks_like_one, pc.invert(is_number)), marked, column)


def as_meant(text: str) -> str:
    """The text without the apostrophe that `harmless` put before it; any other apostrophe is the text's own."""
    return text[1:] if text.startswith("'") and FORMULA.match(text[1:]) else text
