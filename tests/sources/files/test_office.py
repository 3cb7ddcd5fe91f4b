"""Hostile and broken office files are refused before anything of them is read."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from bygd.sources.errors import InputError
from bygd.sources.files import office

EXTERNAL = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="x" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="http://example.org/x.dotm" '
    'TargetMode="External"/></Relationships>'
)
FIELD = "<w:p><w:r><w:instrText>{text}</w:instrText></w:r></w:p><w:sectPr"


def plain(kind: str) -> bytes:
    held = io.BytesIO()
    (openpyxl.Workbook() if kind == "xlsx" else docx.Document()).save(held)
    return held.getvalue()


def changed(kind: str, changes: dict[str, Callable[[bytes], bytes]], more: dict[str, bytes] | None = None) -> bytes:
    """The plain file with some parts changed and some added."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain(kind))) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            change = changes.get(entry.filename, bytes)
            new.writestr(entry.filename, change(old.read(entry)))
        for name, content in (more or {}).items():
            new.writestr(name, content)
    return held.getvalue()


def entities(content: bytes) -> bytes:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    head, mark, rest = content.partition(b"?>")
    return head + mark + bomb + rest if mark else bomb + content


def field(text: str) -> Callable[[bytes], bytes]:
    return lambda content: content.replace(b"<w:sectPr", FIELD.format(text=text).encode(), 1)


def locked() -> bytes:
    held = io.BytesIO()
    OOXMLFile(io.BytesIO(plain("xlsx"))).encrypt("secret", held)
    return held.getvalue()


def macro_types(content: bytes) -> bytes:
    return content.replace(b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main")


HOSTILE = {
    "nothing": (b"", "is empty"),
    "a program": (b"MZ\x90\x00" + b"\0" * 900, "no XLSX or DOCX"),
    "a page": (b"<html>", "no XLSX or DOCX"),
    "an old workbook": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "locked by a password, or of an old format"),
    "cut short": (plain("xlsx")[:-200], "damaged"),
    "an archive": (changed("xlsx", {"[Content_Types].xml": lambda _old: b"<x/>"}), "no XLSX or DOCX"),
    "too large": (b"PK" + b"\0" * (office.MOST_BYTES + 1), "larger than 5 MB"),
    "a bomb": (changed("xlsx", {}, {"xl/media/a.xml": b"\0" * (office.MOST_UNPACKED + 1)}), "beyond all measure"),
    "many members": (changed("docx", {}, {f"word/m{n}.txt": b"" for n in range(300)}), "beyond all measure"),
    "entities in a workbook": (changed("xlsx", {"xl/workbook.xml": entities}), "document type"),
    "entities in a document": (changed("docx", {"word/document.xml": entities}), "document type"),
    "macros in a workbook": (changed("xlsx", {}, {"xl/vbaProject.bin": b"x"}), "macros"),
    "macros by type": (changed("xlsx", {"[Content_Types].xml": macro_types}), "macros"),
    "macros in a document": (changed("docx", {}, {"word/vbaProject.bin": b"x"}), "macros"),
    "an embedded object": (changed("docx", {}, {"word/embeddings/oleObject1.bin": b"x"}), "macros"),
    "a link to a workbook": (changed("xlsx", {}, {"xl/externalLinks/externalLink1.xml": b"<x/>"}), "links"),
    "a template elsewhere": (
        changed("docx", {}, {"word/_rels/settings.xml.rels": EXTERNAL.format(kind="attachedTemplate").encode()}),
        "links",
    ),
    "a field that fetches": (changed("docx", {"word/document.xml": field("DDEAUTO c:\\\\cmd.exe")}), "macros"),
    "a picture fetched": (changed("docx", {"word/document.xml": field('INCLUDEPICTURE "http://x"')}), "macros"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_files(what: str, tmp_path: Path) -> None:
    content, said = HOSTILE[what]
    path = tmp_path / "bid.xlsx"
    path.write_bytes(content)
    with pytest.raises(InputError, match=said):
        office.kind(path, "bid.xlsx")


def test_a_real_password(tmp_path: Path) -> None:
    path = tmp_path / "bid.xlsx"
    path.write_bytes(locked())
    with pytest.raises(InputError, match="password"):
        office.kind(path, path.name)


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_harmless_files(kind: str, tmp_path: Path) -> None:
    link = {f"{'xl' if kind == 'xlsx' else 'word'}/_rels/more.rels": EXTERNAL.format(kind="hyperlink").encode()}
    path = tmp_path / "a file"
    for content in (plain(kind), changed(kind, {}, link)):
        path.write_bytes(content)
        assert office.kind(path, path.name) == kind


def test_a_page_number_is_no_danger(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(changed("docx", {"word/document.xml": field("PAGE")}))
    assert office.kind(path, path.name) == "docx"


def test_a_cell_far_off(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["XFD1048576"] = "x"
    path = tmp_path / "far.xlsx"
    book.save(path)
    assert office.kind(path, path.name) == "xlsx"
    with pytest.raises(InputError, match="XFD1048576"):
        office.sheets(path, path.name)


def test_formulas_are_told_by_sheet_whatever_the_order_of_parts(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "second"
    book.active["A1"] = "=1+1"
    book.create_sheet("first", 0)["B2"] = 5
    path = tmp_path / "two.xlsx"
    book.save(path)
    first, second = office.sheets(path, path.name)
    assert (first.name, first.cells, first.formulas) == ("first", {"B2": 5.0}, {})
    assert second.formulas == {"A1": "1+1"}


def test_tracked_changes(tmp_path: Path) -> None:
    body = b"<w:p><w:ins><w:r><w:t>new</w:t></w:r></w:ins></w:p><w:sectPr"
    path = tmp_path / "tracked.docx"
    path.write_bytes(changed("docx", {"word/document.xml": lambda old: old.replace(b"<w:sectPr", body, 1)}))
    with pytest.raises(InputError, match="tracked changes"):
        office.document(path, path.name)
