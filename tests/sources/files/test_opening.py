"""Bad input: each a clear error that says what, where and what to do; nothing large is unpacked."""

import gzip
import io
import zipfile
from pathlib import Path

import msoffcrypto.format.ooxml
import openpyxl
import pytest

from bygd.countries import load
from bygd.sources.errors import InputError
from bygd.sources.files import decode, opening, spreadsheets
from bygd.sources.ledgers import ledger

LEDGER = "Supplier,Date,Amount\nOne Ltd,2021-03-01,1.50\n"


def zipped(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def workbook(rows=(("Supplier", "Date", "Amount"), ("One Ltd", "2021-03-01", 1.5))) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def refused(path: Path, content: bytes, match: str) -> None:
    path.write_bytes(content)
    with pytest.raises(InputError, match=match) as caught:
        ledger.inspect(path, load("gb").conventions())
    assert path.name in str(caught.value)


@pytest.mark.parametrize(
    ("name", "content", "match"),
    [
        ("empty.csv", b"", "is empty"),
        ("letter.csv", b"%PDF-1.7 ...", "is a PDF document, not a ledger"),
        ("scan.xlsx", b"\x89PNG\r\n\x1a\n", "is a picture"),
        ("page.csv", b"\xef\xbb\xbf\n<!DOCTYPE html><html>", "is a web page"),
        ("data.csv", b'{"payments": []}', "is a JSON document"),
        ("old.xls", b'<?xml version="1.0"?><Workbook>', "is an XML document"),
        ("letter.docx", zipped(**{"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "is a Word document"),
        (
            "text.odt",
            zipped(mimetype=b"application/vnd.oasis.opendocument.text", **{"content.xml": b""}),
            "no spreadsheet",
        ),
        ("things.zip", zipped(**{"a.pdf": b"%PDF", "b.txt.bak": b"x"}), "holds no file that could be a ledger"),
        ("doubly.zip", zipped(**{"a.csv.gz": gzip.compress(gzip.compress(b"x"))}), "packed more than once"),
        ("binary.csv", bytes(range(256)) * 40, "is no text but a binary file"),
        ("noise.csv", bytes(byte for byte in range(1, 256)) * 40, "is no text but a binary file"),
        ("word.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Office document that is no workbook"),
    ],
    # An archive holds the second it was made in, and every worker must know a test by the same name.
    ids=lambda value: "" if isinstance(value, bytes) else None,
)
def test_what_is_no_ledger_is_said(tmp_path, name, content, match):
    refused(tmp_path / name, content, match)


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(InputError, match="is not there"):
        ledger.inspect(tmp_path / "nothing.csv", load("gb").conventions())


@pytest.mark.parametrize("keep", [0.3, 0.7, 0.95])
def test_files_cut_short_are_said(tmp_path, keep):
    text = (LEDGER + "".join(f"Firm {n * 7919 % 10007} Ltd,2021-03-01,{n}.50\n" for n in range(2000))).encode()
    for name, content in (
        ("l.zip", zipped(**{"l.csv": text})),
        ("l.csv.gz", gzip.compress(text)),
        ("l.xlsx", workbook()),
    ):
        refused(tmp_path / name, content[: int(len(content) * keep)], "damaged or cut short")


def test_a_workbook_locked_by_a_password_is_said(tmp_path):
    locked = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(workbook())).encrypt("secret", locked)
    refused(tmp_path / "locked.xlsx", locked.getvalue(), "locked by a password")


def test_an_archive_locked_by_a_password_is_said(tmp_path):
    content = bytearray(zipped(**{"l.csv": LEDGER.encode()}))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        at = content.index(mark) + (6 if mark.endswith(b"\x04") else 8)
        content[at] |= 1
    refused(tmp_path / "locked.zip", bytes(content), "locked by a password")


def test_bombs_are_refused_before_they_grow(tmp_path, monkeypatch):
    nothing = b"0" * (opening.RATIO_FREE + opening.CHUNK)
    refused(tmp_path / "bomb.zip", zipped(**{"l.csv": nothing}), "decompression bomb")
    refused(tmp_path / "bomb.csv.gz", gzip.compress(nothing), "decompression bomb")
    with zipfile.ZipFile(io.BytesIO(workbook())) as whole:
        members = {name: whole.read(name) for name in whole.namelist()}
    refused(tmp_path / "bomb.xlsx", zipped(**members, **{"xl/media/x.xml": nothing}), "decompression bomb")
    monkeypatch.setattr(opening, "MAX_UNPACKED", 10)
    refused(tmp_path / "large.zip", zipped(**{"l.csv": LEDGER.encode()}), "decompression bomb")


def test_a_size_that_lies_does_not_help_a_bomb(tmp_path):
    content = bytearray(zipped(**{"l.csv": b"0" * (8 * opening.MEBIBYTE)}))
    at = content.index(b"PK\x01\x02") + 24
    content[at : at + 4] = (10).to_bytes(4, "little")
    refused(tmp_path / "liar.zip", bytes(content), "damaged or cut short|has no row with known column names|no sheet")


def test_an_archive_of_too_many_members_is_refused(tmp_path):
    members = {f"{number}.csv": b"x" for number in range(opening.MAX_MEMBERS + 1)}
    refused(tmp_path / "many.zip", zipped(**members), "more than 2,000")


def test_a_workbook_with_a_document_type_is_refused(tmp_path):
    with zipfile.ZipFile(io.BytesIO(workbook())) as whole:
        members = {name: whole.read(name) for name in whole.namelist()}
    entity = b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "aaaa">]>'
    members["xl/workbook.xml"] = entity + members["xl/workbook.xml"].split(b"?>", 1)[-1]
    refused(tmp_path / "entities.xlsx", zipped(**members), "declares a document type")


def test_a_sheet_with_cells_in_far_corners_is_refused(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = "Supplier"
    book.active["XFD1048576"] = 1
    book.save(tmp_path / "far.xlsx")
    with pytest.raises(InputError, match="reaches to row 1,048,576 and column 16,384"):
        ledger.inspect(tmp_path / "far.xlsx", load("gb").conventions())


def test_one_endless_line_is_refused_without_reading_it_all(tmp_path, monkeypatch):
    path = tmp_path / "line.csv"
    with path.open("wb") as opened:
        opened.truncate(1 << 30)
        opened.seek(0)
        opened.write(b"a" * (1 << 20))
    with pytest.raises(InputError, match=r"binary file|has a line of more than 16 MB"):
        ledger.inspect(path, load("gb").conventions())
    monkeypatch.setattr(decode, "MAX_LINE", 1 << 21)
    path.write_bytes(b"a" * (1 << 22))
    with pytest.raises(InputError, match="has a line of more than 2 MB"):
        ledger.inspect(path, load("gb").conventions())


def test_a_quotation_mark_that_never_closes_is_said(tmp_path):
    text = LEDGER + '"Open Ltd,2021-03-01,1.50\n' + "Firm Ltd,2021-03-01,1.50\n" * 10_000
    refused(tmp_path / "quote.csv", text.encode(), "quotation mark there is probably never closed")


def test_a_file_without_a_header_is_said(tmp_path):
    path = tmp_path / "bare.csv"
    path.write_text("One Ltd,2021-03-01,1.50\nTwo Ltd,2021-03-01,2.50\n")
    (guess,) = ledger.inspect(path, load("gb").conventions())
    assert "bare.csv has no row with known column names" in guess.problem and "header_row" in guess.problem


def test_kinds_are_told_by_content_not_by_name(tmp_path):
    for name, content, kind in (
        ("a.csv", workbook(), "xlsx"),
        ("b.xlsx", LEDGER.encode(), "text"),
        ("c.dat", gzip.compress(LEDGER.encode()), "text"),
    ):
        (tmp_path / name).write_bytes(content)
        with opening.opened(tmp_path / name) as (part,):
            assert part.kind == kind


def test_cells_become_text_without_losing_a_digit():
    assert [spreadsheets.cell_text(cell) for cell in (1.0, 0.1, 537.1999999999999, True, None, 12345678901234.0)] == [
        "1",
        "0.1",
        "537.1999999999999",
        "true",
        "",
        "12345678901234",
    ]
