"""Sniffing: what a file of evidence is by its content, whether that is what it claims, and nothing in it that runs."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from bygd.sources.errors import InputError
from bygd.web.procurements.promises import portable

MEBIBYTE = 1 << 20
MOST_UNPACKED = 100 * MEBIBYTE
"""Most that a document may hold once unpacked; far above any with pictures in it."""
MOST_MEMBERS = 2_000
MOST_POINTS = 60_000_000
"""Points of a picture: above any telephone's, below what fills a memory."""
LARGEST_SIDE = 20_000
Image.MAX_IMAGE_PIXELS = None  # asked here, before anything is unpacked
CLAIMS = {
    "pdf": ("pdf",), "jpg": ("jpeg",), "jpeg": ("jpeg",), "png": ("png",), "webp": ("webp",),
    "docx": ("docx",), "xlsx": ("xlsx",), "odt": ("odt",), "ods": ("ods",), "txt": ("text",), "csv": ("text",),
}  # fmt: skip
"""Endings that are taken, and what such a file must be."""
MARKUP = re.compile(r"<\s*(?:!doctype|html|script|svg|iframe|body|\?xml|\?php)", re.IGNORECASE)
OFFICE_RUNS = re.compile(
    r"vbaproject|activex|/embeddings/|oleobject|externallinks|macrosheets|customui|(?<!printersettings\d)(?<!printersettings\d\d)\.(?:bin|exe|dll|js|vbs)$",
    re.IGNORECASE,
)
ODF_RUNS = re.compile(r"^(?:basic|scripts|dialogs|configurations2/accelerator|object )", re.IGNORECASE)
ODF_KINDS = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f]")


@dataclass(frozen=True)
class Clean:
    """A file that may be kept: what it is, its content, and texts in which names and numbers could stand."""

    kind: str
    content: bytes
    texts: tuple[str, ...] = ()


def look(name: str, content: bytes) -> Clean:
    """The file as it may be kept. Raises InputError for what is not what its name claims, or could run something.

    Pictures are written anew, which leaves their hidden data behind: place, camera, former versions.
    """
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending not in CLAIMS:
        raise InputError(
            "{name}: such files are not taken. Give a PDF, a picture (JPEG, PNG, WebP), a document (DOCX, ODT), a "
            "spreadsheet (XLSX, ODS), TXT or CSV.",
            name=name,
        )
    if not content:
        raise InputError("{name} is empty.", name=name)
    is_like, make = BY_CONTENT[CLAIMS[ending][0]]
    if not is_like(content):
        raise InputError("{name} is not what its ending says. Save it anew as what it is, and give that.", name=name)
    found = make(name, content)
    if found.kind not in CLAIMS[ending]:
        raise InputError("{name} is not what its ending says. Save it anew as what it is, and give that.", name=name)
    return found


def _pdf(name: str, content: bytes) -> Clean:
    return Clean("pdf", content, (portable.check(name, content),))


def _picture(name: str, content: bytes) -> Clean:
    """The picture decoded and written anew, turned as it is looked at."""
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "WEBP"]) as opened:
            kind = (opened.format or "").lower()
            if opened.width * opened.height > MOST_POINTS or max(opened.size) > LARGEST_SIDE:
                raise InputError("{name} has more points than a picture of evidence needs. Make it smaller.", name=name)
            opened.load()
            turned = ImageOps.exif_transpose(opened)
            bare = Image.new(turned.mode if turned.mode in ("L", "RGB", "RGBA") else "RGB", turned.size)
            bare.paste(turned.convert(bare.mode))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError("{name} is a damaged picture. Take or save it anew.", name=name) from error
    written = io.BytesIO()
    if kind == "jpeg":
        bare.convert("RGB").save(written, "JPEG", quality=88)
    else:
        bare.save(written, kind.upper())
    return Clean(kind, written.getvalue())


def _office(name: str, content: bytes) -> Clean:
    """A Word or Excel document without macros, other files or links to others' data."""
    parts = _unpacked(name, content)
    types = parts.get("[Content_Types].xml", b"").lower()
    kind = "docx" if "word/document.xml" in parts else "xlsx" if "xl/workbook.xml" in parts else ""
    if not kind or b"macroenabled" in types or any(OFFICE_RUNS.search(one) for one in parts):
        raise InputError(
            "{name} holds macros or other files, or is no document. Save it without them as DOCX, XLSX or PDF.",
            name=name,
        )
    for part, text in parts.items():
        if part.endswith(".rels") and b"External" in text and b"attachedTemplate" in text:
            raise InputError("{name} fetches a template from elsewhere. Save it as PDF and give that.", name=name)
    return Clean(kind, content, _words(parts))


def _odf(name: str, content: bytes) -> Clean:
    parts = _unpacked(name, content)
    kind = ODF_KINDS.get(parts.get("mimetype", b"").strip(), "")
    if not kind or any(ODF_RUNS.match(one) for one in parts):
        raise InputError(
            "{name} holds macros or other files, or is no document. Save it without them as DOCX, XLSX or PDF.",
            name=name,
        )
    return Clean(kind, content, _words(parts))


def _unpacked(name: str, content: bytes) -> dict[str, bytes]:
    """The parts of a packed document. Raises InputError where it is damaged, grows too much, or hides something."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
            end = content.rfind(b"PK\x05\x06")
            is_odd = (
                not entries
                or min(one.header_offset for one in entries)
                or end + 22 + len(packed.comment) != len(content)
            )
            if is_odd or len(entries) > MOST_MEMBERS or any(one.flag_bits & 1 for one in entries):
                raise InputError("{name} is damaged, locked, or holds something beside the document.", name=name)
            found, left = {}, MOST_UNPACKED
            for one in entries:
                with packed.open(one) as opened:
                    held = opened.read(left + 1)
                left -= len(held)
                if left < 0:
                    raise InputError("{name} grows too large when unpacked.", name=name)
                if one.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in held.replace(b"\0", b"").upper():
                    raise InputError("{name} declares a document type, which no document needs.", name=name)
                if one.filename in found:
                    raise InputError("{name} is damaged, locked, or holds something beside the document.", name=name)
                found[one.filename] = held
            return found
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, zlib.error, NotImplementedError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError("{name} is damaged. Save it anew.", name=name) from error


def _words(parts: dict[str, bytes]) -> tuple[str, ...]:
    """Texts of a packed document: as they stand, and with what stands between words of one paragraph taken out."""
    texts: list[str] = []
    for part, held in parts.items():
        if part.endswith(".xml"):
            text = held.decode("utf-8", "replace")
            texts += [re.sub(r"<[^>]+>", " ", text), re.sub(r"<[^>]+>", "", text)]
    return tuple(texts)


def _text(name: str, content: bytes) -> Clean:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    if CONTROL.search(text) or MARKUP.search(text):
        raise InputError("{name} is not what its ending says. Save it anew as what it is, and give that.", name=name)
    return Clean("text", content, (text,))


def _begins(*with_: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(with_)


def _is_text(content: bytes) -> bool:
    return b"\0" not in content


Maker = Callable[[str, bytes], Clean]
BY_CONTENT: dict[str, tuple[Callable[[bytes], bool], Maker]] = {
    "pdf": (_begins(b"%PDF-"), _pdf),
    "jpeg": (_begins(b"\xff\xd8\xff"), _picture),
    "png": (_begins(b"\x89PNG\r\n\x1a\n"), _picture),
    "webp": (_begins(b"RIFF"), _picture),
    "docx": (_begins(b"PK\x03\x04"), _office),
    "xlsx": (_begins(b"PK\x03\x04"), _office),
    "odt": (_begins(b"PK\x03\x04"), _odf),
    "ods": (_begins(b"PK\x03\x04"), _odf),
    "text": (_is_text, _text),
}


def endings() -> Iterable[str]:
    """The endings that are taken, as a form tells the browser."""
    return [f".{one}" for one in CLAIMS]
