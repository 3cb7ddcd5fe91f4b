"""Subject: what one report is about, and how its parts ask for money, names and figures."""

from collections.abc import Hashable, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from bygd.engine import Engine
from bygd.reports.privacy import Audience, Limits, cells, withheld
from bygd.reports.translate import Translator
from bygd.tools import spend
from bygd.vocabulary import years
from bygd.vocabulary.figures import Figure
from bygd.vocabulary.words import LocalBy, Ring

RINGS = tuple(Ring)
"""Rings in order, smallest first, doubt last."""


@dataclass(frozen=True)
class Part:
    """Money of one cell. `amount` and `suppliers` are None where the cell may not be published."""

    key: tuple[Any, ...]
    amount: Decimal | None
    suppliers: int | None

    @property
    def is_withheld(self) -> bool:
        """True where the cell may not be published."""
        return self.amount is None


@dataclass(frozen=True)
class Subject:
    """One report's matter: engine, place, figures, language, audience and the definition printed first."""

    engine: Engine
    place: Any
    title: str
    translate: Translator
    figures: Sequence[Figure]
    currency: str
    purchases: Decimal
    snapshot: str
    manifest: Mapping[str, Any]
    limits: Limits
    audience: Audience = Audience.INTERNAL
    local_by: LocalBy = LocalBy.SEAT
    within: Ring = Ring.MUNICIPALITY
    names: Mapping[str, str] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)
    withheld: frozenset[str] = frozenset()
    closed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    found: MutableMapping[Hashable, list["Part"]] = field(default_factory=dict, compare=False, repr=False)
    """Parts that were asked for before, by what was asked; the same in every language and for every ring."""

    @property
    def is_public(self) -> bool:
        """True where everybody may read the report."""
        return self.audience is Audience.PUBLIC

    @property
    def rings(self) -> dict[Ring, str]:
        """Rings of the place and the area each stands for, smallest first."""
        return {Ring(ring): area for ring, area in self.place.rings}

    def inside(self) -> tuple[Ring, ...]:
        """The rings within which a supplier counts as local."""
        return RINGS[: RINGS.index(self.within) + 1]

    def figure(self, id: str, anchor: str | None = None) -> Figure | None:
        """The figure of that id over the whole period, of the pool unless an anchor is named."""
        return next((figure for figure in self.figures if figure.id == id and figure.anchor == anchor), None)

    def named(self, prefix: str) -> list[Figure]:
        """The pool's figures whose id starts so."""
        return [figure for figure in self.figures if figure.id.startswith(prefix) and figure.anchor is None]

    def area(self, area_id: str | None) -> str:
        """An area's name, a country's in the language of the report; its id where no name is known."""
        if not area_id:
            return self.translate("Not known")
        territory = self.translate.territory(area_id) if len(area_id) == 2 else None
        if area_id == self.place.area_id:
            return str(self.place.name)
        return territory or self.names.get(area_id) or area_id

    def local_area(self) -> str:
        """Name of the area within which a supplier counts as local."""
        return self.area(self.rings.get(self.within))

    def ring_name(self, ring: Ring) -> str:
        """What a ring holds, without the smaller rings in it."""
        _ = self.translate
        if ring is Ring.UNKNOWN:
            return _("Not known where")
        if ring is Ring.WORLD:
            return _("Abroad")
        area = self.rings.get(ring)
        if area is None:
            return _.word(ring)
        smallest = next(iter(self.rings)) is ring
        return _("In {area}", area=self.area(area)) if smallest else _("Elsewhere in {area}", area=self.area(area))

    def year(self, year: int) -> str:
        """A year of the ledgers as people call it."""
        return years.named(year, years.begins(self.manifest))

    def period(self, text: str) -> str:
        """A figure's period as people call its years."""
        return years.period(text, years.begins(self.manifest))

    def money(self, amount: Decimal | float) -> str:
        """An amount in words, in the report's currency."""
        return self.translate.round_money(amount, self.currency)

    def parts(
        self,
        *columns: str,
        where: str = "is_procurement",
        margins: Sequence[int] | None = None,
        most: int | None = None,
    ) -> list[Part]:
        """Money and suppliers by the given columns (or expressions) of SPEND, largest first.

        With `most` no more than so many parts need be found; a public report has all, for what is withheld of some
        depends on the others.

        In a public report cells that may not be published are withheld, those that `closed` names
        for one of the columns among them. `margins` are the numbers of the columns by which totals
        are published beside the whole; all are by default.
        """
        shut = tuple(self.closed.get(column, frozenset()) for column in columns)
        asked = (self.is_public, columns, where, None if margins is None else tuple(margins), shut, most)
        if asked not in self.found:
            self.found[asked] = (
                self._publishable(columns, where, margins, shut)
                if self.is_public
                else self._largest(columns, where, most)
            )
        return list(self.found[asked])

    def _largest(self, columns: Sequence[str], where: str, most: int | None) -> list[Part]:
        """Parts with their suppliers; where only the largest are wanted, only theirs are counted, which takes long."""
        listed = ", ".join(f"{column} AS c{number}" for number, column in enumerate(columns))
        keys = [f"c{number}" for number in range(len(columns))]
        chosen = f"FROM {spend.relation(self.engine, columns)} WHERE currency = ? AND ({where})"
        grouped = f"GROUP BY {', '.join(columns)} ORDER BY amount DESC, {', '.join(keys)}"
        largest, values = "", []
        if most is not None:
            (column,) = columns
            found = self.engine.rows(
                f"SELECT {listed}, SUM(amount) AS amount {chosen} {grouped} LIMIT {most}", self.currency
            )
            values = [row["c0"] for row in found]
            largest = f" AND {column} IN ({', '.join('?' * len(values)) or 'NULL'})"
        rows = self.engine.rows(
            f"SELECT {listed}, SUM(amount) AS amount, COUNT(DISTINCT party) AS suppliers {chosen}{largest} {grouped}",
            self.currency,
            *values,
        )
        return [Part(tuple(row[key] for key in keys), row["amount"], row["suppliers"]) for row in rows]

    def _publishable(
        self, columns: Sequence[str], where: str, margins: Sequence[int] | None, shut: Sequence[frozenset[str]]
    ) -> list[Part]:
        listed = ", ".join(f"{column} AS c{number}" for number, column in enumerate(columns))
        keys = [f"c{number}" for number in range(len(columns))]
        chosen = f"FROM {spend.relation(self.engine, columns)} WHERE currency = ? AND ({where})"
        by_party = f"SELECT {listed}, party, SUM(amount) AS amount {chosen} GROUP BY {', '.join(columns)}, party"
        if not any(shut):
            # Most tables have no cell to hide: that is told by sums, without looking at every supplier in them.
            summed = self.engine.rows(SUMMED.format(keys=", ".join(keys), by_party=by_party), self.currency)
            if all(_is_safe(row, self.limits) for row in summed):
                return [
                    Part(tuple(row[key] for key in keys), row["amount"], row["parties"])
                    for row in _sorted(summed, keys)
                ]
        rows = self.engine.rows(by_party, self.currency)
        return _publishable(rows, keys, range(len(keys)) if margins is None else margins, shut, self.limits)


SUMMED = """
    SELECT {keys}, COUNT(*) AS parties, SUM(amount) AS amount, SUM(ABS(amount)) AS weight, MAX(ABS(amount)) AS largest
    FROM ({by_party}) AS by_party GROUP BY {keys}
"""


def _is_safe(row: Mapping[str, Any], limits: Limits) -> bool:
    """`privacy.is_safe` of one cell, by its sums."""
    whole = row["weight"]
    return bool(whole) and row["parties"] >= limits.fewest and float(row["largest"] / whole) <= limits.dominant


def _sorted(rows: Iterable[Mapping[str, Any]], keys: Sequence[str]) -> list[Mapping[str, Any]]:
    return sorted(rows, key=lambda row: (-row["amount"], [str(row[key]) for key in keys]))


def _publishable(
    rows: Iterable[Mapping[str, Any]],
    keys: Sequence[str],
    margins: Iterable[int],
    shut: Sequence[frozenset[str]],
    limits: Limits,
) -> list[Part]:
    """Cells of rows by party, those that may not be published without their money."""
    table = cells(rows, *keys)
    by = [lambda cell, number=number: cell.key[number] for number in margins] if len(keys) > 1 else []
    hidden = withheld(
        table,
        limits,
        lambda cell: None,
        *by,
        closed=lambda cell: any(value in values for value, values in zip(cell.key, shut, strict=True)),
    )
    ordered = sorted(table, key=lambda cell: (cell.key in hidden, -cell.amount, [str(part) for part in cell.key]))
    return [
        Part(cell.key, None, None) if cell.key in hidden else Part(cell.key, cell.amount, len(cell.parties))
        for cell in ordered
    ]
