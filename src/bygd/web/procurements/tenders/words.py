"""States of a tender, and what one is in its team."""

from bygd.vocabulary.words import Word


class State(Word):
    """How far a tender has come."""

    DRAFT = "draft", "Being prepared"
    PUBLISHED = "published", "Open for bids"
    OPENED = "opened", "Bids opened, being scored"
    MODERATED = "moderated", "Scores being moderated"
    NEGOTIATING = "negotiating", "Revised bids asked for"
    AWARDED = "awarded", "Awarded"
    CANCELLED = "cancelled", "Cancelled"


class Duty(Word):
    """What somebody does in a tender. One may have several duties."""

    LEAD = "lead", "Leads the tender"
    EVALUATOR = "evaluator", "Scores bids"
    REGISTRAR = "registrar", "Takes bids in"
