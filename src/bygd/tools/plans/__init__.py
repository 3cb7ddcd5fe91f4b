"""Plans: templates, how activities and indicators stand on a day, and what differs between two versions.

Method: docs/method/plans.md
"""

from bygd.tools.plans.compared import Difference, differences
from bygd.tools.plans.following import (
    AHEAD,
    Account,
    Bar,
    Due,
    Reached,
    account,
    bars,
    counted,
    due,
    next_follow_up,
    reached,
)
from bygd.tools.plans.templates import Section, Template, template, templates

__all__ = [
    "AHEAD",
    "Account",
    "Bar",
    "Difference",
    "Due",
    "Reached",
    "Section",
    "Template",
    "account",
    "bars",
    "counted",
    "differences",
    "due",
    "next_follow_up",
    "reached",
    "template",
    "templates",
]
