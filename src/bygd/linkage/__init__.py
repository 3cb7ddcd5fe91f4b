"""Who suppliers are: candidates from registers, and links that people may overrule."""

from bygd.linkage.candidates import propose
from bygd.linkage.evaluate import Evaluation, evaluate
from bygd.linkage.explain import explain
from bygd.linkage.links import resolve, unknown_decisions
from bygd.linkage.options import Options
from bygd.linkage.thresholds import Thresholds

__all__ = ["Evaluation", "Options", "Thresholds", "evaluate", "explain", "propose", "resolve", "unknown_decisions"]
