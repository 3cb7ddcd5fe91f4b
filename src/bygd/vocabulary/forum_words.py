"""Words of issue forums that are kept with what was said: what a proposal is about, who sent it, what came of it."""

from bygd.vocabulary.said import N_
from bygd.vocabulary.words import Word


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


class Outcome(Word):
    """What the buyer answers to a matter."""

    TAKEN_UP = "taken_up", N_("Taken up")
    PARTLY = "partly", N_("Taken up in part")
    NOT_TAKEN_UP = "not_taken_up", N_("Not taken up")
