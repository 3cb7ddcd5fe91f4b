"""Contracts of a place: what is in the register, brought in, ends, and what is bought outside of it."""

from bygd.workbench.contracts.bring import Change, Kind, Look, headings, look, take
from bygd.workbench.contracts.checks import problems
from bygd.workbench.contracts.known import current, entries, in_engine, key, laid

__all__ = [
    "Change",
    "Kind",
    "Look",
    "current",
    "entries",
    "headings",
    "in_engine",
    "key",
    "laid",
    "look",
    "problems",
    "take",
]
