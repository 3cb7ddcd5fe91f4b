"""Section: what one part of the report holds, before it becomes a page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bygd.reports.grid import Grid
from bygd.vocabulary.figures import Figure


@dataclass(frozen=True)
class Picture:
    """One chart in two widths: for pages and paper, and for small screens.

    Each is a Vega-Lite dict, or marks with a view box, title and description.
    """

    name: str
    wide: dict[str, Any]
    narrow: dict[str, Any]


@dataclass(frozen=True)
class Section:
    """One question and its answer. `intro` are whole sentences; `notes` stand below the tables."""

    id: str
    title: str
    intro: Sequence[str] = ()
    pictures: Sequence[Picture] = ()
    grids: Sequence[Grid] = ()
    notes: Sequence[str] = ()
    figures: Sequence[Figure] = field(default=())
