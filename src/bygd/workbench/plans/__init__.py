"""Plans of a place: made from cards and a template, changed, decided, followed up, and what holds of them."""

from bygd.workbench.plans.entering import KEYS, changed, enter, follow_key, key, made, taken_back, version
from bygd.workbench.plans.handing import handover, pack
from bygd.workbench.plans.known import Plan, find, plans, read, versions_of
from bygd.workbench.plans.published import published

__all__ = [
    "KEYS",
    "Plan",
    "changed",
    "enter",
    "find",
    "follow_key",
    "handover",
    "key",
    "made",
    "pack",
    "plans",
    "published",
    "read",
    "taken_back",
    "version",
    "versions_of",
]
