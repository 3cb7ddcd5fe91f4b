"""Known: the cards of a project as its entries say, board by board, and on an engine to be joined."""

from typing import Any

from bygd.engine import DuckEngine
from bygd.vocabulary import tables
from bygd.vocabulary.ids import make_key
from bygd.vocabulary.planning import CardStanding
from bygd.vocabulary.words import Pillar
from bygd.workbench import entered
from bygd.workbench.project import Project

Row = dict[str, Any]

PILLARS = {word.value: number for number, word in enumerate(Pillar)}
STANDINGS = {word.value: number for number, word in enumerate(CardStanding)}
LAST = 1 << 30
"""Where a card stands that nobody gave a place."""


def key(board: str | None, title: str, origin: str | None = None) -> str:
    """The key of a card: its board, title and origin; case and blanks do not matter.

    The same result of the same circle sent twice is the same card.
    """
    return make_key("card", *(" ".join((part or "").casefold().split()) for part in (board, title, origin)))


def entries(project: Project, card_key: str | None = None) -> list[Row]:
    """Every entry, or those of one card, in the order they count: the last one holds. Raises InputError."""
    where = {} if card_key is None else {"card_key": card_key}
    return entered.entries(project, tables.card_entries, **where)


def current(project: Project, board: str | None = "") -> list[Row]:
    """The cards of a board as rows of `cards`, by pillar, standing and place; of all boards where it is None.

    Raises InputError naming file, line and column where somebody edited the file so that it cannot be read.
    """
    rows = entered.current(project, tables.card_entries, "card_key")
    return sorted((_card(row) for row in rows if board is None or (row["board"] or "") == board), key=_place)


def find(project: Project, card_key: str) -> Row | None:
    """One card, or None where there is none or it was taken off the board."""
    return next((row for row in current(project, None) if row["card_key"] == card_key), None)


def boards(project: Project) -> list[str]:
    """The names of the boards that hold cards, the place's own first."""
    return sorted({"", *(row["board"] or "" for row in current(project, None))})


def history(project: Project, card_key: str) -> list[Row]:
    """The entries of a card, latest first, each with `differs`: the columns that it changed."""
    passed = ("card_key", "entered_by", "entered_at")
    names = [name for name in tables.card_entries.columns() if name not in passed]
    found: list[Row] = []
    before: Row = {}
    for entry in entries(project, card_key):
        found.append({**entry, "differs": [name for name in names if before and entry[name] != before[name]]})
        before = entry
    return found[::-1]


def in_engine(engine: DuckEngine, project: Project) -> None:
    """Register `cards` on an engine, so that it can be joined to a snapshot's tables."""
    engine.register(tables.cards, current(project, None))


def _card(entry: Row) -> Row:
    return {name: entry[name] for name in tables.cards.columns()}


def _place(row: Row) -> tuple[Any, ...]:
    position = LAST if row["position"] is None else row["position"]
    return PILLARS[row["pillar"]], STANDINGS[row["standing"]], position, row["title"].casefold(), row["card_key"]
