"""Entries: rows of a decided table entered from the web, into the project's file, the database and the log."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from bygd.sources.errors import InputError
from bygd.vocabulary.columns import Table
from bygd.web.decisions import together
from bygd.web.pages.review.deciding import by
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest
from bygd.workbench import entered
from bygd.workbench.entered import Row


def met(request: PlaceRequest, *of: type[Table]) -> str:
    """Bring files and database together; what is wrong with a file that somebody edited, else nothing."""
    try:
        together.bring_together(request.place, request.place.project, of)
    except InputError as error:
        return request.translate.said(error)
    return ""


def enter(
    request: PlaceRequest, table: type[Table], key: str, rows: Iterable[Mapping[str, Any]], did: str, about: str = ""
) -> list[Row]:
    """Enter rows as the person of this request; gives them as entered. Raises InputError where the file is spoilt."""
    project = request.place.project
    together.bring_together(request.place, project, (table,))
    made = [entered.stamped(project, table, row, key, by(request)) for row in rows]
    together.add(request.place, table, made, project)
    log.record(request, did, about)
    return made


def enter_form(
    request: PlaceRequest, form: forms.Form, table: type[Table], key: str, row: Mapping[str, Any], did: str
) -> bool:
    """Enter what a form says; where that cannot be, the form tells why, and nothing is entered."""
    try:
        enter(request, table, key, [row], did, row[key])
    except InputError as error:
        form.add_error(None, request.translate.said(error))
        return False
    return True


def before(entries: list[Row], kept: Iterable[str]) -> Row | None:
    """What an undo enters again: the latest entry that says something else than the last; None without."""
    names = (*kept, "withdrawn")
    last = [entries[-1][name] for name in names]
    return next((one for one in reversed(entries[:-1]) if [one[name] for name in names] != last), None)
