"""Scoring: where a value of a place stands between bad and good beside others, for pictures; missing stays missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bygd.vocabulary.place_words import Aspect, Dimension, Direction, Theme

WORSE, ALIKE, BETTER = -1, 0, 1


@dataclass(frozen=True)
class Standing:
    """How the indicators of one theme or dimension stand: so many better, alike and worse than the country.

    `missing` counts those of the catalogue without a value, `neither` those of which more is neither good nor bad.
    """

    better: int = 0
    alike: int = 0
    worse: int = 0
    neither: int = 0
    missing: int = 0

    @property
    def told(self) -> int:
        """How many are told as better, alike or worse."""
        return self.better + self.alike + self.worse

    @property
    def share(self) -> float | None:
        """Share of what is told that is not worse; None where nothing is told: missing is not good."""
        return (self.better + self.alike) / self.told if self.told else None


def standing(one: Any) -> int | None:
    """Better, alike or worse than the country; None where that cannot be said.

    Alike where the country's value lies within the interval that chance leaves, or where no interval is known,
    within two per cent of it.
    """
    if one.value is None or one.indicator.direction is Direction.NEITHER:
        return None
    there = next((beside.value for beside in reversed(one.beside) if beside.area.level == "country"), None)
    if there is None:
        return None
    low, high = one.figure.low, one.figure.high
    if low is None or high is None:
        low, high = one.value - 0.02 * abs(there), one.value + 0.02 * abs(there)
    if low <= there <= high:
        return ALIKE
    is_more = one.value > there
    return BETTER if is_more == (one.indicator.direction is Direction.MORE) else WORSE


def by_aspect(profile: Any) -> dict[tuple[Aspect, Theme | None], Standing]:
    """The wheel of broad prosperity: here and now by theme, the other aspects as one each."""

    def key(indicator: Any) -> tuple[Aspect, Theme | None]:
        return (indicator.aspect, indicator.theme if indicator.aspect is Aspect.NOW else None)

    return _counted(profile, key)


def by_dimension(profile: Any) -> dict[Dimension, Standing]:
    """The doughnut: every dimension, those without any indicator too."""
    found = _counted(profile, lambda indicator: indicator.dimension)
    return {dimension: found.get(dimension, Standing()) for dimension in Dimension}


def of_dimension(profile: Any, dimension: Dimension) -> Sequence[Any]:
    """What is shown of a dimension."""
    return [one for one in profile.shown if one.indicator.dimension is dimension]


def _counted(profile: Any, key: Any) -> dict[Any, Standing]:
    counts: dict[Any, dict[str, int]] = {}
    for one in profile.shown:
        name = _name(one)
        group = counts.setdefault(key(one.indicator), {})
        group[name] = group.get(name, 0) + 1
    _add(counts, key, profile.missing)
    return {name: Standing(**group) for name, group in counts.items()}


def _add(counts: dict[Any, dict[str, int]], key: Any, missing: Iterable[Any]) -> None:
    for indicator in missing:
        group = counts.setdefault(key(indicator), {})
        group["missing"] = group.get("missing", 0) + 1


def _name(one: Any) -> str:
    if one.value is None:
        return "missing"
    if one.indicator.direction is Direction.NEITHER:
        return "neither"
    return {BETTER: "better", ALIKE: "alike", WORSE: "worse"}.get(standing(one), "missing")  # type: ignore[arg-type]
