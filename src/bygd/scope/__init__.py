"""What counts as procurement: visible rules that tag every payment that is no purchase."""

from bygd.scope.lines import run
from bygd.scope.matching import catch
from bygd.scope.rules import FIELDS, PUBLIC_REASON, PUBLIC_RULE, Rule, rules

__all__ = ["FIELDS", "PUBLIC_REASON", "PUBLIC_RULE", "Rule", "catch", "rules", "run"]
