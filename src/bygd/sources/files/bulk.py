"""Bulk files: large text files, packed or not, made clean and scanned by the engine in one pass."""

import codecs
import csv
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from bygd.engine import DuckEngine
from bygd.sources.errors import InputError
from bygd.sources.files import decode, opening
from bygd.vocabulary.said import Said

CHUNK = 1 << 20
CONTROL = bytes(code for code in range(32) if code not in b"\t\n\r") + b"\x7f"
RAW = "bulk_raw"
EXPECTED = {opening.TEXT: Said("a text file"), opening.JSON: Said("a JSON document")} | dict.fromkeys(
    (opening.XLSX, opening.XLS, opening.ODS), Said("a workbook")
)
MISFITS = {
    "MISSING COLUMNS": "fewer cells than columns",
    "TOO MANY COLUMNS": "more cells than columns",
    "UNQUOTED VALUE": "a quotation mark that is not closed",
    "LINE SIZE OVER MAXIMUM": "a line that is too long",
}
"""Why a row does not fit, by DuckDB's kind of error."""


@dataclass(frozen=True)
class Text:
    """One member of a bulk file as clean UTF-8 on disk; `label` is how people know it."""

    path: Path
    label: str


@dataclass(frozen=True)
class Layout:
    """What a bulk file looks like: delimiter, quote, encoding, and every column it may have.

    A column is used, ignored by name, or an error; `is_ignored` tests for families of names.
    `names` are those of a file without a header, in order.
    """

    source: str
    used: tuple[str, ...]
    ignored: tuple[str, ...] = ()
    is_ignored: Callable[[str], bool] = field(default=lambda _: False)
    optional: tuple[str, ...] = ()
    delimiter: str = ","
    quote: str = '"'
    encoding: str = "utf-8"
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rejected:
    """One row that could not be used: file, row number as a spreadsheet shows it, and why."""

    file: str
    row: int
    reason: str


@contextmanager
def clean(
    paths: Sequence[Path], encoding: str | None, kind: str = opening.TEXT, choose: opening.Choose | None = None
) -> Iterator[list[Text]]:
    """The files, unpacked where packed, as UTF-8 without control characters, for as long as the context lasts.

    Of an archive those that `choose` names.

    Without an encoding it is found out. Latin-1 is read as Windows-1252, which is the same but for
    27 signs where Latin-1 has control characters. Bytes that are not UTF-8 in a file said to be
    UTF-8 are read as Windows-1252, too. Needs the unpacked size in the temporary folder. Raises
    InputError for what is empty, damaged, locked, or no text; see `opening.opened`.
    """
    with tempfile.TemporaryDirectory(prefix="bygd-") as folder:
        texts: list[Text] = []
        for path in paths:
            with opening.opened(path, choose) as parts:
                for part in parts:
                    label = f"{path.name}/{part.member}" if part.member else path.name
                    if part.kind != kind:
                        raise InputError(
                            "{file} is {found}; {expected} was expected.",
                            file=label,
                            found=EXPECTED[part.kind],
                            expected=EXPECTED[kind],
                        )
                    text = Text(Path(folder) / f"{len(texts)}.txt", label)
                    found = encoding or decode.encoding_of(part.path, label)
                    with part.path.open("rb") as raw, text.path.open("wb") as plain:
                        _clean(raw, plain, found)
                    texts.append(text)
        yield texts


def scan(engine: DuckEngine, into: str, texts: Sequence[Text], layout: Layout, select: str) -> list[Rejected]:
    """Run `select` over each file and gather the results in the relation `into`.

    The statement reads from `bulk_raw`, which has the used columns as text (empty is null), and
    `file` and `row_number`. Gives the rows that do not fit the columns. Raises InputError where the
    header is not the layout's.
    """
    rejected: list[Rejected] = []
    for number, text in enumerate(texts):
        header = _header(text, layout)
        engine.execute(f"CREATE OR REPLACE TEMP VIEW {RAW} AS {_source(text, header, layout)}")
        engine.execute(
            f'CREATE OR REPLACE TABLE "{into}" AS {select}' if number == 0 else f'INSERT INTO "{into}" {select}'
        )
        lost = _rejects(engine, text)
        _check_lost(engine, into, text, lost, layout)
        rejected += lost
    engine.execute(f"DROP VIEW IF EXISTS {RAW}")
    return rejected


def first_line(text: Text) -> str:
    """The first line of a file; empty where the file is."""
    with text.path.open(encoding="utf-8", newline="") as opened:
        return next(iter(opened.read(CHUNK).splitlines()), "")


def split(line: str, delimiter: str = ",", quote: str = '"') -> list[str]:
    """The names in a header's line, without blanks around them."""
    names = next(csv.reader([line], delimiter=delimiter, quotechar=quote)) if quote else line.split(delimiter)
    return [name.strip() for name in names]


def true_row(row: int, rejected: Sequence[int]) -> int:
    """The row in the file of the row-th accepted row, given the sorted rows that were rejected before it."""
    for line in rejected:
        if line <= row:
            row += 1
    return row


def _source(text: Text, header: Sequence[str], layout: Layout) -> str:
    types = ", ".join(f"{_quoted(name)}: 'VARCHAR'" for name in header)
    used = [name for name in header if name in layout.used]
    missing = [f'NULL::VARCHAR AS "{name}"' for name in layout.used if name not in header]
    columns = ", ".join([*(f'NULLIF(TRIM("{name}"), \'\') AS "{name}"' for name in used), *missing])
    options = {
        "auto_detect": "false",
        "header": str(not layout.names).lower(),
        "delim": _quoted(layout.delimiter),
        "quote": _quoted(layout.quote),
        "escape": _quoted(layout.quote),
        "columns": f"{{{types}}}",
        "null_padding": "false",
        "store_rejects": "true",
        "rejects_table": "'bulk_rejects'",
        "rejects_scan": "'bulk_scans'",
        "rejects_limit": "0",
    }
    listed = ", ".join(f"{name}={value}" for name, value in options.items())
    row = f"{0 if layout.names else 1} + ROW_NUMBER() OVER () AS row_number"
    return f"SELECT {columns}, {_quoted(text.label)} AS file, {row} FROM read_csv({_quoted(str(text.path))}, {listed})"


def _rejects(engine: DuckEngine, text: Text) -> list[Rejected]:
    """Rows DuckDB could not split into the columns; the row itself is not kept, it may name a person."""
    found = engine.rows("SELECT line, MIN(error_type::VARCHAR) AS reason FROM bulk_rejects GROUP BY line ORDER BY line")
    engine.execute("DROP TABLE bulk_rejects")
    engine.execute("DROP TABLE bulk_scans")
    return [Rejected(text.label, int(row["line"]), MISFITS.get(row["reason"], row["reason"].lower())) for row in found]


def _check_lost(engine: DuckEngine, into: str, text: Text, lost: Sequence[Rejected], layout: Layout) -> None:
    """A file most of whose rows do not fit is another file, or a damaged one."""
    read = int(engine.rows(f'SELECT COUNT(*) AS n FROM "{into}" WHERE file = ?', text.label)[0]["n"])
    if len(lost) > max(read, 10):
        raise InputError(
            "{file} does not look like {source}: {number} rows do not fit its columns, {read} do. The "
            "first is row {row}: {reason}",
            file=text.label,
            source=layout.source,
            number=len(lost),
            read=read,
            row=lost[0].row,
            reason=lost[0].reason,
        )


def _header(text: Text, layout: Layout) -> list[str]:
    """The names in the first line, checked against the layout; an unnamed column gets a name of its own."""
    line = first_line(text)
    if not line:
        raise InputError("{file} is empty. Get the file again.", file=text.label)
    if layout.names:
        return _headerless(line, text, layout)
    names = split(line, layout.delimiter, layout.quote)
    missing = [name for name in layout.used if name not in names and name not in layout.optional]
    if missing:
        raise InputError(
            "{file} is not a file of {source}: it lacks the columns {missing}. Its first line begins: {line}.",
            file=text.label,
            source=layout.source,
            missing=[*missing[:5], *([Said("and others")] if len(missing) > 5 else [])],
            line=repr(line[:80]),
        )
    known = {*layout.used, *layout.ignored}
    extra = [name for name in names if name and name not in known and not layout.is_ignored(name)]
    if extra:
        raise InputError(
            "{file} has columns that {source} did not have before: {extra}. List them in the source's "
            "reader as used or ignored.",
            file=text.label,
            source=layout.source,
            extra=extra[:5],
        )
    return [name or f"unnamed_{number}" for number, name in enumerate(names)]


def _headerless(line: str, text: Text, layout: Layout) -> list[str]:
    found = line.count(layout.delimiter) + 1
    if found != len(layout.names):
        raise InputError(
            "{file} is not a file of {source}: its first line has {found} columns, {number} were expected. "
            "It begins: {line}.",
            file=text.label,
            source=layout.source,
            found=found,
            number=len(layout.names),
            line=repr(line[:80]),
        )
    return list(layout.names)


def _clean(raw: BinaryIO, plain: BinaryIO, encoding: str) -> None:
    """Copy as UTF-8, without byte order mark and control characters, with line feeds alone at line ends."""
    decoder = codecs.getincrementaldecoder("cp1252" if encoding == "latin-1" else encoding)(errors="bygd_cp1252")
    is_wide = encoding.startswith("utf-16")
    drop, turn = CONTROL + b"\r", None
    first = True
    while chunk := raw.read(CHUNK):
        if first:
            chunk = chunk.removeprefix(codecs.BOM_UTF8)
            if b"\r" in chunk and b"\n" not in chunk:  # line ends of old Macintoshes
                drop, turn = CONTROL, bytes.maketrans(b"\r", b"\n")
        first = False
        as_is = not is_wide and chunk.isascii() and not decoder.getstate()[0]
        plain.write((chunk if as_is else decoder.decode(chunk).encode()).translate(turn, drop))
    plain.write(decoder.decode(b"", final=True).encode())


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="ignore"), error.end


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


codecs.register_error("bygd_cp1252", _as_cp1252)
