"""Searching: candidates for suppliers at hand, on the register's open index."""

from collections.abc import Mapping, Sequence
from typing import Any

from bygd import linkage
from bygd.linkage.options import Options
from bygd.vocabulary import tables
from bygd.workbench.reconciliation.register import Register


def propose(register: Register, suppliers: Sequence[Mapping[str, Any]], options: Options) -> None:
    """Register the suppliers and write `link_candidates`, as `linkage.propose` does. Hold the register's lock.

    The index is opened once and held, so that a batch costs its own search and no more.
    """
    register.engine.register(tables.suppliers, suppliers)
    if "index" not in register.held:
        register.held["index"] = _open(register)
    held = register.held["index"]
    linkage.propose(register.engine, register.conventions, options, register.index, register.weights, held)


def _open(register: Register) -> Any:
    """The index, with the names that go with it in memory: on disk each batch would read them again."""
    from bygd.linkage.store import KEPT

    index = linkage.open_index(register.engine, register.conventions, register.index)
    for relation in KEPT:
        register.engine.sql("register_read", f"FROM {relation}")
        register.engine.forget(relation)
        register.engine.execute(f"ALTER TABLE register_read RENAME TO {relation}")
    return index
