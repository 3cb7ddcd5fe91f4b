"""Workbooks and documents of a few pages, opened safely: macros, outside links, bombs and formulas are refused."""

import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook

from bygd.sources.errors import InputError
from bygd.vocabulary.said import N_

XLSX, DOCX = "xlsx", "docx"
MOST_BYTES = 5 << 20
MOST_UNPACKED = 40 << 20
MOST_MEMBERS = 300
MOST_ROWS, MOST_COLUMNS = 3_000, 60
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RUNS = re.compile(
    r"(?:^|/)(?:vbaproject\w*\.bin|vbadata\.xml|activex|embeddings|externallinks|ctrlprops)(?:/|$)|\.(?:bin|exe|js|vbs)$"
)
"""Parts of a file that could run something or fetch something; printers' settings are parted from them below."""
FETCHES = re.compile(r"\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|DATABASE|MACROBUTTON)\b", re.IGNORECASE)
CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")

DAMAGED = N_("{file} is damaged or cut short. Save it anew and send that.")
RUNNING = N_("{file} holds macros, embedded objects or links to other files. Save it as a plain {kind} without them.")
BOMB = N_("{file} would grow beyond all measure when unpacked. Save the filled template anew and send that.")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook: its cells by name such as B7, texts and numbers as they are, and what is a formula."""

    name: str
    cells: dict[str, str | float | bool]
    formulas: dict[str, str]


def kind(path: Path, shown: str) -> str:
    """Whether a file is an XLSX or a DOCX, by what is in it; `shown` is its name to people.

    Raises InputError where it is neither, too large, damaged, locked, grows beyond measure, declares a document
    type, or holds what could run or fetch something. Nothing of it is run, and nothing unpacked to disk.
    """
    size = path.stat().st_size
    if not size:
        raise InputError("{file} is empty. Save it anew and send that.", file=shown)
    if size > MOST_BYTES:
        raise InputError("{file} is larger than {most} MB.", file=shown, most=MOST_BYTES >> 20)
    with path.open("rb") as opened:
        start = opened.read(8)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError("{file} is locked by a password, or of an old format. Save it as XLSX or DOCX.", file=shown)
    if not start.startswith(b"PK"):
        raise InputError("{file} is no XLSX or DOCX, whatever it is called. Send the filled template.", file=shown)
    try:
        with zipfile.ZipFile(path) as archive:
            names = _members(archive, shown)
            for name in names:
                _part(archive, name, shown)
            return _told(archive, {name.lower() for name in names}, shown)
    except (zipfile.BadZipFile, EOFError, OSError, zlib.error, NotImplementedError, etree.XMLSyntaxError) as error:
        raise InputError(DAMAGED, file=shown) from error


def sheets(path: Path, shown: str) -> list[Sheet]:
    """The sheets of a workbook that `kind` let through, in order. Raises InputError where cells lie far apart."""
    try:
        with zipfile.ZipFile(path) as archive:
            formulas = [_formulas(archive, name, shown) for name in _sheet_parts(archive)]
        with CalamineWorkbook.from_path(str(path)) as workbook:
            grids = [
                (name, workbook.get_sheet_by_name(name).to_python(skip_empty_area=False))
                for name in workbook.sheet_names
            ]
    except (CalamineError, zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        raise InputError(DAMAGED, file=shown) from error
    found = []
    for (name, grid), own in zip(grids, formulas, strict=False):
        cells = {
            f"{_letters(column)}{row}": value if isinstance(value, str | float | bool) else str(value)
            for row, values in enumerate(grid, 1)
            for column, value in enumerate(values)
            if value not in ("", None)
        }
        found.append(Sheet(name, cells, own))
    return found


def document(path: Path, shown: str) -> "list[list[list[str]]]":
    """The tables of a document that `kind` let through: rows of cells, each with its text, lines kept.

    Raises InputError where changes are tracked: nobody could tell which text is meant.
    """
    with zipfile.ZipFile(path) as archive:
        try:
            body = _parsed(archive.read("word/document.xml"))
        except (etree.XMLSyntaxError, KeyError) as error:
            raise InputError(DAMAGED, file=shown) from error
    if next(body.iter(f"{WORD}ins", f"{WORD}del", f"{WORD}moveFrom", f"{WORD}moveTo"), None) is not None:
        raise InputError("{file} has tracked changes. Accept them all, save it and send that.", file=shown)
    return [
        [["\n".join(map(_line, cell.iter(f"{WORD}p"))).strip() for cell in row.iterchildren(f"{WORD}tc")]
         for row in table.iterchildren(f"{WORD}tr")]
        for table in body.iter(f"{WORD}tbl")
    ]  # fmt: skip


def _members(archive: zipfile.ZipFile, shown: str) -> list[str]:
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise InputError("{file} is locked by a password. Save it without one and send that.", file=shown)
    names = [entry.filename for entry in entries]
    if len(names) > MOST_MEMBERS or len(set(names)) < len(names) or sum(e.file_size for e in entries) > MOST_UNPACKED:
        raise InputError(BOMB, file=shown)
    return names


def _part(archive: zipfile.ZipFile, name: str, shown: str) -> None:
    """Look through one part, unpacked in memory with a limit."""
    if RUNS.search(name.lower()) and not name.lower().startswith("xl/printersettings/"):
        raise InputError(RUNNING, file=shown, kind="DOCX" if name.startswith("word") else "XLSX")
    with archive.open(name) as opened:
        content = opened.read(MOST_UNPACKED + 1)
    if len(content) > MOST_UNPACKED:
        raise InputError(BOMB, file=shown)
    if b"<!DOCTYPE" in content.replace(b"\0", b"").upper():
        raise InputError("{file} declares a document type, which no such file needs. Save it anew.", file=shown)
    if name.endswith(".rels"):
        for one in _parsed(content).iter(RELATIONSHIP):
            if one.get("TargetMode") == "External" and not str(one.get("Type")).endswith("/hyperlink"):
                raise InputError(RUNNING, file=shown, kind="DOCX" if name.startswith("word") else "XLSX")
    if name.startswith("word/") and name.endswith(".xml"):
        root = _parsed(content)
        fields = [one.text or "" for one in root.iter(f"{WORD}instrText")]
        fields += [str(one.get(f"{WORD}instr")) for one in root.iter(f"{WORD}fldSimple")]
        if FETCHES.search(" ".join(fields)):
            raise InputError(RUNNING, file=shown, kind="DOCX")


def _told(archive: zipfile.ZipFile, names: set[str], shown: str) -> str:
    types = (
        archive.read("[Content_Types].xml").decode("utf-8", "replace").lower() if "[content_types].xml" in names else ""
    )
    if "macroenabled" in types:
        raise InputError(RUNNING, file=shown, kind="XLSX" if "xl/workbook.xml" in names else "DOCX")
    if "xl/workbook.xml" in names and "spreadsheetml.sheet.main" in types:
        return XLSX
    if "word/document.xml" in names and "wordprocessingml.document.main" in types:
        return DOCX
    raise InputError("{file} is no XLSX or DOCX, whatever it is called. Send the filled template.", file=shown)


def _sheet_parts(archive: zipfile.ZipFile) -> list[str]:
    """The parts of the sheets, in the order of the workbook."""
    linked = {
        one.get("Id"): str(one.get("Target"))
        for one in _parsed(archive.read("xl/_rels/workbook.xml.rels")).iter(RELATIONSHIP)
    }
    listed = _parsed(archive.read("xl/workbook.xml")).iter(f"{SHEET}sheet")
    targets = [linked[one.get(LINK)] for one in listed]
    return [target.lstrip("/") if target.startswith("/") else f"xl/{target}" for target in targets]


def _formulas(archive: zipfile.ZipFile, name: str, shown: str) -> dict[str, str]:
    """Formulas by cell. Raises InputError for a filled cell far off, which would make a grid that fills the memory."""
    found: dict[str, str] = {}
    for cell in _parsed(archive.read(name)).iter(f"{SHEET}c"):
        at = CELL.fullmatch(cell.get("r") or "")
        if at and (int(at[2]) > MOST_ROWS or _column(at[1]) > MOST_COLUMNS):
            raise InputError("{file} has something in the cell {cell}, far off. Empty it.", file=shown, cell=at[0])
        formula = cell.find(f"{SHEET}f")
        if formula is not None:
            found[cell.get("r") or "?"] = formula.text or ""
    return found


def _parsed(content: bytes) -> "etree._Element":
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def _line(paragraph: "etree._Element") -> str:
    signs: dict[str, Callable[[etree._Element], str]] = {
        f"{WORD}t": lambda one: one.text or "",
        f"{WORD}tab": lambda _one: " ",
        f"{WORD}br": lambda _one: "\n",
    }
    return "".join(signs[one.tag](one) for one in paragraph.iter(*signs))


def _letters(column: int) -> str:
    return chr(65 + column) if column < 26 else _letters(column // 26 - 1) + chr(65 + column % 26)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
