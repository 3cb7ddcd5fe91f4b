"""Divisions: which areas of an older division became which of a newer one, and with what share of themselves."""

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bygd.sources.errors import InputError
from bygd.sources.files import opening, tabular
from bygd.vocabulary.place_words import Level

COLUMNS = ("level", "old_vintage", "new_vintage", "old", "new", "share", "change", "basis", "source")
REST = "*"
"""Old and new code of the row that says: what is not named stayed the same."""
SLIP = 0.005
"""A pair with less than this share of both its areas is a slip of the pen or of an address, and left out."""
NEAR = 0.001
"""How far the shares of an area may be from one together."""


@dataclass(frozen=True)
class Pair:
    """All or part of an older area lies in a newer one.

    `share` is how much of the older area, None where it is not known; `change` is what the source calls it. A blank
    `old` says that the newer area also has ground whose origin is not told.
    """

    old: str
    new: str
    share: float | None = None
    change: str = ""


@dataclass(frozen=True)
class Correspondence:
    """What one division into areas of a level became in the next.

    With `rest_is_same`, areas that no pair names are the same in both. `basis` says what shares are of (residents,
    addresses); blank where none are stated.
    """

    level: Level
    old_vintage: str
    new_vintage: str
    pairs: tuple[Pair, ...]
    rest_is_same: bool = False
    basis: str = ""
    source: str = ""

    @cached_property
    def into(self) -> Mapping[str, tuple[Pair, ...]]:
        """Pairs by the newer area."""
        return _by(self.pairs, "new")

    @cached_property
    def out_of(self) -> Mapping[str, tuple[Pair, ...]]:
        """Pairs by the older area."""
        return _by([pair for pair in self.pairs if pair.old], "old")

    def origins(self, new: str) -> tuple[Pair, ...]:
        """The pairs that a newer area is made of, whole ones with their share; none where nothing is told of it."""
        if new in self.into:
            return tuple(Pair(one.old, new, self.share(one), one.change) for one in self.into[new])
        if self.rest_is_same and new not in self.out_of:
            return (Pair(new, new, 1.0),)
        return ()

    def share(self, pair: Pair) -> float | None:
        """How much of the older area lies in the newer: as stated, or all where it went nowhere else."""
        if pair.share is not None:
            return pair.share
        return 1.0 if pair.old and len(self.out_of[pair.old]) == 1 else None


def shared(weights: Mapping[tuple[str, str], float]) -> tuple[Pair, ...]:
    """Pairs from what lies in both areas (addresses, residents), by older and newer code; slips are left out.

    The shares of each older area sum to one, so that sums are kept.
    """
    old_sums, new_sums = _sums(weights, 0), _sums(weights, 1)
    kept = {
        (old, new): weight
        for (old, new), weight in weights.items()
        if weight > 0 and not (weight < SLIP * old_sums[old] and weight < SLIP * new_sums[new])
    }
    sums = _sums(kept, 0)
    return tuple(Pair(old, new, weight / sums[old]) for (old, new), weight in sorted(kept.items()))


def check(one: Correspondence, where: str) -> Correspondence:
    """The correspondence, once it is whole. Raises InputError for pairs told twice, or shares that do not make one."""
    seen: set[tuple[str, str]] = set()
    for pair in one.pairs:
        if (pair.old, pair.new) in seen:
            raise InputError("{where} tells twice of {old} and {new}.", where=where, old=pair.old, new=pair.new)
        seen.add((pair.old, pair.new))
    for old, pairs in one.out_of.items():
        stated = [pair.share for pair in pairs if pair.share is not None]
        if stated and (len(stated) < len(pairs) or min(stated) < 0 or abs(sum(stated) - 1) > NEAR):
            raise InputError(
                "{where}: the shares of {code} are {shares}; they must make one together, or be left out.",
                where=where,
                code=old,
                shares=[f"{share:g}" for share in stated],
            )
    if one.old_vintage >= one.new_vintage:
        raise InputError(
            "{where} leads from {old} to {new}; the older division comes first.",
            where=where,
            old=one.old_vintage,
            new=one.new_vintage,
        )
    return one


def write(path: Path, one: Correspondence) -> None:
    """Keep a correspondence as CSV with the columns of `COLUMNS`, one pair a row; written beside, then swapped."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    rest = (Pair(REST, REST, 1.0),) if one.rest_is_same else ()
    with beside.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(COLUMNS)
        for pair in (*rest, *one.pairs):
            share = "" if pair.share is None else f"{pair.share:.6g}"
            writer.writerow(
                (one.level.value, one.old_vintage, one.new_vintage, pair.old, pair.new, share, pair.change, one.basis,
                 one.source)
            )  # fmt: skip
    beside.replace(path)


def read(path: Path) -> Correspondence:
    """A correspondence as `write` keeps it, or as a person made it, CSV or XLSX. Raises InputError, with the line."""
    rows = _rows(path)
    missing = [name for name in ("level", "old_vintage", "new_vintage", "old", "new") if name not in (rows or [{}])[0]]
    if missing:
        raise InputError("{file} lacks the columns {missing}.", file=path.name, missing=missing)
    kinds = {(row["level"], row["old_vintage"], row["new_vintage"]) for row in rows}
    if len(kinds) > 1:
        raise InputError("{file} tells of several divisions. Make a file of each.", file=path.name)
    level, old, new = kinds.pop()
    if level not in list(Level):
        raise InputError(
            "{where} has the level '{text}'. Known: {known}.", where=path.name, text=level, known=list(Level)
        )
    pairs = tuple(_pair(row, f"{path.name}:{row['line']}") for row in rows if row["old"] != REST)
    said = {name: next((row[name] for row in rows if row.get(name)), "") for name in ("basis", "source")}
    rest = any(row["old"] == REST for row in rows)
    found = Correspondence(
        Level(level), old, new, pairs, rest, said["basis"], said["source"]
    )  # fmt: skip
    return check(found, path.name)


def _rows(path: Path) -> list[dict[str, str]]:
    """Rows of the first table of a file by the names in its first row; `line` is where each stands."""
    with opening.opened(path) as parts:
        for part in parts:
            for sheet in tabular.sheets(part, path.name):
                names = [cell.strip() for cell in sheet.head[0]]
                table = sheet.cells(1)
                lines = table.column("row_number").to_pylist()
                cells = [table.column(f"c{place}").to_pylist() for place in range(table.num_columns - 1)]
                filled = [*cells, *([[None] * len(lines)] * (len(names) - len(cells)))]
                return [
                    {**{name: cell or "" for name, cell in zip(names, row, strict=False)}, "line": str(line)}
                    for line, row in zip(lines, zip(*filled, strict=True), strict=True)
                    if any(row)
                ]
    return []


def _pair(row: Mapping[str, str], where: str) -> Pair:
    text = (row.get("share") or "").strip().replace(",", ".")
    try:
        share = float(text) if text else None
    except ValueError:
        raise InputError("{where} has the value '{text}', which is no number.", where=where, text=text) from None
    return Pair(row["old"].strip(), row["new"].strip(), share, (row.get("change") or "").strip())


def _by(pairs: tuple[Pair, ...] | list[Pair], name: str) -> dict[str, tuple[Pair, ...]]:
    found: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        found[getattr(pair, name)].append(pair)
    return {code: tuple(listed) for code, listed in found.items()}


def _sums(weights: Mapping[tuple[str, str], float], side: int) -> dict[str, float]:
    found: dict[str, float] = defaultdict(float)
    for codes, weight in weights.items():
        found[codes[side]] += weight
    return found
