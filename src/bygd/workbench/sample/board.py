"""The board of the sample place: what its study circle and officers put up, as rows of `card_entries`."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from bygd.countries.pack import read_yaml
from bygd.workbench.boards.entering import NEW
from bygd.workbench.boards.known import key

FILE = Path(__file__).with_name("board.yaml")
CURRENCY = "SEK"


def make() -> list[dict[str, Any]]:
    """The entries, always the same, a minute apart; the last one moves a card, so that there is a history."""
    told = read_yaml(FILE)
    entries = []
    for place, card in enumerate(told["cards"]):
        cost = Decimal(card["cost"]) if "cost" in card else None
        row = {**NEW, **card, "cost": cost, "currency": CURRENCY if cost else None, "card_key": key("", card["title"])}
        entries.append({**row, "entered_by": told["by"], "entered_at": told["at"] + timedelta(minutes=place)})
    first = next(row for row in entries if row["in_plan"])
    entries[entries.index(first)] = {**first, "standing": "idea", "in_plan": False, "state": "not_begun"}
    return [*entries, {**first, "entered_at": told["at"] + timedelta(days=30)}]
