"""Promises of a place: entered, reported, verified, and told as accounts, calendars, totals and files."""

from bygd.workbench.promises.entering import (
    Given,
    check_texts,
    from_measures,
    judged,
    number,
    promise,
    redress,
    report,
    taken_back,
)
from bygd.workbench.promises.known import Book, book
from bygd.workbench.promises.social_return import Filled, blocks, counted, filled, owed
from bygd.workbench.promises.told import (
    GROUPS,
    account_grid,
    amount,
    due_grid,
    effort_of,
    figures_of,
    rows,
    total_grid,
    unit,
    year_grid,
)

__all__ = [
    "GROUPS",
    "Book",
    "Filled",
    "Given",
    "account_grid",
    "amount",
    "blocks",
    "book",
    "check_texts",
    "counted",
    "due_grid",
    "effort_of",
    "figures_of",
    "filled",
    "from_measures",
    "judged",
    "number",
    "owed",
    "promise",
    "redress",
    "report",
    "rows",
    "taken_back",
    "total_grid",
    "unit",
    "year_grid",
]
