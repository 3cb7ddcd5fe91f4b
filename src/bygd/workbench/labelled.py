"""Labelled suppliers: how right linkage is where somebody knows the organisation, and weights learned from that."""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bygd import linkage
from bygd.engine import DuckEngine
from bygd.linkage import Evaluation
from bygd.linkage.numbers import WRITTEN, read_number
from bygd.linkage.score import Weights
from bygd.sources import amounts
from bygd.sources.conventions import Scheme
from bygd.sources.errors import InputError
from bygd.vocabulary import tables
from bygd.workbench.bench import Progress, quiet
from bygd.workbench.reconciliation.opening import Wanted, open_register
from bygd.workbench.review.sheet import read_sheet

NAME, TRUTH = "supplier", "organisation_numbers"
OPTIONAL = ("amount", "org_number", "postcode", "town")
COLUMNS = (NAME, TRUTH, *OPTIONAL)

LEAST = 100
"""Suppliers that must be known before weights are learned from them: with fewer the weights at hand are better."""


@dataclass(frozen=True)
class Labelled:
    """Suppliers as a file gives them, with the numbers of their organisations and what they were paid."""

    suppliers: list[dict[str, Any]]
    numbers: Mapping[str, frozenset[str]]
    money: Mapping[str, float] | None


def read(path: Path, columns: Mapping[str, str] | None = None) -> Labelled:
    """A CSV or XLSX of suppliers: `supplier`, `organisation_numbers` (several with |, none where it is in no register)
    and, where known, `amount`, `org_number`, `postcode`, `town` as the ledger has them. Other columns are passed over.

    `columns` maps these names to the file's own. Raises InputError naming what is missing, and the line of what is no
    number: who was not looked up would count as in no register, and a right link to it as a false one.
    """
    named = {**{column: column for column in COLUMNS}, **(columns or {})}
    try:
        header, rows = read_sheet(path)
    except csv.Error as error:
        raise InputError("{file} cannot be read as a table: {why}.", file=path.name, why=error) from None
    missing = [named[column] for column in (NAME, TRUTH) if named[column] not in header]
    if missing and not any(header):
        raise InputError("{file} is empty.", file=path.name)
    if missing:
        raise InputError(
            "{file} has no column {missing}. It has: {names}.",
            file=path.name,
            missing=missing,
            names=header,
        )
    suppliers: list[dict[str, Any]] = []
    numbers, money = {}, {}
    for line, row in rows:
        given = {column: (row.get(named[column]) or "").strip() or None for column in COLUMNS}
        if not any(given.values()):
            continue
        key = f"{len(suppliers):06}"
        suppliers.append(
            {"supplier_key": key, "name": given[NAME] or "", **{name: given[name] for name in OPTIONAL[1:]}}
        )
        numbers[key] = frozenset(number.strip() for number in (given[TRUTH] or "").split("|") if number.strip())
        for number in sorted(numbers[key]):
            if not re.search(r"\d", number):
                raise InputError(
                    "Line {line} of {file} has '{text}' as organisation number. Leave the cell empty where the "
                    "supplier is in no register, and leave out who was not looked up.",
                    line=line,
                    file=path.name,
                    text=number,
                )
        if given["amount"] is not None:
            money[key] = _amount(given["amount"], path, line)
    if not suppliers:
        raise InputError("{file} has no suppliers.", file=path.name)
    return Labelled(suppliers, numbers, money or None)


def _amount(text: str, path: Path, line: int) -> float:
    """An amount in either notation; what may be a thousand or one is refused, not guessed."""
    number, is_negative = amounts.bare(text, r"$^")
    fitting = {mark for mark in ".," if re.fullmatch(amounts.grammar(mark), number)}
    read = {
        float(number.replace(" ", "").replace("." if mark == "," else ",", "").replace(",", ".")) for mark in fitting
    }
    if len(read) != 1:
        raise InputError(
            "Line {line} of {file} has '{text}' as amount. Write it as 1234.56.",
            line=line,
            file=path.name,
            text=text,
        )
    return -read.pop() if is_negative else read.pop()


def evaluate(
    labelled: Labelled, wanted: Wanted, weights: Weights | None = None, folds: int = 0, progress: Progress = quiet
) -> Evaluation:
    """How right linkage is on those suppliers, with the register that is wanted.

    With `folds` the weights are learned anew without each part of the suppliers in turn, and that part is scored with
    them: what is told then was not learned from. Suppliers of one organisation are in one part.
    """
    with open_register(wanted, progress) as register:
        engine, conventions = register.engine, register.conventions
        truth = _load(engine, labelled, conventions.schemes)
        parts = _parts(truth, folds) if folds else [set(truth)]
        links: dict[str, str | None] = {}
        candidates: dict[str, list[tuple[str, float]]] = {}
        for number, part in enumerate(parts):
            progress("Linking", number, len(parts))
            used = weights
            if folds:
                known = {key: found for key, found in truth.items() if key not in part}
                used = linkage.learn(engine, conventions, known, _made_from(known), weights, register.index)
            linkage.propose(engine, conventions, None, register.index, used)
            linkage.resolve(engine)
            for row in engine.rows("SELECT supplier_key, org_id FROM links"):
                if row["supplier_key"] in part:
                    links[row["supplier_key"]] = row["org_id"]
            for row in engine.rows("SELECT supplier_key, org_id, score FROM link_candidates ORDER BY 1, position"):
                if row["supplier_key"] in part:
                    candidates.setdefault(row["supplier_key"], []).append((row["org_id"], row["score"]))
        progress("Linking", len(parts), len(parts))
        found = linkage.evaluate(links, truth, candidates, labelled.money)
        return replace(found, strangers=sum(bool(labelled.numbers[key]) for key in truth if not truth[key]))


def train(labelled: Labelled, wanted: Wanted, prior: Weights | None = None, progress: Progress = quiet) -> Weights:
    """Weights learned from those suppliers, starting from the ones at hand. Raises InputError for too few."""
    if len(labelled.suppliers) < LEAST:
        raise InputError(
            "{number} suppliers are too few to learn from: at least {least} are needed. Until then the "
            "weights at hand are better.",
            number=len(labelled.suppliers),
            least=LEAST,
        )
    with open_register(wanted, progress) as register:
        truth = _load(register.engine, labelled, register.conventions.schemes)
        progress("Learning", 0, 1)
        try:
            learned = linkage.learn(
                register.engine, register.conventions, truth, _made_from(truth), prior, register.index
            )
        except ValueError as error:
            raise InputError("Nothing can be learned from these suppliers: {why}.", why=error) from None
        progress("Learning", 1, 1)
        return learned


def _load(engine: DuckEngine, labelled: Labelled, schemes: Iterable[Scheme]) -> dict[str, set[str]]:
    """Register the suppliers; gives the truth by supplier_key: organisations of the register with those numbers.

    A number is taken as it stands in the register, else read as those of ledgers are: blanks and hyphens, a VAT form
    and noughts that a spreadsheet lost do not make another organisation of it.
    """
    neutral = {"anchor": "labelled", "supplier_number": None, "country": None, "kind": None, "is_masked": False}
    engine.register(tables.suppliers, [{**neutral, **row} for row in labelled.suppliers])
    schemes = tuple(schemes)
    meant = {
        number: [one.org_id for one in sorted(read_number(number, schemes), key=lambda one: one.how != WRITTEN)]
        for number in sorted({number for numbers in labelled.numbers.values() for number in numbers})
    }
    found: dict[str, set[str]] = {}
    for row in engine.rows(
        """SELECT org_id, number FROM (SELECT org_id, split_part(org_id, ':', 2) AS number FROM organisations)
        WHERE number IN (SELECT unnest(?)) OR org_id IN (SELECT unnest(?))""",
        sorted(meant),
        sorted({*meant, *(org_id for ids in meant.values() for org_id in ids)}),
    ):
        for name in (row["number"], row["org_id"]):
            found.setdefault(name, set()).add(row["org_id"])
    truth: dict[str, set[str]] = {}
    for key, numbers in labelled.numbers.items():
        truth[key] = set().union(*(_standing(number, meant[number], found) for number in numbers))
    return truth


def _standing(number: str, meant: Iterable[str], found: Mapping[str, set[str]]) -> set[str]:
    """Those in the register: of that number letter by letter, else the first of what it may stand for."""
    return next((found[name] for name in (number, *meant) if name in found), set())


def _parts(truth: Mapping[str, set[str]], folds: int) -> list[set[str]]:
    """The suppliers in so many parts, those of one organisation together; the same each time."""
    owners: dict[str, list[str]] = {}
    for key, organisations in truth.items():
        owners.setdefault(min(organisations, default=key), []).append(key)
    parts: list[set[str]] = [set() for _ in range(folds)]
    for place, owner in enumerate(sorted(owners)):
        parts[place % folds].update(owners[owner])
    return [part for part in parts if part]


def _made_from(truth: Mapping[str, set[str]]) -> str:
    known = sum(bool(organisations) for organisations in truth.values())
    return f"{len(truth)} suppliers whose organisation is known, {known} of them in the register"
