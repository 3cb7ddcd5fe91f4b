"""Network: who works with whom, who bridges, who stands alone, and which sorts are missing.

Betweenness as in Freeman (1977), computed after Brandes (2001) by networkx: of all shortest ways between two others,
the share that passes through somebody. A tie counts once, whatever its kind and direction.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bygd.vocabulary.mapping import AssetLayer, OrganisationSort, RelationKind

ENOUGH = 3
"""With fewer in a group nobody can stand between two others."""


@dataclass(frozen=True)
class Member:
    """One organisation in the network, with where it is drawn (both from 0 to 1).

    `betweenness` is from 0 to 1 within the whole network. `is_bridge`: without it some would no longer
    reach each other.
    """

    key: str
    name: str
    sort: OrganisationSort | None
    ties: int
    betweenness: float
    is_bridge: bool
    group: int
    x: float
    y: float


@dataclass(frozen=True)
class Tie:
    """Two organisations and how they are tied."""

    first: str
    second: str
    kinds: tuple[RelationKind, ...]


@dataclass(frozen=True)
class Network:
    """Members, those who bridge most first; ties; and what is missing.

    `groups` are sets that no tie joins, largest first, those of one left out. `alone` have no tie at all. `missing` are
    sorts of which nobody stands on the map; `apart` pairs of sorts that are both there and have no tie between them.
    """

    members: tuple[Member, ...]
    ties: tuple[Tie, ...]
    groups: tuple[frozenset[str], ...]
    alone: tuple[Member, ...]
    missing: tuple[OrganisationSort, ...]
    apart: tuple[tuple[OrganisationSort, OrganisationSort], ...]

    @property
    def bridges(self) -> tuple[Member, ...]:
        """Those who stand between others, most first."""
        return tuple(one for one in self.members if one.betweenness > 0)


def network(assets: Iterable[Mapping[str, Any]], relations: Iterable[Mapping[str, Any]]) -> Network:
    """The network of the organisations among the assets; relations of others are passed over."""
    import networkx as nx  # slow to come, and seldom asked for

    rows = {row["asset_key"]: row for row in assets if row["layer"] == AssetLayer.ORGANISATION}
    graph = nx.Graph()
    graph.add_nodes_from(sorted(rows))
    kinds: dict[tuple[str, str], set[RelationKind]] = {}
    for one in relations:
        first, second = sorted((one["from_key"], one["to_key"]))
        if first != second and first in rows and second in rows:
            kinds.setdefault((first, second), set()).add(RelationKind(one["kind"]))
    graph.add_edges_from(sorted(kinds))
    between = nx.betweenness_centrality(graph) if len(graph) >= ENOUGH else dict.fromkeys(graph, 0.0)
    cuts = set(nx.articulation_points(graph))
    groups = sorted((frozenset(part) for part in nx.connected_components(graph)), key=lambda one: (-len(one), min(one)))
    number = {key: place for place, part in enumerate(groups) for key in part}
    where = _laid_out(graph, groups)
    members = [
        Member(
            key, row["name"], OrganisationSort(row["sort"]) if row["sort"] else None, graph.degree(key),
            round(float(between[key]), 4), key in cuts, number[key], *where[key],
        )
        for key, row in rows.items()
    ]  # fmt: skip
    members.sort(key=lambda one: (-one.betweenness, -one.ties, one.name.casefold(), one.key))
    sorts = {one.key: one.sort for one in members}
    there = [sort for sort in OrganisationSort if sort in sorts.values()]
    met = {frozenset((sorts[first], sorts[second])) for first, second in kinds}
    return Network(
        tuple(members),
        tuple(Tie(first, second, tuple(sorted(said))) for (first, second), said in sorted(kinds.items())),
        tuple(part for part in groups if len(part) > 1),
        tuple(one for one in members if not one.ties),
        tuple(sort for sort in OrganisationSort if sort not in there),
        tuple(
            (first, second)
            for place, first in enumerate(there)
            for second in there[place + 1 :]
            if frozenset((first, second)) not in met
        ),
    )


def _laid_out(graph: Any, groups: list[frozenset[str]]) -> dict[str, tuple[float, float]]:
    """Where each is drawn: groups side by side by their size, those alone in a row below; the same every time."""
    import networkx as nx

    tied = [part for part in groups if len(part) > 1]
    alone = sorted(key for part in groups if len(part) == 1 for key in part)
    found: dict[str, tuple[float, float]] = {}
    floor = 0.22 if tied and alone else 0.05
    whole, left = sum(len(part) for part in tied), 0.0
    for part in tied:
        share = len(part) / whole
        own = graph.subgraph(sorted(part))
        # A circle at the start, so that the picture does not hang on chance.
        drawn = nx.kamada_kawai_layout(own, pos=nx.circular_layout(own))
        xs, ys = [float(at[0]) for at in drawn.values()], [float(at[1]) for at in drawn.values()]
        for key, (x, y) in drawn.items():
            found[key] = (
                round(left + share * (0.08 + 0.84 * _within(float(x), xs)), 4),
                round(floor + (0.95 - floor) * _within(float(y), ys), 4),
            )
        left += share
    for place, key in enumerate(alone):
        found[key] = (round((place + 0.5) / len(alone), 4), 0.05 if tied else 0.5)
    return found


def _within(value: float, values: list[float]) -> float:
    low, high = min(values), max(values)
    return 0.5 if high - low < 1e-9 else (value - low) / (high - low)
