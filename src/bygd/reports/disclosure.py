"""What may be published: which figures of a public report are withheld, so that no supplier is given away."""

from collections.abc import Iterable
from dataclasses import replace

from bygd.reports.privacy import Cell, cells, is_safe, open_ends, withheld
from bygd.reports.subject import RINGS, Part, Subject
from bygd.sources.errors import InputError
from bygd.tools.spend.selection import CLASSES
from bygd.vocabulary.words import LocalBy, OwnershipKind, Ring

PARTIES = """
    SELECT party, {class_} AS class, SUM(amount) AS amount FROM spend
    WHERE currency = ? AND {where} GROUP BY party, {class_}
"""


def publishable(subject: Subject) -> Subject:
    """The subject with the pool's figures only, and with what must be withheld.

    Institutions' own figures are left out: beside the pool's they would give away too much. Raises
    InputError where all purchases together rest on too few suppliers.
    """
    everything = _cells(subject, "''")
    if not is_safe(everything, subject.limits):
        raise InputError(
            "A public report needs purchases from at least {fewest} suppliers of which none dominates. "
            "Write the internal report, or add ledgers.",
            fewest=subject.limits.fewest,
        )
    closed = _closed(subject)
    subject = replace(subject, closed=closed)
    hidden = {
        *_of_shares(subject),
        *_of_ownership(closed["ownership"]),
        *_of_excluded(subject),
        *_of_concentration(subject, everything),
        *(["spend.deprived_share"] if withheld(_cells(subject, CLASSES["deprived"]), subject.limits) else []),
        *(["spend.linked_share", "spend.doubtful"] if Ring.UNKNOWN in closed["ownership"] else []),
    }
    figures = [figure for figure in subject.figures if figure.anchor is None]
    hidden |= {figure.id for figure in figures if figure.id.startswith("spend.other_currency.")}
    shown = [
        replace(figure, value=None, low=None, high=None, coverage=None) if figure.id in hidden else figure
        for figure in figures
    ]
    return replace(subject, figures=shown, withheld=frozenset(hidden))


def _closed(subject: Subject) -> dict[str, frozenset[str]]:
    """Classes that are withheld wherever they stand, by column of SPEND.

    Suppliers not found have no known place and no known owner either, so the same money is doubtful
    in several tables: where one must hide it, all do.
    """
    columns = (*(f"{by}_ring" for by in LocalBy), "ownership")
    tables = {column: _cells(subject, column) for column in columns}
    hidden = {column: {str(key[0]) for key in withheld(table, subject.limits)} for column, table in tables.items()}
    doubtful = any(
        withheld(_cells(subject, class_), subject.limits) for class_ in ("state = 'linked'", CLASSES["doubt"])
    )
    if doubtful or any(Ring.UNKNOWN in hidden[column] for column in ("seat_ring", "either_ring", "ownership")):
        hidden = {
            column: {
                str(key[0]) for key in withheld(table, subject.limits, closed=lambda cell: cell.key[0] == Ring.UNKNOWN)
            }
            | {str(Ring.UNKNOWN)}
            for column, table in tables.items()
        }
    closed = {column: frozenset(names) for column, names in hidden.items()}
    for by in LocalBy:
        for within in RINGS[:-1]:
            names = {_side(Ring(ring), within) for ring in closed[f"{by}_ring"] if ring in set(Ring)}
            closed[_sides(by, within)] = frozenset(names)
    return closed


def _of_shares(subject: Subject) -> Iterable[str]:
    """Local shares, leakage and their changes: nested rings may not tell what one ring holds."""
    anchors = {row["anchor"] for row in subject.engine.rows("SELECT DISTINCT anchor FROM spend WHERE is_procurement")}
    for by in LocalBy:
        by_ring = {str(cell.key[0]): cell for cell in _cells(subject, f"{by}_ring")}
        hidden = subject.closed[f"{by}_ring"]
        ordered = [by_ring.get(ring, Cell((ring,))) if ring in hidden else Cell((ring,)) for ring in RINGS]
        ends = {RINGS[number] for number in open_ends(ordered, subject.limits)} if Ring.UNKNOWN not in hidden else set()
        for ring in RINGS:
            if ring not in ends:
                yield f"spend.local_share.{by}.{ring}"
                yield f"spend.leakage.{by}.{ring}"
            if ring not in ends or len(anchors) < subject.limits.fewest:
                yield f"spend.mean_local_share.{by}.{ring}"
            # The table by year is printed for one ring; what the others would tell is not worked out.
            is_printed = ring is subject.within and ring in ends
            if not is_printed or any(part.is_withheld for part in by_year(subject, by, ring)):
                yield f"spend.change.local_share.{by}.{ring}"


def by_year(subject: Subject, by: LocalBy, within: Ring) -> list[Part]:
    """Purchases inside ('local'), outside ('out') and nobody knows where ('unknown'), by year."""
    return subject.parts("year", _sides(by, within))


def _sides(by: LocalBy, within: Ring) -> str:
    """The expression that tells inside from outside."""
    cases = " ".join(f"WHEN {by}_ring = '{ring}' THEN '{_side(ring, within)}'" for ring in RINGS)
    return f"CASE {cases} END"


def _side(ring: Ring, within: Ring) -> str:
    if ring is Ring.UNKNOWN:
        return "unknown"
    return "local" if RINGS.index(ring) <= RINGS.index(within) else "out"


def _of_ownership(hidden: frozenset[str]) -> Iterable[str]:
    """All kinds where the unknown one is hidden, for their shares rest on it."""
    kinds: Iterable[str] = list(OwnershipKind) if OwnershipKind.UNKNOWN in hidden else hidden
    return [f"spend.ownership_share.{kind}" for kind in kinds]


def _of_excluded(subject: Subject) -> Iterable[str]:
    """Money left out by reason, and the total where it would tell all that was left out."""
    reasons = _cells(subject, "reason", "NOT is_procurement")
    hidden = [f"spend.excluded.{key[0]}" for key in withheld(reasons, subject.limits)]
    return hidden if is_safe(reasons, subject.limits) else [*hidden, "spend.total"]


def _of_concentration(subject: Subject, everything: list[Cell]) -> Iterable[str]:
    """Shares of the largest suppliers, where hardly any others are left."""
    number = len({party for cell in everything for party in cell.parties})
    for figure in subject.figures:
        largest = figure.id.rpartition(".top_")[2]
        if largest.isdigit() and 0 < number - int(largest) < subject.limits.fewest:
            yield figure.id


def _cells(subject: Subject, class_: str, where: str = "is_procurement") -> list[Cell]:
    return cells(subject.engine.rows(PARTIES.format(class_=class_, where=where), subject.currency), "class")
