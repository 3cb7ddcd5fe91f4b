"""Text decoded: which of a closed set of encodings a file is in, and the file as clean UTF-8."""

import codecs
import hashlib
from pathlib import Path

from bygd.sources.errors import InputError
from bygd.sources.files.opening import CHUNK, MEBIBYTE

MAX_LINE = 16 * MEBIBYTE
"""Longest line that is read; a ledger's row has a few hundred characters."""
SAMPLE = MEBIBYTE
SINGLE_BYTE = ("cp1252", "cp850", "cp437", "mac_roman")
MIXED = "utf-8 with cp1252"
"""UTF-8 into which some program wrote a few bytes of Windows-1252."""
KNOWN = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", *SINGLE_BYTE)

EXPECTED = {
    **dict.fromkeys("åäöÅÄÖ", 3.0),
    **dict.fromkeys("éë£", 2.5),
    **dict.fromkeys("èïüÉçñáóøæØ", 1.0),
    **dict.fromkeys("–—‘’“”•…€®™§°½²³´\u00a0·¬", 0.5),
}
UNEXPECTED = -2.0


def sha256(path: Path) -> str:
    """Hash of a file's content."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def encoding_of(path: Path, shown: str, encoding: str | None = None) -> str:
    """The encoding of a text file, found in one pass in pieces, unless it is given.

    Order of decision: byte order mark, UTF-16 by its noughts, strict UTF-8, then the 8-bit encoding whose
    letters are the likeliest in Swedish, Dutch and English. Raises InputError for a binary file, a line above
    `MAX_LINE`, or an encoding that is not one of `KNOWN`.
    """
    if encoding is not None and _name(encoding) not in KNOWN:
        raise InputError(
            "The encoding '{encoding}' of {file} is not known. Known: {known}.",
            encoding=encoding,
            file=shown,
            known=KNOWN,
        )
    utf8 = codecs.getincrementaldecoder("utf-8")()
    is_utf8, line, noughts, sample, first = True, 0, 0, bytearray(), b""
    with path.open("rb") as opened:
        while chunk := opened.read(CHUNK):
            first = first or chunk
            line = _longest(chunk, line, shown)
            noughts += chunk.count(b"\0")
            if is_utf8:
                try:
                    utf8.decode(chunk)
                except UnicodeDecodeError:
                    is_utf8 = False
            if len(sample) < SAMPLE and not chunk.isascii():
                sample += chunk
        if is_utf8:
            try:
                utf8.decode(b"", final=True)
            except UnicodeDecodeError:
                is_utf8 = False
    return _decide(first, noughts, is_utf8, bytes(sample), shown) if encoding is None else _name(encoding)


def _longest(chunk: bytes, line: int, shown: str) -> int:
    """Length of the line that is still open after this piece; refuses one that is too long."""
    ends = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
    line = line + len(chunk) if ends < 0 else len(chunk) - ends - 1
    if line > MAX_LINE:
        raise InputError(
            "{file} has a line of more than {most} MB, so it is no table with rows. Check that it is the "
            "right file, or export it again.",
            file=shown,
            most=MAX_LINE // MEBIBYTE,
        )
    return line


def _name(encoding: str) -> str:
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        return encoding
    return {"iso8859-1": "latin-1", "mac-roman": "mac_roman"}.get(name, name)


def _decide(first: bytes, noughts: int, is_utf8: bool, sample: bytes, shown: str) -> str:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if first.startswith(mark) and (is_utf8 or encoding != "utf-8-sig"):
            return encoding
    if noughts > len(first) / 1000:
        even, odd = first[0::2].count(0), first[1::2].count(0)
        half = len(first) / 2
        if odd > 0.4 * half and even < 0.1 * half:
            return "utf-16-le"
        if even > 0.4 * half and odd < 0.1 * half:
            return "utf-16-be"
        raise InputError(
            "{file} is no text but a binary file, whatever its name says. Export it as CSV or XLSX.", file=shown
        )
    if is_utf8:
        return "utf-8"
    if _is_mostly_utf8(sample):
        return MIXED
    control = sum(first.count(bytes([byte])) for byte in (*range(1, 9), *range(14, 26)))
    if control > len(first) / 100:
        raise InputError(
            "{file} is no text but a binary file, whatever its name says. Export it as CSV or XLSX.", file=shown
        )
    return max(SINGLE_BYTE, key=lambda encoding: score(sample, encoding))


def _is_mostly_utf8(sample: bytes) -> bool:
    """Whether more letters above 127 are whole UTF-8 sequences than not; 8-bit texts hardly ever have one."""
    text = sample.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    return sum(not letter.isascii() for letter in text) - wrong > wrong


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("bygd_cp1252", _as_cp1252)


def score(sample: bytes, encoding: str) -> float:
    """How likely the bytes above 127 are as letters of Swedish, Dutch and English in that encoding."""
    text = sample.decode(encoding, "replace")
    total = 0.0
    for place, letter in enumerate(text):
        if letter.isascii():
            continue
        total += EXPECTED.get(letter, UNEXPECTED)
        before, after = text[place - 1 : place], text[place + 1 : place + 2]
        if letter.isupper() and before.islower() and after.islower():
            total += UNEXPECTED
    return total


def to_utf8(path: Path, encoding: str, target: Path, shown: str) -> None:
    """Write the file as UTF-8 with line feeds at line ends, piece by piece. Raises InputError where it cannot."""
    errors = "bygd_cp1252" if encoding == MIXED else "strict" if encoding.startswith("utf") else "replace"
    try:
        with (
            path.open("r", encoding="utf-8" if encoding == MIXED else encoding, errors=errors) as source,
            target.open("w", encoding="utf-8", newline="\n") as out,
        ):
            while piece := source.read(CHUNK):
                out.write(piece)
    except UnicodeError as error:
        raise InputError(
            "{file} is not {encoding} throughout ({why}). Leave the encoding out, or mend it.",
            file=shown,
            encoding=encoding,
            why=error,
        ) from error
