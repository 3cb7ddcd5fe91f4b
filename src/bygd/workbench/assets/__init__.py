"""Assets of a place: what stands on the map, who works with whom, and the same in and out of other programs."""

from bygd.workbench.assets.checks import problems
from bygd.workbench.assets.known import (
    ASSET,
    KEPT,
    RELATION,
    assets,
    key,
    limits,
    of_project,
    relation_key,
    relations,
)
from bygd.workbench.assets.reading import Look, look, take

__all__ = [
    "ASSET",
    "KEPT",
    "RELATION",
    "Look",
    "assets",
    "key",
    "limits",
    "look",
    "of_project",
    "problems",
    "relation_key",
    "relations",
    "take",
]
