"""Review: people's judgement on what the machine could not settle, where it narrows the range fastest."""

from bygd.workbench.review.session import Session
from bygd.workbench.review.sheet import Change, apply, export, preview

__all__ = ["Change", "Session", "apply", "export", "preview"]
