"""A made-up municipality for demonstration, tutorial and tests; `write` makes its project in a folder."""

from bygd.workbench.sample.make import write

__all__ = ["write"]
