"""Fetching statistics as a job: in one pass that can be stopped and goes on where it stood when asked again."""

from dataclasses import asdict
from typing import Any

from bygd.vocabulary.said import to_plain
from bygd.web.work.jobs import Told
from bygd.web.work.models import Job
from bygd.workbench import place
from bygd.workbench.place.changes import ChangeKind, counted

MOST = 500
"""Changes kept with the job; all of them stand in the project's own list."""


def refresh(job: Job, progress: Told) -> dict[str, Any]:
    """Fetch what the catalogue knows a source of; gives what changed. Raises InputError."""
    asked = dict(job.result)
    project = job.place.project
    done = place.refresh(
        project, peers=not asked.get("no_peers"), offline=bool(asked.get("offline")), progress=progress
    )
    of_interest = sorted(done.changes, key=lambda one: (one.kind is ChangeKind.NEW, one.indicator, one.area_id))
    return {
        **asked,
        "snapshot": done.snapshot,
        "values": done.values,
        "calls": done.calls,
        "resumed": done.resumed,
        "notes": list(done.notes)[:MOST],
        "unknown": len(done.unknown),
        "failures": [[names, to_plain(error.said)] for names, error in done.failures],
        "counts": {str(kind): number for kind, number in counted(done.changes).items()},
        "changes": [{**asdict(one), "kind": str(one.kind)} for one in of_interest[:MOST]],
    }
