"""What waits in tenders for somebody: bids to open, to score, to moderate; a contract to award."""

from collections.abc import Iterator

from django.urls import reverse

from bygd.web.pages.todo import Standing, Task
from bygd.web.procurements.tenders import team
from bygd.web.procurements.tenders.models import Member
from bygd.web.procurements.tenders.team import Deed
from bygd.web.procurements.tenders.words import State

OVER = (State.DRAFT.value, State.AWARDED.value, State.CANCELLED.value)


def tasks(at: Standing) -> Iterator[Task]:
    """The next step of each tender in whose team the person is, where it is theirs."""
    request, _ = at.request, at.request.translate
    mine = Member.objects.filter(tender__place=request.place, person=request.user).exclude(tender__state__in=OVER)
    for member in mine.select_related("tender"):
        here = team.Standing(member.tender, request.access, member)
        title = member.tender.title

        def to(name: str, key: int = member.tender_id) -> str:
            return reverse(name, args=[request.place.slug, key])

        if here.may(Deed.ANSWER):
            waiting = member.tender.inquiries.filter(answered_at=None).count()
            if waiting:
                said = _.ngettext(
                    "{title}: {number} question of a bidder waits for an answer.",
                    "{title}: {number} questions of bidders wait for an answer.",
                    waiting,
                    title=title,
                )
                yield Task(said, to("tender-questions"), _("Answer them"))
        if here.may(Deed.OPEN):
            if member.tender.opening_asked_by_id != request.user.pk:
                yield Task(
                    _("{title}: the time for bids is over.", title=title), to("tender-opening"), _("Open the bids")
                )
        elif here.may(Deed.MODERATE):
            said = _("{title}: the scores are in, to be moderated and awarded.", title=title)
            yield Task(said, to("tender-bids"), _("To the bids"))
        elif here.may(Deed.SCORE) or (here.may(Deed.CLEAR) and not here.judges):
            yield Task(_("{title}: bids wait for your scores.", title=title), to("tender-bids"), _("To the bids"))
