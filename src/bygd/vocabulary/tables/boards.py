"""Boards: the cards that residents, officers and elected members put under the pillars, added and never edited.

Entries are added, never edited; the latest entry of a card counts, so undoing is a new entry equal to an earlier one.
"""

from datetime import date, datetime
from decimal import Decimal

from bygd.vocabulary.columns import Column, Table
from bygd.vocabulary.planning import CardStanding, CardState
from bygd.vocabulary.words import Pillar


class card_entries(Table):
    """What somebody entered of one card on a board; the latest entry of a card counts."""

    card_key = Column(str, "Which card; see `workbench.boards.key`.")
    board = Column(str, "Which board, a short name; empty for the place's own.", optional=True)
    pillar = Column(str, "The pillar it stands under.", one_of=Pillar)
    headings = Column(str, "Its headings in finer lists, `tradition:heading` between blanks.", optional=True)
    standing = Column(str, "The column it stands in.", one_of=CardStanding)
    why = Column(str, "Why it was dropped or moved.", optional=True)
    title = Column(str, "What, in a few words.")
    text = Column(str, "What, in more words.", optional=True)
    for_whom = Column(str, "For whom.", optional=True)
    place_name = Column(str, "Where, as people call it.", optional=True)
    asset_key = Column(str, "The asset on the map it is about.", optional=True)
    owner = Column(str, "Who owns it: a group, firm or institution, or a name somebody chose to give.", optional=True)
    allies = Column(str, "Who helps.", optional=True)
    evidence = Column(
        str,
        "What it rests on, a line each: `snapshot:…`, `contract:…`, `gap:…`, `indicator:…`, an address, or words.",
        optional=True,
    )
    principles = Column(str, "Principles it serves, `id: note`, a line each.", optional=True)
    cost = Column(Decimal, "What it costs.", optional=True)
    currency = Column(str, "Currency of the cost.", optional=True)
    funding = Column(str, "Where the money comes from.", optional=True)
    first_step = Column(str, "The first step.", optional=True)
    first_step_by = Column(str, "Who takes it: a name somebody chose to give.", optional=True)
    first_step_on = Column(date, "By when it is taken.", optional=True)
    state = Column(str, "How far it has come.", one_of=CardState)
    measure = Column(str, "What tells whether it works.", optional=True)
    baseline = Column(str, "The measure today.", optional=True)
    target = Column(str, "What the measure should become.", optional=True)
    target_on = Column(date, "By when.", optional=True)
    in_plan = Column(bool, "Whether it was chosen for the action plan.")
    origin = Column(
        str, "Where it came from: `circle:…`, `meeting:…`, `case:…`, `assessment:…`, `spreadsheet`.", optional=True
    )
    position = Column(int, "Its place within its field of the board, smallest first.", optional=True)
    withdrawn = Column(bool, "Whether the card is taken off the board.")
    entered_by = Column(str, "Who entered it.")
    entered_at = Column(datetime, "When, with time of day, UTC.")


class cards(Table):
    """One card, as its latest entry says; those taken off the board are left out."""

    one_row_per = ("card_key",)
    card_key = card_entries.card_key
    board = card_entries.board
    pillar = card_entries.pillar
    headings = card_entries.headings
    standing = card_entries.standing
    why = card_entries.why
    title = card_entries.title
    text = card_entries.text
    for_whom = card_entries.for_whom
    place_name = card_entries.place_name
    asset_key = card_entries.asset_key
    owner = card_entries.owner
    allies = card_entries.allies
    evidence = card_entries.evidence
    principles = card_entries.principles
    cost = card_entries.cost
    currency = card_entries.currency
    funding = card_entries.funding
    first_step = card_entries.first_step
    first_step_by = card_entries.first_step_by
    first_step_on = card_entries.first_step_on
    state = card_entries.state
    measure = card_entries.measure
    baseline = card_entries.baseline
    target = card_entries.target
    target_on = card_entries.target_on
    in_plan = card_entries.in_plan
    origin = card_entries.origin
    position = card_entries.position
    entered_by = card_entries.entered_by
    entered_at = card_entries.entered_at
