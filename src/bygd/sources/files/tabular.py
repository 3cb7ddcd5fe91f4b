"""Tables found in files: sheets with their first and last rows, and all cells as text with row numbers."""

import csv
import io
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from bygd.sources.errors import InputError
from bygd.sources.files import decode
from bygd.sources.files.opening import ADVICE, JSON, MEBIBYTE, TEXT, Part
from bygd.sources.files.spreadsheets import grids

HEAD = 200
"""Rows looked at from the top to find delimiter, header and mapping."""
TAIL_BYTES = 65_536
TAIL = 20
"""Rows looked at from the bottom, where some put the header."""
MAX_CELL = 131_071
"""Longest cell; a longer one is a quotation mark that never closes. Excel allows 32,767."""
BATCH = 50_000
DELIMITERS = (";", ",", "\t", "|")

Row = list[str]


@dataclass(frozen=True)
class Sheet:
    """One table of a file, not yet read whole: where it is, and its rows near the top and the bottom.

    `name` is the sheet, the member of an archive, or empty; `tail` is empty where `head` has every row.
    `path` is the text as UTF-8, or None where `rows` holds the cells of a spreadsheet.
    """

    name: str
    encoding: str
    delimiter: str
    head: tuple[Row, ...]
    tail: tuple[Row, ...]
    path: Path | None = None
    rows: tuple[Row, ...] = ()

    def cells(self, skip: int) -> pa.Table:
        """Every row after the first `skip`: `row_number`, then `c0`, `c1`, … as text, empty cells null.

        Row numbers are a spreadsheet's: counted from one, with preamble, header and blank rows counted, and
        a record with line breaks inside quotation marks counted once.
        """
        if self.path is None:
            return _columns(iter(self.rows[skip:]), skip)
        regular = _arrow(self.path, self.delimiter, skip, self.name or self.path.name)
        if regular is not None:
            return regular
        rows = _rows(self.path, self.delimiter, self.name or self.path.name)
        return _columns(itertools.islice(rows, skip, None), skip)


def sheets(part: Part, shown: str, encoding: str | None = None, delimiter: str | None = None) -> Iterator[Sheet]:
    """The tables in one part of a file; empty sheets of a workbook are passed over. Raises InputError for JSON."""
    if part.kind == JSON:
        raise InputError("{file} is a JSON document, not a table. {advice}", file=shown, advice=ADVICE)
    if part.kind != TEXT:
        for name, rows in grids(part.path, part.kind, shown):
            if rows:
                joined = ", ".join(filter(None, [part.member, name]))
                yield Sheet(joined, part.kind, "", rows[:HEAD], rows[HEAD:][-TAIL:], None, rows)
        return
    found = decode.encoding_of(part.path, shown, encoding)
    path = part.path
    if found not in ("utf-8", "utf-8-sig"):
        path = part.folder / f"{path.name}.utf-8"
        decode.to_utf8(part.path, found, path, shown)
    chosen = delimiter or _delimiter(path, shown)
    head = tuple(itertools.islice(_rows(path, chosen, shown), HEAD))
    yield Sheet(part.member, found, chosen, head, _tail(path, chosen) if len(head) == HEAD else (), path)


def _delimiter(path: Path, shown: str) -> str:
    """The delimiter that splits the rows near the top most evenly into most columns."""

    def fit(delimiter: str) -> float:
        widths = [len(row) for row in itertools.islice(_rows(path, delimiter, shown), HEAD) if any(row)]
        usual = max(set(widths), key=widths.count, default=1)
        return (usual - 1) * widths.count(usual) / max(len(widths), 1)

    return max(DELIMITERS, key=fit)


def _rows(path: Path, delimiter: str, shown: str) -> Iterator[Row]:
    """Records as lists, blank ones as empty lists. Raises InputError for a quotation mark that never closes."""
    with path.open(encoding="utf-8-sig", newline="") as opened:
        reader = csv.reader(opened, delimiter=delimiter)
        try:
            yield from reader
        except csv.Error as error:
            raise InputError(
                "{file}: the record that starts near line {line} cannot be read ({why}). A quotation "
                "mark there is probably never closed; remove it.",
                file=shown,
                line=reader.line_num,
                why=error,
            ) from error


def _tail(path: Path, delimiter: str) -> tuple[Row, ...]:
    with path.open("rb") as opened:
        size = opened.seek(0, io.SEEK_END)
        opened.seek(max(0, size - TAIL_BYTES))
        text = opened.read().decode("utf-8", "replace")
    try:
        return tuple(csv.reader(text.splitlines(keepends=True)[1:], delimiter=delimiter))[-TAIL:]
    except csv.Error:
        return ()


def _arrow(path: Path, delimiter: str, skip: int, shown: str) -> pa.Table | None:
    """All rows by pyarrow's reader, or None where rows differ in width, which it refuses."""
    lines, width = _start(path, delimiter, skip, shown)
    if width < 2:
        return None
    names = [f"c{number}" for number in range(width)]
    try:
        table = arrow_csv.read_csv(
            path,
            read_options=arrow_csv.ReadOptions(column_names=names, skip_rows=lines, block_size=4 * MEBIBYTE),
            parse_options=arrow_csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True, null_values=[""]
            ),
        )
    except pa.ArrowInvalid:
        return None
    if any((pc.max(pc.binary_length(column)).as_py() or 0) > MAX_CELL for column in table.columns):
        return None
    return table.add_column(0, "row_number", pa.array(np.arange(skip + 1, skip + 1 + table.num_rows)))


def _start(path: Path, delimiter: str, skip: int, shown: str) -> tuple[int, int]:
    """How many lines the first `skip` records take, and how many cells the next record has."""
    with path.open(encoding="utf-8-sig", newline="") as opened:
        reader = csv.reader(opened, delimiter=delimiter)
        try:
            for _ in itertools.islice(reader, skip):
                pass
            lines = reader.line_num
            return lines, max((len(row) for row in itertools.islice(reader, HEAD)), default=1)
        except csv.Error:
            return 0, 1


def _columns(rows: Iterator[Row], skip: int) -> pa.Table:
    """Rows of any width as columns of text; short rows end in nulls."""
    batches = []
    while batch := list(itertools.islice(rows, BATCH)):
        width = max(map(len, batch), default=0)
        turned = itertools.zip_longest(*batch, fillvalue="") if width else ()
        batches.append([pa.array([cell or None for cell in column], pa.string()) for column in turned])
        batches[-1].append(pa.nulls(len(batch), pa.string()))
    width = max([1, *(len(batch) - 1 for batch in batches)])
    columns = {
        f"c{number}": pa.chunked_array(
            [batch[number] if number < len(batch) - 1 else batch[-1] for batch in batches], pa.string()
        )
        for number in range(width)
    }
    count = len(columns["c0"])
    return pa.table({"row_number": pa.array(np.arange(skip + 1, skip + 1 + count)), **columns})
