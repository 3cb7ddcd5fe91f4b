"""Evidence: what is taken and what is not, that nothing hidden stays, and that buyers alone get it, as a download."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document
from openpyxl import Workbook
from PIL import Image
from tests.lib import promises as made_up
from tests.lib.promises import NUMBER, Made

from bygd.sources.errors import InputError
from bygd.web.backup import archive, restoring
from bygd.web.procurements.promises import evidence, links, sniffing
from bygd.web.procurements.promises.models import FOLDER, DeliveryEntry, Evidence
from bygd.workbench import project

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PLACE = b"59.3293"
"""Stands in a picture's hidden data."""


def picture(kind: str = "JPEG", size: tuple[int, int] = (30, 20)) -> bytes:
    held = io.BytesIO()
    about = Image.Exif()
    about[0x010E] = PLACE.decode()  # a description
    about[0x0112] = 6  # turned a quarter
    Image.new("RGB", size, "red").save(held, kind, exif=about)
    return held.getvalue()


def document(text: str = "Hours: 12") -> bytes:
    held = io.BytesIO()
    made = Document()
    paragraph = made.add_paragraph(text[: len(text) // 2])
    paragraph.add_run(text[len(text) // 2 :])  # as programs cut words
    made.save(held)
    return held.getvalue()


def sheet(text: str = "12") -> bytes:
    held = io.BytesIO()
    book = Workbook()
    book.active["A1"] = text
    book.save(held)
    return held.getvalue()


def packed(parts: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in parts.items():
            opened.writestr(name, content)
    return held.getvalue()


def added(content: bytes, parts: dict[str, bytes]) -> bytes:
    """A packed document with more parts."""
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        held = {name: opened.read(name) for name in opened.namelist()}
    return packed(held | parts)


def stream(content: bytes, about: bytes = b"") -> bytes:
    """A PDF with a packed stream in it."""
    body = zlib.compress(content)
    head = b"%PDF-1.4\n1 0 obj<</Length " + str(len(body)).encode() + b"/Filter/FlateDecode" + about + b">>\nstream\n"
    return head + body + b"\nendstream\nendobj\ntrailer<<>>\n%%EOF"


def bomb_picture() -> bytes:
    """A PNG that says it has 50,000 by 50,000 points."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


OOXML = document()
ODT = packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a>12</a>"})
SCRIPT = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", PDF, "pdf"), ("A.PDF", PDF, "pdf"), ("a.pdf", stream(b"BT (12 hours) Tj ET"), "pdf"),
        ("a.jpg", picture(), "jpeg"), ("a.jpeg", picture(), "jpeg"), ("a.png", picture("PNG"), "png"),
        ("a.webp", picture("WEBP"), "webp"), ("a.docx", OOXML, "docx"), ("a.xlsx", sheet(), "xlsx"),
        ("a.odt", ODT, "odt"), ("a.txt", "Tolv tim\xe5r".encode("cp1252"), "text"), ("a.csv", b"a;b\n1;2\n", "text"),
        ("a.xlsx", added(sheet(), {"xl/printerSettings/printerSettings1.bin": b"x"}), "xlsx"),
    ],
)  # fmt: skip
def test_what_is_what_it_claims_is_taken(name: str, content: bytes, kind: str) -> None:
    assert sniffing.look(name, content).kind == kind


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.svg", SCRIPT, "not taken"), ("a.html", b"<html>", "not taken"), ("a.exe", b"MZ", "not taken"),
        ("a.xlsm", sheet(), "not taken"), ("a.gif", b"GIF89a", "not taken"), ("a", PDF, "not taken"),
        ("a.zip", packed({"a": b"b"}), "not taken"), ("a.pdf", b"", "empty"),
        ("a.pdf", b"<html><script>alert(1)</script>", "ending"), ("a.jpg", SCRIPT, "ending"),
        ("a.txt", SCRIPT, "ending"), ("a.csv", b"  <!DOCTYPE html>", "ending"), ("a.txt", b"a\0b", "ending"),
        ("a.png", picture(), "ending"), ("a.jpg", PDF, "ending"), ("a.xlsx", OOXML, "ending"),
        ("a.docx", ODT, "document"),
        ("a.pdf", b"\n" + PDF, "ending"), ("a.pdf", PDF + b"\n" * 2000, "beside the PDF"),
        ("a.pdf", PDF + packed({"a.html": b"x"}), "beside the PDF"), ("a.pdf", b"%PDF-1.4 no end", "damaged"),
        ("a.pdf", PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>"), "scripts"),
        ("a.pdf", PDF.replace(b"/Catalog", b"/Catalog/A<</S/J#61vaScript>>"), "scripts"),
        ("a.pdf", PDF.replace(b"/Catalog", b"/Catalog/A<</S/Launch/F(calc.exe)>>"), "scripts"),
        ("a.pdf", PDF.replace(b"trailer<<", b"trailer<</Encrypt 2 0 R"), "locked"),
        ("a.pdf", stream(b"<</S/JavaScript/JS(app.alert(1))>>", b"/Type/ObjStm"), "scripts"),
        ("a.pdf", stream(b"x", b"/Type/ObjStm").replace(b"/FlateDecode", b"/LZWDecode"), "unusual"),
        ("a.pdf", stream(b"0" * (101 << 20)), "too large"),
        ("a.docx", added(OOXML, {"word/vbaProject.bin": b"x"}), "macros"),
        ("a.docx", added(OOXML, {"word/embeddings/oleObject1.bin": b"x"}), "macros"),
        ("a.xlsx", added(sheet(), {"xl/externalLinks/externalLink1.xml": b"<a/>"}), "macros"),
        ("a.docx", added(OOXML, {"word/x.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), "document type"),
        ("a.docx", added(OOXML, {"word/bomb.xml": b"0" * (101 << 20)}), "too large"),
        ("a.docx", added(OOXML, {f"word/{n}.xml": b"" for n in range(2001)}), "beside the document"),
        ("a.docx", b"PK\x03\x04 not at all", "damaged"), ("a.docx", OOXML[:-40], "damaged"),
        ("a.docx", OOXML + SCRIPT, "beside the document"), ("a.docx", packed({"a": b"b"}), "no document"),
        ("a.docx", b"PK\x03\x04" + SCRIPT + OOXML, "beside the document"),
        ("a.odt", added(ODT, {"Basic/script-lb.xml": b"<a/>"}), "macros"),
        ("a.odt", packed({"mimetype": b"text/html", "content.xml": b"<a/>"}), "no document"),
        ("a.jpg", picture()[:200], "damaged picture"), ("a.png", bomb_picture(), "more points"),
        ("a.jpg", b"\xff\xd8\xff" + SCRIPT, "damaged picture"), ("a.webp", b"RIFF0000WAVE", "damaged picture"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_not_or_could_run_is_refused(name: str, content: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        sniffing.look(name, content)


def test_hidden_data_of_pictures_and_what_hangs_behind_them_is_gone() -> None:
    given = picture() + SCRIPT + packed({"evil.html": SCRIPT})
    assert PLACE in given
    kept = sniffing.look("a.jpg", given).content
    assert PLACE not in kept and b"script" not in kept and b"PK\x03\x04" not in kept and b"Exif" not in kept
    with Image.open(io.BytesIO(kept)) as opened:
        assert opened.size == (20, 30)  # turned as it is looked at


@pytest.fixture
def made(db: None, tmp_path: Path) -> Made:
    from bygd.web.places.register import register

    return made_up.make(register(project.create(tmp_path / "place", "se:1291", "Provby").folder))


@pytest.fixture
def send(made: Made) -> Iterator[Callable[..., Any]]:
    """Sends a report with files by a supplier's link."""
    link = links.make(made.place, made.contract, "en", "", date.today() + timedelta(days=9), None)
    address = links.address(link, "http://localhost") or ""
    path = "/report/" + address.rstrip("/").rpartition("/")[2]

    def sent(*files: tuple[str, bytes], note: str = "", reference: str = "0" * 16, looked: str = "on") -> Any:
        data = {"amount": "1", "period_to": date.today().isoformat(), "reference": reference, "note": note}
        data |= {"looked": looked} if looked else {}
        uploads = [SimpleUploadedFile(name, content, "text/html") for name, content in files]
        return Client(SERVER_NAME="localhost").post(f"{path}/promise/{made.jobs}", {**data, "proof": uploads})

    yield sent


@pytest.mark.django_db
def test_evidence_lies_under_a_random_name_and_only_buyers_get_it_as_a_download(
    made: Made, send: Callable[..., Any], signed_in: Callable[..., Client]
) -> None:
    assert send(("../../Närvaro maj.pdf", PDF), ("b.jpg", picture())).status_code == 302
    first, second = Evidence.objects.order_by("pk")
    folder = Path(made.place.folder) / FOLDER
    assert {path.name for path in folder.iterdir()} == {first.stored, second.stored}
    assert all(re.fullmatch("[0-9a-f]{32}", path.name) for path in folder.iterdir())
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.iterdir())
    assert first.name == "Närvaro maj.pdf" and first.sha256 in (DeliveryEntry.objects.get().evidence or "")
    assert second.sha256 != second.given_sha256 and PLACE not in second.path.read_bytes()
    where = reverse("evidence", args=[made.place.slug, first.pk])
    answer = signed_in(made.place, "buyer").get(where)
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff" and "sandbox" in answer["Content-Security-Policy"]
    for role in ("reader", "analyst", "administrator", "facilitator"):
        assert signed_in(made.place, role).get(where).status_code == 403
    assert signed_in().get(where).status_code == 404
    assert Client(SERVER_NAME="localhost").get(where).status_code == 302


@pytest.mark.django_db
def test_files_are_taken_once_somebody_looked_through_them_and_the_scanner_has_nothing_against(
    made: Made, send: Callable[..., Any], settings: Any
) -> None:
    answer = send(("a.pdf", PDF), looked="")
    assert answer.status_code == 422 and "confirm that nobody is named" in answer.content.decode()
    settings.CLAMD = "/nowhere/clamd.sock"
    answer = send(("a.pdf", PDF))
    assert answer.status_code == 422 and "virus scanner does not answer" in answer.content.decode()
    assert not Evidence.objects.exists() and not DeliveryEntry.objects.exists()
    assert send(looked="").status_code == 302  # without files there is nothing to look through


@pytest.mark.django_db
def test_the_same_file_is_kept_once_and_bad_ones_keep_nothing(made: Made, send: Callable[..., Any]) -> None:
    assert send(("a.pdf", PDF)).status_code == 302
    assert send(("b.pdf", PDF), reference="1" * 16).status_code == 302
    assert Evidence.objects.count() == 1
    for files in (
        [("c.csv", b"1;2"), ("d.pdf", b"<html>")],
        [("e.csv", b"x" * (evidence.MOST_BYTES + 1))],
        [(f"{n}.csv", f"{n};".encode()) for n in range(6)],
        [("f.csv", f"Anna;{NUMBER}\n".encode())],
        [("g.docx", document(f"Anna {NUMBER}"))],
        [("h.xlsx", sheet(NUMBER))],
        [
            (
                "i.pdf",
                stream(f"BT (Anna {NUMBER[:4]}) Tj ({NUMBER[4:]}) Tj ET".encode().replace(b") Tj (", b")-2("), b""),
            )
        ],
    ):
        answer = send(*files, reference="2" * 16)
        assert answer.status_code == 422, files[0][0]
        assert NUMBER not in answer.content.decode()
    assert Evidence.objects.count() == 1 and DeliveryEntry.objects.count() == 2
    assert len(list((Path(made.place.folder) / FOLDER).iterdir())) == 1


@pytest.mark.django_db
def test_no_personal_number_reaches_anything_that_is_written(
    made: Made, send: Callable[..., Any], settings: Any
) -> None:
    bare = NUMBER.replace("-", "")
    send((f"{NUMBER}.pdf", PDF), note="fine")
    send(("a.csv", NUMBER.encode()), reference="1" * 16)
    send(note=f"for {NUMBER}", reference="2" * 16)
    send(note=f"for 19{bare}", reference="3" * 16)
    assert DeliveryEntry.objects.count() == 1 and Evidence.objects.get().name == "file.pdf"
    written = [path.read_bytes() for path in Path(made.place.folder).rglob("*") if path.is_file()]
    from bygd.web.backup import rows

    written += [line.encode() for line in rows.dumped()]
    assert len(written) > 5
    for text in written:
        assert NUMBER.encode() not in text and bare.encode() not in text


@pytest.mark.django_db
def test_a_backup_holds_evidence_and_a_restored_place_finds_it(
    made: Made, send: Callable[..., Any], tmp_path: Path
) -> None:
    send(("a.pdf", PDF))
    found = Evidence.objects.get()
    archive.write(tmp_path / "backup.zip")
    assert restoring.check(tmp_path / "backup.zip").files > 2
    with zipfile.ZipFile(tmp_path / "backup.zip") as opened:
        names = [name for name in opened.namelist() if found.stored in name]
        assert len(names) == 1 and opened.read(names[0]) == PDF
        dumped = opened.read("database.jsonl").decode()
    assert '"promises.evidence"' in dumped and '"promises.deliveryentry"' in dumped


@pytest.mark.django_db
def test_what_was_cut_off_is_swept_after_a_day(made: Made, send: Callable[..., Any]) -> None:
    import os
    import time

    send(("a.pdf", PDF))
    folder = Path(made.place.folder) / FOLDER
    for name, age in (("old", 2 * 86_400), ("new", 60)):
        (folder / name).write_bytes(b"x")
        os.utime(folder / name, (time.time() - age, time.time() - age))
    os.utime(Evidence.objects.get().path, (0, 0))
    assert evidence.sweep(made.place) == 1
    assert {path.name for path in folder.iterdir()} == {"new", Evidence.objects.get().stored}
