"""Intake: what a list of areas, a file of what became of them, or boundaries would bring, as plain values for pages."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from bygd.countries.levels import pattern_of
from bygd.sources.errors import InputError
from bygd.sources.statistics.divisions import Correspondence
from bygd.vocabulary.place_words import Level
from bygd.workbench.place import choosing, divisions, shapes, villages
from bygd.workbench.project import Project

FIRST = 8
"""Rows that are shown of a file."""


def of_areas(project: Project, path: Path, vintage: str = "", levels: Collection[Level] = ()) -> dict[str, Any]:
    """What of a list of areas would be chosen, and why the others would not; see `choosing.look` for errors."""
    found = choosing.look(project, path, vintage=vintage, levels=levels)
    counts = Counter((one.level, one.vintage) for one in found.chosen)
    return {
        "groups": [
            {"level": level.value, "vintage": year, "number": number} for (level, year), number in counts.items()
        ],
        "number": found.number,
        "chosen": len(found.chosen),
        "known": found.known,
        "elsewhere": found.elsewhere,
        "nowhere": found.nowhere,
        "other": found.other,
        "rows": [[one.code, one.name, one.vintage, one.parent] for one in found.chosen[:FIRST]],
    }


def of_divisions(project: Project, paths: Sequence[Path], source: str = "") -> list[dict[str, Any]]:
    """What files tell of divisions: how many areas, how many of ours, what cannot go over; see `divisions.read`.

    `matched` of the place's `ours` areas in the newer division are told of, or stayed the same. Pairs of no use are
    counted: `strange` have a code that is none of the level, `unshared` are parts of a divided area without shares
    (whole areas alone go over), `unknown` are areas with ground of unknown origin. `instead` says that one is kept.
    """
    there = {one.name for one in divisions.kept(project) if not one.is_out}
    return [_division(project, one, divisions.name_of(one) in there) for one in divisions.read(project, paths, source)]


def of_boundaries(project: Project, path: Path) -> dict[str, Any]:
    """What boundaries hold: features, municipalities of the country, and smaller areas of the place by level.

    `is_large` where the file is larger than maps are made of. Raises InputError for what is no GeoJSON.
    """
    features, found, small = shapes.told_of(project, path, codes(project))
    counts = Counter(one.level for one in small)
    return {
        "features": features,
        "municipalities": found,
        "groups": [{"level": level.value, "vintage": "", "number": number} for level, number in counts.items()],
        "is_large": path.stat().st_size > shapes.MOST_BYTES,
    }


def ours(project: Project, level: Level, vintage: str) -> set[str]:
    """Codes of the place's areas of a level in a division: those chosen, those of villages, those with boundaries."""
    country = project.country
    pattern = pattern_of(country, level, vintage)
    found = codes(project, vintage)
    with suppress(InputError):  # boundaries that cannot be read are told where they are shown
        found |= {one.code for one in shapes.small_areas(project) if one.vintage == vintage}
    return {code for code in found if re.fullmatch(pattern, code)}


def codes(project: Project, vintage: str = "") -> set[str]:
    """Codes of areas that were chosen, or that villages are put together of; in any division, or in that one."""
    found = {row["code"] for row in choosing.chosen_areas(project) if vintage in ("", row["vintage"])}
    for village in villages.every(project).values():
        if vintage in ("", village.vintage):
            found |= {id.partition(":")[2] for id, _ in village.parts}
    return found


def _division(project: Project, one: Correspondence, instead: bool) -> dict[str, Any]:
    own = ours(project, one.level, one.new_vintage)
    pattern = pattern_of(project.country, one.level, one.new_vintage)
    strange = [
        pair
        for pair in one.pairs
        if not re.fullmatch(pattern, pair.new) or (pair.old and not re.fullmatch(pattern, pair.old))
    ]
    near = [pair for pair in one.pairs if pair.new in own] or list(one.pairs)
    return {
        "level": one.level.value,
        "old": one.old_vintage,
        "new": one.new_vintage,
        "pairs": len(one.pairs),
        "areas": len(one.into),
        "ours": len(own),
        "matched": sum(bool(one.origins(code)) for code in own),
        "rest_is_same": one.rest_is_same,
        "basis": one.basis,
        "is_shared": any(pair.share is not None for pair in one.pairs),
        "source": one.source,
        "strange": len(strange),
        "unshared": sum(bool(pair.old) and one.share(pair) is None for pair in one.pairs),
        "unknown": len({pair.new for pair in one.pairs if not pair.old}),
        "instead": instead,
        "rows": [[pair.old, pair.new, one.share(pair), pair.change] for pair in near[:FIRST]],
    }
