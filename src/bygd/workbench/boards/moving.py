"""Moving: a card put into another field of the board, before another card there or at the end."""

from typing import Any

from bygd.sources.errors import InputError
from bygd.tools.boards import Tradition
from bygd.workbench.boards.known import Row, current, find
from bygd.workbench.project import Project

STEP = 1 << 10
"""Room between two cards, so that most moves change one card alone."""


def moved(
    project: Project, card_key: str, standing: str, tradition: Tradition, heading: str = "", *,
    before: str = "", why: str | None = None,
) -> list[dict[str, Any]]:  # fmt: skip
    """The changes, for `enter`, that put a card under a heading of a tradition and into a column.

    Without a heading it stays under its own. Under one that belongs to its pillar already the pillar stays. Raises
    InputError where there is no such card or heading.
    """
    card = find(project, card_key)
    if card is None:
        raise InputError("There is no card {key}.", key=card_key)
    change: dict[str, Any] = {"card_key": card_key, "standing": standing, **({} if why is None else {"why": why})}
    own = tradition.heading(card)
    if heading and (own is None or own.id != heading):
        change |= _under(card, tradition, heading)
    after = {**card, **change}
    there = [
        row
        for row in current(project, card["board"] or "")
        if row["card_key"] != card_key and row["standing"] == standing
        and tradition.heading(row) is tradition.heading(after)
    ]  # fmt: skip
    place = next((number for number, row in enumerate(there) if row["card_key"] == before), len(there))
    return _placed([*there[:place], after, *there[place:]], change, place)


def _under(card: Row, tradition: Tradition, heading: str) -> dict[str, Any]:
    pillar = tradition.pillar(heading)
    belongs = next(one for one in tradition.headings if one.id == heading).pillars
    kept = [one for one in (card["headings"] or "").split() if not one.startswith(f"{tradition.id}:")]
    change: dict[str, Any] = {} if pillar is None or card["pillar"] in belongs else {"pillar": pillar.value}
    leads = next((one.id for one in tradition.headings if change.get("pillar", card["pillar"]) in one.takes), None)
    # Said only where the pillar does not lead there by itself.
    named = kept if leads == heading else [*kept, f"{tradition.id}:{heading}"]
    return {**change, "headings": " ".join(named) or None}


def _placed(row: list[dict[str, Any]], change: dict[str, Any], place: int) -> list[dict[str, Any]]:
    """The change with a position between its neighbours; where there is no room all of the field are placed anew."""
    if len(row) == 1:
        return [change]
    low = row[place - 1]["position"] if place else None
    high = row[place + 1]["position"] if place + 1 < len(row) else None
    if place and low is not None and place + 1 == len(row):
        return [{**change, "position": low + STEP}]
    if not place and high is not None:
        return [{**change, "position": high - STEP}]
    if low is not None and high is not None and high - low > 1:
        return [{**change, "position": (low + high) // 2}]
    return [
        {**(change if number == place else {"card_key": one["card_key"]}), "position": (number + 1) * STEP}
        for number, one in enumerate(row)
    ]
