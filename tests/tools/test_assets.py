"""How fresh an item is, what layers come to, and who bridges, stands alone and is missing in a network."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bygd.tools.assets import Freshness, Limits, freshness, layers, network
from bygd.vocabulary.mapping import AssetLayer, OrganisationSort

TODAY = date(2026, 3, 31)
LIMITS = Limits(12, 24)


@pytest.mark.parametrize(
    ("seen", "found"),
    [
        (date(2026, 4, 2), Freshness.FRESH),
        (date(2025, 4, 1), Freshness.FRESH),
        (date(2025, 3, 31), Freshness.AGEING),
        (date(2024, 4, 1), Freshness.AGEING),
        (date(2024, 3, 31), Freshness.STALE),
        (None, Freshness.NEVER),
    ],
)
def test_an_item_ages_by_whole_months(seen: date | None, found: Freshness) -> None:
    assert freshness(seen, TODAY, LIMITS) is found


def test_hours_of_what_is_out_of_date_are_not_counted() -> None:
    rows = [
        {"layer": "premises", "last_seen": TODAY, "hours_unused": Decimal(30)},
        {"layer": "premises", "last_seen": date(2020, 1, 1), "hours_unused": Decimal(100)},
        {"layer": "premises", "last_seen": TODAY, "hours_unused": None},
    ]
    found = {one.layer: one for one in layers(rows, TODAY, LIMITS)}
    assert list(found) == list(AssetLayer), "an empty layer is a finding"
    own = found[AssetLayer.PREMISES]
    assert (own.count, own.to_see, own.hours, own.hours_of) == (3, 1, Decimal(30), 1)
    assert found[AssetLayer.LAND].count == 0


def organisation(key: str, sort: str | None = "firm") -> dict[str, Any]:
    return {"asset_key": key, "layer": "organisation", "name": key.upper(), "sort": sort}


def tie(first: str, second: str, kind: str = "works_with") -> dict[str, str]:
    return {"from_key": first, "kind": kind, "to_key": second}


def test_whoever_joins_two_groups_bridges() -> None:
    """Two triangles joined by b–d: known by hand, betweenness of b and d 6 of 10 pairs each."""
    members = [organisation(key) for key in "abcdef"]
    ties = [tie(*pair) for pair in ("ab", "bc", "ca", "bd", "de", "ef", "fd")]
    found = network(members, ties)
    assert [one.key for one in found.bridges] == ["b", "d"]
    assert [one.betweenness for one in found.bridges] == [0.6, 0.6]
    assert all(one.is_bridge for one in found.bridges)
    assert len(found.groups) == 1 and not found.alone


def test_ties_both_ways_and_of_many_kinds_count_once() -> None:
    ties = [tie("a", "b"), tie("b", "a", "buys_from"), tie("a", "a"), tie("a", "gone")]
    found = network([organisation("a"), organisation("b")], ties)
    assert [one.ties for one in found.members] == [1, 1]
    assert len(found.ties) == 1 and len(found.ties[0].kinds) == 2


def test_who_is_missing_and_who_is_apart() -> None:
    found = network(
        [organisation("a", "anchor"), organisation("b", "association"), organisation("c", "firm")], [tie("a", "c")]
    )
    assert [one.key for one in found.alone] == ["b"]
    assert OrganisationSort.COOPERATIVE in found.missing and OrganisationSort.ANCHOR not in found.missing
    assert (OrganisationSort.ANCHOR, OrganisationSort.ASSOCIATION) in found.apart
    assert (OrganisationSort.ANCHOR, OrganisationSort.FIRM) not in found.apart


@pytest.mark.parametrize("size", [0, 1, 2, 60])
def test_networks_of_any_size_are_drawn_within_the_picture_and_the_same_again(size: int) -> None:
    members = [organisation(f"k{number}") for number in range(size)]
    ties = [tie(f"k{number}", f"k{number // 2}") for number in range(1, size * 2 // 3)]
    found = network(members, ties)
    assert all(0 <= one.x <= 1 and 0 <= one.y <= 1 for one in found.members)
    assert found == network(list(reversed(members)), list(reversed(ties)))
