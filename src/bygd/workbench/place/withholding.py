"""Withholding: what could tell of a person is taken out at one place, before any page, file, print or card sees it.

Own counts are emptied as they are read, own shares and villages as they are made; everything else is told from those.
What an official source published about an area is its own to withhold, and stands. Method: docs/method/place.md
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bygd.tools import place as tool
from bygd.tools.place.chance import FEWEST, cases
from bygd.vocabulary.place_words import Unit, ValueStatus
from bygd.vocabulary.said import N_, Said

if TYPE_CHECKING:
    from bygd.workbench.place.made import Reading

OWN = "world/own_statistics"
PEOPLE = (Unit.PERSONS.value, Unit.HOUSEHOLDS.value)
NUMBER = ("what", "number")
"""The part of a distribution that counts people, whatever the unit of the rest is."""
FEW = N_("It tells of so few people that one of them could be recognised, and is withheld.")
UNKNOWN = N_("Of how many people it is told is not known, and it is withheld. Say it with the part what=number.")
Key = tuple[str, str, str, str, frozenset[tuple[str, str]]]


@dataclass(frozen=True)
class Group:
    """Counts that make up a whole. `is_whole_known` where somebody knows it though no row says it."""

    members: tuple[Key, ...]
    whole: Key | None
    is_whole_known: bool
    of_areas: bool


def withhold(rows: Iterable[dict[str, Any]], parents: Mapping[str, str]) -> int:
    """Empty own counts that tell of so few people that one could be recognised; gives how many were emptied.

    Beside each as many others are emptied, the smallest first, as keep it from being had by subtracting: of the parts
    of a count (ages, sexes), and of the areas within another (`parents`, by area), what is withheld together is two
    counts or more, and no fewer than five people. `rows` are of `statistics`, and are changed.
    """
    counts = {_key(row): row for row in rows if row["unit"] in PEOPLE or NUMBER in _parts(row["breakdown"])}
    values = {key: row["value"] for key, row in counts.items() if row["value"] is not None}
    silent = {key for key, row in counts.items() if row["value"] is None and row["status"] in _SILENT}
    hidden = {key for key, value in values.items() if tool.is_disclosing(value, Unit.PERSONS)}
    groups = [*_of_parts(counts), *_of_areas(counts, parents)]
    while more := {found for group in groups if (found := _beside(group, values, hidden, silent)) is not None}:
        hidden |= more
    for key in hidden:
        counts[key].update(value=None, status=ValueStatus.WITHHELD.value)
    return len(hidden)


def of_villages(rows: Iterable[dict[str, Any]], parts: Mapping[str, Collection[str]]) -> int:
    """Empty own counts of villages beside a part of theirs that is withheld, which could be had by subtracting.

    Gives how many were emptied. `parts` are the areas of each village; to be asked after `withhold`.
    """
    counts = [row for row in rows if row["unit"] in PEOPLE or NUMBER in _parts(row["breakdown"])]
    silent = {(row["area_id"], *_when(row)) for row in counts if row["value"] is None and row["status"] in _SILENT}
    emptied = [
        row
        for row in counts
        if row["value"] is not None and any((part, *_when(row)) in silent for part in parts.get(row["area_id"], ()))
    ]
    for row in emptied:
        row.update(value=None, status=ValueStatus.WITHHELD.value)
    return len(emptied)


def told(read: "Reading", unit: Unit, base: float | None = None, whole: float | None = None) -> "Reading":
    """The reading as it may be told: withheld where it, or the least it can be, tells of so few people.

    `base` is what a share or rate is of, `whole` the count of a larger place that stands beside it.
    """
    least = read.low if read.value is None else read.value
    return _emptied(read, FEW) if tool.is_disclosing(least, unit, base, whole) else read


def shares(reads: Mapping[str, "Reading"], numbers: Mapping[str, float | None], unit: Unit) -> dict[str, "Reading"]:
    """Own shares or rates of an area at one time, by part and blank for all, as they may be told.

    `numbers` says of how many people each is. Withheld are those that tell of so few, parts of a number that nobody
    knows, and beside them as many as keep a part from being had from the others, as of counts.
    """
    rows: dict[str, dict[str, Any]] = {}
    for part, read in reads.items():
        number, value, status = numbers.get(part), read.value, read.status.value
        if value is None or (number is None and value and not part):
            rows[part] = _row(part, None, status)
        elif value and (number is None or tool.is_disclosing(value, unit, number)):
            rows[part] = _row(part, None, ValueStatus.WITHHELD.value)
        else:
            rows[part] = _row(part, float(round(cases(value, unit, number) or 0.0)), status)
    withhold(rows.values(), {})
    return {
        part: read
        if read.value is None or rows[part]["status"] != ValueStatus.WITHHELD.value
        else _emptied(read, UNKNOWN if numbers.get(part) is None else FEW)
        for part, read in reads.items()
    }


def number_of(breakdown: str) -> str:
    """The part that says how many people a part is of, as own files name it, with its names in order."""
    return ordered(";".join(["=".join(NUMBER), breakdown]))


def ordered(breakdown: str) -> str:
    """The same part with its names in order, so that it is found however somebody wrote it."""
    return ";".join("=".join(part) for part in sorted(_parts(breakdown)))


def is_number(breakdown: str) -> bool:
    """Whether a part says how many people there are, and no share of them."""
    return NUMBER in _parts(breakdown)


def _emptied(read: "Reading", why: str) -> "Reading":
    warnings = (*read.warnings, Said(why))
    return replace(read, value=None, low=None, high=None, status=ValueStatus.WITHHELD, warnings=warnings)


def _row(part: str, value: float | None, status: str) -> dict[str, Any]:
    """A share as the count it comes to, as `withhold` reads it."""
    unit = Unit.PERSONS.value
    return {"area_id": "", "vintage": "", "indicator": "", "period": "", "breakdown": part, "value": value,
            "status": status, "unit": unit}  # fmt: skip


_SILENT = (ValueStatus.SUPPRESSED.value, ValueStatus.WITHHELD.value)


def _beside(group: Group, values: Mapping[Key, float], hidden: set[Key], silent: set[Key]) -> Key | None:
    """The count that must be withheld too, so that none of a group can be had by subtracting; None where none can."""
    out = [key for key in group.members if key in hidden or key in silent]
    shown = [key for key in group.members if key in values and key not in hidden]
    whole = values.get(group.whole) if group.whole is not None and group.whole not in hidden else None
    if whole is None and not group.is_whole_known:
        return None
    if whole is not None:
        rest: float | None = whole - sum(values[key] for key in shown)
    else:
        rest = None if any(key in silent for key in out) else sum(values[key] for key in out)
    is_few = rest is not None and 0 < rest < FEWEST and (bool(out) or group.of_areas)
    if not (len(out) == 1 or is_few):
        return None
    return min((key for key in shown if values[key] > 0), key=lambda key: (values[key], _order(key)), default=None)


def _of_parts(counts: Mapping[Key, Any]) -> Iterator[Group]:
    """The parts of each count: all told by the same dimensions, and along each of them, such as the sexes of an age.

    What all parts come to is taken as known, since somebody can add another set of parts.
    """
    lines: dict[tuple[Key, str], list[Key]] = {}
    sets: dict[tuple[Key, frozenset[str]], list[Key]] = {}
    for key in counts:
        parts = key[4] - {NUMBER}
        for name, value in parts:
            lines.setdefault(((*key[:4], key[4] - {(name, value)}), name), []).append(key)
        if parts:
            everything: Key = (*key[:4], key[4] - parts)
            sets.setdefault((everything, frozenset(name for name, _ in parts)), []).append(key)
    for (whole, _name), members in lines.items():
        if whole in counts:
            yield Group(tuple(members), whole, True, False)
    for (whole, _names), members in sets.items():
        yield Group(tuple(members), whole if whole in counts else None, True, False)


def _of_areas(counts: Mapping[Key, Any], parents: Mapping[str, str]) -> Iterator[Group]:
    """The counts of areas within the same other, which are told of the same division, period and part."""
    wholes = {(key[0], *key[2:]): key for key in counts}
    found: dict[Key, list[Key]] = {}
    for key in counts:
        if parent := parents.get(key[0]):
            found.setdefault((parent, *key[1:]), []).append(key)
    for within, members in found.items():
        yield Group(tuple(members), wholes.get((within[0], *within[2:])), False, True)


def _key(row: Mapping[str, Any]) -> Key:
    return (row["area_id"], row["vintage"], row["indicator"], row["period"], frozenset(_parts(row["breakdown"])))


def _when(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """What is counted, and when, whatever the area."""
    return (row["indicator"], row["period"], frozenset(_parts(row["breakdown"])))


def _parts(breakdown: str) -> Sequence[tuple[str, str]]:
    return [(name, value) for name, _, value in (part.partition("=") for part in breakdown.split(";")) if name]


def _order(key: Key) -> tuple[Any, ...]:
    return (*key[:4], sorted(key[4]))
