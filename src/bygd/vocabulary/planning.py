"""Words of boards and plans: where a card stands, how far it has come, and what a plan is made of."""

from bygd.vocabulary.words import Word


class CardStanding(Word):
    """The column of a board that a card stands in."""

    DONE = "done", "Is done already"
    POSSIBLE = "possible", "Could be developed"
    IDEA = "idea", "New idea"
    DROPPED = "dropped", "Dropped"


class CardState(Word):
    """How far what a card is about has come."""

    NOT_BEGUN = "not_begun", "Not begun"
    UNDER_WAY = "under_way", "Under way"
    DONE = "done", "Done"
    STOPPED = "stopped", "Stopped"
