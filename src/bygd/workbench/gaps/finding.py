"""Finding: the gaps of a snapshot, joined with contracts, people's findings and the values of the day."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bygd import geography, parameters
from bygd.engine import DuckEngine, Engine
from bygd.geography import Place
from bygd.sources.errors import InputError
from bygd.tools import gaps, spend
from bygd.tools.gaps import Capacity, Count, Firm, Gap, Which, firms, influence
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
    around: list[Count] | None = None,
) -> list[Gap]:
    """The gaps of whatever ledgers the engine holds. `anchors` are those whose contracts and findings are read as well.

    `around` are the firms, where they were counted before. Raises InputError for an anchor or year that is not there.
    """
    day = today or date.today()
    place = place_of(engine, project)
    which = chosen(engine, place, asked)
    return gaps.run(
        engine,
        place,
        which,
        project.country.conventions(),
        able(project, which.currency, day),
        contracts=contracts.current(project, anchors),
        decided=influence.standing(decisions.read(project, tables.influence_decisions), anchors),
        rules=influence.rules(project.country),
        today=day,
        counts=around,
    )


def chosen(engine: Engine, place: Place, asked: Asked) -> Which:
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
    currency = spend.main_currency(engine, Filter(anchors=asked.anchors, years=asked.years))
    return Which(currency, asked.by, place.within(asked.within), asked.anchors, asked.years)


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


def _row(one: Gap) -> dict[str, Any]:
    sizes: Mapping[Any, int] = one.by_size()
    money = one.bought
    return {
        "position": one.position,
        "category": one.label,
        "leaves_a_year": one.yearly,
        "leaves_at_least": one.low,
        "leaves_at_most": one.high,
        "bought": money.total if money else None,
        "bought_local": money.local if money else None,
        "bought_elsewhere": money.elsewhere if money else None,
        "bought_unknown": money.unknown if money else None,
        "institutions": one.institutions,
        "industries": [industry.code for industry in one.industries],
        "evidence": one.industries[0].evidence.value if one.industries else "",
        "firms": one.firms,
        "firms_of_the_place": one.local,
        "firms_rooted": one.rooted,
        **{f"firms_{size.value}": number for size, number in sizes.items()},
        "could_come_home_at_least": one.reach[0],
        "could_come_home_at_most": one.reach[1],
        **{f"lots_for_{size.value}": number for size, number in one.lots.items() if number is not None},
        "jobs": None if one.jobs is None else round(one.jobs, 1),
        "first_contract_ends": one.ends_on,
        "influence": one.influence.influence.value,
        "influence_is_suggested": one.influence.is_suggested,
        "reasons": [reason.value for reason in one.reasons],
    }
