"""Cells made ready: blanks at their ends gone, dates read, texts without personal numbers. All by column."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bygd.sources import dates
from bygd.sources.conventions import Conventions
from bygd.sources.dates import Days

MARKS = "\ufeff\u200b"
"""Marks without width that some programs leave at the start of cells."""
NUMBER_AND_TEXT = r"^(?P<number>\d[\d.]{2,})[\s:–-]+(?P<text>.*\p{L}.*)$"


def trimmed(cells: pa.Table) -> pa.Table:
    """The same table without white space at the ends of cells, no-break spaces included; empty becomes null."""
    with ThreadPoolExecutor(2) as pool:
        return pa.table(dict(zip(cells.column_names, pool.map(_trimmed, cells.columns), strict=True)))


def _trimmed(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if not pa.types.is_string(column.type):
        return column
    column = pc.utf8_trim_whitespace(column)
    if any(bool(pc.any(pc.starts_with(column, mark)).as_py()) for mark in MARKS):
        column = pc.utf8_trim_whitespace(pc.utf8_trim(column, MARKS))
    empty = pc.equal(column, "")
    return pc.if_else(empty, pa.scalar(None, pa.string()), column) if pc.any(empty).as_py() else column


def by_value(column: pa.ChunkedArray, work: Callable[[list[str], list[int]], pa.Array]) -> pa.Array:
    """A column computed from its distinct texts: `work` gets texts and counts, and gives one value per text."""
    whole = pa.concat_arrays(column.chunks) if column.chunks else pa.array([], pa.string())
    encoded = whole.dictionary_encode()
    texts = encoded.dictionary.to_pylist()
    known = encoded.indices.drop_null().to_numpy()
    values = work(texts, np.bincount(known, minlength=len(texts)).tolist())
    return values.take(encoded.indices)


def dated(column: pa.ChunkedArray, conventions: Conventions, order: str | None) -> tuple[pa.Array, pa.Array, Days]:
    """Each cell's day, what is wrong with those that are none, and how the column was read."""
    found: list[Days] = []

    def read(texts: list[str], counts: list[int]) -> pa.Array:
        days = dates.read(dict(zip(texts, counts, strict=True)), conventions, order)
        found.append(days)
        return pa.StructArray.from_arrays(
            [
                pa.array([days.days.get(text) for text in texts], pa.date32()),
                pa.array([days.wrong.get(text) for text in texts], pa.string()),
            ],
            ["day", "wrong"],
        )

    both = by_value(column, read)
    return pc.struct_field(both, "day"), pc.struct_field(both, "wrong"), found[0]


def mended(
    column: pa.ChunkedArray, search: str, replacements: Callable[[list[str]], Mapping[str, str]], keep: bool
) -> pa.ChunkedArray | pa.Array:
    """The column with texts that hold a personal number replaced, or dropped where they are not to be kept."""
    if not search:
        return column
    suspicious = pc.match_substring_regex(column, search)
    if not pc.any(suspicious).as_py():
        return column
    new = replacements(pc.unique(column.filter(suspicious)).to_pylist())
    if not new:
        return column

    def work(texts: list[str], _: list[int]) -> pa.Array:
        return pa.array([(new[text] if keep else None) if text in new else text for text in texts], pa.string())

    return by_value(column, work)


def number_and_text(column: pa.ChunkedArray) -> tuple[pa.ChunkedArray, pa.ChunkedArray]:
    """Accounts written `30110 Text` in one cell, parted into numbers and texts.

    Other cells stay; those without any digit, `Groenonderhoud`, are texts as well.
    """
    parts = pc.extract_regex(column, NUMBER_AND_TEXT)
    named = pc.if_else(pc.match_substring_regex(column, r"\d"), pa.scalar(None, pa.string()), column)
    return pc.coalesce(pc.struct_field(parts, "number"), column), pc.coalesce(pc.struct_field(parts, "text"), named)
