"""Layers: what stands on the map by sort of thing, with the hours that nobody uses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bygd.tools.assets.seen import Freshness, Limits, freshness
from bygd.vocabulary.mapping import AssetLayer


@dataclass(frozen=True)
class Layer:
    """One layer: how many items, how many to be looked at again, and unused hours a week of those that are not stale.

    `hours_of` says of how many items hours are known.
    """

    layer: AssetLayer
    count: int
    to_see: int
    hours: Decimal
    hours_of: int


def layers(rows: Iterable[Mapping[str, Any]], today: date, limits: Limits) -> list[Layer]:
    """Every layer in the order of the words, those without items too: an empty layer is a finding."""
    listed = list(rows)
    found = []
    for layer in AssetLayer:
        own = [(row, freshness(row["last_seen"], today, limits)) for row in listed if row["layer"] == layer]
        known = [row["hours_unused"] for row, is_seen in own if row["hours_unused"] and is_seen is not Freshness.STALE]
        to_see = sum(is_seen is not Freshness.FRESH for _, is_seen in own)
        found.append(Layer(layer, len(own), to_see, sum(known, Decimal(0)), len(known)))
    return found
