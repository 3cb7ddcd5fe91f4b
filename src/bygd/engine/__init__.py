"""Where tables live: one protocol, two engines."""

from bygd.engine.base import Engine, TableError
from bygd.engine.duck import DuckEngine, quote

__all__ = ["DuckEngine", "Engine", "TableError", "quote"]
