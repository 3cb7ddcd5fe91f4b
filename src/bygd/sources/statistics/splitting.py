"""Splitting: a selection too large for one call becomes several that together are the same cells."""

from collections.abc import Callable, Mapping, Sequence
from math import prod

from bygd.sources.errors import InputError

Selection = Mapping[str, tuple[str, ...]]


def cells(selection: Selection) -> int:
    """How many cells a selection has."""
    return prod(len(codes) for codes in selection.values())


def split(
    selection: Selection, most_cells: int, length: Callable[[Selection], int], longest: int
) -> list[dict[str, tuple[str, ...]]]:
    """Parts of the selection, each within the limit of cells and of the address's length, none twice.

    The variable with most codes is halved until all parts fit. Raises InputError where a single cell does not fit.
    """
    waiting, done = [dict(selection)], []
    while waiting:
        part = waiting.pop()
        if cells(part) <= most_cells and length(part) <= longest:
            done.append(part)
            continue
        name = max(part, key=lambda one: len(part[one]))
        codes = part[name]
        if len(codes) < 2:
            raise InputError("A selection of one cell is too long to be asked: {text}.", text=str(part)[:200])
        middle = len(codes) // 2
        waiting += [{**part, name: codes[middle:]}, {**part, name: codes[:middle]}]
    if sum(map(cells, done)) != cells(selection):
        raise AssertionError("parts of a selection are not the selection")
    return done


def chunks(codes: Sequence[str], most: int) -> list[tuple[str, ...]]:
    """The codes in lists of at most so many."""
    return [tuple(codes[start : start + most]) for start in range(0, len(codes), most)]
