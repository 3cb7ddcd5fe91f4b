"""Words of maps and cases: what residents put on a map, who works with whom, and what happens to a case."""

from bygd.vocabulary.words import Word


class AssetLayer(Word):
    """What sort of thing somebody put on the map."""

    ORGANISATION = "organisation", "Organisations"
    PREMISES = "premises", "Premises"
    LAND = "land", "Land"
    SKILL = "skill", "Skills"
    SERVICE = "service", "Services"
    THING = "thing", "Things to share"
    EXTRACTION = "extraction", "Where value leaves"


class OrganisationSort(Word):
    """What sort of organisation it is, as the people who map see it."""

    ANCHOR = "anchor", "Anchor institution"
    ASSOCIATION = "association", "Association or foundation"
    COOPERATIVE = "cooperative", "Co-operative"
    FIRM = "firm", "Firm"
    PUBLIC = "public", "Other public body"
    GROUP = "group", "Group without a legal form"


class RelationKind(Word):
    """How two organisations are tied; read from the first to the second."""

    WORKS_WITH = "works_with", "works with"
    BUYS_FROM = "buys_from", "buys from"
    FUNDS = "funds", "funds"
    LENDS_TO = "lends_to", "lends premises or land to"
    OWNS = "owns", "owns"
    MEMBER_OF = "member_of", "is a member of"


class CaseEvent(Word):
    """What happened to a case. Events are added, never edited; one is taken back by another."""

    STAGE = "stage", "Moved to a stage"
    DONE = "done", "Done"
    UNDONE = "undone", "Not done after all"
    HAPPENED = "happened", "Happened"
    MET = "met", "Deadline met"
    PLANNED = "planned", "Own deadline"
    ANSWERED = "answered", "Answered"
    NOTED = "noted", "Noted"
    ENDED = "ended", "Closed"
    REOPENED = "reopened", "Opened again"
    WITHDRAWN = "withdrawn", "Taken back"


class Answer(Word):
    """What somebody answered to a question of a case."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNSURE = "unsure", "Not sure"


class CaseResult(Word):
    """How a case ended."""

    REACHED = "reached", "Reached what it was for"
    OTHERWISE = "otherwise", "Became something else"
    STOPPED = "stopped", "Stopped"
    REFUSED = "refused", "Refused"
