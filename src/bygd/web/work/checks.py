"""Looking at files and checking them, as jobs; what was found is kept with the file for pages to show."""

import json
from dataclasses import asdict
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from bygd.sources.errors import InputError
from bygd.vocabulary.said import to_plain
from bygd.web.work import areal, jobs
from bygd.web.work.jobs import Told
from bygd.web.work.models import Import, Job
from bygd.web.work.words import OF_PLACE, UNFINISHED, ImportKind, ImportState, JobKind
from bygd.workbench import checking, looking, store
from bygd.workbench.project import Project

PLAIN = DjangoJSONEncoder
REMEMBERED = ("columns", "ignore", "date_order", "decimal_mark", "vat", "currency")
"""What is taken over from an earlier file with the same headers; its sheet and its month are its own."""


def look(job: Job, progress: Told) -> dict[str, Any]:
    """See what a file holds. One whose headers are known from an earlier file is read like that, and checked at once.

    Raises InputError where it cannot be read; the file then waits for somebody to say how.
    """
    brought = _about(job)
    progress("Looking at the file", 0, 2)
    if not brought.sha256:
        brought.sha256 = store.hash_file(brought.path)
        brought.save(update_fields=["sha256"])
    progress("Looking at the file", 1, 2)
    project = brought.place.project
    if brought.kind == ImportKind.LEDGER:
        _look_at_ledger(brought, project)
    elif brought.kind not in OF_PLACE:
        brought.seen = _plain(looking.at_source(project, brought.kind, brought.path))
        brought.mapping = {}
    asks = bool(brought.seen.get("sheets")) or "fields" in brought.seen  # accounts and invoices say what is what
    is_known = not asks or bool(brought.seen.get("known_from"))
    state = ImportState.MAPPED if is_known else ImportState.LOOKED
    _keep(brought, state, seen=brought.seen, mapping=brought.mapping, layout=brought.layout)
    if is_known:
        jobs.ask(brought.place, JobKind.CHECK, job.asked_by, brought)
    return {}


def check(job: Job, progress: Told) -> dict[str, Any]:
    """Read a file whole without taking it in, and keep what would come of it. Raises InputError."""
    brought = _about(job)
    project = brought.place.project
    if brought.kind == ImportKind.LEDGER:
        found = asdict(checking.ledger(project, brought.path, brought.anchor, brought.mapping, brought.aside, progress))
    elif brought.kind in OF_PLACE:
        progress("Reading the file", 0, 1)
        found = areal.look(project, brought)
    else:
        source = brought.seen.get("source", "")
        found = checking.source(project, brought.kind, brought.path, source, brought.mapping, progress)
    _keep(brought, ImportState.CHECKED, findings=_plain(found))
    return {}


def _keep(brought: Import, state: ImportState, **found: Any) -> None:
    """Keep what was found. Raises Cancelled where somebody left the file meanwhile."""
    if not Import.objects.filter(pk=brought.pk, state__in=UNFINISHED).update(state=state.value, **found):
        raise jobs.Cancelled


def _look_at_ledger(brought: Import, project: Project) -> None:
    seen = looking.at_ledger(project, brought.path, brought.given)
    if not brought.given:
        known = _remembered(brought, project, seen)
        if known is not None:
            seen = known
    brought.seen, brought.mapping, brought.layout = _plain(seen), _plain(seen["settings"]), seen["layout"]


def _remembered(brought: Import, project: Project, seen: dict[str, Any]) -> dict[str, Any] | None:
    """The same, read as an earlier file with the same headers was; None where there is none."""
    taken = (ImportState.COMMITTED.value, ImportState.OUT.value)
    alike = Import.objects.filter(place=brought.place, layout=seen["layout"], state__in=taken)
    earlier = alike.filter(anchor=brought.anchor).first() or alike.first()
    if earlier is None or not seen["sheets"]:
        return None
    given = {name: earlier.mapping[name] for name in REMEMBERED if name in earlier.mapping}
    try:
        again = looking.at_ledger(project, brought.path, given)
    except InputError:
        return None
    return {**again, "layout": seen["layout"], "known_from": earlier.file_name} if again["settings"] else None


def _about(job: Job) -> Import:
    if job.about is None:
        raise InputError("The file is not there any more. Bring it again.")
    return job.about


def _plain(found: Any) -> Any:
    return json.loads(json.dumps(to_plain(found), cls=PLAIN))
