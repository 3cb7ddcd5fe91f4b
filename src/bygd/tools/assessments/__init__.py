"""Assessments: how far several people see a place, as the spread of their answers.

Method: docs/method/assessments.md
"""

from bygd.tools.assessments.spread import LEVELS, Spread, spread

__all__ = ["LEVELS", "Spread", "spread"]
