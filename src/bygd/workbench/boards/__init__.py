"""Boards: the cards of a place, entered, undone, looked up, and as a spreadsheet in and out."""

from bygd.workbench.boards.entering import completed, enter, taken_back, undo
from bygd.workbench.boards.known import boards, current, entries, find, history, in_engine, key
from bygd.workbench.boards.moving import moved
from bygd.workbench.boards.sheet import read, write

__all__ = [
    "boards",
    "completed",
    "current",
    "enter",
    "entries",
    "find",
    "history",
    "in_engine",
    "key",
    "moved",
    "read",
    "taken_back",
    "undo",
    "write",
]
