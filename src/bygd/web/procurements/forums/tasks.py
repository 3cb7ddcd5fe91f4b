"""What waits for the buyer in issue forums."""

from collections.abc import Iterator

from bygd.web.pages.todo import Standing, Task
from bygd.web.people.words import Right
from bygd.web.procurements.forums.models import Forum
from bygd.web.procurements.forums.words import ForumState, ProposalState


def tasks(at: Standing) -> Iterator[Task]:
    """Proposals to be read, and closed forums that have no answers yet; for those who may give them."""
    _, access = at.request.translate, at.request.access
    if not access.may(Right.PROCURE):
        return
    forums = Forum.objects.filter(place=at.request.place, opened_at__isnull=False, answered_at__isnull=True)
    for forum in forums.prefetch_related("proposals"):
        waiting = sum(one.state == ProposalState.WAITING for one in forum.proposals.all())
        if waiting:
            said = _.ngettext("{number} proposal waits to be read", "{number} proposals wait to be read", waiting)
            yield Task(_("{title}: {waits}", title=forum.title, waits=said), _desk(at, forum), _("Read them"))
        elif forum.state is ForumState.CLOSED:
            said = _("{title}: proposals are closed, and answers are awaited.", title=forum.title)
            yield Task(said, _desk(at, forum), _("Answer them"))


def _desk(at: Standing, forum: Forum) -> str:
    return f"{at.to('procurement')}forums/{forum.pk}/"
