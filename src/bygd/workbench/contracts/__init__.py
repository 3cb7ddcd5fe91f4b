"""Contracts of a place: what is in the register, brought in, ends, and what is bought outside of it."""

from bygd.workbench.contracts.known import current, entries, in_engine, key

__all__ = ["current", "entries", "in_engine", "key"]
