"""Draw: tickets in the order of the seed; each is taken if the panel can still be filled with all quotas met.

This is a plain rule that can be followed with the list in hand: nobody needs to trust the program. People
alike in all that counts have just the same chance; between kinds chances differ, for that is what quotas do.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import sha256

from bygd.sources.errors import InputError
from bygd.tools.lottery.feasible import Kind, Lack, features, kind_of, lacking, possible
from bygd.tools.lottery.pool import Member, Quota, check, fingerprint
from bygd.vocabulary.said import Said


@dataclass(frozen=True, slots=True)
class Drawn:
    """The panel by code in the order in which it was drawn, who was passed over on the way, and from what.

    `kept` are members that were on it before, when somebody who left is replaced.
    """

    panel: tuple[str, ...]
    passed: tuple[str, ...]
    kept: tuple[str, ...]
    seed: str
    fingerprint: str


def ticket(seed: str, code: str) -> str:
    """Somebody's ticket: SHA-256 of the seed, a line break and the code; the lowest is drawn first."""
    return sha256(f"{seed}\n{code}".encode()).hexdigest()


def draw(
    pool: Sequence[Member],
    size: int,
    quotas: Sequence[Quota],
    seed: str,
    *,
    kept: Sequence[str] = (),
    out: Collection[str] = (),
) -> Drawn:
    """Draw a panel of that size. The same pool, quotas and seed give the same panel, in any order of the pool.

    `kept` stay on it and `out` are not drawn (they said no), so that a place is filled again. Raises InputError
    where the quotas cannot be met, saying which stand in the way and by how much.
    """
    check(pool, size, quotas)
    if not seed.strip():
        raise InputError("Give the seed of the draw.")
    asked = features(quotas)
    kinds = {one.code: kind_of(one, asked) for one in pool}
    if unknown := [code for code in (*kept, *out) if code not in kinds]:
        raise InputError("The pool has no '{code}'.", code=unknown[0])
    waiting = sorted((code for code in kinds if code not in {*kept, *out}), key=lambda code: ticket(seed, code))
    available = Counter(kinds[code] for code in waiting)
    taken = Counter(kinds[code] for code in kept)
    if not possible(available, taken, size, quotas):
        left = [one for one in pool if one.code not in out]
        raise InputError("No panel meets all quotas. {why}", why=_why(lacking(left, size, quotas), len(left), size))
    panel, passed, shut = list[str](), list[str](), set[Kind]()
    for code in waiting:
        if len(panel) + len(kept) == size:
            break
        kind = kinds[code]
        available[kind] -= 1
        # A kind that cannot be taken now cannot be taken later either: the panel only grows.
        if kind not in shut and possible(available, taken + Counter([kind]), size, quotas):
            taken[kind] += 1
            panel.append(code)
        else:
            shut.add(kind)
            passed.append(code)
    return Drawn(tuple(panel), tuple(passed), tuple(kept), seed, fingerprint(pool))


def _why(found: tuple[Lack, ...] | None, pool: int, size: int) -> Said | list[Said]:
    if found is None:
        return Said("The pool has {pool} people for {size} seats.", pool=pool, size=size)
    if not found:
        return Said("Those who stay on it leave too few places for the others.")
    return [
        Said("{quota}: at least {number} fewer must be asked for.", quota=_name(one.quota), number=one.too_high)
        if one.too_high
        else Said("{quota}: {number} more must be allowed.", quota=_name(one.quota), number=one.too_low)
        for one in found
    ]


def _name(quota: Quota) -> str:
    return f"{quota.feature} {quota.value}"
