"""Linkage on any engine: the same code runs on DuckDB, or in Spark's tasks on parts of the suppliers.

What the search and the grouping compute with takes half a second to import; it is imported when they run.
"""

from collections.abc import Collection, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bygd.engine import DuckEngine, Engine
from bygd.linkage import dealings, links
from bygd.linkage.options import Options
from bygd.linkage.score import Weights
from bygd.linkage.thresholds import Thresholds
from bygd.sources.conventions import Conventions
from bygd.vocabulary import tables

if TYPE_CHECKING:
    from bygd.linkage.groups import Grouping
    from bygd.linkage.store import Index

REGISTER = (tables.organisations, tables.organisation_names, tables.dealings, tables.successions)
RESOLVED_FROM = (
    tables.suppliers,
    tables.organisations,
    tables.link_candidates,
    tables.link_decisions,
    tables.supplier_groups,
    tables.successions,
    tables.workplaces,
    tables.dealings,
)


def group(engine: Engine, conventions: Conventions) -> "Grouping":
    """Read suppliers and remembered_suppliers; write supplier_groups. See `groups.group`."""
    reads = (tables.suppliers, tables.remembered_suppliers)
    return engine.locally(partial(_group, conventions), reads=reads, writes=tables.supplier_groups)


def deal(engine: Engine) -> None:
    """Read payments; write dealings: the days and purchases that `propose` and `resolve` look at."""
    dealings.deal(engine)


def propose(
    engine: Engine,
    conventions: Conventions,
    options: Options | None = None,
    index_folder: Path | None = None,
    weights: Weights | None = None,
    held: "Index | None" = None,
    register: str = "",
) -> None:
    """Read suppliers, dealings, organisations, organisation_names, successions; write link_candidates. See
    `candidates.propose`.

    Each supplier is looked for by itself, so Spark's tasks share the suppliers out and the register's
    index, which is made once; they must reach `index_folder`, or else the system's folder for passing files.
    With an index that is `held`, given by `open_index` for this DuckDB, only the search itself is done.
    """
    if held is not None:
        assert isinstance(engine, DuckEngine), "an index is held by the engine it was opened in"
        _propose(conventions, options, weights, register, engine, index_folder, held)
        return
    step = partial(_propose, conventions, options, weights, register)
    engine.locally(step, reads=REGISTER, writes=tables.link_candidates, each=tables.suppliers, kept=index_folder)


def open_index(engine: DuckEngine, conventions: Conventions, index_folder: Path | None = None) -> "Index":
    """The index of the register in that engine, to hold between searches. See `store.open_index`."""
    from bygd.linkage import store

    return store.open_index(engine, conventions, index_folder)


def learn(
    engine: DuckEngine,
    conventions: Conventions,
    truth: Mapping[str, Collection[str]],
    made_from: str,
    prior: Weights | None = None,
    index_folder: Path | None = None,
) -> Weights:
    """Weights learned from suppliers whose organisation is known. See `train.learn`."""
    from bygd.linkage import train

    return train.learn(engine, conventions, truth, made_from, prior, index_folder)


def resolve(engine: Engine, thresholds: Thresholds | None = None, conventions: Conventions | None = None) -> None:
    """Read candidates and decisions; write links. See `links.resolve`.

    Groups and decisions tie suppliers together, so this is done in one piece, where the driver is.
    """
    engine.locally(partial(_resolve, thresholds, conventions), reads=RESOLVED_FROM, writes=tables.links)


def _group(conventions: Conventions, engine: DuckEngine, kept: Path | None) -> "Grouping":
    from bygd.linkage import groups

    return groups.group(engine, conventions)


def _propose(
    conventions: Conventions,
    options: Options | None,
    weights: Weights | None,
    register: str,
    engine: DuckEngine,
    kept: Path | None,
    held: "Index | None" = None,
) -> None:
    from bygd.linkage import candidates

    candidates.propose(engine, conventions, options, kept, weights, held, register)


def _resolve(
    thresholds: Thresholds | None, conventions: Conventions | None, engine: DuckEngine, kept: Path | None
) -> None:
    links.resolve(engine, thresholds, conventions)
