"""What counts as procurement: visible rules that tag every payment that is no purchase."""

from bygd.scope.covered import A_YEAR, Covered, Lengths, a_year, covered, lengths
from bygd.scope.lines import run
from bygd.scope.matching import catch
from bygd.scope.rules import FIELDS, PUBLIC_REASON, PUBLIC_RULE, Rule, rules

__all__ = [
    "A_YEAR", "FIELDS", "PUBLIC_REASON", "PUBLIC_RULE", "Covered", "Lengths", "Rule", "a_year", "catch", "covered",
    "lengths", "rules", "run",
]  # fmt: skip
