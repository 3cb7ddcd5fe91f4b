"""Together: the project's files and the database hold the same decisions, whichever door they came in by.

Decisions are only ever added, so the two are brought together by taking what either lacks from the other
(docs/decisions.md, 026). What is added here is written into the file first, as the terminal does, and
then into the database; a process killed between leaves a row that the next meeting takes in.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import models, transaction

from bygd.sources.errors import InputError
from bygd.vocabulary import tables
from bygd.vocabulary.columns import Table
from bygd.web.boards.assets.models import AssetEntry, RelationEntry
from bygd.web.boards.cards.models import CardEntry
from bygd.web.boards.cases.models import CaseEntry, CaseEvent
from bygd.web.boards.plans.models import PlanEntry, PlanFollowUp, PlanPart, PlanVersion
from bygd.web.decisions.models import AuditJudgement, ClassDecision, FileRead, LinkDecision, SeatDecision
from bygd.web.places.models import Place
from bygd.web.procurements.contracts.models import ContractEntry
from bygd.web.procurements.gaps.models import InfluenceDecision
from bygd.web.procurements.promises.models import DeliveryEntry, PromiseEntry, RemedyEntry
from bygd.workbench import decisions
from bygd.workbench.project import Project

Row = dict[str, Any]

NO_FILE = 0, 0
"""Size and time of a file that is not there; nothing was ever noted of most tables, which have none."""

MODELS: dict[type[Table], type[models.Model]] = {
    tables.link_decisions: LinkDecision,
    tables.class_decisions: ClassDecision,
    tables.seat_decisions: SeatDecision,
    tables.audit_judgements: AuditJudgement,
    tables.contract_entries: ContractEntry,
    tables.promise_entries: PromiseEntry,
    tables.delivery_entries: DeliveryEntry,
    tables.remedy_entries: RemedyEntry,
    tables.influence_decisions: InfluenceDecision,
    tables.card_entries: CardEntry,
    tables.plan_entries: PlanEntry,
    tables.plan_parts: PlanPart,
    tables.plan_follow_ups: PlanFollowUp,
    tables.plan_versions: PlanVersion,
    tables.asset_entries: AssetEntry,
    tables.relation_entries: RelationEntry,
    tables.case_entries: CaseEntry,
    tables.case_events: CaseEvent,
}


def bring_together(place: Place, project: Project | None = None, of: Iterable[type[Table]] = MODELS) -> None:
    """Take into the database what only the files say, and into the files what only the database says.

    Pages say `of` which tables they tell: a file that is new or spoilt is then met where it is told, and holds up no
    other page. Costs a look at each file's size and time where nothing changed. Raises InputError naming file, line
    and column where somebody edited a file so that it cannot be read. Not to be called within a transaction: other
    processes wait for the files first and for the database then.
    """
    project = project or place.project
    known = _known(place)
    changed = [table for table in of if known.get(table.__name__, NO_FILE) != _stamp(project, table)]
    if changed:
        with decisions.alone(project):
            _meet(place, project, changed)


def add(place: Place, table: type[Table], rows: Iterable[Mapping[str, Any]], project: Project | None = None) -> None:
    """Add decisions to the project's file and to the database. Raises and asks as `bring_together` does."""
    listed = [_as_read(table, row) for row in rows]
    if not listed:
        return
    project = project or place.project
    with decisions.alone(project):
        if _known(place).get(table.__name__, NO_FILE) != _stamp(project, table):
            _meet(place, project, [table])
        decisions.add(project, table, listed)
        _take_in(place, project, {table: listed})


def _meet(place: Place, project: Project, changed: Iterable[type[Table]]) -> None:
    """Both lack nothing of the other afterwards. Nobody else may add meanwhile.

    One file that cannot be read leaves the others their meeting, and is told then.
    """
    lacking: dict[type[Table], Sequence[Row]] = {}
    faults: list[InputError] = []
    for table in changed:
        try:
            in_file = {identity(table, row): row for row in decisions.read(project, table)}
        except InputError as fault:
            faults.append(fault)
            continue
        stored = {identity(table, row): row for row in read(place, table)}
        decisions.add(project, table, [row for key, row in stored.items() if key not in in_file])
        lacking[table] = [row for key, row in in_file.items() if key not in stored]
    _take_in(place, project, lacking)
    if faults:
        raise faults[0]


def _take_in(place: Place, project: Project, rows: Mapping[type[Table], Sequence[Row]]) -> None:
    """Store the rows, and note their files as they are now, together or not at all."""
    if not rows:
        return
    with transaction.atomic():
        for table, listed in rows.items():
            _store(place, table, listed)
        _note(place, project, rows)


def read(place: Place, table: type[Table], **where: Any) -> list[Row]:
    """The decisions of that table as the database holds them, in the order they came in, times as files write them."""
    found = MODELS[table]._default_manager.filter(place=place, **where).order_by("id").values(*table.columns())
    return [{name: plain(value) for name, value in row.items()} for row in found]


def identity(table: type[Table], row: Mapping[str, Any]) -> tuple[Any, ...]:
    """What tells a decision from every other: all it says."""
    return tuple(row.get(name) for name in table.columns())


def _as_read(table: type[Table], row: Mapping[str, Any]) -> Row:
    """The row as it will be read back from the file: texts without blanks around, nothing for an empty one."""
    return {
        name: (text.strip() or None) if isinstance(text := row.get(name), str) else text for name in table.columns()
    }


def _store(place: Place, table: type[Table], rows: Sequence[Row]) -> None:
    if not rows:
        return
    model = MODELS[table]
    made = [model(place=place, **{name: _aware(value) for name, value in row.items()}) for row in rows]
    model._default_manager.bulk_create(made, batch_size=500)


def _stamp(project: Project, table: type[Table]) -> tuple[int, int]:
    try:
        about = decisions.file(project, table).stat()
    except FileNotFoundError:
        return NO_FILE
    return about.st_size, about.st_mtime_ns


def _known(place: Place) -> dict[str, tuple[int, int]]:
    """The files' sizes and times as they were when both last met, by table."""
    rows = FileRead.objects.filter(place=place).values_list("table", "size", "changed_at")
    return {table: (size, changed_at) for table, size, changed_at in rows}


def _note(place: Place, project: Project, met: Iterable[type[Table]]) -> None:
    stamps = {table.__name__: _stamp(project, table) for table in met}
    FileRead.objects.bulk_create(
        [FileRead(place=place, table=name, size=size, changed_at=at) for name, (size, at) in stamps.items()],
        update_conflicts=True,
        unique_fields=["place", "table"],
        update_fields=["size", "changed_at"],
    )


def _aware(value: Any) -> Any:
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) else value


def plain(value: Any) -> Any:
    """A value as the tables hold it: times in UTC without their zone."""
    return value.astimezone(UTC).replace(tzinfo=None) if isinstance(value, datetime) else value
