"""Closing a forum: whether everything is answered, telling those who asked for it, erasing their addresses."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from bygd.reports import Translator
from bygd.reports.translate import N_
from bygd.web import languages
from bygd.web.procurements.forums import told
from bygd.web.procurements.forums.models import Forum
from bygd.web.procurements.forums.words import ForumState, ProposalState

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
    return number


def _told(forum: Forum, email: str, language: str) -> bool:
    translate = Translator(language or settings.LANGUAGE_CODE, languages.PACKAGE)
    where = f"{settings.ADDRESS}{reverse('open-forum', args=[forum.place.slug, forum.key])}"
    text = render_to_string("procurements/forums/answered.txt", {"_": translate, "forum": forum, "where": where})
    mail = EmailMessage(translate("Answers: {title}", title=forum.title), text, to=[email])
    return bool(settings.MAILS and mail.send(fail_silently=True))
