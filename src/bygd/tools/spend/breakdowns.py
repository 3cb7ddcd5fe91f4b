"""Spend broken down: the rows under tables, charts and maps."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from bygd.engine import Engine
from bygd.geography import Place
from bygd.geography.places import RINGS
from bygd.tools.spend.facts import LINES
from bygd.tools.spend.measures import share_of
from bygd.tools.spend.selection import (
    EVERYTHING,
    Filter,
    Parted,
    main_currency,
    parted,
    relation,
    tallies,
)
from bygd.vocabulary.words import LocalBy, Ring


def table(
    engine: Engine,
    by: Sequence[str] = ("anchor",),
    local_by: LocalBy | str = LocalBy.SEAT,
    ring: Ring | str = Ring.MUNICIPALITY,
    where: Filter | None = None,
) -> list[dict[str, Any]]:
    """One row for each combination of the dimensions in `by`, which are the keys of `DIMENSIONS`.

    Money is in the main currency unless `where` or `by` says otherwise. Columns: the dimensions,
    then `local`, `elsewhere`, `unknown` and `total` (money; the first three add up to the fourth),
    `share`, `low`, `high`, `coverage` (see `measures.share`), `suppliers` and `largest`, the largest
    single supplier's share of the total, for telling which cells may be published. Raises
    InputError for a dimension that does not exist.
    """
    here = RINGS[: RINGS.index(Ring(ring)) + 1]
    where = _one_currency(engine, where, by)
    found = parted(engine, LocalBy(local_by), here, by, where)
    return [{**dict(zip(by, key, strict=True)), **_row(sums)} for key, sums in found.items()]


def _one_currency(engine: Engine, where: Filter | None, by: Sequence[str] = ()) -> Filter:
    where = where or EVERYTHING
    return where if where.currency or "currency" in by else replace(where, currency=main_currency(engine, where))


def _row(sums: Parted) -> dict[str, Any]:
    found = share_of(total=sums.total, inside=sums.part, doubt=sums.doubt, down=sums.down, up=sums.up)
    return {
        "local": found.part,
        "elsewhere": found.rest,
        "unknown": found.unknown,
        "total": found.total,
        "share": found.value,
        "low": found.low,
        "high": found.high,
        "coverage": found.coverage,
        "suppliers": sums.parties,
        "largest": min(1.0, float(sums.largest) / float(sums.total)) if sums.total > 0 else None,
    }


def trend(
    engine: Engine,
    local_by: LocalBy | str = LocalBy.SEAT,
    ring: Ring | str = Ring.MUNICIPALITY,
    where: Filter | None = None,
) -> list[dict[str, Any]]:
    """The local share by year; columns as `table`."""
    return table(engine, ("year",), local_by, ring, where)


def rings(
    engine: Engine,
    place: Place,
    local_by: LocalBy | str = LocalBy.SEAT,
    by: Sequence[str] = ("anchor",),
    where: Filter | None = None,
) -> list[dict[str, Any]]:
    """One row per combination of `by` and ring of the place, and one for what is not known: `ring`, `area_id`,
    `amount`, `share` of the combination's money (None where that is not above nought)."""
    areas = dict(place.rings)
    rows = []
    for key, tally in tallies(engine, LocalBy(local_by), by, _one_currency(engine, where, by)).items():
        total = float(sum(sums.amount for sums in tally.values()))
        for ring in (*areas, Ring.UNKNOWN):
            amount = tally[ring].amount if ring in tally else Decimal(0)
            rows.append(
                {
                    **dict(zip(by, key, strict=True)),
                    "ring": ring.value,
                    "area_id": areas.get(ring),
                    "amount": amount,
                    "share": float(amount) / total if total > 0 else None,
                }
            )
    return rows


def leakage_by_category(
    engine: Engine,
    local_by: LocalBy | str = LocalBy.SEAT,
    ring: Ring | str = Ring.MUNICIPALITY,
    limit: int = 20,
    where: Filter | None = None,
) -> list[dict[str, Any]]:
    """What is bought elsewhere: the categories with most money placed outside the ring; columns as `table`."""
    rows = table(engine, ("category",), local_by, ring, where)
    return sorted(rows, key=lambda row: (-row["elsewhere"], row["category"]))[:limit]


FLOWS = """
    SELECT anchor, {by}_ring AS ring, ownership, SUM(amount) AS amount, COUNT(DISTINCT party) AS suppliers
    FROM {relation}
    WHERE is_procurement AND {where}
    GROUP BY anchor, {by}_ring, ownership
    ORDER BY anchor, amount DESC, ring, ownership
"""

TOP_SUPPLIERS = """
    SELECT party, MAX(name) AS name, BOOL_OR(is_masked) AS is_masked, MIN(state) AS state,
           MIN({by}_ring) AS ring, MIN(ownership) AS ownership, MIN(size_band) AS size_band,
           SUM(amount) AS amount, SUM(payments) AS payments, COUNT(DISTINCT anchor) AS anchors
    FROM {relation}
    WHERE is_procurement AND {where}
    GROUP BY party
    ORDER BY amount DESC, party
    LIMIT {limit}
"""

AREAS = """
    SELECT {by}_id AS area_id, SUM(amount) AS amount, COUNT(DISTINCT party) AS suppliers
    FROM {relation}
    WHERE is_procurement AND {by}_id IS NOT NULL AND {where}
    GROUP BY {by}_id
    ORDER BY amount DESC, area_id
"""


def flows(engine: Engine, local_by: LocalBy | str = LocalBy.SEAT, where: Filter | None = None) -> list[dict[str, Any]]:
    """Where money goes: `anchor`, `ring`, `ownership`, `amount`, `suppliers`; amounts may be below nought."""
    where = _one_currency(engine, where)
    condition, parameters = where.sql()
    return engine.rows(
        FLOWS.format(by=LocalBy(local_by), relation=relation(engine, (), where), where=condition), *parameters
    )


def top_suppliers(
    engine: Engine, n: int = 20, local_by: LocalBy | str = LocalBy.SEAT, where: Filter | None = None
) -> list[dict[str, Any]]:
    """The `n` largest suppliers: `party`, `name`, `is_masked`, `state`, `ring`, `ownership`, `size_band`, `amount`,
    `payments`, and by how many `anchors` they are used."""
    where = _one_currency(engine, where)
    condition, parameters = where.sql()
    read = f"({LINES}) AS lines" if where.categories else "spend"  # names are asked for
    statement = TOP_SUPPLIERS.format(by=LocalBy(local_by), relation=read, where=condition, limit=int(n))
    return engine.rows(statement, *parameters)


def areas(engine: Engine, local_by: LocalBy | str = LocalBy.SEAT, where: Filter | None = None) -> list[dict[str, Any]]:
    """Procurement by the municipality it goes to, for maps: `area_id`, `amount`, `suppliers`. Seat or branch only:
    by 'either' the seat's municipality is given."""
    by = LocalBy.BRANCH if LocalBy(local_by) is LocalBy.BRANCH else LocalBy.SEAT
    where = _one_currency(engine, where)
    condition, parameters = where.sql()
    return engine.rows(AREAS.format(by=by, relation=relation(engine, (), where), where=condition), *parameters)
