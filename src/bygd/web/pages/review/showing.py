"""Showing: one case as its page has it: supplier, candidates with what speaks for and against them, what was said."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bygd.engine import DuckEngine
from bygd.linkage.cases import Candidate
from bygd.linkage.thresholds import DEFAULT
from bygd.reports import Translator
from bygd.reports.explanation.sentences import clauses, sentences
from bygd.tools.spend import Item
from bygd.tools.spend.suppliers import Bought
from bygd.vocabulary import tables
from bygd.vocabulary.words import Judgement
from bygd.web.decisions import together
from bygd.web.pages.review import ahead
from bygd.web.pages.review.chosen import folded
from bygd.web.pages.review.desk import Desk
from bygd.web.pages.review.signed import named, signers
from bygd.web.places.held import Held
from bygd.web.places.models import Place
from bygd.workbench import called, organisations
from bygd.workbench.organisations import Organisation
from bygd.workbench.review.judging import TAKEN_BACK, denied
from bygd.workbench.review.queue import Waiting

BOUGHT = 4
"""Sorts of purchases that are listed."""

EVEN = 0.5
"""What is as likely wrong as right; a number that leads to another name counts so, too."""


@dataclass(frozen=True)
class Option:
    """One candidate, what the register says of it, and what speaks for and against it."""

    candidate: Candidate
    about: Organisation | None
    place: str
    pro: list[str]
    contra: list[str]
    is_denied: bool


@dataclass(frozen=True)
class Word:
    """One decision on the case, in the order they were made."""

    row: dict[str, Any]
    by: str
    judgement: Judgement
    name: str
    is_taken_back: bool


@dataclass(frozen=True)
class Shown:
    """All that the page of a case shows."""

    waiting: Waiting
    item: Item
    said: list[str]
    options: list[Option]
    words: list[Word]
    bought: list[Bought]
    alike: list[Waiting]
    seen: int

    @property
    def first(self) -> str:
        """The candidate that is chosen at first: the best that nobody denied."""
        return next((one.candidate.org_id for one in self.options if not one.is_denied), "")

    @property
    def is_likely(self) -> bool:
        """Whether that candidate is rather the one than not: only then the page suggests to accept it."""
        return any(one.candidate.score > EVEN for one in self.options if one.candidate.org_id == self.first)


def show(desk: Desk, place: Place, case: Waiting, translate: Translator) -> Shown:
    """The case as it stands now."""
    read = ahead.read(desk.held, case)
    item = read.item
    not_it = denied(desk.said(case))
    return Shown(
        waiting=case,
        item=item,
        said=sentences(named(item.case, translate), DEFAULT, translate),
        options=options(item.case.options, read.known, item.places, not_it, translate),
        words=words(place, desk.held, case.suppliers, translate),
        bought=_summed(read.bought)[:BOUGHT],
        alike=alike(desk, case),
        seen=desk.since.read_on(),
    )


def _summed(bought: dict[str, list[Bought]]) -> list[Bought]:
    """What was bought of all suppliers of a case, most money first."""
    found: dict[tuple[str, str], Bought] = {}
    for one in (one for listed in bought.values() for one in listed):
        key = one.category, one.reason
        known = found.get(key)
        found[key] = (
            replace(one, amount=known.amount + one.amount, payments=known.payments + one.payments) if known else one
        )
    return sorted(found.values(), key=lambda one: -abs(one.amount))


def words(place: Place, held: Held, suppliers: Sequence[str], translate: Translator) -> list[Word]:
    """What people said of those suppliers, by time, with the organisations' names."""
    rows = together.read(place, tables.link_decisions, supplier_key__in=suppliers)
    rows.sort(key=lambda row: row["decided_at"])
    ids = frozenset(row["org_id"] for row in rows if row["org_id"])
    known = held.answer(("called", ids), lambda engine: _names(engine, ids)) if ids else {}
    called = signers((row["decided_by"] for row in rows), translate)
    return [
        Word(
            row,
            called[row["decided_by"]],
            Judgement(row["judgement"]),
            known.get(row["org_id"] or "", row["org_id"] or ""),
            (row["note"] or "").startswith(TAKEN_BACK),
        )
        for row in rows
    ]


def _names(engine: DuckEngine, ids: frozenset[str]) -> dict[str, str]:
    """What the registers call them, or called them before they were gone."""
    there = {one.org_id: one.name for one in organisations.about(engine, ids).values()}
    return {org_id: f"{name} ({org_id})" for org_id, name in called.gone(engine, ids).items()} | there


def options(
    candidates: Any, known: dict[str, Organisation], places: Any, not_it: set[str], translate: Translator
) -> list[Option]:
    """The candidates with what the registers say of them; those denied since the last build stand last."""
    found = [
        Option(
            candidate=one,
            about=(about := known.get(one.org_id)),
            place=places.get(one.org_id) or (about.municipality if about else None) or "",
            pro=(reasons := clauses(one.evidence, translate, is_named=False))[0],
            contra=reasons[1],
            is_denied=one.org_id in not_it,
        )
        for one in candidates
    ]
    return sorted(found, key=lambda one: one.is_denied)


def alike(desk: Desk, case: Waiting) -> list[Waiting]:
    """Other open cases of the person's institutions whose supplier is written just alike."""
    by_name = desk.held.keep("review names", lambda: _by_name(desk.cases))
    names = {_name(name) for name in case.names}
    itself = {desk.by_supplier[key].case_key for key in case.suppliers if key in desk.by_supplier}
    keys = {key for name in names for key in by_name.get(name, ())} - itself - {case.case_key}
    return [desk.by_key[key] for key in sorted(keys) if desk.is_open(desk.by_key[key])]


def _by_name(cases: list[Waiting]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for case in cases:
        for name in {_name(name) for name in case.names}:
            found.setdefault(name, []).append(case.case_key)
    return found


def _name(name: str) -> str:
    return " ".join(folded(name).split())
