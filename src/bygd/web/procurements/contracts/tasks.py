"""Tasks: contracts for which a new procurement should be under way, for whoever buys."""

from collections.abc import Iterable
from datetime import date

from bygd.sources.errors import InputError
from bygd.tools import contracts as tool
from bygd.web.pages.todo import Standing, Task
from bygd.web.people.words import Right
from bygd.workbench import contracts


def late(at: Standing) -> Iterable[Task]:
    """Contracts that end sooner than a new procurement takes."""
    _ = at.request.translate
    if not at.request.access.may(Right.PROCURE):
        return
    try:
        found = tool.endings(contracts.current(at.project), date.today())
    except InputError:
        return  # the page of contracts says what is wrong with the file
    number = sum(one.is_late for one in found)
    if number:
        text = _.ngettext(
            "{number} contract ends before a new procurement can be done.",
            "{number} contracts end before a new procurement can be done.",
            number,
        )
        yield Task(text, at.to("contracts-endings"), _("See what ends when"))
