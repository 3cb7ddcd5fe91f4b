"""Building and publishing as jobs: what people decided is brought together, then the workbench builds."""

from typing import Any

from bygd.web.decisions import together
from bygd.web.places import published
from bygd.web.work.jobs import Told
from bygd.web.work.models import Job
from bygd.workbench import build as builds


def build(job: Job, progress: Told) -> dict[str, Any]:
    """Build the place's snapshot; gives its name. Raises InputError where the project cannot be built."""
    project = job.place.project
    together.bring_together(job.place, project)
    made = builds.build(project, progress)
    return {"snapshot": made.id}


def publish(job: Job, progress: Told) -> dict[str, Any]:
    """Show the snapshot that was asked for to everybody. Raises InputError where it may not be shown."""
    progress("Writing the public pages", 0, 1)
    published.publish(job.place, job.result["snapshot"])
    return {"snapshot": job.result["snapshot"]}
