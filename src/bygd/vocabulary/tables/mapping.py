"""Maps and cases: what people enter of a place's assets, of who works with whom, and of what moves through stages.

Entries are added, never edited; the latest entry of a key counts. Method: docs/method/mapping.md, docs/method/cases.md
"""

from datetime import date, datetime
from decimal import Decimal

from bygd.vocabulary.columns import Column, Table
from bygd.vocabulary.mapping import Answer, AssetLayer, CaseEvent, CaseResult, OrganisationSort, RelationKind


class asset_entries(Table):
    """What somebody entered of one thing on the map of a place; the latest entry of an asset counts."""

    asset_key = Column(str, "Which asset; see `workbench.assets.key`.")
    layer = Column(str, "What sort of thing it is.", one_of=AssetLayer)
    name = Column(str, "What it is called. Never a private person's name that they did not choose to give.")
    sort = Column(str, "Of organisations: what sort.", one_of=OrganisationSort, optional=True)
    place_name = Column(str, "Where it is, in words: a street, a village.", optional=True)
    longitude = Column(float, "Degrees east, WGS 84.", optional=True)
    latitude = Column(float, "Degrees north, WGS 84.", optional=True)
    owner = Column(str, "Who owns it.", optional=True)
    used_by = Column(str, "Who uses it.", optional=True)
    hours_unused = Column(Decimal, "Hours a week in which it stands empty or is not asked for.", optional=True)
    last_seen = Column(date, "When somebody last saw that it is so.", optional=True)
    note = Column(str, "What else is to be known.", optional=True)
    source = Column(str, "The walk, meeting, file or register it came from.")
    withdrawn = Column(bool, "Whether it is taken off the map again.")
    entered_by = Column(str, "Who entered it.")
    entered_at = Column(datetime, "When, with time of day, UTC.")


class relation_entries(Table):
    """What somebody entered of how two organisations are tied; the latest entry of a relation counts."""

    relation_key = Column(str, "Which relation; see `workbench.assets.relation_key`.")
    from_key = Column(str, "The asset_key of the one.")
    kind = Column(str, "How they are tied.", one_of=RelationKind)
    to_key = Column(str, "The asset_key of the other.")
    last_seen = Column(date, "When somebody last knew that it is so.", optional=True)
    note = Column(str, "What else is to be known.", optional=True)
    withdrawn = Column(bool, "Whether it is taken out again.")
    entered_by = Column(str, "Who entered it.")
    entered_at = Column(datetime, "When, with time of day, UTC.")


class case_entries(Table):
    """What somebody entered of a case that moves through stages; the latest entry of a case counts."""

    case_key = Column(str, "Which case; see `workbench.cases.key`.")
    kind = Column(str, "Kind of case, as the country's `boards/cases.yaml` names it.")
    title = Column(str, "What it is about, in a few words.")
    about = Column(str, "What is wanted and why.", optional=True)
    who = Column(str, "The group, association or firm that wants it.", optional=True)
    helper = Column(str, "Who helps: organisations, one a line.", optional=True)
    place_name = Column(str, "Where, in words.", optional=True)
    asset_key = Column(str, "The asset on the map it is about.", optional=True)
    gaps = Column(str, "Kinds of purchase it could meet, as the market gaps call them, one a line.", optional=True)
    started_on = Column(date, "When it began.")
    withdrawn = Column(bool, "Whether it is taken out again.")
    entered_by = Column(str, "Who entered it.")
    entered_at = Column(datetime, "When, with time of day, UTC.")


class case_events(Table):
    """Something that happened to a case; added, never edited, and taken back by another event."""

    event_key = Column(str, "Which event.")
    case_key = Column(str, "Which case.")
    event = Column(str, "What sort of event.", one_of=CaseEvent)
    happened_on = Column(date, "On which day.")
    about = Column(str, "The stage, step, start of a deadline, deadline, question or event it is about.", optional=True)
    due_on = Column(date, "Of a deadline of one's own: its day.", optional=True)
    answer = Column(str, "To a question that asks yes or no: what was answered.", one_of=Answer, optional=True)
    result = Column(str, "Of an end: how it ended.", one_of=CaseResult, optional=True)
    note = Column(str, "What was said, or the answer.", optional=True)
    link = Column(str, "Address of a paper.", optional=True)
    entered_by = Column(str, "Who entered it.")
    entered_at = Column(datetime, "When, with time of day, UTC.")
