"""Notices of Tenders Electronic Daily (eForms) → contracts and coming purchases."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bygd.countries.eu.sources._eforms_notice import ROOTS, UBL, contracts, identity
from bygd.sources.contracts.cells import NotRead
from bygd.sources.contracts.result import Contract, Contracts
from bygd.sources.conventions import Conventions
from bygd.sources.errors import InputError
from bygd.sources.files.bulk import Rejected
from bygd.sources.files.documents import documents, parse
from bygd.vocabulary.said import N_, Said

SOURCE = "eu/eforms"
LATER = N_("a later version of the same notice stands in {file}")
KINDS = tuple(root.rpartition("}")[2].encode() for root in ROOTS)


def recognises(beginning: bytes) -> bool:
    """Whether a document that begins so is a notice about contracts."""
    text = beginning.replace(b"\x00", b"")
    return UBL.encode() in text and any(kind + b"-2" in text for kind in KINDS)


def read(paths: Sequence[Path], conventions: Conventions, columns: Any = None) -> Contracts:
    """The contracts of any number of notices; a row is a document, in order of name.

    Raises InputError where not a single document is a notice, with the reason of the first.
    """
    rejected: list[Rejected] = []
    latest: dict[str, tuple[str, str, int, Any]] = {}
    rows = 0
    for path in paths:
        for name, data in documents(path):
            rows += 1
            label = name if name == path.name else f"{path.name}/{name}"
            try:
                root = parse(data)
            except InputError as error:
                rejected.append(Rejected(label, rows, error.said))
                continue
            notice, version = identity(root)
            before = latest.get(notice or f"{label} {rows}")
            if before and before[0] >= version:
                rejected.append(Rejected(label, rows, Said(LATER, file=before[1])))
                continue
            if before:
                rejected.append(Rejected(before[1], before[2], Said(LATER, file=label)))
            latest[notice or f"{label} {rows}"] = (version, label, rows, root)
    found: list[Contract] = []
    notices = 0
    for _, label, row, root in latest.values():
        try:
            for one in contracts(root, label, row):
                if isinstance(one, Contract):
                    found.append(one)
                else:
                    rejected.append(Rejected(label, row, one))
            notices += 1
        except NotRead as error:
            rejected.append(Rejected(label, row, error.said))
    if not notices:
        shown = ", ".join(path.name for path in paths)
        first = rejected[0].reason if rejected else Said("it holds no XML document")
        raise InputError("{file} holds no notice that can be read: {reason}.", file=shown, reason=first)
    return Contracts(SOURCE, rows, tuple(found), tuple(sorted(rejected, key=lambda one: one.row)))
