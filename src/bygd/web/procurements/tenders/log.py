"""The log of a tender: who did what when, and what it was before."""

import re
from fractions import Fraction

from bygd.reports.tenders import told
from bygd.reports.translate import N_, Translator
from bygd.tools.procurement.standstill import Way
from bygd.web.people.models import Person
from bygd.web.people.written import signer
from bygd.web.procurements.tenders import terms
from bygd.web.procurements.tenders.models import Entry, Tender
from bygd.web.procurements.tenders.words import Duty

MADE = N_("began the tender")
CHANGED = N_("changed the tender")
CHOSE_POLICY = N_("chose the policy")
CHOSE_MEASURES = N_("chose measures and weights")
PUBLISHED = N_("opened the tender for bids")
CANCELLED = N_("cancelled the tender")
CHANGED_TEAM = N_("changed the team")
TOOK_OVER = N_("took over the lead")
MADE_LINK = N_("made a link for a bidder")
WITHDREW_LINK = N_("withdrew a link for a bidder")
BROUGHT = N_("took a bid in")
CAME = N_("a bid came by a link")
REPLACED = N_("a bid was replaced by its bidder")
TOOK_OUT = N_("withdrew a bid for its bidder")
WITHDREW = N_("a bid was withdrawn by its bidder")
ASKED_TO_OPEN = N_("asked for the opening")
OPENED = N_("opened the bids together with another")
ASKED_FOR_REVISED = N_("asked for revised bids")
ASKED = N_("a bidder asked a question")
ANSWERED = N_("answered a question of a bidder")
ANSWERED_LATE = N_("answered after the last day that the law names")
DUE = N_("noted by when the law wants questions answered")
ADDED_LOT = N_("added a lot")
ADDED_APPENDIX = N_("added an appendix")
REMOVED_APPENDIX = N_("took an appendix out")
DECLARED_NONE = N_("declared to have no conflict")
DECLARED = N_("declared a conflict and was shut out")
READ = N_("downloaded the file of a bid")
SCORED = N_("gave a score")
LOCKED = N_("locked their scores")
BEGAN_MODERATION = N_("began the moderation")
MODERATED = N_("gave the moderated score")
EXCLUDED = N_("took a bid out of the comparison")
LET_IN = N_("took a bid back into the comparison")
AWARDED = N_("awarded the contract")
TOLD = N_("noted when bidders were told")
CONCLUDED = N_("entered the contract and its promises")

WEIGHT = re.compile(r"(?<=\()[01](?:\.\d+)?(?=\)$)|(?<= )[01]\.\d+(?=,|$)")
"""Shares in what the log keeps of criteria and measures: `How do you cook? (0.3)`, `1.1 0.2000, 1.2 0.1000`."""


def write(
    tender: Tender,
    person: Person | None,
    did: str,
    about: str = "",
    before: str = "",
    after: str = "",
    *,
    is_sealed: bool = False,
    is_own: bool = False,
) -> None:
    """Add what was done."""
    Entry.objects.create(
        tender=tender,
        person=person,
        did=did,
        about=about,
        before=before,
        after=after,
        is_sealed=is_sealed,
        is_own=is_own,
    )


def in_words(entry: Entry, translate: Translator) -> tuple[str, str, str]:
    """What an entry is about, what was before and after: people by name, duties, ways and terms of price in words."""
    words = {one.value: translate.word(one) for kind in (Duty, Way) for one in kind}

    def shown(text: str) -> str:
        if entry.did == CHANGED and not entry.about:
            return terms.in_words(text, entry.tender.currency, translate)
        if entry.did in (CHANGED, CHOSE_MEASURES):
            return WEIGHT.sub(lambda match: told.percent(Fraction(match[0]), translate), text)
        if entry.did not in (CHANGED_TEAM, TOLD):
            return text
        return re.sub(r"[a-z_]+", lambda match: words.get(match[0], match[0]), text)

    about = (
        translate("Question {number}", number=entry.about)
        if entry.did in (ASKED, ANSWERED, ANSWERED_LATE)
        else entry.about
    )
    return signer(about, translate), shown(entry.before), shown(entry.after)
