"""Which cells of a table may be published: none with few suppliers, none that one supplier fills."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True)
class Limits:
    """A published cell holds at least `fewest` suppliers, and none with a larger part of it than `dominant`."""

    fewest: int
    dominant: float


class Audience(StrEnum):
    """Who reads the report: people within the institutions, or everybody."""

    INTERNAL = "internal"
    PUBLIC = "public"


NOUGHT = Decimal(0)


@dataclass
class Cell:
    """One cell of a table: the money of each party in it."""

    key: tuple[Hashable, ...]
    parties: dict[str, Decimal] = field(default_factory=dict)

    @property
    def amount(self) -> Decimal:
        """All the money of the cell."""
        return sum(self.parties.values(), NOUGHT)

    @property
    def weight(self) -> Decimal:
        """The cell's size, credits counted as money too."""
        return sum((abs(amount) for amount in self.parties.values()), NOUGHT)


def cells(rows: Iterable[Mapping[str, object]], *columns: str) -> list[Cell]:
    """Rows with `party` and `amount` gathered into cells by the given columns, in order of appearance."""
    found: dict[tuple[Hashable, ...], Cell] = {}
    for row in rows:
        key = tuple(row[column] for column in columns)
        cell = found.setdefault(key, Cell(key))  # type: ignore[arg-type]
        party = str(row["party"])
        cell.parties[party] = cell.parties.get(party, NOUGHT) + row["amount"]  # type: ignore[operator]
    return list(found.values())


@dataclass
class Pile:
    """Cells put together as one, cell by cell."""

    parties: dict[str, Decimal] = field(default_factory=dict)
    whole: Decimal = NOUGHT
    largest: Decimal = NOUGHT

    def add(self, cell: Cell) -> None:
        """Put a cell to the others; credits count as money too."""
        for party, amount in cell.parties.items():
            size = abs(amount)
            self.whole += size
            self.parties[party] = together = self.parties.get(party, NOUGHT) + size
            self.largest = max(self.largest, together)

    def is_safe(self, limits: Limits) -> bool:
        """True where the cells taken together may be published as one."""
        if self.whole == 0:
            return not self.parties
        return len(self.parties) >= limits.fewest and float(self.largest / self.whole) <= limits.dominant


def is_safe(group: Iterable[Cell], limits: Limits) -> bool:
    """True where the cells taken together may be published as one."""
    pile = Pile()
    for cell in group:
        pile.add(cell)
    return pile.is_safe(limits)


def withheld(
    table: Sequence[Cell],
    limits: Limits,
    *margins: Callable[[Cell], Hashable],
    closed: Callable[[Cell], bool] = lambda cell: False,
) -> set[tuple[Hashable, ...]]:
    """Keys of the cells that may not be published in a table whose margins are.

    A margin tells which cells are added up to one published total; without any, all are. `closed`
    cells are hidden whatever they hold, since another table hides them. First the cells that are
    unsafe by themselves go; then, wherever a total would give them away, the smallest of the others
    go with them until what is hidden under each total is itself safe and more than one cell. An
    empty cell hides nothing and stays; one that is alone under a total would be told by it, and is
    no use to hide others behind.
    """
    alone = {cell.key for margin in margins for cell in _alone(table, margin)}
    hidden = {cell.key for cell in table if not is_safe([cell], limits) or (cell.parties and closed(cell))}
    while True:
        before = len(hidden)
        for margin in margins or (lambda cell: None,):
            groups: dict[Hashable, list[Cell]] = defaultdict(list)
            for cell in table:
                groups[margin(cell)].append(cell)
            for group in groups.values():
                _hide_more(group, hidden, limits, alone)
        if len(hidden) == before:
            return hidden


def _alone(table: Sequence[Cell], margin: Callable[[Cell], Hashable]) -> list[Cell]:
    """Cells that are the only ones under their total that are not empty."""
    groups: dict[Hashable, list[Cell]] = defaultdict(list)
    for cell in table:
        if cell.parties:
            groups[margin(cell)].append(cell)
    return [group[0] for group in groups.values() if len(group) == 1]


def _hide_more(
    group: Sequence[Cell],
    hidden: set[tuple[Hashable, ...]],
    limits: Limits,
    alone: set[tuple[Hashable, ...]],
) -> None:
    """Add the smallest cells of a group to those hidden until their sum tells nothing."""
    out = [cell for cell in group if cell.key in hidden]
    if not out:
        return
    others = (cell for cell in group if cell.key not in hidden and cell.key not in alone and cell.parties)
    rest = iter(sorted(others, key=lambda cell: cell.weight))
    pile, number = Pile(), len(out)
    for cell in out:
        pile.add(cell)
    while (number < 2 or not pile.is_safe(limits)) and (smallest := next(rest, None)) is not None:
        pile.add(smallest)
        hidden.add(smallest.key)
        number += 1


def open_ends(ordered: Sequence[Cell], limits: Limits) -> set[int]:
    """Numbers of the cells after which a running total may be published.

    For nested rings: what lies between two published totals, and what is left after the last one,
    must each be safe.
    """
    ends: set[int] = set()
    start = 0
    for number in range(len(ordered)):
        if is_safe(ordered[start : number + 1], limits) and is_safe(ordered[number + 1 :], limits):
            ends.add(number)
            start = number + 1
    return ends
