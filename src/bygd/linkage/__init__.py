"""Who suppliers are: candidates from registers, and links that people may overrule."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from bygd.linkage.evaluate import Evaluation, evaluate
from bygd.linkage.links import resolve, unknown_decisions
from bygd.linkage.options import Options
from bygd.linkage.thresholds import Thresholds

if TYPE_CHECKING:
    from bygd.linkage.candidates import propose
    from bygd.linkage.groups import group

__all__ = ["Evaluation", "Options", "Thresholds", "evaluate", "group", "propose", "resolve", "unknown_decisions"]


LATER = {"propose": "bygd.linkage.candidates", "group": "bygd.linkage.groups"}
"""Imported when they are asked for: what they search with takes half a second to import."""


def __getattr__(name: str) -> Any:
    """See `LATER`."""
    if name in LATER:
        return getattr(import_module(LATER[name]), name)
    raise AttributeError(name)
