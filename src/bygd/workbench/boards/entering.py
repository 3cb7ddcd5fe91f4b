"""Entering: cards entered, changed, and put back as they were; each is a new entry."""

from collections.abc import Iterable, Mapping
from typing import Any

from bygd.sources.errors import InputError
from bygd.vocabulary import tables
from bygd.vocabulary.planning import CardStanding, CardState
from bygd.workbench import decisions
from bygd.workbench.boards.checks import check
from bygd.workbench.boards.known import Row, entries, key
from bygd.workbench.entered import A_SECOND
from bygd.workbench.project import Project

SIGNED = ("entered_by", "entered_at")
NEW: Row = {
    **dict.fromkeys(tables.card_entries.columns()),
    "standing": CardStanding.IDEA.value,
    "state": CardState.NOT_BEGUN.value,
    "in_plan": False,
    "withdrawn": False,
}


def enter(project: Project, cards: Iterable[Mapping[str, Any]], by: str) -> list[Row]:
    """Add cards, or changes of cards, to the project's file; gives the entries made. As `completed`."""
    made = completed(project, cards, by)
    decisions.add(project, tables.card_entries, made)
    return made


def completed(project: Project, cards: Iterable[Mapping[str, Any]], by: str) -> list[Row]:
    """The entries that the given cards come to; what says what stands there already is left out.

    A card needs `pillar` and `title`. With the `card_key` of a card that is there, what is not said stays as it was;
    without one it is made of board, title and origin. Raises InputError for what no card may say.
    """
    latest = {row["card_key"]: row for row in entries(project)}
    now, made = decisions.now(), []
    for given in cards:
        unknown = sorted(given.keys() - NEW.keys())
        if unknown:
            raise InputError("Cards have no {unknown}. They have: {known}.", unknown=unknown, known=list(NEW))
        said = {name: _plain(value) for name, value in given.items() if name not in SIGNED}
        name = said.get("card_key") or key(said.get("board"), said.get("title") or "", said.get("origin"))
        before = latest.get(name)
        row = {**(before or NEW), "withdrawn": False, **said, "card_key": name}
        row["currency"] = row["currency"] or project.country.currency if row["cost"] is not None else None
        check(row, project)
        if before is not None and _says(row) == _says(before):
            continue
        moment = now if before is None else max(now, before["entered_at"] + A_SECOND)
        latest[name] = {**row, "entered_by": by, "entered_at": moment}
        made.append(latest[name])
    return made


def undo(project: Project, card_key: str, by: str) -> list[Row]:
    """Put a card back as it stood before its latest change; one that was only entered is taken off. Gives the entry."""
    made = taken_back(project, card_key, by)
    decisions.add(project, tables.card_entries, made)
    return made


def taken_back(project: Project, card_key: str, by: str) -> list[Row]:
    """The entry that undoes the latest change of a card. Raises InputError where there is no such card."""
    said = entries(project, card_key)
    if not said:
        raise InputError("There is no card {key}.", key=card_key)
    before = next((row for row in reversed(said[:-1]) if _says(row) != _says(said[-1])), None)
    row = before or {**said[-1], "withdrawn": True}
    if _says(row) == _says(said[-1]):
        return []
    moment = max(decisions.now(), said[-1]["entered_at"] + A_SECOND)
    return [{**row, "entered_by": by, "entered_at": moment}]


def _says(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """What an entry says, without who said it when."""
    return tuple(row[name] for name in NEW if name not in SIGNED)


def _plain(value: Any) -> Any:
    """A value as it is read back from the file."""
    if isinstance(value, str):
        return str(value).replace("\r\n", "\n").strip() or None
    return value
