"""Open Contracting releases and records (OCDS 1.1) → contracts."""

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from bygd.countries.world.sources._ocds_process import contracts, merged
from bygd.sources.contracts.cells import NotRead
from bygd.sources.contracts.result import Contract, Contracts
from bygd.sources.conventions import Conventions
from bygd.sources.errors import InputError
from bygd.sources.files import opening
from bygd.sources.files.bulk import Rejected
from bygd.sources.files.opening import JSON, MEBIBYTE, TEXT
from bygd.vocabulary.said import Said

SOURCE = "world/ocds"
LARGEST = 512 * MEBIBYTE


def recognises(beginning: bytes) -> bool:
    """Whether a file that begins so is JSON that speaks of contracting processes."""
    start = beginning.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return start in (b"{", b"[") and any(word in beginning for word in (b'"releases"', b'"records"', b'"ocid"'))


def read(paths: Sequence[Path], conventions: Conventions, columns: Any = None) -> Contracts:
    """The contracts of any number of files; a row is a process, counted over the file.

    Raises InputError for files that are no JSON, or hold no release at all.
    """
    found: list[Contract] = []
    rejected: list[Rejected] = []
    rows = 0
    for path in paths:
        with opening.opened(path) as parts:
            for part in parts:
                label = f"{path.name}/{part.member}" if part.member else path.name
                if part.kind not in (JSON, TEXT):
                    raise InputError("{file} is a workbook; releases come as JSON.", file=label)
                processes, lost = _processes(part.path, label)
                rejected += lost
                rows += len(lost)
                for number, releases in enumerate(processes.values(), 1):
                    rows += 1
                    try:
                        for one in contracts(merged(releases), label, number):
                            if isinstance(one, Contract):
                                found.append(one)
                            else:
                                rejected.append(Rejected(label, number, one))
                    except NotRead as error:
                        rejected.append(Rejected(label, number, error.said))
    return Contracts(SOURCE, rows, tuple(found), tuple(rejected))


def _processes(path: Path, label: str) -> tuple[dict[str, list[dict[str, Any]]], list[Rejected]]:
    """The releases of a file by their process, in order, and what is none."""
    found: dict[str, list[dict[str, Any]]] = {}
    rejected: list[Rejected] = []
    for number, release in enumerate(_releases(_documents(path, label)), 1):
        if not isinstance(release, dict) or not release.get("ocid"):
            rejected.append(Rejected(label, number, Said("it is no release: it has no ocid")))
        else:
            found.setdefault(str(release["ocid"]), []).append(release)
    if not found:
        raise InputError(
            "{file} holds no release or record of the Open Contracting Data Standard, version 1.1.", file=label
        )
    return found, rejected


def _releases(documents: Iterator[Any]) -> Iterator[Any]:
    for document in documents:
        if isinstance(document, list):
            yield from _releases(iter(document))
        elif isinstance(document, dict) and isinstance(document.get("releases"), list) and "ocid" not in document:
            yield from document["releases"]
        elif isinstance(document, dict) and isinstance(document.get("records"), list):
            for record in document["records"]:
                yield from _of_record(record)
        else:
            yield document


def _of_record(record: Any) -> Iterator[Any]:
    """What a record tells: its compiled release, or else the releases that it embeds."""
    if isinstance(record, dict) and isinstance(record.get("compiledRelease"), dict):
        yield {"ocid": record.get("ocid"), **record["compiledRelease"]}
    elif isinstance(record, dict) and isinstance(record.get("releases"), list):
        embedded = [one for one in record["releases"] if isinstance(one, dict) and ("ocid" in one or "id" in one)]
        yield from ({"ocid": record.get("ocid"), **one} for one in embedded)
        if not embedded:
            yield None
    else:
        yield record if isinstance(record, dict) and "tender" in record else None


def _documents(path: Path, label: str) -> Iterator[Any]:
    if path.stat().st_size > LARGEST:
        raise InputError("{file} is larger than {most} MiB. Get it in parts.", file=label, most=LARGEST // MEBIBYTE)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("{file} is not written in UTF-8, which JSON must be. Get it again.", file=label) from None
    try:
        yield _parsed(text)
        return
    except RecursionError:
        raise InputError("{file} is nested too deep to be a release.", file=label) from None
    except ValueError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2:
            raise InputError(
                "{file} is damaged or cut short: {error}. Get it again.", file=label, error=error
            ) from None
        told = error
    listed = []
    for line in lines:
        try:
            listed.append(_parsed(line))
        except (ValueError, RecursionError):
            listed.append(None)
    if all(one is None for one in listed):
        raise InputError("{file} is damaged or cut short: {error}. Get it again.", file=label, error=told)
    yield from listed


def _parsed(text: str) -> Any:
    return json.loads(text, parse_float=Decimal, parse_constant=_refused)


def _refused(name: str) -> None:
    raise ValueError(f"{name} is no number")
