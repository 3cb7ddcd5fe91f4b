"""Words of contracts and time: how one stands on a day, and why it cannot be told whether money fell under one."""

from bygd.vocabulary.words import Word


class Standing(Word):
    """How a contract stands on a day."""

    COMING = "coming", "Not yet signed"
    WAITING = "waiting", "Begins later"
    RUNNING = "running", "Running"
    OPTION = "option", "Past its first end; options may run"
    OPEN = "open", "Past its first end; options run with no last day known"
    ENDED = "ended", "Ended"
    UNKNOWN = "unknown", "Last day not known"


class Part(Word):
    """Whether a purchase fell under a contract."""

    WITHIN = "within", "Under a contract"
    OUTSIDE = "outside", "Outside contracts"
    DOUBT = "doubt", "Cannot be told"


class WhyUnsure(Word):
    """Why it cannot be told whether a purchase fell under a contract."""

    OPTION = "option", "Paid after the first end, while options may have run"
    LATE = "late", "Paid within three months after the end: an invoice may have been late"
    DATES = "dates", "The contract's days are not known"
    SUPPLIER = "supplier", "Who the supplier is was not found"
    REGISTER = "register", "The institution has no contracts in the register"
    MIXED = "mixed", "Part of it may be no purchase"
