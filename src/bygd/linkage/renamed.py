"""Names that whole federations and chains changed: a supplier is looked for under the other one, too."""

from collections.abc import Iterator

from bygd.linkage.names import cleaned, fold
from bygd.sources.conventions import Conventions

RENAMED = "renamed"
"""The variant of a supplier's name that has the other name in it."""


def renamed(relation: str, place: int, conventions: Conventions) -> str:
    """SQL: (supplier_key, place, variant, name), names of a relation in which one of the country's `renamed` stands.

    A member may be in the ledger under the old name and in the register under the new one, or the other way round. Of
    names within one another (*Citizens Advice Bureau*, *Citizens Advice*) the longest is replaced.
    """
    pairs = [f"(' {one} ', ' {other} ')" for one, other in _pairs(conventions)]
    known = ", ".join(pairs or ["(CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR))"])
    return f"""
        SELECT supplier_key, {place} AS place, '{RENAMED}' AS variant, replace(spoken, one, other) AS name
        FROM (SELECT supplier_key, {cleaned("name")} || ' ' AS spoken FROM {relation})
        JOIN (VALUES {known}) AS known (one, other) ON contains(spoken, one)
        QUALIFY length(one) = max(length(one)) OVER (PARTITION BY supplier_key)
    """


def _pairs(conventions: Conventions) -> Iterator[tuple[str, str]]:
    for old, new in conventions.renamed.items():
        yield fold(old), fold(new)
        yield fold(new), fold(old)
