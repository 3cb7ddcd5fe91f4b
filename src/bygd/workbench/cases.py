"""Cases of a place: what people entered of them, how each stands on a day, and whom each could sell to."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from bygd.sources.errors import InputError
from bygd.tools.cases import Case, Kind, stands
from bygd.tools.cases import kinds as kinds_of
from bygd.tools.cases.standing import QUIET
from bygd.vocabulary import tables
from bygd.vocabulary.ids import make_key
from bygd.vocabulary.mapping import CaseEvent
from bygd.workbench import entered
from bygd.workbench.entered import Row
from bygd.workbench.project import Project

CASE, EVENT = "case_key", "event_key"
NOT_SAID = ("case_key", "withdrawn", "entered_by", "entered_at")
KEPT = tuple(name for name in tables.case_entries.columns() if name not in NOT_SAID)
"""What somebody says of a case."""


def key(kind: str, title: str) -> str:
    """The key of a case: its kind and title as first entered."""
    return make_key("case", kind, " ".join(title.casefold().split()))


def kinds(project: Project) -> dict[str, Kind]:
    """The kinds of cases of the project's country, its own first."""
    return kinds_of(project.country)


def all_of(project: Project, today: date | None = None) -> list[Case]:
    """Every case as it stands on a day: those that are stuck first, then by their next deadline; closed ones last."""
    day = today or date.today()
    events: dict[str, list[Row]] = {}
    for one in entered.entries(project, tables.case_events):
        events.setdefault(one[CASE], []).append(one)
    rows = entered.current(project, tables.case_entries, CASE)
    found = [_stands(project, row, events.get(row[CASE], []), day) for row in rows]
    return sorted(found, key=_order)


def one_of(project: Project, case_key: str, today: date | None = None) -> Case | None:
    """One case as it stands on a day, a withdrawn one too; None where there is none."""
    rows = entered.entries(project, tables.case_entries, case_key=case_key)
    if not rows:
        return None
    events = entered.entries(project, tables.case_events, case_key=case_key)
    return _stands(project, rows[-1], events, today or date.today())


def event(case_key: str, what: CaseEvent, on: date, **more: Any) -> Row:
    """A row of an event, not yet signed. Raises InputError for a day that is yet to come, unless planned."""
    if what is not CaseEvent.PLANNED and on > date.today():
        raise InputError("{day} is yet to come. Write the day on which it happened.", day=str(on))
    empty = dict.fromkeys(("about", "due_on", "answer", "result", "note", "link"))
    return {**empty, EVENT: secrets.token_hex(8), CASE: case_key, "event": what, "happened_on": on, **more}


def helpers(cases: Iterable[Case]) -> list[tuple[str, list[Case]]]:
    """Who helps with which open cases, those who help most first."""
    found: dict[str, list[Case]] = {}
    for case in cases:
        if case.result is None:
            for name in lines(case.row["helper"]):
                found.setdefault(name, []).append(case)
    return sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0].casefold()))


def could_meet(cases: Iterable[Case]) -> dict[str, list[Case]]:
    """Open cases by the kind of purchase they could meet, in lower case as the market gaps have it."""
    found: dict[str, list[Case]] = {}
    for case in cases:
        if case.result is None:
            for name in lines(case.row["gaps"]):
                found.setdefault(name.casefold(), []).append(case)
    return found


def lines(text: str | None) -> list[str]:
    """The lines of a text that say something, each once."""
    return list(dict.fromkeys(" ".join(line.split()) for line in (text or "").splitlines() if line.strip()))


def deadlines(cases: Iterable[Case]) -> list[tuple[Case, Any]]:
    """Every deadline with a day of cases that are open, the earliest first."""
    found = [(case, one) for case in cases if case.result is None for one in case.deadlines if one.day]
    return sorted(found, key=lambda pair: (pair[1].day, pair[0].row["title"].casefold()))


def _stands(project: Project, row: Row, events: list[Row], day: date) -> Case:
    periods = project.country.rule("deadlines")
    limit = periods["months_quiet"].on(day) if "months_quiet" in periods else None
    quiet = int(str(limit.value)) if limit and limit.value is not None else QUIET
    return stands(row, events, kinds(project), periods, day, quiet)


def _order(case: Case) -> tuple[bool, bool, date, str]:
    due = case.next_deadline
    return (
        case.result is not None,
        not case.stuck,
        due.day if due and due.day else date.max,
        case.row["title"].casefold(),
    )


def plain(case: Case) -> Mapping[str, Any]:
    """A case as texts and numbers, for programs."""
    due = case.next_deadline
    return {
        "case_key": case.row[CASE],
        "kind": case.row["kind"],
        "title": case.row["title"],
        "who": case.row["who"],
        "helper": lines(case.row["helper"]),
        "stage": case.stage.id if case.stage else None,
        "done": sorted(case.done),
        "last_news": str(case.last_news),
        "stuck": [str(one) for one in case.stuck],
        "next_deadline": str(due.day) if due else None,
        "result": case.result,
    }
