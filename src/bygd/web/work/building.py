"""Building and publishing as jobs: what people decided is brought together, then the workbench builds."""

from typing import Any

from filelock import FileLock, Timeout

from bygd.web.decisions import together
from bygd.web.places import published
from bygd.web.places.register import register
from bygd.web.work.jobs import Told
from bygd.web.work.models import Job
from bygd.workbench import build as builds
from bygd.workbench.project import Project


def build(job: Job, progress: Told) -> dict[str, Any]:
    """Build the place's snapshot; gives its name. Raises InputError where the project cannot be built."""
    project = job.place.project
    together.bring_together(job.place, project)
    _wait_for_others(project, progress)
    made = builds.build(project, progress)
    register(project.folder)  # the first build finds the name of a place that was given none
    return {"snapshot": made.id}


def can_begin(project: Project) -> bool:
    """Whether there is enough to build of: a ledger, and but for a whole country postcodes to find the place by."""
    return bool(project.ledgers) and (bool(project.postcodes) or ":" not in project.place_id)


def _wait_for_others(project: Project, progress: Told) -> None:
    """Wait while somebody builds at a terminal; the job can be stopped meanwhile."""
    project.state.mkdir(parents=True, exist_ok=True)
    while True:
        try:
            with FileLock(project.state / builds.LOCK, timeout=0.5):
                return
        except Timeout:
            progress("Another build of this place is running", 0, 0)


def publish(job: Job, progress: Told) -> dict[str, Any]:
    """Show the snapshot that was asked for to everybody. Raises InputError where it may not be shown."""
    progress("Writing the public pages", 0, 1)
    published.publish(job.place, job.result["snapshot"])
    return {"snapshot": job.result["snapshot"]}
