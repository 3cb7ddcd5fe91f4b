"""Peek: rows near the top of a file that may be its header, from its first bytes alone, however large it is."""

import csv
import gzip
import itertools
import zipfile
import zlib
from pathlib import Path

from bygd.sources.files import opening, tabular
from bygd.sources.files.headings import distinct

BEGINNING = 1 << 16
ROWS = 30
DELIMITERS = (",", ";", "\t", "|")


def headers(path: Path) -> list[list[str]]:
    """Names in the first rows of each table in a file, split in every way that gives more than one.

    Raises InputError for a file that is missing, empty, damaged, or no table; see `opening.opened`.
    """
    texts = _beginnings(path)
    if texts:
        return [names for text in texts for names in _split(text)]
    with opening.opened(path) as parts:
        return [
            list(distinct(row))
            for part in parts
            for sheet in tabular.sheets(part, path.name)
            for row in sheet.head[:ROWS]
            if len(row) > 1
        ]


def _split(text: str) -> list[list[str]]:
    lines = [line for line in text.splitlines()[:ROWS] if line.strip()]
    rows = []
    for delimiter in DELIMITERS:
        # A quotation mark that is no quotation may swallow lines, so each line is read by itself.
        split = (next(csv.reader([line], delimiter=delimiter), []) for line in lines)
        rows += [list(distinct(row)) for row in split if len(row) > 1]
    return rows


def _beginnings(path: Path) -> list[str]:
    """The first bytes of a text, or of each text in an archive; nothing for what is no text or damaged."""
    try:
        with path.open("rb") as opened:
            first = opened.read(BEGINNING)
        if first.startswith(b"\x1f\x8b"):
            with gzip.open(path) as packed:
                return _text(packed.read(BEGINNING))
        if first.startswith(b"PK"):
            with zipfile.ZipFile(path) as archive:
                if "[Content_Types].xml" in archive.namelist() or "mimetype" in archive.namelist():
                    return []
                wanted = [name for name in archive.namelist() if name.lower().endswith((".csv", ".txt", ".tsv"))]
                found = []
                for name in itertools.islice(wanted, ROWS):
                    with archive.open(name) as member:
                        found += _text(member.read(BEGINNING))
                return found
    except (OSError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error, NotImplementedError):
        return []
    return _text(first)


def _text(first: bytes) -> list[str]:
    if not first or first.startswith((b"PK", b"\xd0\xcf\x11\xe0", b"%PDF", b"\xff\xfe", b"\xfe\xff")):
        return []
    return [first.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").decode("utf-8", "replace")]
