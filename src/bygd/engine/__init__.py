"""Where tables live: one protocol of five verbs, two engines."""

from bygd.engine.base import Engine, TableError
from bygd.engine.duck import DuckEngine

__all__ = ["DuckEngine", "Engine", "TableError"]
