"""Words of contracts: how one was awarded and for whom it was kept, and what became of what suppliers promised."""

from bygd.vocabulary.words import Word


class ContractProcedure(Word):
    """How a contract was awarded."""

    OPEN = "open", "Open procedure"
    RESTRICTED = "restricted", "Restricted procedure"
    NEGOTIATED = "negotiated", "Negotiation after a call"
    DIALOGUE = "dialogue", "Competitive dialogue"
    INNOVATION = "innovation", "Innovation partnership"
    CALL_OFF = "call_off", "Call-off from a framework agreement"
    DIRECT = "direct", "Direct award, without a call"
    OTHER = "other", "Another procedure"


class Reservation(Word):
    """For whom a contract was reserved."""

    NONE = "none", "Open to all"
    SHELTERED = "sheltered", "Sheltered workshops and social enterprises"
    PARTICIPATORY = "participatory", "Organisations with a public service mission"
    NON_PROFIT = "non_profit", "Non-profit organisations"
    LOCAL = "local", "Suppliers of the area"
    SMALL = "small", "Small firms and voluntary organisations"


class ContractStage(Word):
    """How far a procurement has come."""

    PLANNED = "planned", "Planned"
    CALLED = "called", "Out to tender"
    SIGNED = "signed", "Contract"


class Adding(Word):
    """How what a supplier reports of a promise comes together."""

    SUM = "sum", "Each report adds to the others"
    LATEST = "latest", "The latest report says how things stand"


class DeliveryState(Word):
    """What holds of one report of a supplier."""

    REPORTED = "reported", "Reported, not yet looked at"
    VERIFIED = "verified", "Verified"
    ASKED = "asked", "Sent back with a question"
    DISPUTED = "disputed", "Disputed"
    WITHDRAWN = "withdrawn", "Withdrawn"


class PromiseStatus(Word):
    """How a promise stands on a day, worst first."""

    MISSED = "missed", "Not kept"
    BEHIND = "behind", "Behind"
    DISPUTED = "disputed", "In dispute"
    WAITING = "waiting", "Reported in time, not yet verified"
    ON_TRACK = "on_track", "On track"
    NOT_DUE = "not_due", "Not yet due"
    KEPT = "kept", "Kept"


class MilestoneState(Word):
    """How a milestone stands on a day."""

    REACHED = "reached", "Reached and verified"
    REPORTED = "reported", "Reported, not yet verified"
    COMING = "coming", "Not yet due"
    OVERDUE = "overdue", "Overdue"


class Remedy(Word):
    """What was agreed where a promise was not kept."""

    MORE_TIME = "more_time", "More time"
    INSTEAD = "instead", "Something else instead"
    REMINDED = "reminded", "The supplier was warned in writing"
    WITHHELD = "withheld", "Payment was held back or reduced"
    PENALTY = "penalty", "A penalty was paid"
    ENDED = "ended", "The contract was ended"
    WAIVED = "waived", "The buyer let it go"
