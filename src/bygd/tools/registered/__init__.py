"""What registers count: organisations by kind, size and age where they have their seat.

Reads organisations, legal_forms, areas and postcodes, and where they are known ultimate_owners. Writes register_counts.
Method: docs/method/place.md
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from bygd.engine import DuckEngine
from bygd.geography import Place
from bygd.tools.registered.covering import Cover, cover
from bygd.tools.registered.seated import SIZES, SOLE_TRADER, UNKNOWN, Cell, as_of, seated
from bygd.vocabulary import tables

FORMS, SIZE, PUBLIC, STARTED, ENDED = "firms_by_form", "firms_by_size", "public_firms", "firms_started", "firms_ended"
YEARS = 5
"""Whole years of which it is told how many began and ended."""

Key = tuple[str, str, str]
"""What is counted, which part, and the year."""


def run(engine: DuckEngine, place: Place, groups: Mapping[str, str], today: date) -> None:
    """`register_counts`: organisations that are not masked, by area of their seat, as the registers say.

    `groups` are the groups of legal forms by form, in lower case; those of sole traders are left out. Counted is what
    stands, by group and size, and companies with a public body at their top; and what was registered and what ended
    in the last whole years before the newest day that the registers know of. What has no seat that can be told stands
    under `seat=unknown`, and in `most` of every area. A group that no organisation of the registers is of, and areas
    that they cover in part, have no number.
    """
    day = as_of(engine, place.country, today)
    cells = list(seated(engine, place, groups, day.year if day else today.year))
    covered = cover(engine, place, cells)
    counts: dict[str | None, Counter[Key]] = {}
    for cell in cells:
        for area_id in covered.within(cell):
            found = counts.setdefault(area_id, Counter())
            for key in _keys(cell):
                found[key] += cell.number
    kinds = {*groups.values(), UNKNOWN} - {SOLE_TRADER}
    engine.register(tables.register_counts, list(_rows(counts, covered, kinds, day)) if cells else [])


def _keys(cell: Cell) -> Iterator[Key]:
    """What a cell counts in."""
    if not cell.is_ended:
        yield FORMS, "", ""
        yield FORMS, f"form={cell.group}", ""
        yield SIZE, "", ""
        yield SIZE, f"size={SIZES[cell.size]}", ""
        if cell.is_public:
            yield PUBLIC, "", ""
    if cell.began:
        yield STARTED, "", cell.began
    if cell.ended_in:
        yield ENDED, "", cell.ended_in


def _rows(
    counts: Mapping[str | None, Counter[Key]], covered: Cover, groups: set[str], day: date | None
) -> Iterator[dict[str, Any]]:
    every, nowhere = counts[covered.country], counts.get(None, Counter())
    told = _told(every, groups, day)
    placed: Counter[Key] = Counter()
    for small in covered.small:
        placed.update(counts.get(small, {}))
    small_areas, nothing = frozenset(covered.small), Counter[Key]()
    for area_id in covered.areas:
        for key, is_held in told.items():
            counted, part, period = key
            number = counts.get(area_id, nothing)[key] if is_held and covered.is_whole(area_id) else None
            more = nowhere[key] if area_id != covered.country else 0
            if area_id in small_areas and number is not None:
                more += counts[covered.home][key] - placed[key]
            yield {
                "area_id": area_id, "counted": counted, "part": part, "period": period, "number": number,
                "most": number + more if number is not None and more else None, "told_on": day,
            }  # fmt: skip
    lost = nowhere[FORMS, "", ""]
    if lost:
        yield {
            "area_id": covered.country, "counted": FORMS, "part": "seat=unknown", "period": "", "number": lost,
            "most": None, "told_on": day,
        }  # fmt: skip


def _told(every: Counter[Key], groups: set[str], day: date | None) -> dict[Key, bool]:
    """What is told, and whether the registers hold enough of it anywhere."""
    found = {(FORMS, "", ""): True}
    found |= {(FORMS, f"form={group}", ""): every[FORMS, f"form={group}", ""] > 0 for group in sorted(groups)}
    sizes = [(SIZE, f"size={size}", "") for size in SIZES.values()]
    if any(every[key] for key in sizes[:-1]):
        found |= {(SIZE, "", ""): True, **dict.fromkeys(sizes, True)}
    found[PUBLIC, "", ""] = every[PUBLIC, "", ""] > 0
    if day is None:
        return found
    last = day.year if (day.month, day.day) == (12, 31) else day.year - 1
    years = [str(year) for year in range(last - YEARS + 1, last + 1)]
    ended = {(ENDED, "", year): True for year in years if every[ENDED, "", year]}
    # A register that drops what has ended does not know who began in earlier years and is gone.
    began = {(STARTED, "", year): True for year in (years if ended else years[-1:]) if every[STARTED, "", year]}
    return found | began | ended


__all__ = ["ENDED", "FORMS", "PUBLIC", "SIZE", "STARTED", "run"]
