"""Every figure about spend, for each anchor and for the pool."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from bygd.engine import Engine
from bygd.geography import Place
from bygd.tools.spend.definitions import definition
from bygd.tools.spend.measures import (
    CANNOT_TELL,
    TOP,
    Estimate,
    Share,
    Sums,
    Tally,
    change,
    concentration,
    leakage,
    mean,
    share,
)
from bygd.tools.spend.selection import EVERYTHING, Filter, main_currency, relation, tallies
from bygd.vocabulary.figures import Figure
from bygd.vocabulary.words import LinkState, LocalBy, NotProcurement, OwnershipKind, Ring

SHARE, POINTS, INDEX = "share", "points", "index"
"""Units beside currency codes: a fraction of one, a difference of fractions, 0 to 10,000."""

TOTALS = """
    SELECT anchor, currency, reason, SUM(amount) AS amount, MIN(year) AS first, MAX(year) AS last
    FROM {relation} WHERE {where} GROUP BY anchor, currency, reason
"""

PARTIES = """
    SELECT MAX(CASE WHEN org_id IS NULL THEN 0 ELSE 1 END) AS is_known, CAST(SUM(amount) AS DOUBLE) AS amount
    FROM {relation} WHERE is_procurement AND {where} GROUP BY party HAVING SUM(amount) > 0
"""


@dataclass(frozen=True)
class Card:
    """What the figures of one anchor, or of the pool, have in common."""

    anchor: str | None
    period: str
    currency: str
    sources: tuple[str, ...]
    snapshot: str

    def __call__(self, id: str, unit: str, estimate: Estimate | Share) -> Figure:
        """The figure of that id, with its definition."""
        return Figure(
            id, estimate.value, unit, estimate.low, estimate.high, estimate.coverage, definition(id),
            self.period, self.anchor, self.sources, self.snapshot,
        )  # fmt: skip

    def money(self, id: str, amount: Decimal) -> Figure:
        """Money that is known for certain."""
        return self(id, self.currency, Estimate(float(amount), float(amount), float(amount), 1.0))


MONEY, LOCAL, CHANGE, OWNERSHIP, DEPRIVED, CONCENTRATION = FAMILIES = (
    "money",
    "local",
    "change",
    "ownership",
    "deprived",
    "concentration",
)
"""Families of figures: totals and doubt; shares and leakage; their change; and what their names say."""


def figures(
    engine: Engine,
    place: Place,
    snapshot: str = "",
    sources: Sequence[str] = (),
    local_by: LocalBy | None = None,
    period: str | None = None,
    where: Filter | None = None,
    baseline: int | None = None,
    families: Collection[str] = FAMILIES,
    pool_only: bool = False,
) -> list[Figure]:
    """All figures of the spend that passes `where`: the pool's first, then each anchor's.

    Money is in the currency of most payments, unless `where` names one; what was paid in others is
    told in figures of its own. `local_by` keeps to one definition of local; else all three are
    given. `baseline` is the year from which change is counted, by default the first. `families`
    and `pool_only` leave out what is not asked for, and the work for it. Definitions stand in each
    figure and in docs/method/spend.md. No spend gives no figures.
    """
    where = where or EVERYTHING
    totals = _totals(engine, where)
    if not totals:
        return []
    currency = where.currency or main_currency(engine, where)
    where = replace(where, currency=currency)
    anchors = sorted({row["anchor"] for row in totals if row["currency"] == currency})
    definitions = (local_by,) if local_by else tuple(LocalBy)
    rings = [ring for ring, _ in place.rings if ring is not Ring.WORLD]
    classes = [class_ for class_, family in OTHER_CLASSES.items() if family in families]
    if LOCAL in families:
        classes += definitions
    pool = {class_: tallies(engine, class_, (), where).get((), {}) for class_ in classes}
    # The mean over the anchors is a figure of the pool, and rests on the shares of each.
    of_each = [class_ for class_ in classes if not pool_only or class_ in definitions]
    each = {class_: tallies(engine, class_, ("anchor",), where) for class_ in of_each}
    panels = {by: panel(engine, by, where, baseline) for by in definitions} if CHANGE in families else {}
    found: list[Figure] = []
    for anchor in (None, *([] if pool_only else anchors)):
        rows = [row for row in totals if anchor in (None, row["anchor"])]
        own = [row for row in rows if row["currency"] == currency]
        card = Card(anchor, period or span(own), currency, tuple(sources), snapshot)
        tally = pool if anchor is None else {class_: each[class_].get((anchor,), {}) for class_ in each}
        if MONEY in families:
            found += _money(card, rows, tally)
        for by in definitions:
            if LOCAL in families:
                members = [each[by].get((name,), {}) for name in anchors] if anchor is None else []
                found += _local(card, place, by, rings, tally[by], members)
            if CHANGE in families:
                found += _change(card, place, by, rings, panels[by].get(anchor))
        if OWNERSHIP in families:
            found += _ownership(card, tally["ownership"])
        if DEPRIVED in families:
            found.append(card("spend.deprived_share", SHARE, share(tally["deprived"], ["deprived"])))
        if CONCENTRATION in families:
            found += _concentration(card, _parties(engine, where, anchor))
    return found


OTHER_CLASSES = {"ownership": OWNERSHIP, "state": MONEY, "deprived": DEPRIVED, "doubt": MONEY}
"""Classes beside the definitions of local → the family that rests on them."""


@dataclass(frozen=True)
class Panel:
    """The same anchors in a first and a last year."""

    first: int
    last: int
    before: Tally
    after: Tally


def panel(engine: Engine, by: LocalBy, where: Filter, baseline: int | None) -> dict[str | None, Panel]:
    """For the pool (None) and each anchor, its procurement by ring in the first and the last year.

    The first year is `baseline` where given. The pool holds only anchors with procurement in both
    years; who has only one year, or is not in the baseline, is left out.
    """
    yearly = tallies(engine, by, ("anchor", "year"), where)
    years = {year for _, year in yearly}
    found: dict[str | None, Panel] = {}
    for anchor in sorted({anchor for anchor, _ in yearly}):
        own = {year for name, year in yearly if name == anchor}
        first, last = baseline or min(own), max(own)
        if first in own and first < last:
            found[anchor] = Panel(first, last, yearly[anchor, first], yearly[anchor, last])
    first, last = baseline or min(years, default=0), max(years, default=0)
    members = tuple(sorted({anchor for anchor, _ in yearly if (anchor, first) in yearly and (anchor, last) in yearly}))
    if members and first < last:
        both = tallies(engine, by, ("year",), replace(where, anchors=members, years=(first, last)))
        found[None] = Panel(first, last, both[first,], both[last,])
    return found


def span(rows: Sequence[dict[str, Any]]) -> str:
    """The years of the rows as a period: '2016–2018', or '2016'."""
    first, last = min(row["first"] for row in rows), max(row["last"] for row in rows)
    return str(first) if first == last else f"{first}–{last}"


def _money(card: Card, rows: Sequence[dict[str, Any]], tally: dict[str, Tally]) -> Iterator[Figure]:
    """Totals, what was left out and why, how much is linked and how much in doubt."""
    own = [row for row in rows if row["currency"] == card.currency]
    yield card.money("spend.total", _sum(own))
    yield card.money("spend.procurement", _sum(row for row in own if not row["reason"]))
    for reason in NotProcurement:
        yield card.money(f"spend.excluded.{reason}", _sum(row for row in own if row["reason"] == reason))
    for currency in sorted({row["currency"] for row in rows} - {card.currency}):
        other = replace(card, currency=currency)
        yield other.money(
            f"spend.other_currency.{currency.lower()}", _sum(row for row in rows if row["currency"] == currency)
        )
    yield card("spend.linked_share", SHARE, share(tally["state"], [LinkState.LINKED], unknown=()))
    yield card.money("spend.doubtful", tally["doubt"].get("doubtful", Sums()).amount)


def _local(
    card: Card, place: Place, by: LocalBy, rings: Sequence[Ring], tally: Tally, members: Sequence[Tally]
) -> Iterator[Figure]:
    """Local shares by ring, with leakage; for the pool also the simple mean over its members."""
    for ring in rings:
        here = place.within(ring)
        local = share(tally, here)
        yield card(f"spend.local_share.{by}.{ring}", SHARE, local)
        if members:
            yield card(f"spend.mean_local_share.{by}.{ring}", SHARE, mean([share(member, here) for member in members]))
        yield card(f"spend.leakage.{by}.{ring}", card.currency, leakage(local))


def _change(card: Card, place: Place, by: LocalBy, rings: Sequence[Ring], compared: Panel | None) -> Iterator[Figure]:
    """The change of local shares, like for like."""
    for ring in rings:
        id, here = f"spend.change.local_share.{by}.{ring}", place.within(ring)
        if compared is None:
            yield card(id, POINTS, CANNOT_TELL)
        else:
            dated = replace(card, period=f"{compared.first}–{compared.last}")
            yield dated(id, POINTS, change(share(compared.before, here), share(compared.after, here)))


def _ownership(card: Card, tally: Tally) -> Iterator[Figure]:
    """The share of each kind of ownership; companies that may or may not be in a group widen the bounds of both."""
    for kind in OwnershipKind:
        if kind is not OwnershipKind.UNKNOWN:
            companies = (OwnershipKind.PRIVATE_INDEPENDENT, OwnershipKind.PRIVATE_GROUP)
            perhaps = (OwnershipKind.PRIVATE,) if kind in companies else ()
            yield card(f"spend.ownership_share.{kind}", SHARE, share(tally, [kind], perhaps=perhaps))


def _concentration(card: Card, parties: Sequence[dict[str, Any]]) -> Iterator[Figure]:
    """How few suppliers share the money."""
    found = concentration(
        [row["amount"] for row in parties if row["is_known"]], [row["amount"] for row in parties if not row["is_known"]]
    )
    yield card("spend.concentration.hhi", INDEX, found.hhi)
    yield card("spend.concentration.gini", INDEX, found.gini)
    for n in TOP:
        yield card(f"spend.concentration.top_{n}", SHARE, found.top[n])


def _totals(engine: Engine, where: Filter) -> list[dict[str, Any]]:
    condition, parameters = where.sql()
    return engine.rows(TOTALS.format(relation=relation(engine, (), where), where=condition), *parameters)


def _parties(engine: Engine, where: Filter, anchor: str | None = None) -> list[dict[str, Any]]:
    condition, parameters = (replace(where, anchors=(anchor,)) if anchor else where).sql()
    return engine.rows(PARTIES.format(relation=relation(engine, (), where), where=condition), *parameters)


def _sum(rows: Iterable[dict[str, Any]]) -> Decimal:
    return sum((Decimal(row["amount"]) for row in rows), Decimal(0))
