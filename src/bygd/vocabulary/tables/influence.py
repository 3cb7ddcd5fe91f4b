"""What people decide of a kind of purchase: whether the institutions could place it elsewhere at all."""

from datetime import datetime

from bygd.vocabulary.columns import Column, Table
from bygd.vocabulary.words import Influence


class influence_decisions(Table):
    """Somebody's finding of whether a kind of purchase can be influenced; the latest of a kind counts.

    Added, never edited; no build reads it. Method: docs/method/gaps.md
    """

    anchor = Column(str, "For whose purchases it holds; empty for those of all.", optional=True)
    category = Column(str, "The kind of purchase, in the ledger's words, lower case.")
    influence = Column(str, "What the person found.", one_of=Influence)
    reason = Column(str, "Why.", optional=True)
    decided_by = Column(str, "Who decided.")
    decided_at = Column(datetime, "When, with time of day, UTC.")
