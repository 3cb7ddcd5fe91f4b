"""Files opened safely: what a file is by its first bytes, unpacked with limits, refused with advice."""

import gzip
import re
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from bygd.sources.errors import InputError
from bygd.vocabulary.said import Said

MEBIBYTE = 1 << 20
MAX_UNPACKED = 4096 * MEBIBYTE
"""Most that one archive or workbook may hold once unpacked; far above any real ledger."""
MAX_RATIO = 250
"""Most that content may grow when unpacked: spreadsheets of repeated rows reach 100, bombs 1,000 and more."""
RATIO_FREE = 64 * MEBIBYTE
"""Below this size no ratio is asked: small files can do no harm."""
MAX_MEMBERS = 2000
"""Most members an archive may have."""
CHUNK = MEBIBYTE

TEXT, JSON, XLSX, XLS, ODS = "text", "json", "xlsx", "xls", "ods"
TABLES = (".csv", ".txt", ".tsv", ".tab", ".skv", ".xlsx", ".xlsm", ".xls", ".ods", ".gz")
JSON_START = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\{["\r\n]|\[[]{\r\n])')
OBJECTS = (".json", ".jsonl", ".ndjson")

NOT_LEDGERS = (
    (b"%PDF", Said("a PDF document")),
    (b"\x89PNG", Said("a picture (PNG)")),
    (b"\xff\xd8\xff", Said("a picture (JPEG)")),
    (b"GIF8", Said("a picture (GIF)")),
    (b"7z\xbc\xaf\x27\x1c", Said("a 7-Zip archive")),
    (b"Rar!", Said("a RAR archive")),
    (b"PAR1", Said("a Parquet file")),
    (b"{\\rtf", Said("a text document (RTF)")),
    (b"SQLite format 3", Said("a database")),
)
ADVICE = Said("Export the ledger as CSV, XLSX, XLS or ODS and add that file.")


@dataclass(frozen=True)
class Part:
    """One file that can be read: the file itself, or a member of an archive, unpacked.

    `member` is its name in the archive, else empty; `kind` is 'text', 'json', 'xlsx', 'xls' or 'ods';
    `folder` is for what must be written while it is read.
    """

    path: Path
    member: str
    kind: str
    folder: Path


Choose = Callable[[Sequence[str]], Collection[str]]
"""Of the names of an archive's members, those to unpack."""


@contextmanager
def opened(path: Path, choose: Choose | None = None) -> Iterator[tuple[Part, ...]]:
    """The parts of a file, unpacked into a folder that is gone afterwards; of an archive those that `choose` names.

    Kinds are told by content, never by the name's ending. Raises InputError for what is no ledger, is
    empty, damaged, locked by a password, or grows beyond `MAX_UNPACKED` or `MAX_RATIO`.
    """
    if not path.is_file():
        raise InputError("{path} is not there, or is no file. Check the name.", path=path)
    with tempfile.TemporaryDirectory(prefix="bygd-") as folder:
        yield tuple(_parts(path, path.name, "", Path(folder), nested=False, choose=choose))


def _parts(
    path: Path, shown: str, member: str, folder: Path, nested: bool, choose: Choose | None = None
) -> Iterator[Part]:
    with path.open("rb") as start:
        first = start.read(4096)
    if not first:
        raise InputError("{file} is empty. Fetch or export it again.", file=shown)
    if first.startswith(b"\x1f\x8b"):
        if nested:
            raise InputError("{file} is packed more than once. Unpack it and add what is inside.", file=shown)
        yield from _parts(_gunzip(path, shown, folder), shown, member, folder, nested=True)
    elif first.startswith(b"PK"):
        yield from _zip(path, shown, member, folder, nested, choose)
    elif first.startswith(b"\xd0\xcf\x11\xe0"):
        yield Part(path, member, _ole(path, shown), folder)
    else:
        refuse(first, shown)
        yield Part(path, member, JSON if JSON_START.match(first) else TEXT, folder)


def refuse(first: bytes, shown: str) -> None:
    """Raise InputError where the first bytes are those of something that is no table."""
    for magic, what in NOT_LEDGERS:
        if first.startswith(magic):
            raise InputError("{file} is {what}, not a ledger. {advice}", file=shown, what=what, advice=ADVICE)
    start = first.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        raise InputError(
            "{file} is a web page, not a ledger; perhaps a log-in page was saved. Fetch it again.", file=shown
        )
    if start.startswith((b"<?xml", b"<workbook")):
        raise InputError("{file} is an XML document, not a ledger. {advice}", file=shown, advice=ADVICE)


def _ole(path: Path, shown: str) -> str:
    """XLS and password-protected XLSX share a container; its directory names tell which."""
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise InputError(
            "{file} is locked by a password. Open it, save it without the password and add it again.", file=shown
        )
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return XLS
    raise InputError("{file} is an old Office document that is no workbook. {advice}", file=shown, advice=ADVICE)


def _gunzip(path: Path, shown: str, folder: Path) -> Path:
    unpacked = folder / f"unpacked-{len(list(folder.iterdir()))}"
    try:
        with gzip.open(path) as packed:
            copy(packed, unpacked, shown, path.stat().st_size)
    except (EOFError, OSError, zlib.error) as error:
        raise InputError("{file} is damaged or cut short ({why}). Fetch it again.", file=shown, why=error) from error
    return unpacked


def _zip(
    path: Path, shown: str, member: str, folder: Path, nested: bool, choose: Choose | None = None
) -> Iterator[Part]:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise InputError("{file} is damaged or cut short ({why}). Fetch it again.", file=shown, why=error) from error
    with archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        if choose is not None:
            chosen = set(choose([entry.filename for entry in entries]))
            entries = [entry for entry in entries if entry.filename in chosen]
        names = {entry.filename for entry in entries}
        _check_sizes(entries, shown, path.stat().st_size)
        if "[Content_Types].xml" in names or "mimetype" in names:
            kind = _workbook(archive, names, shown)
            check_workbook(archive, entries, shown)
            yield Part(path, member, kind, folder)
            return
        if nested:
            raise InputError("{file} is packed more than once. Unpack it and add what is inside.", file=shown)
        # Lists of owners come as JSON; beside tables it only describes them.
        wanted = [entry for entry in entries if _looks_wanted(entry.filename, TABLES)] or [
            entry for entry in entries if _looks_wanted(entry.filename, OBJECTS)
        ]
        if not wanted:
            raise InputError("{file} holds no file that could be a ledger. {advice}", file=shown, advice=ADVICE)
        for number, entry in enumerate(sorted(wanted, key=lambda entry: entry.filename)):
            unpacked = folder / f"member-{number}"
            within = f"{shown}, {entry.filename},"
            _extract(archive, entry, unpacked, within)
            yield from _parts(unpacked, within, entry.filename, folder, nested=True)


def _looks_wanted(name: str, endings: tuple[str, ...]) -> bool:
    last = name.rsplit("/", 1)[-1]
    hidden = last.startswith((".", "~$")) or name.startswith("__MACOSX")
    return not hidden and last.lower().endswith(endings)


def _check_sizes(entries: list[zipfile.ZipInfo], shown: str, packed: int) -> None:
    if any(entry.flag_bits & 1 for entry in entries):
        raise InputError("{file} is locked by a password. Unpack it and add what is inside.", file=shown)
    if len(entries) > MAX_MEMBERS:
        raise InputError(
            "{file} has {number} members, more than {most}. Unpack it and add fewer.",
            file=shown,
            number=len(entries),
            most=MAX_MEMBERS,
        )
    _check_growth(sum(entry.file_size for entry in entries), packed, shown)


def _check_growth(size: int, packed: int, shown: str) -> None:
    if size > MAX_UNPACKED or (size > RATIO_FREE and size > MAX_RATIO * max(packed, 1)):
        raise InputError(
            "{file} would grow from {packed} to {size} bytes or more when unpacked, which looks like a "
            "decompression bomb. Check where it comes from; if it is sound, unpack it and add what is "
            "inside.",
            file=shown,
            packed=packed,
            size=size,
        )


def copy(source: IO[bytes] | gzip.GzipFile, target: Path, shown: str, packed: int) -> None:
    """Write what a packed stream holds, stopping as soon as it grows beyond the limits."""
    size = 0
    with target.open("wb") as out:
        while chunk := source.read(CHUNK):
            size += len(chunk)
            _check_growth(size, packed, shown)
            out.write(chunk)


def _extract(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, shown: str) -> None:
    try:
        with archive.open(entry) as packed:
            copy(packed, target, shown, entry.compress_size)
    except (zipfile.BadZipFile, EOFError, OSError, zlib.error, NotImplementedError) as error:
        raise InputError("{file} is damaged or cut short ({why}). Fetch it again.", file=shown, why=error) from error


def _workbook(archive: zipfile.ZipFile, names: set[str], shown: str) -> str:
    if any(name.startswith("xl/") for name in names):
        return XLSX
    if "mimetype" in names and "content.xml" in names:
        if b"opendocument.spreadsheet" in archive.read("mimetype")[:200]:
            return ODS
        raise InputError("{file} is an OpenDocument file, but no spreadsheet. {advice}", file=shown, advice=ADVICE)
    is_word = any(name.startswith("word/") for name in names)
    what = Said("a Word document") if is_word else Said("an Office document")
    raise InputError("{file} is {what}, not a workbook. {advice}", file=shown, what=what, advice=ADVICE)


def check_workbook(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], shown: str) -> None:
    """Unpack each part of a workbook once to nowhere: sizes hold, checksums hold, no document types.

    Entities can only be declared in a DOCTYPE, which workbooks never have.
    """
    for entry in entries:
        try:
            with archive.open(entry) as packed:
                size, before = 0, b""
                while chunk := packed.read(CHUNK):
                    size += len(chunk)
                    _check_growth(size, entry.compress_size, shown)
                    if b"<!DOCTYPE" in (before + chunk).replace(b"\0", b"").upper():
                        raise InputError(
                            "{file} declares a document type, which no workbook needs. Save it anew.", file=shown
                        )
                    before = chunk[-32:]
        except (zipfile.BadZipFile, EOFError, OSError, zlib.error, NotImplementedError) as error:
            raise InputError(
                "{file} is damaged or cut short ({why}). Fetch it again.", file=shown, why=error
            ) from error
