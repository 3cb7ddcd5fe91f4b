"""Builds: started, watched, stopped, and those that were."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.work import files, jobs, worker
from bygd.web.work.models import Job
from bygd.web.work.words import OPEN, ImportKind, JobKind

MOST = 20
"""Builds listed."""


@needs(Right.SEE_POOL)
@require_GET
def builds(request: PlaceRequest) -> HttpResponse:
    """The build that runs or waits, a button for the next, and those that were."""
    listed = list(
        Job.objects.filter(place=request.place, kind=JobKind.BUILD.value).select_related("asked_by", "place")[:MOST]
    )
    shown = {
        "now": [job for job in listed if job.is_open],
        "ended": [job for job in listed if not job.is_open],
        "may_build": request.access.may(Right.BUILD),
        "is_empty": not request.place.project.ledgers,
    }
    return render(request, "work/builds.html", shown)


@needs(Right.BUILD)
@require_POST
def start(request: PlaceRequest) -> HttpResponse:
    """Have a snapshot built; where one waits already, that one."""
    jobs.ask(request.place, JobKind.BUILD, request.user)
    log.record(request, "started a build")
    return redirect("builds", request.place.slug)


@needs(Right.SEE_POOL)
@require_GET
def progress(request: PlaceRequest, number: int) -> HttpResponse:
    """How far a job is, as a part of a page; the whole page is asked for anew when it is at its end."""
    job = _found(request, number)
    if not job.is_open:
        return HttpResponse(headers={"HX-Refresh": "true"})
    shown = {"job": job, "ahead": _ahead(job), "has_worker": worker.is_running()}
    return render(request, "work/progress.html", shown)


@needs(Right.SEE_POOL)
@require_POST
def cancel(request: PlaceRequest, number: int) -> HttpResponse:
    """Stop a job: a build by who may start one, a check by who may add the file, else by who asked for it too."""
    job = _found(request, number)
    is_own = job.kind == JobKind.VILLAGE and job.asked_by_id == request.user.pk
    if not (job.about or is_own or request.access.may(Right.BUILD)):
        raise PermissionDenied
    jobs.cancel(job)
    log.record(request, "stopped work", job.kind)
    messages.info(request, request.translate("It is being stopped. The last snapshot stays as it is."))
    if job.about:
        return redirect("import", request.place.slug, job.about.pk)
    if job.kind == JobKind.VILLAGE:
        return redirect("place-village-looked-up", request.place.slug, job.pk)
    return redirect("place-refresh" if job.kind == JobKind.STATISTICS else "builds", request.place.slug)


def _ahead(job: Job) -> int:
    """How many jobs of its lane stand before it."""
    lane = [kind.value for kind, its in jobs.LANE.items() if its == jobs.LANE[JobKind(job.kind)]]
    return Job.objects.filter(kind__in=lane, state__in=OPEN, pk__lt=job.pk).count()


def _found(request: PlaceRequest, number: int) -> Job:
    """A job of this place that this person may see: a build, or one about a file they may add."""
    job = Job.objects.filter(place=request.place, pk=number).select_related("about", "place").first()
    if job is None or (job.about and not files.may_add(request.access, ImportKind(job.about.kind), job.about.anchor)):
        raise Http404
    return job
