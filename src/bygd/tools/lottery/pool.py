"""Pool: who may be drawn, by number and what counts of each, and how many of each kind are wanted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from bygd.sources.errors import InputError


@dataclass(frozen=True)
class Member:
    """Somebody in the pool: a code, never a name, and a value for each feature that counts."""

    code: str
    features: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Quota:
    """So many on the panel with that value of that feature: at least `least`, at most `most`."""

    feature: str
    value: str
    least: int
    most: int


def fingerprint(pool: Iterable[Member]) -> str:
    """A fingerprint of the pool (SHA-256), alike for the same people in any order; published before the seed is."""
    lines = sorted(
        "\t".join((one.code, *(f"{feature}={value}" for feature, value in sorted(one.features.items()))))
        for one in pool
    )
    return sha256("\n".join(lines).encode()).hexdigest()


def check(pool: Sequence[Member], size: int, quotas: Sequence[Quota]) -> None:
    """Raises InputError for a pool or quotas that say nothing sensible; whether they can be met is asked elsewhere."""
    if size < 1:
        raise InputError("Say how many seats the panel has.")
    seen: set[str] = set()
    for one in pool:
        if not one.code or one.code in seen:
            raise InputError("The pool has the code '{code}' twice, or an empty one.", code=one.code)
        seen.add(one.code)
    for quota in quotas:
        where = f"{quota.feature}: {quota.value}"
        if not 0 <= quota.least <= quota.most:
            raise InputError("{quota}: the least must not be above the most.", quota=where)
        if any(quota.feature not in one.features for one in pool):
            raise InputError("{quota}: the pool does not say this of everybody.", quota=where)
    named = [(quota.feature, quota.value) for quota in quotas]
    if len(set(named)) < len(named):
        raise InputError("A quota is given twice.")
