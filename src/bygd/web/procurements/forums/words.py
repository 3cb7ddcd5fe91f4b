"""Words of issue forums: how far one is, what a proposal is about, who sends it, what became of it."""

from bygd.reports.translate import N_
from bygd.vocabulary.words import Word


class ForumState(Word):
    """How far a forum is; told from its days and answers, never stored."""

    DRAFT = "draft", N_("Draft, not public")
    OPEN = "open", N_("Open for proposals")
    CLOSED = "closed", N_("Closed, answers are being written")
    ANSWERED = "answered", N_("Answered")


class Concern(Word):
    """What a proposal is about."""

    SOCIAL = "social", N_("People: work, care, fairness")
    ECOLOGICAL = "ecological", N_("Nature, climate, resources")
    ECONOMY = "economy", N_("The local economy, small firms, associations")
    OTHER = "other", N_("Something else")


class Sender(Word):
    """As whom somebody proposes; what they say themselves, and nothing checks."""

    RESIDENT = "resident", N_("A resident")
    ASSOCIATION = "association", N_("An association")
    FIRM = "firm", N_("A firm or co-operative")
    OTHER = "other", N_("Somebody else")


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


class Outcome(Word):
    """What the buyer answers to a matter."""

    TAKEN_UP = "taken_up", N_("Taken up")
    PARTLY = "partly", N_("Taken up in part")
    NOT_TAKEN_UP = "not_taken_up", N_("Not taken up")
