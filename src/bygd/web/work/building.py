"""A build as a job: what people decided is brought together, then the workbench builds."""

from typing import Any

from bygd.web.decisions import together
from bygd.web.work.jobs import Told
from bygd.web.work.models import Job
from bygd.workbench import build as builds


def build(job: Job, progress: Told) -> dict[str, Any]:
    """Build the place's snapshot; gives its name. Raises InputError where the project cannot be built."""
    project = job.place.project
    together.bring_together(job.place, project)
    made = builds.build(project, progress)
    return {"snapshot": made.id}
