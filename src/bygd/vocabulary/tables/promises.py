"""Promises: what suppliers promised beside the thing bought, what they report, and what was agreed where they failed.

Entries are added, never edited; the latest entry of a key counts.
"""

from datetime import date, datetime
from decimal import Decimal

from bygd.vocabulary.columns import Column, Table
from bygd.vocabulary.contract_words import Adding, DeliveryState, Remedy


class promise_entries(Table):
    """What somebody entered of one promise in a contract; the latest entry of a promise counts."""

    promise_key = Column(str, "Which promise; see `tools.promises.promise_key`.")
    contract_key = Column(str, "The contract it was made in.")
    code = Column(str, "Its number or code within the contract.")
    title = Column(str, "What was promised, in a sentence.")
    theme = Column(str, "Heading it belongs to, such as a policy's theme.", optional=True)
    policy = Column(str, "Edition of the policy it follows, `policy@version`.", optional=True)
    measure = Column(str, "Code of the policy's measure; empty for social return as a whole.", optional=True)
    unit = Column(str, "Unit of the target: `persons`, `hours`, a currency, or another.")
    target = Column(Decimal, "How much was promised.")
    adding = Column(str, "How reports come together.", one_of=Adding)
    counts_people = Column(bool, "Whether it is about people, who are counted and never named.")
    starts_on = Column(date, "From when it counts.", optional=True)
    due_on = Column(date, "By when all of it is due.")
    milestones = Column(str, "What is due before, `2027-03-31 1; 2027-09-30 2`: reached by then.", optional=True)
    evidence = Column(str, "What evidence is needed.", optional=True)
    share = Column(Decimal, "Social return: per cent of the contract, if the policy is silent.", optional=True)
    full_time = Column(Decimal, "Social return: hours of a full-time week, if the policy is silent.", optional=True)
    withdrawn = Column(bool, "Whether the promise is taken out again.")
    entered_by = Column(str, "Who entered it.")
    entered_at = Column(datetime, "When, with time of day, UTC.")


class delivery_entries(Table):
    """What was said of one report on a promise, by the supplier or the buyer; the latest entry of a report counts."""

    delivery_key = Column(str, "Which report; see `tools.promises.delivery_key`.")
    promise_key = Column(str, "The promise it is about.")
    reference = Column(str, "What tells reports on the same promise and period apart.", optional=True)
    amount = Column(Decimal, "How much was delivered, in the unit of the promise.")
    period_from = Column(date, "First day reported on.", optional=True)
    period_to = Column(date, "Last day reported on.")
    block = Column(str, "Social return: code of the measure, with `hours`, `months`, `persons`.", optional=True)
    persons = Column(int, "How many people it is about.", optional=True)
    hours = Column(Decimal, "Hours a week of each of them.", optional=True)
    months = Column(Decimal, "Months of each of them.", optional=True)
    units = Column(Decimal, "Hours, days or other units spent.", optional=True)
    bonuses = Column(str, "Codes of bonuses that come on top, between blanks.", optional=True)
    note = Column(str, "What the supplier says.", optional=True)
    evidence = Column(str, "SHA-256 of each file of evidence, between blanks.", optional=True)
    state = Column(str, "What holds of it.", one_of=DeliveryState)
    answer = Column(str, "What the buyer says.", optional=True)
    entered_by = Column(str, "Who entered it; `supplier` by the supplier's link.")
    entered_at = Column(datetime, "When, with time of day, UTC.")


class remedy_entries(Table):
    """What was agreed where a promise was not kept; the latest entry of a remedy counts."""

    remedy_key = Column(str, "Which remedy; see `tools.promises.remedy_key`.")
    promise_key = Column(str, "The promise it is about.")
    remedy = Column(str, "What was agreed.", one_of=Remedy)
    agreed_on = Column(date, "When it was agreed.")
    due_on = Column(date, "With more time: the new last day.", optional=True)
    amount = Column(Decimal, "Money held back or paid, in the contract's currency.", optional=True)
    note = Column(str, "In what words.")
    withdrawn = Column(bool, "Whether it is taken back.")
    entered_by = Column(str, "Who entered it.")
    entered_at = Column(datetime, "When, with time of day, UTC.")
