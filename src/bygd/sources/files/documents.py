"""Documents: XML files one by one from a file, a folder or a zip, and parsed without any door to the outside."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from bygd.sources.errors import InputError

LARGEST = 20_000_000
MOST_DOCUMENTS = 200_000


def documents(path: Path, most: int = MOST_DOCUMENTS) -> Iterator[tuple[str, bytes]]:
    """Name and content of each XML document, in order of name, none read beyond the largest size.

    Raises InputError for an archive that is damaged, locked or holds too many files.
    """
    if path.is_dir():
        for file in sorted(path.rglob("*.xml")):
            with file.open("rb") as opened:
                yield file.relative_to(path).as_posix(), opened.read(LARGEST + 1)
    elif zipfile.is_zipfile(path):
        yield from _members(path, most)
    else:
        with path.open("rb") as opened:
            yield path.name, opened.read(LARGEST + 1)


def parse(data: bytes) -> Any:
    """The root element of an XML document. Raises InputError saying why it is not read.

    Refused: documents over 20 MB, those with a DOCTYPE (the door of entity bombs and of reading foreign files),
    broken XML, and trees so deep that they are an attack.
    """
    if len(data) > LARGEST:
        raise InputError("the document is larger than {most} MB", most=LARGEST // 1_000_000)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError("the document is no well-formed XML: {why}", why=error) from None
    if root.getroottree().docinfo.doctype:
        raise InputError("the document has a DOCTYPE, which no invoice or notice needs and attacks do")
    return root


def _members(path: Path, most: int) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = sorted(archive.infolist(), key=lambda entry: entry.filename)
            if len(entries) > most:
                raise InputError(
                    "{file} holds {number} files; at most {most} are read. Part it.",
                    file=path.name, number=len(entries), most=most,
                )  # fmt: skip
            for entry in entries:
                if not entry.filename.lower().endswith(".xml"):
                    continue
                if entry.flag_bits & 1:
                    raise InputError("{file} is locked by a password. Unpack it and add the folder.", file=path.name)
                with archive.open(entry) as opened:
                    yield entry.filename, opened.read(LARGEST + 1)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError) as error:
        raise InputError(
            "{file} is damaged or cut short ({why}). Fetch it again.", file=path.name, why=error
        ) from error
