"""Tasks: deadlines of cases that passed or are near, for whoever leads the work."""

from collections.abc import Iterable

from bygd.sources.errors import InputError
from bygd.tools.cases import DeadlineState
from bygd.web.pages.todo import Standing, Task
from bygd.web.people.words import Right
from bygd.workbench import cases

PRESSING = (DeadlineState.PASSED, DeadlineState.SOON)


def pressing(at: Standing) -> Iterable[Task]:
    """Deadlines that passed, or come within a month."""
    _ = at.request.translate
    if not at.request.access.may(Right.FACILITATE):
        return
    try:
        found = cases.deadlines(cases.all_of(at.project))
    except InputError:
        return  # the page of cases says what is wrong with the file
    number = sum(one.state in PRESSING for _case, one in found)
    if number:
        text = _.ngettext(
            "{number} deadline of a case passed or comes within a month.",
            "{number} deadlines of cases passed or come within a month.",
            number,
        )
        yield Task(text, at.to("plan-cases-deadlines"), _("See what is due when"))
