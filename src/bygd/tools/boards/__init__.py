"""Boards: under which headings cards stand, and in which fields; the eight principles a card may serve.

Method: docs/method/boards.md
"""

from bygd.tools.boards.fields import Field, Line, laid_out, progress
from bygd.tools.boards.traditions import Heading, Principle, Tradition, default, principles, tradition, traditions

__all__ = [
    "Field",
    "Heading",
    "Line",
    "Principle",
    "Tradition",
    "default",
    "laid_out",
    "principles",
    "progress",
    "tradition",
    "traditions",
]
