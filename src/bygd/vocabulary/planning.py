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


class PlanPart(Word):
    """What a part of a plan is."""

    SECTION = "section", "Section"
    GOAL = "goal", "Goal"
    ACTIVITY = "activity", "Activity"
    INDICATOR = "indicator", "Indicator"
    MONEY = "money", "Funding"


class PlanState(Word):
    """How far a plan has come."""

    DRAFT = "draft", "Draft"
    CONSULTATION = "consultation", "Out for consultation"
    DECIDED = "decided", "Decided"
    ENDED = "ended", "Finished"


class ActivityStanding(Word):
    """How an activity stands on a day, worst first."""

    OVERDUE = "overdue", "Overdue"
    LATE = "late", "Should have begun"
    STOPPED = "stopped", "Stopped"
    UNDER_WAY = "under_way", "Under way"
    COMING = "coming", "Not yet due"
    DONE = "done", "Done"
