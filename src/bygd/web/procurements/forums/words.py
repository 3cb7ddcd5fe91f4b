"""Words of issue forums: how far one is, whether a proposal is shown. Those that are kept: `vocabulary.forum_words`."""

from bygd.reports.translate import N_
from bygd.vocabulary.forum_words import Concern, Outcome, Sender
from bygd.vocabulary.words import Word

__all__ = ["Concern", "ForumState", "Outcome", "ProposalState", "Reason", "Sender"]


class ForumState(Word):
    """How far a forum is; told from its days and answers, never stored."""

    DRAFT = "draft", N_("Draft, not public")
    OPEN = "open", N_("Open for proposals")
    CLOSED = "closed", N_("Closed, answers are being written")
    ANSWERED = "answered", N_("Answered")


class ProposalState(Word):
    """Whether a proposal was read before it may be shown."""

    WAITING = "waiting", N_("Not yet read")
    SHOWN = "shown", N_("Shown")
    WITHHELD = "withheld", N_("Not shown")


class Reason(Word):
    """Why a proposal is not shown. Disagreeing with it is no reason."""

    OFF_TOPIC = "off_topic", N_("It is not about this purchase")
    PERSON = "person", N_("It names a person or tells something private")
    OFFENSIVE = "offensive", N_("It attacks or insults somebody")
    ADVERTISING = "advertising", N_("It advertises, or was sent by a machine")
    REPEATED = "repeated", N_("The same sender sent it twice")
