"""Score: what name, legal form, place and standing say together, as one number between 0 and 1."""

from pathlib import Path
from typing import Any

import yaml

WEIGHTS: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("weights.yaml").read_text(encoding="utf-8"))
"""The weights and the data they came from; see weights.yaml."""

FEATURES: tuple[str, ...] = tuple(WEIGHTS["weights"])


def score(relation_columns: str = "") -> str:
    """SQL: the score from columns named as the features, a logistic function rounded to six places."""
    terms = " ".join(f"{weight:+} * {relation_columns}{name}" for name, weight in WEIGHTS["weights"].items())
    return f"round(1 / (1 + exp(-({WEIGHTS['constant']} {terms}))), 6)"


def margin(best: str, second: str) -> str:
    """SQL: how far the best stands ahead: 1 - odds of the second / odds of the best; 1 where there is no second.

    Scores near 1 lie close together; their odds do not: of two organisations of the same name, the
    one at the same address stands far ahead, as it should.
    """
    odds = "(least({0}, 0.999999) / (1 - least({0}, 0.999999)))"
    ahead = f"1 - {odds.format(second)} / {odds.format(best)}"
    return f"CASE WHEN {second} IS NOT NULL THEN round({ahead}, 4) WHEN {best} IS NOT NULL THEN 1 END"
