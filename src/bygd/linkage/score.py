"""Score: what name, legal form, place and standing say together, as one number between 0 and 1."""

from pathlib import Path
from typing import Any

import yaml

WEIGHTS: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("weights.yaml").read_text(encoding="utf-8"))
"""The weights and the data they came from; see weights.yaml."""

FEATURES: tuple[str, ...] = tuple(WEIGHTS["weights"])


def score(relation_columns: str = "") -> str:
    """SQL: the score from columns named as the features, a logistic function rounded to four places."""
    terms = " ".join(f"{weight:+} * {relation_columns}{name}" for name, weight in WEIGHTS["weights"].items())
    return f"round(1 / (1 + exp(-({WEIGHTS['constant']} {terms}))), 4)"
