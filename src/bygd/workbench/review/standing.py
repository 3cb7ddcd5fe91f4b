"""How things stand after the decisions made so far: links, seats, owners and spend anew, without a build."""

from bygd import geography, linkage, ownership
from bygd.engine import DuckEngine
from bygd.geography import Place
from bygd.tools import spend
from bygd.vocabulary import tables
from bygd.workbench import decisions
from bygd.workbench.project import Project


def measure(engine: DuckEngine, project: Project, place: Place) -> spend.Standing:
    """Take the project's decisions into the engine of a snapshot and measure the headline.

    Ledgers, registers and candidates are those of the snapshot; all that follows from the links is
    computed again, in seconds.
    """
    for table in decisions.DECIDED:
        engine.register(table, decisions.read(project, table))
    return again(engine, project, place)


def again(engine: DuckEngine, project: Project, place: Place) -> spend.Standing:
    """The headline by the decisions that are in the engine."""
    linkage.resolve(engine, conventions=project.country.conventions())
    if not engine.has(tables.seat_decisions):  # a snapshot of an earlier version
        engine.register(tables.seat_decisions, [])
    geography.run(engine, place)
    ownership.run(engine, project.country)
    spend.run(engine, place, local_by=project.local_by)
    return spend.standing(engine, project.local_by, place.within(project.within))
