"""Finding: the gaps of a snapshot, joined with contracts, people's findings and the values of the day."""

import difflib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bygd import geography, parameters
from bygd.engine import DuckEngine, Engine
from bygd.geography import Place
from bygd.sources.errors import InputError
from bygd.tools import gaps, spend
from bygd.tools.gaps import Capacity, Count, Firm, Gap, Index, Money, Split, Splitting, Which, firms, influence
from bygd.tools.gaps.capacity import TOPIC
from bygd.tools.spend.selection import Filter
from bygd.vocabulary import tables
from bygd.vocabulary.words import LocalBy, Ring
from bygd.workbench import contracts, decisions, snapshot
from bygd.workbench.project import Project


@dataclass(frozen=True)
class Asked:
    """Which gaps: what local means, and whose purchases of which years; nothing named leaves everything in."""

    by: LocalBy = LocalBy.SEAT
    within: Ring = Ring.MUNICIPALITY
    anchors: tuple[str, ...] = ()
    years: tuple[int, ...] = ()


def usual(project: Project) -> Asked:
    """By the project's own definition of local, all that is held."""
    return Asked(project.local_by, project.within)


def of_project(project: Project, asked: Asked, today: date | None = None) -> list[Gap]:
    """The gaps of the project's current snapshot, see `gaps.run`. Raises InputError where nothing was built."""
    with snapshot.current(project).engine() as engine:
        return found(engine, project, asked, today=today)


def found(
    engine: DuckEngine,
    project: Project,
    asked: Asked,
    *,
    anchors: Collection[str] | None = None,
    today: date | None = None,
) -> list[Gap]:
    """The gaps of whatever ledgers the engine holds. `anchors` are those whose contracts and findings are read as well.

    Raises InputError for an anchor or year that is not there.
    """
    which = chosen(engine, project, asked)
    listed = contracts.current(project, anchors)
    least = able(project, which.currency, today or date.today()).least_share
    spent = gaps.money(engine, which, project.country.conventions(), least, listed)
    near = firms.index(around(engine, project, asked.by))
    return joined(project, which, spent, near, anchors=anchors, today=today)


def joined(
    project: Project,
    which: Which,
    spent: Money,
    near: Index,
    *,
    anchors: Collection[str] | None = None,
    today: date | None = None,
    decided: Iterable[Mapping[str, Any]] | None = None,
) -> list[Gap]:
    """The gaps from money and firms (`firms.index`) that were counted before, with today's contracts and values.

    `decided` are rows of influence_decisions; those of the project's file where not given.
    """
    day = today or date.today()
    said = decisions.read(project, tables.influence_decisions) if decided is None else decided
    return gaps.joined(
        spent,
        near,
        which,
        project.country.conventions(),
        able(project, which.currency, day),
        contracts.current(project, anchors),
        influence.standing(said, anchors),
        influence.rules(project.country),
        day,
    )


def split(project: Project, category: str, wanted: Split, asked: Asked) -> tuple[Splitting, Gap]:
    """What splitting a purchase of a category would change, and the gap of that category.

    Raises InputError where no ledger names such a category.
    """
    with snapshot.current(project).engine() as engine:
        listed = found(engine, project, asked)
        currency = chosen(engine, project, asked).currency
    gap = one(listed, category)
    return gaps.split(wanted, able(project, currency, date.today()), gap.counts), gap


def one(listed: Iterable[Gap], category: str) -> Gap:
    """The gap of a category, however it is written. Raises InputError where there is none."""
    known = {gap.kind: gap for gap in listed}
    kind = category.strip().lower()
    if kind not in known:
        near = difflib.get_close_matches(kind, list(known), n=3, cutoff=0.0)
        raise InputError(
            "No ledger names a category '{category}'. Those most like it: {near}.",
            category=category,
            near=[known[name].label for name in near if name],
        )
    return known[kind]


def chosen(engine: Engine, project: Project, asked: Asked) -> Which:
    """The purchases asked for, in the currency of most payments. Raises InputError where there is no such one."""
    for name, values in (("anchor", asked.anchors), ("year", asked.years)):
        known = [row["v"] for row in engine.rows(f"SELECT DISTINCT {name} AS v FROM spend ORDER BY v")]
        missing = [value for value in values if value not in known]
        if missing:
            raise InputError(
                "There are no purchases of '{missing}'. Known: {known}.",
                missing=str(missing[0]),
                known=[str(value) for value in known],
            )
    place = place_of(engine, project)
    currency = spend.main_currency(engine, Filter(anchors=asked.anchors, years=asked.years))
    return Which(currency, asked.by, place.within(asked.within), asked.anchors, asked.years, project.year_starts)


def able(project: Project, currency: str, day: date) -> Capacity:
    """What firms can carry by the values of the day: the project's own, then those of the country's packs."""
    folders = [project.folder, *(pack.folder for pack in project.country.lineage())]
    return gaps.capacity(parameters.load(folders, TOPIC), currency, day)


def around(engine: DuckEngine, project: Project, by: LocalBy) -> list[Count]:
    """The firms in and around the place, counted; the same whoever asks."""
    return firms.counted(engine, place_of(engine, project), by, project.country.conventions())


def able_firms(
    engine: DuckEngine, project: Project, by: LocalBy, gap: Gap, within: Ring | None = None, most: int = 200
) -> list[Firm]:
    """The firms that could supply a kind of purchase, from the registers; co-operatives and the like first."""
    codes = [one.code for one in gap.industries]
    return firms.listed(engine, place_of(engine, project), by, project.country.conventions(), codes, within, most)


def place_of(engine: Engine, project: Project) -> Place:
    """The project's place, with its rings."""
    return geography.place(engine, project.place_id, project.place_name)


def rows(listed: list[Gap]) -> list[dict[str, Any]]:
    """Gaps as plain values, one row each, for files and programs."""
    return [_row(one) for one in listed]


def _row(gap: Gap) -> dict[str, Any]:
    sizes: Mapping[Any, int] = gap.by_size()
    known = gap.is_known
    money = gap.bought
    return {
        "position": gap.position,
        "category": gap.label,
        "leaves_a_year": gap.yearly,
        "leaves_at_least": gap.low,
        "leaves_at_most": gap.high,
        "bought": money.total if money else None,
        "bought_local": money.local if money else None,
        "bought_elsewhere": money.elsewhere if money else None,
        "bought_unknown": money.unknown if money else None,
        "institutions": gap.institutions,
        "industries": [industry.code for industry in gap.industries],
        "evidence": gap.industries[0].evidence.value if gap.industries else "",
        "firms": gap.firms if known else None,
        "firms_of_the_place": gap.local if known else None,
        "firms_rooted": gap.rooted if known else None,
        **{f"firms_{size.value}": number if known else None for size, number in sizes.items()},
        "could_come_home_at_least": gap.reach[0] if known else None,
        "could_come_home_at_most": gap.reach[1] if known else None,
        **{f"lots_for_{size.value}": number for size, number in gap.lots.items() if number is not None},
        "months_covered_at_least": gap.lengths.fewest,
        "months_covered_at_most": gap.lengths.most,
        "jobs": None if gap.jobs is None else round(gap.jobs, 1),
        "first_contract_ends": gap.ends_on,
        "influence": gap.influence.influence.value,
        "influence_is_suggested": gap.influence.is_suggested,
        "reasons": [reason.value for reason in gap.reasons],
    }
