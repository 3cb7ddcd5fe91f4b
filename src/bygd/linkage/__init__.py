"""Who suppliers are: candidates from registers, and links that people may overrule."""

from bygd.linkage.anywhere import deal, group, learn, open_index, propose, resolve
from bygd.linkage.conflicts import conflicts
from bygd.linkage.evaluate import Evaluation, evaluate
from bygd.linkage.links import unknown_decisions
from bygd.linkage.options import Options
from bygd.linkage.thresholds import Thresholds

__all__ = [
    "Evaluation",
    "Options",
    "Thresholds",
    "conflicts",
    "deal",
    "evaluate",
    "group",
    "learn",
    "open_index",
    "propose",
    "resolve",
    "unknown_decisions",
]
