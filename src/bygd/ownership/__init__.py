"""Whose is a supplier? Decisions, owners and legal form → kind of ownership."""

from bygd.ownership.forms import legal_forms, number_kinds
from bygd.ownership.grouped import form_groups
from bygd.ownership.groups import last_end, ultimate
from bygd.ownership.kinds import run

__all__ = ["form_groups", "last_end", "legal_forms", "number_kinds", "run", "ultimate"]
