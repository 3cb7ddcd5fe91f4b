"""Closed lists of words: each is stored as text and shown as a label."""

from enum import StrEnum
from typing import Self


class Word(StrEnum):
    """A word stored as text and shown as a label.

    Members are written `NAME = "stored text", "Label in English"`; translations of the label
    stand in the message catalogues of the doors that show it.
    """

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """The word of that text, with its label."""
        word = str.__new__(cls, value)
        word._value_ = value
        word.label = label
        return word

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs of stored text and label, in the order they were declared."""
        return [(word.value, word.label) for word in cls]


class Pillar(Word):
    """The five pillars of community wealth building."""

    PROCUREMENT = "procurement", "Progressive procurement"
    OWNERSHIP = "ownership", "Local and democratic enterprise"
    WORK = "work", "Fair work"
    FINANCE = "finance", "Locally rooted finance"
    LAND = "land", "Land and property for the common good"


class Ring(Word):
    """The nested rings around a place, smallest first; doubt is a ring of its own."""

    NEIGHBOURHOOD = "neighbourhood", "Neighbourhood"
    MUNICIPALITY = "municipality", "Municipality"
    COUNTY = "county", "County or region"
    COUNTRY = "country", "Country"
    WORLD = "world", "Abroad"
    UNKNOWN = "unknown", "Not known"


class LocalBy(Word):
    """What makes a supplier local. All three are always computed; one is chosen to print."""

    SEAT = "seat", "Registered office"
    BRANCH = "branch", "Branch or address on the ledger"
    EITHER = "either", "Registered office or branch"


class Site(Word):
    """Which place of a supplier is meant."""

    SEAT = "seat", "Registered office"
    BRANCH = "branch", "Branch"


class OwnershipKind(Word):
    """Whose the supplier is, as far as legal form, owners and evidence tell."""

    PUBLIC = "public", "Public"
    DEMOCRATIC = "democratic", "Democratic (co-operatives, mutuals)"
    SOCIAL = "social", "Social or non-profit"
    EMPLOYEE_OWNED = "employee_owned", "Employee-owned"
    PRIVATE_INDEPENDENT = "private_independent", "Private, independent"
    PRIVATE_GROUP = "private_group", "Private, part of a group"
    PRIVATE = "private", "Private, group not known"
    SOLE_TRADER = "sole_trader", "Sole trader"
    FOREIGN = "foreign", "Foreign"
    UNKNOWN = "unknown", "Not known"


class OwnerKind(Word):
    """Who owns or controls an organisation. Persons are counted, never named."""

    ORGANISATION = "organisation", "Organisation"
    PUBLIC_BODY = "public_body", "Government or public body"
    PERSON = "person", "Person"


class Control(Word):
    """By what an owner holds an organisation, strongest first."""

    VOTES = "votes", "Votes"
    SHARES = "shares", "Shares"
    BOARD = "board", "Right to appoint the board"
    INFLUENCE = "influence", "Influence"
    UNKNOWN = "unknown", "Owner, nothing more is said"


class ChainEnd(Word):
    """How the way up from an organisation through its owners ended."""

    TOP = "top", "At an owner that nobody is known to control"
    PERSONS = "persons", "At persons"
    CYCLE = "cycle", "Nowhere: owners own each other"
    SEVERAL = "several", "Nowhere: several organisations are said to control"


class SizeBand(Word):
    """How many people a supplier employs (EU recommendation 2003/361/EC, head count only)."""

    MICRO = "micro", "Fewer than 10 employees"
    SMALL = "small", "10 to 49 employees"
    MEDIUM = "medium", "50 to 249 employees"
    LARGE = "large", "250 employees or more"
    UNKNOWN = "unknown", "Not known"


class LinkState(Word):
    """What is known about which registered organisation a supplier is."""

    LINKED = "linked", "Linked"
    UNRESOLVED = "unresolved", "Not resolved"
    ABSENT = "absent", "Judged not to be in the register"
    MASKED = "masked", "Private person or sole trader, masked"


class LinkStage(Word):
    """Which step made the link, cheapest first."""

    NUMBER = "number", "Organisation number"
    NAME_PLACE = "name_place", "Same name and place"
    NAME = "name", "Same name, the only one"
    FUZZY = "fuzzy", "Similar name"
    GROUP = "group", "The same as another supplier"
    DECISION = "decision", "A person decided"
    NONE = "none", "No link"


class GroupBasis(Word):
    """Why ledger suppliers are taken for one organisation, strongest first."""

    NUMBER = "number", "Same organisation number"
    ACCOUNT = "account", "Same supplier number and similar name"
    NAME = "name", "Same name and legal form"
    BRACKETS = "brackets", "Same name but for what stands in brackets"
    SPELLING = "spelling", "Same postcode, name spelled differently"


class Reopened(Word):
    """Why a case that people decided is to be looked at again; the latest word goes on counting where it can."""

    PEOPLE = "people", "People say different things"
    TWICE = "twice", "One person said two things in the same second"
    GROUP = "group", "Suppliers taken for one organisation were judged differently"
    PROPOSAL = "proposal", "The machine now proposes another organisation"
    GONE = "gone", "The organisation is in no register that was read"
    ENDED = "ended", "The organisation had ended when payments were made"
    SUCCESSION = "succession", "Who took the organisation's place cannot be told"


class Succession(Word):
    """How one organisation took another's place in the register."""

    MERGED = "merged", "Merged into"
    CONVERTED = "converted", "Converted into another legal form"
    REREGISTERED = "reregistered", "Registered anew"
    SPLIT = "split", "Split up"
    SUCCEEDED = "succeeded", "Succeeded in another way"


class RegisterChange(Word):
    """What changed about an organisation between two readings of a register."""

    RENAMED = "renamed", "Renamed"
    ENDED = "ended", "Ended"
    GONE = "gone", "No longer in the register"
    RETURNED = "returned", "In the register again"


class WhyUnlinked(Word):
    """Why a supplier is not linked to an organisation."""

    NO_CANDIDATE = "no_candidate", "Nothing like it was found"
    NO_NAME = "no_name", "What the ledger writes is no name to look for"
    WITHHELD = "withheld", "The ledger withholds the name"
    FORM_ALONE = "form_alone", "Nothing is left of the name without its legal form"
    RULED_OUT = "ruled_out", "People ruled out all that was found"
    TOO_UNLIKE = "too_unlike", "The best candidate is not sure enough"
    TIE = "tie", "Two candidates share the probability"
    DOUBTED_NUMBER = "doubted_number", "The number leads to an organisation of another name"
    MASKED = "masked", "Private person or sole trader, never matched by name"
    ABSENT = "absent", "A person found it in no register"
    UNSURE = "unsure", "A person was not sure"
    WAITS = "waits", "A person named an organisation that was not read"
    SUCCEEDED = "succeeded", "Who took the organisation's place cannot be told"


class Judgement(Word):
    """What a person said about a proposed link."""

    SAME = "same", "Same organisation"
    DIFFERENT = "different", "Different organisations"
    UNSURE = "unsure", "Not sure yet"
    ABSENT = "absent", "Not in the register"


class AuditJudgement(Word):
    """What a person said about a link in a random sample."""

    RIGHT = "right", "The link is right"
    WRONG = "wrong", "The link is wrong"
    UNSURE = "unsure", "Cannot tell"


class AuditDraw(Word):
    """How a link came into a random sample."""

    COUNT = "count", "Every link had the same chance"
    MONEY = "money", "Chance in proportion to the money"


class NotProcurement(Word):
    """Why a payment is not a purchase that a buyer could place elsewhere."""

    PUBLIC_BODY = "public_body", "Payment to a public body"
    GRANT = "grant", "Grant or contribution"
    PAYROLL = "payroll", "Pay, pensions and payroll deductions"
    TAX = "tax", "Tax, duties and precepts"
    BENEFIT = "benefit", "Benefits and payments to households"
    TREASURY = "treasury", "Loans, interest and investments"
    INTERNAL = "internal", "Trade within the anchor"
    REDACTED = "redacted", "Recipient redacted"


class SetAside(Word):
    """Why a row of a ledger is no payment; the first two are no loss."""

    BLANK = "blank", "Blank row"
    REPEATED_HEADER = "repeated_header", "Header repeated"
    TOTAL = "total", "Total or subtotal row"
    AMOUNT = "amount", "Amount missing or unreadable"
    DATE = "date", "Date missing, unreadable or impossible"
    SUPPLIER = "supplier", "Supplier name missing"
    SHIFTED = "shifted", "Cells do not fit the columns"
    CURRENCY = "currency", "Other currency than the ledger's"
    OTHER_ENTRY = "other_entry", "Entry or document that is no purchase"
    UNREADABLE = "unreadable", "Line or document that breaks its format"
    DUPLICATE_FILE = "duplicate_file", "File with the same content was already read"


class Influence(Word):
    """Whether an institution could place a kind of purchase with somebody else."""

    YES = "yes", "Can be influenced"
    NO = "no", "Cannot be influenced"
    UNSURE = "unsure", "Not sure"
    OPEN = "open", "Not judged"


class Standing(Word):
    """How a rule stands to what is asked."""

    BELOW = "below", "Below the threshold"
    ABOVE = "above", "At or above the threshold"
    OPEN = "open", "Open"
    CLOSED = "closed", "Not open"
    ALLOWED = "allowed", "Allowed"
    MANDATORY = "mandatory", "Mandatory"
    EXPLAIN = "explain", "Follow it, or write down why not"
    DEPENDS = "depends", "It depends"
    DOUBTFUL = "doubtful", "Doubtful"
    FORBIDDEN = "forbidden", "Not allowed"
    UNKNOWN = "unknown", "Not known"
