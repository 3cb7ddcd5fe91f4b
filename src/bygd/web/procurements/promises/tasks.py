"""What waits for buyers: promises that are late, and reports that nobody has looked at yet."""

from collections.abc import Iterable

from bygd.sources.errors import InputError
from bygd.vocabulary.contract_words import DeliveryState, PromiseStatus
from bygd.web.pages.todo import Standing, Task
from bygd.web.people.words import Right
from bygd.workbench import promises

LATE = (PromiseStatus.MISSED, PromiseStatus.BEHIND)


def tasks(at: Standing) -> Iterable[Task]:
    """Reports to be looked at, and promises that are late."""
    if not at.request.access.may(Right.PROCURE):
        return
    try:
        book = promises.book(at.project)
    except InputError:
        return  # the page of promises says what is wrong with the file
    _ = at.request.translate
    waiting = sum(row["state"] == DeliveryState.REPORTED for key in book.promises for row in book.reports_on(key))
    late = sum(one.status in LATE for one in book.accounts)
    if waiting:
        text = _.ngettext(
            "{number} report of a supplier waits to be looked at.",
            "{number} reports of suppliers wait to be looked at.",
            waiting,
        )
        yield Task(text, at.to("promises") + "#waiting", _("Look at them"))
    if late:
        text = _.ngettext(
            "{number} promise of a supplier is behind or was not kept.",
            "{number} promises of suppliers are behind or were not kept.",
            late,
        )
        yield Task(text, at.to("promises") + "#late", _("See which"))
