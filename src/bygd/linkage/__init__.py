"""Who suppliers are: candidates from registers, and links that people may overrule."""

from typing import TYPE_CHECKING, Any

from bygd.linkage.evaluate import Evaluation, evaluate
from bygd.linkage.links import resolve, unknown_decisions
from bygd.linkage.options import Options
from bygd.linkage.thresholds import Thresholds

if TYPE_CHECKING:
    from bygd.linkage.candidates import propose

__all__ = ["Evaluation", "Options", "Thresholds", "evaluate", "propose", "resolve", "unknown_decisions"]


def __getattr__(name: str) -> Any:
    """`propose`, imported when it is asked for: what it searches with takes half a second to import."""
    if name == "propose":
        from bygd.linkage.candidates import propose

        return propose
    raise AttributeError(name)
