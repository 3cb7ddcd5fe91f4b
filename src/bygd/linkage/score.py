"""Score: what the features say together, as log-odds that add up and a probability among rivals."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import yaml
from numpy.typing import NDArray

from bygd.sources.errors import InputError

FILE = Path(__file__).with_name("weights.yaml")
FEATURES = (
    "cosine", "covered", "covers", "rarity", "missing", "extra", "conflict", "misspelled", "initials", "sorted",
    "subset", "letters", "winkler", "partial", "first_word", "last_word", "starts", "words", "words_named", "length",
    "place_word", "other_place_word", "satellite_word", "other_satellite_word", "public_word", "other_public_word",
    "same_squeezed", "same_form", "other_form", "form_left_out", "form_added", "person_name",
    "digits_differ", "is_cut", "trading_as", "renamed",
    "before_trading_as", "other_name", "hidden_name", "holding", "namesakes", "is_ended", "not_yet", "long_ended",
    "same_trade", "other_trade", "same_postcode", "same_area", "same_town", "other_place", "other_number",
)  # fmt: skip
"""All that is compared; `likeness.compare` and `comparison.compare` tell what each is."""

KEYS: Mapping[str, type] = {"made_from": object, "base": object, "curves": Mapping}
"""What a file of weights must have, and what each must be."""

HIGHEST = 30.0
"""Log-odds are kept within this: beyond it nothing changes but the digits."""

Numbers = NDArray[Any]


@dataclass(frozen=True)
class Weights:
    """Weights of the features: curves of points (value, log-odds), straight between them, level outside.

    The log-odds that a candidate is the supplier, against its being in no register at all, are the base and what each
    feature's curve says. `made_from` tells what they were learned from, `version` is a fingerprint.
    """

    base: float
    curves: Mapping[str, tuple[tuple[float, float], ...]]
    made_from: str = ""

    @property
    def version(self) -> str:
        """Changes with every weight."""
        return hashlib.sha256(repr((self.base, sorted(self.curves.items()))).encode()).hexdigest()[:8]

    def says(self, feature: str, values: Numbers) -> Numbers:
        """What the feature's values contribute, in log-odds."""
        points = np.array(self.curves[feature])
        return np.asarray(np.interp(values, points[:, 0], points[:, 1]))


def load(file: Path = FILE) -> Weights:
    """The weights in a file such as `weights.yaml`; a feature that the file leaves out has no say.

    Raises InputError naming file, line or key, and what to do: a feature that is not known, a base or point that is no
    number, points that are not in rising order.
    """
    try:
        read = yaml.safe_load(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise InputError(
            "{file} is no text in UTF-8. Make a file of weights with: bygd linkage train", file=file.name
        ) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise InputError(
            "{file}, line {line}: this cannot be read as YAML. Check brackets, colons and indents there, or make the "
            "file anew with: bygd linkage train",
            file=file.name,
            line=mark.line + 1 if mark else 1,
        ) from None
    for key, kind in KEYS.items():
        if not isinstance(read, Mapping) or key not in read or not isinstance(read[key], kind):
            raise InputError(
                "{file} is no file of weights: '{key}' is missing or not as it should be. Make one with: "
                "bygd linkage train",
                file=file.name,
                key=key,
            )
    base = _number(read["base"])
    if base is None:
        raise InputError("{file}: the base is no number.", file=file.name)
    if not read["curves"]:
        raise InputError("{file}: no feature has a curve. Make one with: bygd linkage train", file=file.name)
    curves = {str(name): _curve(file, str(name), points) for name, points in read["curves"].items()}
    return Weights(base, curves, str(read["made_from"]))


def _curve(file: Path, name: str, points: object) -> tuple[tuple[float, float], ...]:
    if name not in FEATURES:
        raise InputError(
            "{file} has the feature '{name}'. Known are: {known}.", file=file.name, name=name, known=FEATURES
        )
    if not isinstance(points, list) or not all(isinstance(point, list) and len(point) == 2 for point in points):
        raise InputError(
            "{file}: '{name}' is no list of points, such as [[0, 0], [1, 2.5]].", file=file.name, name=name
        )
    numbers = [(_number(value), _number(odds)) for value, odds in points]
    curve = tuple((value, odds) for value, odds in numbers if value is not None and odds is not None)
    if len(curve) < len(numbers):
        raise InputError("{file}: a point of '{name}' is no number.", file=file.name, name=name)
    if len(curve) < 2 or any(low >= high for (low, _), (high, _) in pairwise(curve)):
        raise InputError(
            "{file}: the points of '{name}' are not two or more in rising order.", file=file.name, name=name
        )
    return curve


def _number(value: object) -> float | None:
    """A number that can be reckoned with; None for all else, infinity among them."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if isfinite(found) else None


@cache
def shipped() -> Weights:
    """The weights that come with bygd."""
    return load(FILE)


def log_odds(compared: pa.Table, weights: Weights) -> Numbers:
    """The log-odds of each row that `pairs.compare_all` gives: the base and what every feature says."""
    total = np.full(len(compared), weights.base)
    for part in _parts(compared, weights).values():
        total += part
    return np.clip(np.round(total, 4), -HIGHEST, HIGHEST)


def with_parts(compared: pa.Table, weights: Weights) -> pa.Table:
    """The rows with what each feature says of them, as columns `w_…`, which with the base are the log-odds."""
    for name, part in _parts(compared, weights).items():
        compared = compared.append_column(f"w_{name}", pa.array(part))
    return compared


def _parts(compared: pa.Table, weights: Weights) -> dict[str, Numbers]:
    return {
        name: np.round(weights.says(name, compared[name].to_numpy().astype(np.float64)), 4) for name in weights.curves
    }


def among_rivals(log_odds: str, supplier: str) -> str:
    """SQL: the probability of a candidate where the supplier is one of its candidates or in no register.

    A multinomial logit with an outside option (McFadden 1974): of two organisations that fit equally well, neither gets
    more than a half.
    """
    return f"round(exp({log_odds}) / (1 + sum(exp({log_odds})) OVER (PARTITION BY {supplier})), 6)"


def margin(best: str, second: str) -> str:
    """SQL: how far the best stands ahead: the difference of the probabilities; all of it where there is no second."""
    return f"round({best} - coalesce({second}, 0), 4)"
