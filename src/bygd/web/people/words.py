"""Roles, what each may do, and what is written into the audit log."""

from bygd.vocabulary.words import Word


class Role(Word):
    """What somebody is in a place. One may be several."""

    READER = "reader", "Reader"
    ANALYST = "analyst", "Analyst"
    BUYER = "buyer", "Buyer"
    FACILITATOR = "facilitator", "Facilitator"
    ANCHOR_MEMBER = "anchor_member", "Member of an institution"
    ADMINISTRATOR = "administrator", "Administrator"


class Right(Word):
    """What somebody may do. The table of who may stands in `rights.GRANTED` and in THREATS.md."""

    SEE_POOL = "see_pool", "See the figures of all institutions together, small cells withheld"
    SEE_ROWS = "see_rows", "See an institution's suppliers, payments and own figures"
    ADD_LEDGER = "add_ledger", "Add or take out an institution's ledgers"
    ADD_REGISTER = "add_register", "Add registers, postcodes and boundaries"
    BUILD = "build", "Start and stop builds"
    REVIEW = "review", "Decide which organisation a supplier of one's institutions is"
    CORRECT = "correct", "Correct a seat, a branch or a kind of ownership"
    PUBLISH = "publish", "Publish a snapshot, or take it back"
    PROCURE = "procure", "Work with tenders, contracts and promises"
    FACILITATE = "facilitate", "Lead boards, circles and meetings"
    SEE_PEOPLE = "see_people", "See who works in the place, and as what"
    LET_IN = "let_in", "Let others in to one's institution as its members"
    MANAGE_PEOPLE = "manage_people", "Invite people, give and take roles, read the audit log"


class Scope(Word):
    """What a token may be used for; never more than its person may do."""

    READ = "read", "Read figures, rows and decisions"
    DECIDE = "decide", "Decide and correct"
    IMPORT = "import", "Add ledgers and registers, and build"
