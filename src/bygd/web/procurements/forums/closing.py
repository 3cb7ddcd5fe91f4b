"""Closing a forum: whether everything is answered, telling those who asked for it, erasing their addresses."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from bygd.reports import Translator
from bygd.reports.documents import forum as document
from bygd.reports.translate import N_
from bygd.web import languages
from bygd.web.procurements.forums import told
from bygd.web.procurements.forums.models import Forum
from bygd.web.procurements.forums.words import Concern, ForumState, Outcome, ProposalState, Sender
from bygd.workbench import finished

STILL_OPEN = N_("The forum is still open for proposals.")
UNREAD = N_("Some proposals have not been read yet.")
UNANSWERED = N_("Some matters have no answer yet.")


def missing(forum: Forum) -> str | None:
    """What stands in the way of finishing; None where nothing does."""
    if forum.state in (ForumState.DRAFT, ForumState.OPEN):
        return STILL_OPEN
    if forum.proposals.filter(state=ProposalState.WAITING.value).exists():
        return UNREAD
    return UNANSWERED if any(one.answer is None for one in told.gathered(forum)) else None


def finish(forum: Forum) -> int:
    """Tell the senders that left an address that the answers are there, and erase all addresses; how many were told."""
    asked = forum.proposals.exclude(email="").values_list("email", "language")
    number = sum(_told(forum, email, language) for email, language in sorted(set(asked)))
    forum.proposals.update(email="")
    forum.answered_at = timezone.now()
    forum.save(update_fields=["answered_at"])
    keep(forum)
    return number


def keep(forum: Forum) -> None:
    """Have a finished forum stand in the project's folder as it is shown now, for `bygd publish`."""
    if forum.answered_at is None:
        return
    said = document.Forum(
        key=forum.key,
        title=forum.title,
        about=forum.about,
        buyer=forum.buyer,
        closed_on=forum.closes_on,
        answered_on=timezone.localdate(forum.answered_at),
        matters=tuple(_matter(one) for one in told.gathered(forum)),
    )
    finished.keep(forum.place.project, said)


def _matter(one: told.Gathered) -> document.Matter:
    return document.Matter(
        one.matter.title,
        tuple(
            document.Proposal(each.text, Concern(each.concern), Sender(each.sender_kind), each.sender, each.sent_on)
            for each in one.proposals
        ),
        tuple(
            document.Reply(Outcome(each.outcome), each.why, each.where, timezone.localdate(each.answered_at))
            for each in one.answers
        ),
    )


def _told(forum: Forum, email: str, language: str) -> bool:
    translate = Translator(language or settings.LANGUAGE_CODE, languages.PACKAGE)
    where = f"{settings.ADDRESS}{reverse('open-forum', args=[forum.place.slug, forum.key])}"
    text = render_to_string("procurements/forums/answered.txt", {"_": translate, "forum": forum, "where": where})
    mail = EmailMessage(translate("Answers: {title}", title=forum.title), text, to=[email])
    return bool(settings.MAILS and mail.send(fail_silently=True))
