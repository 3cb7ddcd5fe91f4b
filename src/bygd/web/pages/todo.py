"""To do: what waits for somebody in a place. A part that has work for people adds a function to `TASKS`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from bygd.vocabulary import tables
from bygd.web.decisions import together
from bygd.web.pages.review.desk import Desk, desk
from bygd.web.people.gate import PlaceRequest
from bygd.web.people.words import Right
from bygd.web.places import held
from bygd.web.places.held import Held
from bygd.web.work import files
from bygd.web.work.models import Job
from bygd.web.work.words import OPEN, JobKind, JobState
from bygd.workbench import control, decisions, difference
from bygd.workbench.project import Project


@dataclass(frozen=True)
class Task:
    """One thing to do: what it is, where it is done, and what the link there says."""

    text: str
    where: str
    link: str


@dataclass
class Standing:
    """What the tasks are told from; each part is read when it is asked for, and once."""

    request: PlaceRequest
    project: Project

    @cached_property
    def mine(self) -> Held | None:
        """The snapshot with the person's institutions alone."""
        return held.current(self.project, self.request.access.anchors)

    @cached_property
    def desk(self) -> Desk | None:
        """The person's desk for review; None where they may not review."""
        access = self.request.access
        return desk(self.request) if access.may(Right.REVIEW) and access.anchors else None

    @cached_property
    def last_build(self) -> Job | None:
        """The build asked for last."""
        return Job.objects.filter(place=self.request.place, kind=JobKind.BUILD.value).first()

    def to(self, name: str) -> str:
        """The address of a page of this place."""
        return reverse(name, args=[self.request.place.slug])


def build_failed(at: Standing) -> Iterable[Task]:
    """The last build did not come to its end."""
    _ = at.request.translate
    if at.last_build and at.last_build.state == JobState.FAILED and at.request.access.may(Right.BUILD):
        yield Task(
            _("The last build failed: {why}", why=_.said(at.last_build.why)), at.to("builds"), _("See the builds")
        )


def stale(at: Standing) -> Iterable[Task]:
    """Files or decisions that the figures do not know yet."""
    _, access = at.request.translate, at.request.access
    if at.mine is None or not access.may(Right.BUILD) or (at.last_build and at.last_build.state in OPEN):
        return
    new, gone = difference.unread(at.project, at.mine.snapshot)
    counted = at.mine.snapshot.manifest.get("decisions") or {}
    decided = sum(
        max(0, model._default_manager.filter(place=at.request.place).count() - counted.get(table.__name__, 0))
        for table, model in together.MODELS.items()
        if table in decisions.DECIDED and table is not tables.audit_judgements
    )
    if new or gone:
        text = _.ngettext(
            "{number} file changed since the figures were built.",
            "{number} files changed since the figures were built.",
            len(new) + len(gone),
        )
        yield Task(text, at.to("builds"), _("Build anew"))
    if decided:
        text = _.ngettext(
            "{number} decision was made since the figures were built.",
            "{number} decisions were made since the figures were built.",
            decided,
        )
        yield Task(text, at.to("builds"), _("Build anew"))


def files_waiting(at: Standing) -> Iterable[Task]:
    """Files on their way into the project."""
    _, waiting = at.request.translate, files.unfinished(at.request.place, at.request.access)
    if waiting:
        text = _.ngettext("{number} file waits to be taken in.", "{number} files wait to be taken in.", len(waiting))
        yield Task(text, at.to("inputs"), _("See the files"))


def doubts(at: Standing) -> Iterable[Task]:
    """Doubtful suppliers, and decisions that contradict each other or what was read since."""
    _ = at.request.translate
    if at.desk is None:
        return
    waiting = [case for case in at.desk.cases if at.desk.is_open(case)]
    again = [case for case in waiting if case.back]
    new = [case for case in waiting if not case.back]
    if new:
        money = _.round_money(sum(abs(case.amount) for case in new), at.desk.currency)
        text = _.ngettext(
            "{number} supplier is in doubt, with {money}.",
            "{number} suppliers are in doubt, with {money} between them.",
            len(new),
            money=money,
        )
        yield Task(text, at.to("review"), _("Review, most money first"))
    if again:
        text = _.ngettext(
            "{number} decided supplier is to be looked at again.",
            "{number} decided suppliers are to be looked at again.",
            len(again),
        )
        yield Task(text, at.to("review"), _("Look at them"))


def rows_lost(at: Standing) -> Iterable[Task]:
    """Rows of one's own ledgers that could not be read."""
    _ = at.request.translate
    lost = sum(row["rows_lost"] for row in at.mine.answer("read by anchor", control.by_anchor)) if at.mine else 0
    if lost:
        text = _.ngettext(
            "{number} row of your ledgers could not be read.", "{number} rows of your ledgers could not be read.", lost
        )
        yield Task(text, at.to("inputs"), _("See the files"))


def promises(at: Standing) -> Iterable[Task]:
    """Reports of suppliers to be looked at, and promises that are late."""
    from bygd.web.procurements.promises.tasks import tasks as waiting  # it knows what a task is from here

    return waiting(at)


def plans(at: Standing) -> Iterable[Task]:
    """Action plans to be followed up, activities that are overdue, answers that nobody has read."""
    from bygd.web.boards.plans.tasks import tasks as waiting  # it knows what a task is from here

    return waiting(at)


TASKS: list[Callable[[Standing], Iterable[Task]]] = [
    build_failed,
    files_waiting,
    doubts,
    promises,
    plans,
    rows_lost,
    stale,
]
"""What may wait for somebody, most urgent first; others add theirs here."""


def tasks(request: PlaceRequest, project: Project) -> list[Task]:
    """What waits for this person in the place."""
    at = Standing(request, project)
    return [task for ask in TASKS for task in ask(at)]
