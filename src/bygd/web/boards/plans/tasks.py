"""Tasks: plans to be followed up, activities that are overdue, answers that nobody has read."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from bygd.sources.errors import InputError
from bygd.tools import plans as tool
from bygd.vocabulary.planning import ActivityStanding
from bygd.web.boards.plans.models import Answer
from bygd.web.pages.todo import Standing, Task
from bygd.web.people.words import Right
from bygd.workbench import plans


def tasks(at: Standing) -> Iterable[Task]:
    """What waits in the plans of a place, for whoever leads them."""
    _, slug, today = at.request.translate, at.request.place.slug, date.today()
    if not at.request.access.may(Right.FACILITATE):
        return
    waiting = Answer.objects.filter(place=at.request.place, is_shown=None).count()
    if waiting:
        text = _.ngettext(
            "{number} answer to a consultation has not been read.",
            "{number} answers to consultations have not been read.",
            waiting,
        )
        yield Task(text, reverse("plans", args=[slug]), _("See the plans"))
    try:
        found = [plans.find(at.project, row["plan_key"]) for row in plans.plans(at.project)]
    except InputError:
        return  # the page of plans says what is wrong with the file
    for plan in found:
        if plan is None or not plan.is_decided:
            continue
        where = reverse("action-plan", args=[slug, plan.key])
        late = sum(one.standing is ActivityStanding.OVERDUE for one in tool.account(plan.parts, plan.follow_ups, today))
        if late:
            text = _.ngettext(
                "{number} activity of “{title}” is overdue.", "{number} activities of “{title}” are overdue.", late,
                title=plan.row["title"],
            )  # fmt: skip
            yield Task(text, where, _("See the plan"))
        due = tool.next_follow_up(plan.row, plan.follow_ups)
        if due <= today <= plan.row["ends_on"]:
            text = _("“{title}” was to be followed up by {day}.", title=plan.row["title"], day=_.day(due))
            yield Task(text, reverse("action-plan-follow", args=[slug, plan.key]), _("Follow it up"))
