"""Portable: what a PDF holds besides its pages, and the words in it that can be read without drawing them."""

import re
import zlib
from collections.abc import Iterator

from bygd.sources.errors import InputError

MOST_UNPACKED = 100 << 20
RUNS = re.compile(rb"/(?:JavaScript|JS|Launch|RichMedia|EmbeddedFiles?|XFA|SubmitForm|ImportData)\b")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"stream\r?\n")
SHOWN = re.compile(rb"\((?:[^()\\]|\\.)*\)")
LINES = re.compile(rb"(?:Tj|TJ|'|\"|T\*|Td|TD|Tm|ET)")
BEHIND = 1024
"""Bytes that may stand behind the end: some programs leave blanks there."""


def check(name: str, content: bytes) -> str:
    """The words of a PDF as far as they can be read. Raises InputError where it is damaged, locked, or could run.

    Objects that are packed are unpacked and looked at as well; those packed in a way that cannot be read are refused.
    """
    end = content.rfind(b"%%EOF")
    if end < 0 or len(content) - end > BEHIND or b"PK\x05\x06" in content[-66_000:]:
        raise InputError("{name} is damaged, or holds something beside the PDF. Print it to PDF anew.", name=name)
    words: list[str] = []
    for declared, held in _parts(name, content):
        for text in (declared, held if b"/ObjStm" in declared else b""):
            plain = ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), text)
            if RUNS.search(plain) or b"/Encrypt" in plain:
                raise InputError(
                    "{name} holds scripts, other files, or is locked. Print it to PDF anew and give that.", name=name
                )
        words += _words(declared)
        if b"/Image" not in declared and b"BT" in held:
            words += _words(held)
    return "\n".join(words)


def _parts(name: str, content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """What stands outside of streams, piece by piece, each with the stream that follows it, unpacked."""
    at, left = 0, MOST_UNPACKED
    while (found := STREAM.search(content, at)) is not None:
        declared = content[at : found.start()]
        end = content.find(b"endstream", found.end())
        end = len(content) if end < 0 else end
        held = content[found.end() : end]
        about = declared[declared.rfind(b" obj") + 1 :]
        if b"/Image" in about:
            held = b""
        elif b"FlateDecode" in about or b"/Fl " in about:
            held = _inflated(held, left)
            left -= len(held)
            if left <= 0:
                raise InputError("{name} grows too large when unpacked.", name=name)
        elif b"/Filter" in about and b"/ObjStm" in about:
            raise InputError("{name} is packed in an unusual way. Print it to PDF anew and give that.", name=name)
        yield declared, held
        at = end + len(b"endstream")
    yield content[at:], b""


def _inflated(held: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(held, most)
    except zlib.error:
        return b""


def _words(held: bytes) -> list[str]:
    """Texts in brackets, those of one line together."""
    return [
        b"".join(part[1:-1] for part in SHOWN.findall(line)).decode("latin-1")
        for line in LINES.split(held)
        if b"(" in line
    ]
