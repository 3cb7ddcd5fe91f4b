"""Bring: contracts of a file looked at before they are taken in: which are new, changed, the same, or set aside."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from bygd.countries import source as source_of
from bygd.countries import sources
from bygd.sources.contracts.result import Contract, Contracts
from bygd.sources.description import Kind as SourceKind
from bygd.sources.errors import InputError
from bygd.sources.files import peek
from bygd.sources.files.bulk import Rejected
from bygd.vocabulary import tables
from bygd.vocabulary.contract_words import ContractStage
from bygd.vocabulary.said import Said
from bygd.workbench import decisions
from bygd.workbench.contracts.checks import problems
from bygd.workbench.contracts.known import Row, current, key
from bygd.workbench.contracts.who import Suppliers
from bygd.workbench.project import Project

OWN = "world/own_contracts"
KEY = re.compile(r"[0-9a-f]{16}")
TEXTS = ("title", "number", "procedure_key", "lot", "options", "note")
KEPT = tuple(name for name in tables.contracts.columns() if name not in ("entered_by", "entered_at", "source"))
"""What makes two entries of a contract say the same."""


class Kind(StrEnum):
    """What an entry does to the register."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True)
class Change:
    """One contract of a file: what would be entered, what stands there now, and which columns differ."""

    kind: Kind
    row: Row
    before: Row | None
    differs: tuple[str, ...]
    file: str
    number: int


@dataclass(frozen=True)
class Look:
    """What a file would do to the register."""

    source: str
    rows: int
    changes: tuple[Change, ...]
    set_aside: tuple[Rejected, ...]
    unused: tuple[str, ...]
    columns: Mapping[str, str]

    @property
    def counts(self) -> Counter[str]:
        """How many contracts are new, changed and the same."""
        return Counter(change.kind.value for change in self.changes)

    def entries(self, by: str) -> list[Row]:
        """The rows of `contract_entries` that taking it in adds."""
        now = decisions.now()
        kept = [change.row for change in self.changes if change.kind is not Kind.SAME]
        return [{**row, "withdrawn": False, "entered_by": by, "entered_at": now} for row in kept]


def look(
    project: Project,
    paths: Sequence[Path],
    *,
    source: str = "",
    columns: Mapping[str, Any] | None = None,
    anchor: str = "",
) -> Look:
    """What a file of contracts would do to the register; nothing is changed.

    `source` names the reader, told by content where empty; `columns` is the mapping of a list of one's own. `anchor` is
    whose contracts they are where the file does not name an institution of the place. Raises InputError where the
    file cannot be read, or has columns that are neither read nor said to be left out.
    """
    described = source_of(source) if source else recognised(paths[0], project)
    if described.kind is not SourceKind.CONTRACTS:
        raise InputError("{source} is no source of contracts.", source=described.id)
    read: Contracts = described.module.read(list(paths), project.country.conventions(), dict(columns or {}) or None)
    made, aside = _judged(project, read.found, anchor)
    known = {row["contract_key"]: row for row in current(project)}
    changes = [_change(row, known.get(row["contract_key"]), one) for one, row in made]
    rejected = sorted([*read.set_aside, *aside], key=lambda one: (one.file, one.row))
    return Look(read.source, read.rows, tuple(changes), tuple(rejected), read.unused, read.columns)


def headings(path: Path, project: Project) -> tuple[str, ...]:
    """The names in what most likely is the header of a list of one's own; none where the file is something else."""
    try:
        if recognised(path, project).id != OWN:
            return ()
        rows = peek.headers(path)
    except InputError:
        return ()
    likely = max(rows, key=lambda names: len([name for name in names if name]), default=[])
    return tuple(dict.fromkeys(name for name in likely if name))


def take(project: Project, looked: Look, by: str) -> int:
    """Add what is new or changed to the project's file; gives how many entries that are."""
    return decisions.add(project, tables.contract_entries, looked.entries(by))


def recognised(path: Path, project: Project) -> Any:
    """The source that knows a file by its beginning; else the reader of one's own list."""
    beginning = _beginning(path)
    for described in sources(project.country):
        recognises: Callable[[bytes], bool] | None = getattr(described.module, "recognises", None)
        if described.kind is SourceKind.CONTRACTS and recognises and recognises(beginning):
            return described
    return source_of(OWN)


def _beginning(path: Path) -> bytes:
    """The first bytes of a file, of the first document of a folder or an archive, or of what is packed."""
    from bygd.sources.files import documents, opening

    if path.is_dir():
        return next((data[:4096] for _, data in documents.documents(path)), b"")
    with path.open("rb") as opened:
        first = opened.read(4096)
    if first.startswith((b"PK", b"\x1f\x8b")):
        if first.startswith(b"PK"):
            found = next((data[:4096] for _, data in documents.documents(path)), b"")
            if b"urn:oasis:names:specification:ubl" in found:
                return found
        with opening.opened(path) as parts:
            if parts and parts[0].kind in (opening.JSON, opening.TEXT):
                with parts[0].path.open("rb") as opened:
                    return opened.read(4096)
    return first


def _judged(
    project: Project, found: Iterable[Contract], anchor: str
) -> tuple[list[tuple[Contract, Row]], list[Rejected]]:
    """Contracts as rows with their keys, and those that cannot be kept."""
    suppliers = Suppliers(project)
    anchors = {" ".join(entry.source.casefold().split()): entry.source for entry in project.ledgers}
    aside: list[Rejected] = []
    kept: list[tuple[Contract, Row]] = []
    for one in found:
        whose = anchors.get(" ".join((one.anchor or "").casefold().split())) or anchor or (
            one.anchor if not anchors else None
        )  # fmt: skip
        if not whose and one.anchor:
            reason = Said("the buyer '{name}' is no institution of this place; say whose it is", name=one.anchor[:80])
            aside.append(Rejected(one.file, one.row, reason))
            continue
        row = _row(one, whose, suppliers)
        wrong = next(problems(row, project.country.code), None)
        if wrong:
            aside.append(Rejected(one.file, one.row, wrong[1]))
        else:
            kept.append((one, row))
    return _keyed(kept, aside), aside


def _row(one: Contract, anchor: str | None, suppliers: Suppliers) -> Row:
    who = suppliers(one.supplier_name, one.supplier_number, one.supplier_scheme, one.supplier_country, one.sole_trader)
    values = {name: value for name, value in vars(one).items() if name in KEPT}
    return {
        **values,
        **{name: suppliers.text(values[name]) for name in TEXTS},
        "contract_key": one.key if one.key and KEY.fullmatch(one.key) else "",
        "anchor": anchor,
        "supplier_name": who.name,
        "supplier_id": who.id,
        "source": one.file,
    }


def _keyed(rows: Sequence[tuple[Contract, Row]], aside: list[Rejected]) -> list[tuple[Contract, Row]]:
    """The rows with a key each; a contract that several rows tell is told by the last, with a word about the others."""
    names = [_identity(row) for _, row in rows]
    several = {name for name, count in Counter(names).items() if count > 1}
    found: dict[str, tuple[Contract, Row]] = {}
    for (one, row), name in zip(rows, names, strict=True):
        supplier = row["supplier_id"] or row["supplier_name"] if name in several or not name[1] else None
        made = row["contract_key"] or key(row["anchor"], name[1], row["title"], row["lot"], supplier)
        if made in found:
            before = found[made][0]
            reason = Said("the same contract stands again in row {row} of {file}", row=str(one.row), file=one.file)
            aside.append(Rejected(before.file, before.row, reason))
        found[made] = (one, {**row, "contract_key": made})
    return list(found.values())


def _identity(row: Row) -> tuple[str, str | None, str | None]:
    """What tells contracts apart: the anchor's number, or the procurement while nothing is signed; and the lot."""
    number = row["number"] or (row["procedure_key"] if row["stage"] != ContractStage.SIGNED else None)
    return row["anchor"], number, row["lot"]


def _change(row: Row, before: Row | None, one: Contract) -> Change:
    if before is None:
        return Change(Kind.NEW, row, None, (), one.file, one.row)
    # What a file does not say stays as it was.
    merged = {name: before[name] if row.get(name) is None else row[name] for name in KEPT}
    merged["is_framework"] = bool(row["is_framework"] or before["is_framework"])
    differs = tuple(name for name in KEPT if merged[name] != before[name])
    kind = Kind.CHANGED if differs else Kind.SAME
    return Change(kind, {**merged, "source": row["source"]}, before, differs, one.file, one.row)
