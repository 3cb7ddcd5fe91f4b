"""Filled: a spreadsheet's rows with the organisations they may mean, persons masked."""

import re
import secrets
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bygd import linkage
from bygd.linkage.cases import Case, read_cases
from bygd.linkage.options import DEFAULT
from bygd.linkage.thresholds import DEFAULT as THRESHOLDS
from bygd.reports.explanation.sentences import sentences
from bygd.reports.translate import Translator
from bygd.sources.files.headings import distinct
from bygd.sources.privacy import Masker, Pseudonym, Who
from bygd.vocabulary import tables
from bygd.vocabulary.words import LinkStage
from bygd.workbench.bench import Progress, quiet
from bygd.workbench.reconciliation import standing
from bygd.workbench.reconciliation.columns import KIND, NAME, NUMBER, POSTCODE, TOWN, Spreadsheet
from bygd.workbench.reconciliation.matching import EMPTY, WHOLE
from bygd.workbench.reconciliation.register import Register
from bygd.workbench.reconciliation.searching import propose
from bygd.workbench.reconciliation.texts import has, text

AT_ONCE = 2_000
"""Different rows that are looked up together; between them progress is told."""
ADDED = ("id", "name", "form", "town", "score", "stage")
"""What is told of each candidate, before why."""

SHORTEST = 4
"""Letters that a person's name must have to be looked for in other cells."""

Cell = str | float | None


@dataclass(frozen=True)
class Filled:
    """The table with its new columns, and how many rows are sure, to be checked, not found, or persons.

    `method` tells in sentences how they were looked up; its first is a heading.
    """

    header: tuple[str, ...]
    rows: list[list[Cell]]
    counts: Mapping[str, int] = field(default_factory=dict)
    method: tuple[str, ...] = ()


def fill(
    register: Register,
    sheet: Spreadsheet,
    best: int = 1,
    language: str = "en",
    key: bytes | None = None,
    progress: Progress = quiet,
) -> Filled:
    """Look every row up and put its `best` candidates behind it.

    A row is 'sure' where a supplier so written would be linked without asking a person, and 'not found' where it is
    too unlikely that it is any candidate (see `standing`). Empty rows stay empty and are not counted. Rows that name a
    person are not looked up, and are masked under `key`, or under one that nobody keeps.
    """
    masker = Masker(register.conventions, Pseudonym(key or secrets.token_bytes(32)))
    table = list(zip(*(column.to_pylist() for column in sheet.cells.columns), strict=True))
    written = [_who(sheet, cells) for cells in table]
    persons = {who: pseudonym for who in dict.fromkeys(written) if (pseudonym := masker.person(who.who))}
    asked = [who for who in dict.fromkeys(written) if who not in persons and (who.who.name or who.who.org_number)]
    cases: dict[_Row, Case] = {}
    for start in range(0, len(asked), AT_ONCE):
        progress("Looking up", start, len(asked))
        part = asked[start : start + AT_ONCE]
        cases.update(zip(part, _looked_up(register, part, best), strict=True))
    progress("Looking up", len(asked), len(asked))
    answers = _Answers(register, Translator(language), language, best)
    counts: Counter[str] = Counter()
    rows: list[list[Cell]] = []
    for who, cells in zip(written, table, strict=True):
        pseudonym = persons.get(who)
        if not any(cell and cell.strip() for cell in cells):
            rows.append([*cells, *[None] * len(answers.header)])
            continue
        state, added = answers.of(cases.get(who), is_person=pseudonym is not None)
        counts[state] += 1
        kept = _masked(masker, sheet, cells, who.who, pseudonym) if pseudonym else [*map(masker.text, cells)]
        rows.append([*kept, *added])
    header = distinct([*sheet.names, *answers.header])
    return Filled(header, rows, counts, tuple(_method(register, Translator(language), language)))


@dataclass(frozen=True)
class _Row:
    """What a row says of an organisation."""

    who: Who
    town: str | None


def _who(sheet: Spreadsheet, cells: Sequence[str | None]) -> _Row:
    def first(field_: str) -> str | None:
        return next((cell for place in sheet.places.get(field_, ()) if (cell := (cells[place] or "").strip())), None)

    return _Row(Who(first(NAME) or "", first(NUMBER), None, first(POSTCODE), first(KIND)), first(TOWN))


def _looked_up(register: Register, rows: Sequence[_Row], best: int) -> list[Case]:
    suppliers = [
        {
            **EMPTY,
            "supplier_key": str(number),
            "name": row.who.name,
            "org_number": row.who.org_number,
            "postcode": row.who.postcode,
            "town": row.town,
        }
        for number, row in enumerate(rows)
    ]
    with register.lock:
        propose(register, suppliers, replace(DEFAULT, kept=max(best + 1, DEFAULT.kept)))
        linkage.resolve(register.engine, conventions=register.conventions)
        return read_cases(register.engine, [str(number) for number in range(len(rows))], tables.organisations)


def _masked(
    masker: Masker, sheet: Spreadsheet, cells: Sequence[str | None], who: Who, pseudonym: str
) -> list[str | None]:
    """A person's row: a label for the name wherever it stands, a pseudonym for the number, no exact address."""
    label = masker.masked(who, pseudonym).name
    masks: dict[int, Callable[[str], str | None]] = {
        **dict.fromkeys(sheet.places.get(NAME, ()), lambda _: label),
        **dict.fromkeys(sheet.places.get(NUMBER, ()), lambda _: pseudonym),
        **dict.fromkeys(sheet.places.get(POSTCODE, ()), masker.area),
        **dict.fromkeys(sheet.places.get(TOWN, ()), lambda _: None),
    }
    bare = re.sub(r"[\d+-]{6,}", " ", who.name).strip()  # the name may have the number in it
    said = ((who.name, label), (bare if len(bare) >= SHORTEST else "", label), (who.org_number, pseudonym))
    told = [(written, mask) for written, mask in said if written]
    kept: list[str | None] = []
    for place, cell in enumerate(cells):
        if cell is None or place in masks:
            kept.append(masks[place](cell) if cell else None)
            continue
        for written, mask in told:
            cell = re.sub(re.escape(written), mask, cell, flags=re.IGNORECASE)
        kept.append(masker.text(cell))
    return kept


def _method(register: Register, translate: Translator, language: str) -> Iterator[str]:
    """How the rows were looked up, for whoever finds the file later."""
    least = THRESHOLDS.by_stage[LinkStage.NAME]
    yield text("file.method", language)
    yield text("file.method.register", language, name=register.name, version=register.version)
    yield text(
        "file.method.linked",
        language,
        least=translate.percent(least.score),
        margin=translate.number(least.margin * WHOLE),
    )
    yield text("file.method.unresolved", language, floor=translate.percent(standing.FLOOR))
    yield text("file.method.none", language)
    yield text("file.method.masked", language)


class _Answers:
    """The new cells of a row, in one language."""

    def __init__(self, register: Register, translate: Translator, language: str, best: int) -> None:
        self.register, self.translate, self.language, self.best = register, translate, language, best

    @property
    def header(self) -> list[str]:
        """Names of the new columns; those of further candidates carry a number."""
        again = [f"{self._say(name)} {place}" for place in range(2, self.best + 1) for name in ADDED]
        return [self._say("state"), *map(self._say, ADDED), self._say("why"), *again]

    def of(self, case: Case | None, *, is_person: bool) -> tuple[str, list[Cell]]:
        """What is known of a row, and its new cells."""
        width = len(ADDED) * self.best + 2
        if is_person or case is None:
            state = standing.MASKED if is_person else standing.NONE
            why = None if is_person else text("message.empty", self.language)
            return state, [self._say(state), *[None] * len(ADDED), why, *[None] * (width - len(ADDED) - 2)]
        state, case = standing.of(case)
        why = " ".join(sentences(case, THRESHOLDS, self.translate))
        if not case.candidates and not case.name and case.org_number:
            why = text("file.no_number", self.language)
        if state == standing.NONE:
            # Whom it is least unlike stands in the reason only: identifiers are taken for matches.
            return state, [self._say(state), *[None] * len(ADDED), why, *[None] * (width - len(ADDED) - 2)]
        shown = [self._candidate(one) for one in case.candidates[: self.best]]
        shown += [[None] * len(ADDED)] * (self.best - len(shown))
        first, *others = shown
        return state, [self._say(state), *first, why, *(cell for listed in others for cell in listed)]

    def _candidate(self, one: Any) -> list[Cell]:
        form = self.register.forms.get(one.legal_form or "")
        score = round(one.score * WHOLE, 2)
        known = has(f"file.stage.{one.stage}")
        stage = self._say(f"stage.{one.stage}") if known else self.translate.word(one.stage)
        return [one.org_id, one.name, form and form.label, one.town, score, stage]

    def _say(self, name: str) -> str:
        return text(f"file.{name}", self.language)
