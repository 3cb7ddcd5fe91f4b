"""Jobs: asked for in a request, done by the worker, found again when a worker died."""

import json
import logging
import time
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from bygd.sources.errors import InputError
from bygd.vocabulary.said import N_, to_plain
from bygd.web.people.models import Person
from bygd.web.places.models import Place
from bygd.web.work.models import Import, Job
from bygd.web.work.words import OPEN, JobKind, JobState

FILES, BUILDS, FETCHES = "files", "builds", "fetches"
"""Lanes, so that nobody waits for a long build, or for a slow service, to have a file looked at."""
LANE = {
    JobKind.LOOK: FILES, JobKind.CHECK: FILES, JobKind.BUILD: BUILDS, JobKind.PUBLISH: FILES,
    JobKind.STATISTICS: FETCHES, JobKind.VILLAGE: FILES,
}  # fmt: skip
ONCE = {JobKind.BUILD: (JobState.QUEUED.value,), JobKind.STATISTICS: OPEN}
"""Kinds of which another is not asked for while one of the place is in those states."""
MOST_ATTEMPTS = 3
"""So often is work begun whose worker dies; then it is the work that kills it."""
OFTEN = 0.3
"""Seconds between two times that progress is written down."""

FAULT = N_("Something went wrong here, and it is a fault of this program. Tell whoever runs it.")
DIED = N_("It was begun several times and the worker died each time, perhaps for lack of memory.")
STEPS = (
    N_("Looking at the file"),
    N_("Reading the file"),
    N_("Comparing with what is there"),
    N_("Reading ledgers"),
    N_("Reading registers"),
    N_("Another build of this place is running"),
    N_("Measuring"),
    N_("Writing the public pages"),
    N_("Reading where postcodes lie"),
    N_("Reading how many people live in each"),
    N_("Adding up by area"),
)
"""What the steps of jobs are called where they are written down."""

Told = Callable[[str, int, int], None]
log = logging.getLogger("bygd.work")


class Cancelled(Exception):
    """Somebody asked to stop it."""


def ask(
    place: Place, kind: JobKind, by: Person | None, about: Import | None = None, told: dict[str, Any] | None = None
) -> Job:
    """Have something done; `told` is what it must know besides, and stands in the result until there is one.

    A build that waits already is given again: it will read what stands there then. So is a pass over statistics that
    waits or runs.
    """
    with transaction.atomic():
        Place.objects.select_for_update().get(pk=place.pk)
        if kind in ONCE:
            waiting = Job.objects.filter(place=place, kind=kind.value, state__in=ONCE[kind]).first()
            if waiting is not None:
                return waiting
        job = Job.objects.create(place=place, kind=kind.value, asked_by=by, about=about, result=told or {})
        _enqueue(job)
    return job


def cancel(job: Job) -> None:
    """Stop it: at once while it waits; while it runs at the next step, or the worker ends it after some seconds."""
    ended = {"state": JobState.CANCELLED.value, "ended_at": timezone.now(), "cancel_requested": True}
    if not Job.objects.filter(pk=job.pk, state=JobState.QUEUED.value).update(**ended):
        Job.objects.filter(pk=job.pk, state=JobState.RUNNING.value).update(cancel_requested=True)


def recover(lane: str) -> None:
    """Put every job of the lane that is not at its end into the queue anew; for a worker that starts."""
    kinds = [kind.value for kind, its in LANE.items() if its == lane]
    with transaction.atomic():
        DBTaskResult.objects.filter(queue_name=lane).delete()
        open_jobs = Job.objects.filter(kind__in=kinds, state__in=OPEN)
        open_jobs.filter(state=JobState.RUNNING.value).update(state=JobState.QUEUED.value)
        for job in open_jobs.order_by("id"):
            _enqueue(job)


def _enqueue(job: Job) -> None:
    run.using(queue_name=LANE[JobKind(job.kind)]).enqueue(job.pk)


@task(queue_name=FILES)
def run(number: int) -> None:
    """Do the job of that number, if nobody else does and nobody stopped it."""
    claimed = {"state": JobState.RUNNING.value, "started_at": timezone.now(), "step": "", "done": 0, "total": 0}
    if not Job.objects.filter(pk=number, state=JobState.QUEUED.value).update(**claimed):
        return
    job = Job.objects.select_related("place", "about").get(pk=number)
    job.attempts += 1
    job.save(update_fields=["attempts"])
    try:
        if job.attempts > MOST_ATTEMPTS:
            raise InputError(DIED)
        job.result = _work(job)
        job.state = JobState.DONE.value
    except Cancelled:
        job.state = JobState.CANCELLED.value
    except InputError as error:
        job.state, job.error = JobState.FAILED.value, json.dumps(to_plain(error.said), ensure_ascii=False)
    except Exception:  # whatever it is must be told, and must not end the worker
        log.exception("job %s failed", job.pk)
        job.state, job.error = JobState.FAILED.value, FAULT
    job.ended_at = timezone.now()
    job.save(update_fields=["state", "error", "result", "ended_at"])


def _work(job: Job) -> dict[str, Any]:
    # what they import is heavy; only the worker needs it
    from bygd.web.work import building, by_postcode, checks, statistics

    doing = {
        JobKind.BUILD: building.build,
        JobKind.PUBLISH: building.publish,
        JobKind.LOOK: checks.look,
        JobKind.CHECK: checks.check,
        JobKind.STATISTICS: statistics.refresh,
        JobKind.VILLAGE: by_postcode.look_up,
    }
    return doing[JobKind(job.kind)](job, telling(job))


def telling(job: Job) -> Told:
    """A progress that is written down for pages to show, and that ends the work when somebody asks to.

    Raises Cancelled.
    """
    last, said = 0.0, ""

    def told(step: str, done: int, total: int) -> None:
        nonlocal last, said
        now = time.monotonic()
        if step == said and now - last < OFTEN:
            return
        last, said = now, step
        Job.objects.filter(pk=job.pk).update(step=step[:200], done=done, total=total)
        if Job.objects.filter(pk=job.pk, cancel_requested=True).exists():
            raise Cancelled

    return told
