"""What may be published: which figures of a public report are withheld, so that no supplier is given away."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from bygd.reports.privacy import FEWEST, Cell, cells, is_safe, open_ends, withheld
from bygd.reports.subject import RINGS, Subject
from bygd.sources.errors import InputError
from bygd.tools.spend.selection import CLASSES
from bygd.vocabulary.words import LocalBy, OwnershipKind, Ring

PARTIES = """
    SELECT party, {class_} AS class, SUM(amount) AS amount FROM spend
    WHERE currency = ? AND {where} GROUP BY party, {class_}
"""


def publishable(subject: Subject) -> Subject:
    """The subject with the pool's figures only, and with the ids of those that must be withheld.

    Institutions' own figures are left out: beside the pool's they would give away too much. Raises
    InputError where all purchases together rest on too few suppliers.
    """
    everything = _cells(subject, "''")
    if not is_safe(everything):
        raise InputError(
            f"A public report needs purchases from at least {FEWEST} suppliers of which none dominates. "
            "Write the internal report, or add ledgers."
        )
    hidden = {
        *_of_shares(subject),
        *_of_ownership(subject),
        *_of_excluded(subject),
        *_of_concentration(subject, everything),
        *_of_two(subject, CLASSES["deprived"], "spend.deprived_share"),
        *_of_two(subject, "state = 'linked'", "spend.linked_share"),
        *_of_two(subject, CLASSES["doubt"], "spend.doubtful"),
    }
    figures = [figure for figure in subject.figures if figure.anchor is None]
    hidden |= {figure.id for figure in figures if figure.id.startswith("spend.other_currency.")}
    shown = [
        replace(figure, value=None, low=None, high=None, coverage=None) if figure.id in hidden else figure
        for figure in figures
    ]
    return replace(subject, figures=shown, withheld=frozenset(hidden))


def _of_shares(subject: Subject) -> Iterable[str]:
    """Local shares, leakage and their changes: nested rings may not tell what one ring holds."""
    anchors = {row["anchor"] for row in subject.engine.rows("SELECT DISTINCT anchor FROM spend WHERE is_procurement")}
    for by in LocalBy:
        by_ring = {str(cell.key[0]): cell for cell in _cells(subject, f"{by}_ring")}
        hidden = {str(key[0]) for key in withheld(list(by_ring.values()))}
        ordered = [by_ring[ring] if ring in hidden else Cell((ring,)) for ring in RINGS]
        ends = {RINGS[number] for number in open_ends(ordered)} if Ring.UNKNOWN not in hidden else set()
        for ring in RINGS:
            if ring not in ends:
                yield f"spend.local_share.{by}.{ring}"
                yield f"spend.leakage.{by}.{ring}"
            if ring not in ends or len(anchors) < FEWEST:
                yield f"spend.mean_local_share.{by}.{ring}"
            if ring not in ends or any(part.is_withheld for part in by_year(subject, by, ring)):
                yield f"spend.change.local_share.{by}.{ring}"


def by_year(subject: Subject, by: LocalBy, within: Ring) -> list[Any]:
    """Purchases inside, outside and nobody knows where, by year."""
    inside = ", ".join(f"'{ring}'" for ring in RINGS[: RINGS.index(within) + 1])
    where = f"CASE WHEN {by}_ring IN ({inside}) THEN 'local' WHEN {by}_ring = 'unknown' THEN 'unknown' ELSE 'out' END"
    return subject.parts("year", where)


def _of_ownership(subject: Subject) -> Iterable[str]:
    hidden = {str(key[0]) for key in withheld(_cells(subject, "ownership"))}
    kinds = list(OwnershipKind) if OwnershipKind.UNKNOWN in hidden else hidden
    return [f"spend.ownership_share.{kind}" for kind in kinds]


def _of_excluded(subject: Subject) -> Iterable[str]:
    """Money left out by reason, and the total where it would tell all that was left out."""
    reasons = _cells(subject, "reason", "NOT is_procurement")
    hidden = [f"spend.excluded.{key[0]}" for key in withheld(reasons)]
    return hidden if is_safe(reasons) else [*hidden, "spend.total"]


def _of_concentration(subject: Subject, everything: list[Cell]) -> Iterable[str]:
    """Shares of the largest suppliers, where hardly any others are left."""
    number = len({party for cell in everything for party in cell.parties})
    for figure in subject.figures:
        largest = figure.id.rpartition(".top_")[2]
        if largest.isdigit() and 0 < number - int(largest) < FEWEST:
            yield figure.id


def _of_two(subject: Subject, class_: str, id: str) -> Iterable[str]:
    """A share of two or three classes, where one of them may not be told."""
    return [id] if withheld(_cells(subject, class_)) else []


def _cells(subject: Subject, class_: str, where: str = "is_procurement") -> list[Cell]:
    rows: list[Mapping[str, Any]] = subject.engine.rows(PARTIES.format(class_=class_, where=where), subject.currency)
    return cells(rows, "class")
