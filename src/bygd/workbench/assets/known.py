"""Known: the assets of a project and who works with whom, as the latest entries say."""

from datetime import date
from typing import Any

from bygd.countries import Country
from bygd.tools.assets import Limits, Network, network
from bygd.vocabulary import tables
from bygd.vocabulary.ids import make_key
from bygd.vocabulary.mapping import AssetLayer
from bygd.workbench import entered
from bygd.workbench.entered import Row
from bygd.workbench.project import Project

ASSET, RELATION = "asset_key", "relation_key"
NOT_SAID = ("asset_key", "withdrawn", "entered_by", "entered_at")
KEPT = tuple(name for name in tables.asset_entries.columns() if name not in NOT_SAID)
"""What somebody says of an asset."""


def key(layer: str, name: str, place_name: str | None) -> str:
    """The key of an asset: its layer, name and place; case and blanks do not matter."""
    return make_key("asset", *(" ".join((part or "").casefold().split()) for part in (layer, name, place_name)))


def relation_key(first: str, kind: str, second: str) -> str:
    """The key of a relation."""
    return make_key("relation", first, kind, second)


def assets(project: Project) -> list[Row]:
    """The assets that are on the map, by layer and name. Raises InputError where the file is spoilt."""
    rows = entered.current(project, tables.asset_entries, ASSET)
    order = [layer.value for layer in AssetLayer]
    return sorted(rows, key=lambda row: (order.index(row["layer"]), row["name"].casefold(), row["asset_key"]))


def relations(project: Project) -> list[Row]:
    """The relations that stand, in the order they were entered."""
    return entered.current(project, tables.relation_entries, RELATION)


def of_project(project: Project) -> Network:
    """Who works with whom in the place."""
    return network(assets(project), relations(project))


def limits(country: Country, on: date) -> Limits:
    """After how many months an item is to be looked at again, by the values that hold on a day."""
    rules: dict[str, Any] = country.rule("mapping")
    fresh, stale = rules["months_fresh"].on(on), rules["months_stale"].on(on)
    default = Limits()
    return Limits(int(fresh.value) if fresh else default.fresh, int(stale.value) if stale else default.stale)
