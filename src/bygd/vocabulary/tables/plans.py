"""Plans: goals, activities, indicators and money of an action plan, its versions, and how it is followed up.

Entries are added, never edited; the latest entry of a key counts. A version is a moment: what held then is what the
entries until then say. Method: docs/method/plans.md
"""

from datetime import date, datetime
from decimal import Decimal

from bygd.vocabulary.columns import Column, Table
from bygd.vocabulary.planning import CardState, PlanPart, PlanState


class plan_entries(Table):
    """What somebody entered of one plan as a whole; the latest entry of a plan counts."""

    plan_key = Column(str, "Which plan; see `workbench.plans.key`.")
    title = Column(str, "What it is called.")
    template = Column(str, "The template it was made from; empty for none.", optional=True)
    about = Column(str, "What it is about, for whom, and how it came about.", optional=True)
    starts_on = Column(date, "First day.")
    ends_on = Column(date, "Last day.")
    state = Column(str, "How far it has come.", one_of=PlanState)
    consulted_until = Column(date, "Last day for answers of the consultation.", optional=True)
    decided_on = Column(date, "Day of the decision.", optional=True)
    decided_by = Column(str, "Who decided: a council, a board, a meeting.", optional=True)
    decision = Column(str, "The decision's number or paragraph.", optional=True)
    is_public = Column(bool, "Whether everybody may read it.")
    withdrawn = Column(bool, "Whether the plan is taken away.")
    entered_by = Column(str, "Who entered it.")
    entered_at = Column(datetime, "When, with time of day, UTC.")


class plan_parts(Table):
    """What somebody entered of one part of a plan; the latest entry of a part counts."""

    part_key = Column(str, "Which part; see `workbench.plans.key`.")
    plan_key = Column(str, "The plan it belongs to.")
    kind = Column(str, "What it is.", one_of=PlanPart)
    parent_key = Column(str, "The goal that an activity or indicator belongs to.", optional=True)
    heading = Column(str, "The template's section, or its tradition's heading.", optional=True)
    position = Column(int, "Its place among its like, smallest first.", optional=True)
    title = Column(str, "What, in a few words.")
    text = Column(str, "What, in more words.", optional=True)
    card_key = Column(str, "The card of the board it came from.", optional=True)
    responsible = Column(str, "Who answers for it: a body, or a name somebody chose to give.", optional=True)
    starts_on = Column(date, "First day.", optional=True)
    ends_on = Column(date, "Last day.", optional=True)
    amount = Column(Decimal, "What it costs, or for money what is given.", optional=True)
    currency = Column(str, "Currency of the amount.", optional=True)
    funder = Column(str, "Who pays.", optional=True)
    is_granted = Column(bool, "Of money: whether it is promised and no longer only applied for.", optional=True)
    unit = Column(str, "Of an indicator: what is counted.", optional=True)
    baseline = Column(Decimal, "Of an indicator: the value at the start.", optional=True)
    baseline_on = Column(date, "Of which day it is.", optional=True)
    target = Column(Decimal, "Of an indicator: the value wanted.", optional=True)
    target_on = Column(date, "By when.", optional=True)
    evidence = Column(str, "Where values come from: `indicator:…`, `snapshot:…`, or words.", optional=True)
    withdrawn = Column(bool, "Whether the part is taken out.")
    entered_by = Column(str, "Who entered it.")
    entered_at = Column(datetime, "When, with time of day, UTC.")


class plan_follow_ups(Table):
    """What was said at one follow-up of a plan, or of one part of it; the latest entry of a key counts."""

    follow_key = Column(str, "Which follow-up of what; see `workbench.plans.key`.")
    plan_key = Column(str, "The plan.")
    part_key = Column(str, "The part it is about; empty for the plan as a whole.", optional=True)
    followed_on = Column(date, "Day of the follow-up.")
    state = Column(str, "How far the part has come.", one_of=CardState, optional=True)
    said = Column(str, "How it goes, in sentences.", optional=True)
    value = Column(Decimal, "Of an indicator: its value now.", optional=True)
    withdrawn = Column(bool, "Whether it is taken back.")
    entered_by = Column(str, "Who entered it.")
    entered_at = Column(datetime, "When, with time of day, UTC.")


class plan_versions(Table):
    """One version of a plan: a moment that was given a number and a name."""

    version_key = Column(str, "Which version; see `workbench.plans.key`.")
    plan_key = Column(str, "The plan.")
    number = Column(int, "1 for the first.")
    name = Column(str, "What it is called, such as: sent out for consultation.")
    holds_at = Column(datetime, "What was entered until then belongs to it; UTC.")
    note = Column(str, "What changed, and why.", optional=True)
    withdrawn = Column(bool, "Whether it is taken back.")
    entered_by = Column(str, "Who entered it.")
    entered_at = Column(datetime, "When, with time of day, UTC.")
