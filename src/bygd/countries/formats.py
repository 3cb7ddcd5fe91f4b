"""Formats of accounts and invoices that countries' packs can read besides tables: which file is one, and its reader."""

import inspect
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from bygd.countries.pack import FOLDER, Country
from bygd.sources.description import Kind, SourceDescription, describe_folder
from bygd.sources.errors import InputError

BEGINNING = 8192


def reader_for(path: Path, country: Country) -> ModuleType | None:
    """The module that reads this file, folder or zip as a ledger, told by its content; None where it is none of these.

    Its `read(engine, path, anchor, conventions, pseudonym)` leaves payments, suppliers, set_aside
    and ledger_files in the engine, as `sources.ledger.read` does, and gives notes with `warnings`.
    The country's own formats are asked first, then those of all packs: an invoice stays one abroad.
    """
    beginning = _beginning(path)
    for source in _formats(country):
        if beginning and source.module.recognises(beginning):
            return source.module
    return None


def settings_for(reader: ModuleType, given: Mapping[str, Any], file: str) -> dict[str, Any]:
    """What the project says of a file in a format of its own, as keyword arguments of the reader's `read`.

    A list may be written as one text with commas. Raises InputError for what the reader does not
    know, naming what it does.
    """
    parameters = inspect.signature(reader.read).parameters.values()
    known = {each.name: each.default for each in parameters if each.kind is each.KEYWORD_ONLY}
    unknown = sorted(name for name, value in given.items() if name not in known and value not in (None, (), [], {}))
    if unknown:
        name = reader.__name__.rpartition(".")[2]
        raise InputError(
            "{file} is read as {name}, which knows no {unknown}. Known: {known}.",
            file=file,
            name=name,
            unknown=unknown,
            known=known,
        )
    return {
        name: _listed(given[name]) if isinstance(default, tuple) else str(given[name])
        for name, default in known.items()
        if name in given
    }


def _listed(value: Any) -> list[str]:
    parts = value.split(",") if isinstance(value, str) else value if isinstance(value, list | tuple) else [value]
    return [str(part).strip() for part in parts if str(part).strip()]


def _formats(country: Country) -> Iterator[SourceDescription]:
    nearest = [pack.code for pack in country.lineage()]
    others = sorted(folder.parent.name for folder in FOLDER.glob("*/sources"))
    for code in dict.fromkeys((*nearest, *others)):
        folder = FOLDER / code / "sources"
        if folder.is_dir() and not code.startswith("_"):
            yield from _described(folder, code)


@cache
def _described(folder: Path, code: str) -> tuple[SourceDescription, ...]:
    """The formats of one pack, described once in a process: a build asks for every file of a ledger."""
    return tuple(source for source in describe_folder(folder, code) if source.kind is Kind.LEDGER)


def _beginning(path: Path) -> bytes:
    """The first bytes of a file, or of the first document in a folder or zip."""
    if path.is_dir():
        path = next(iter(sorted(path.rglob("*.xml"))), path)
    if not path.is_file():
        return b""
    with path.open("rb") as opened:
        beginning = opened.read(BEGINNING)
    if not beginning.startswith(b"PK"):
        return beginning
    try:
        with zipfile.ZipFile(path) as archive:
            names = sorted(name for name in archive.namelist() if name.lower().endswith(".xml"))
            if not names or "[Content_Types].xml" in names:
                return b""
            with archive.open(names[0]) as opened:
                return opened.read(BEGINNING)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError):
        return b""
