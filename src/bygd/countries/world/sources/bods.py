"""Beneficial ownership statements (BODS) → owners. Persons are counted, never named."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from bygd.countries.world.sources._bods_statements import Hold, Party, hold, keys, party, replaced, what
from bygd.engine import DuckEngine
from bygd.sources.conventions import Conventions
from bygd.sources.errors import InputError
from bygd.sources.files.bulk import Rejected, Text, clean
from bygd.sources.files.opening import JSON, MEBIBYTE
from bygd.sources.privacy import Pseudonym
from bygd.sources.registers.owners import ROWS, settle
from bygd.sources.registers.result import ReadResult

LARGEST = 1024 * MEBIBYTE
"""A document that is one list is read whole; lines are read one by one."""
SIGN = re.compile(r'[\[{\s"]*statementI[Dd]"?\s*:')
COLUMNS = pa.schema(
    [
        ("file", pa.string()), ("row_number", pa.int64()), ("org_id", pa.string()), ("owner_id", pa.string()),
        ("kind", pa.string()), ("name", pa.string()), ("country", pa.string()), ("nature", pa.string()),
        ("share_low", pa.float64()), ("share_high", pa.float64()), ("is_control", pa.bool_()), ("since", pa.date32()),
        ("until", pa.date32()), ("reason", pa.string()),
    ]
)  # fmt: skip


def recognises(names: list[str], conventions: Conventions) -> bool:
    """Whether a line near the top is the id of a statement."""
    return any(SIGN.match(name) for name in names)


def read(
    engine: DuckEngine, paths: list[Path], pseudonym: Pseudonym, conventions: Conventions, columns: Any = None
) -> ReadResult:
    """`parents` from statements in any number of files; see `bygd.sources.registers.owners.settle`.

    An entity is known by its number in a register of the country, else in another scheme of
    org-id.guide, else by that in OpenCorporates (`XX-OTHER:number`), else by its statement
    (`BODS:id`). Of several interests of one owner the strongest that lasts counts; statements that
    later ones replace do not. A record's last version counts. Statements whose parties are nowhere
    described, and lines that are no statement, are set aside. Raises InputError where a file holds
    no statement at all.
    """
    parties: dict[str, Party] = {}
    holds: dict[str, tuple[str, int, Hold]] = {}
    gone: set[str] = set()
    rejected: list[Rejected] = []
    unnamed = 0
    with clean(paths, "utf-8", JSON) as texts:
        for text in texts:
            found, number = 0, 0
            for number, statement in _statements(text):
                kind = what(statement) if isinstance(statement, dict) and keys(statement) else ""
                if kind in ("entity", "person"):
                    parties.update(dict.fromkeys(keys(statement), party(statement, conventions)))
                elif kind == "relationship":
                    stated = hold(statement)
                    unnamed += stated is None
                    gone |= replaced(statement)
                    if stated is not None:
                        holds[keys(statement)[-1]] = (text.label, number, stated)
                else:
                    rejected.append(Rejected(text.label, number, "no statement"))
                found += bool(kind)
            if number and not found:
                raise InputError(
                    "{file} holds no statement of the Beneficial Ownership Data Standard.", file=text.label
                )
    rows = [_row(*held, parties) for key, held in holds.items() if key not in gone]
    engine.put("bods_rows", pa.Table.from_pylist(rows, schema=COLUMNS))
    engine.execute(f"CREATE OR REPLACE TABLE {ROWS} AS SELECT * FROM bods_rows")
    engine.forget("bods_rows")
    return settle(engine, "world/bods", rejected, {"owners that are not named": unnamed})


def _row(file: str, number: int, stated: Hold, parties: dict[str, Party]) -> dict[str, Any]:
    subject, owner = parties.get(stated.subject), parties.get(stated.party)
    return {
        "file": file,
        "row_number": number,
        "org_id": subject.org_id if subject else None,
        "owner_id": owner.org_id if owner else None,
        "kind": owner.kind if owner else None,
        "name": owner.name if owner else None,
        "country": owner.country if owner else None,
        "nature": stated.nature,
        "share_low": stated.share_low,
        "share_high": stated.share_high,
        "is_control": stated.is_control,
        "since": stated.since,
        "until": stated.until,
        "reason": None if subject and owner else "the owner or the owned is nowhere described",
    }


def _statements(text: Text) -> Iterator[tuple[int, Any]]:
    """Each statement with its number in the list, or its line; what is no JSON comes as None."""
    with text.path.open(encoding="utf-8") as opened:
        start = opened.read(1)
        while start.isspace():
            start = opened.read(1)
        opened.seek(0)
        if start == "[":
            if text.path.stat().st_size > LARGEST:
                raise InputError(
                    "{file} is one list of more than 1 GiB. Get it as lines of JSON, or in parts.", file=text.label
                )
            try:
                listed = json.load(opened)
            except (ValueError, RecursionError) as error:
                raise InputError(
                    "{file} is damaged or cut short: {why}. Get it again.", file=text.label, why=error
                ) from error
            yield from enumerate(listed, 1)
            return
        for number, line in enumerate(opened, 1):
            if line.strip():
                try:
                    yield number, json.loads(line)
                except (ValueError, RecursionError):
                    yield number, None
