"""Searching: candidates for suppliers at hand, on the register's open index where linkage lets it be held."""

from collections.abc import Mapping, Sequence
from typing import Any

from bygd import linkage
from bygd.linkage.options import Options
from bygd.vocabulary import tables
from bygd.workbench.reconciliation.register import Register


def propose(register: Register, suppliers: Sequence[Mapping[str, Any]], options: Options) -> None:
    """Register the suppliers and write `link_candidates`, as `linkage.propose` does. Hold the register's lock."""
    register.engine.register(tables.suppliers, suppliers)
    if "index" not in register.held:
        register.held["index"] = _open(register)
    index = register.held["index"]
    if index is None:
        linkage.propose(register.engine, register.conventions, options, register.index)
    else:
        index.propose(register.engine, register.conventions, options)


def _open(register: Register) -> Any:
    """The index, held open; None where the search has changed so that it cannot be: then each batch opens it."""
    try:
        from bygd.workbench.reconciliation.held_index import HeldIndex
    except ImportError:
        return None
    return HeldIndex.open(register.engine, register.conventions, register.index)
