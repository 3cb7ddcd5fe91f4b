"""Checks: what no card may say, whoever enters it and however."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from bygd.sources.errors import InputError
from bygd.sources.privacy import Finder
from bygd.vocabulary import tables
from bygd.workbench.decisions import MOST
from bygd.workbench.project import Project

LONGEST = 4_000
LONGEST_TITLE = 200
TEXTS = tuple(
    name
    for name, column in tables.card_entries.columns().items()
    if column.type is str and column.one_of is None and name not in ("card_key", "entered_by")
)
COLUMNS = tables.card_entries.columns()


def check(row: Mapping[str, Any], project: Project) -> None:
    """Raises InputError saying what is wrong with a card and what to do about it."""
    if not row["title"]:
        raise InputError("A card has no title. Say in a few words what it is about.")
    if len(row["title"]) > LONGEST_TITLE:
        raise InputError("The title '{title}…' is too long. Put the rest into the text.", title=row["title"][:60])
    if row["pillar"] is None:
        raise InputError("The card '{title}' stands under no pillar. Choose one.", title=row["title"])
    for name, column in COLUMNS.items():
        words = [word.value for word in column.one_of or ()]
        if words and row[name] is not None and row[name] not in words:
            raise InputError(
                "'{text}' is no {name} of a card. It must be one of: {known}.", text=row[name], name=name, known=words
            )
    if row["cost"] is not None and not (isinstance(row["cost"], Decimal) and 0 <= row["cost"] < MOST):
        raise InputError("The cost {cost} of '{title}' is no amount.", cost=row["cost"], title=row["title"])
    for name in ("first_step_on", "target_on"):
        if row[name] is not None and not isinstance(row[name], date):
            raise InputError("'{text}' is no day. Write it as year, month and day.", text=row[name])
    check_texts([row[name] for name in TEXTS if row[name]], project)


def check_texts(texts: list[str], project: Project, most: int = LONGEST) -> None:
    """Raises InputError where a text is too long or holds a personal identity number."""
    for text in texts:
        if len(text) > most:
            raise InputError("The text '{text}…' is longer than {most} signs.", text=text[:60], most=most)
    finder = Finder(project.country.conventions())
    for text in texts:
        if finder.inside(text):
            raise InputError(
                "There is a personal identity number in the text. People are named here as they choose: take it out."
            )
