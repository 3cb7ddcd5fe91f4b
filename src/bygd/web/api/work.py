"""Work: files brought, builds and checks asked for, watched and stopped."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import File, Form, Path, Router, Schema, Status, UploadedFile
from pydantic import Field

from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.web.api.callers import Reached, reach
from bygd.web.api.problems import Problem
from bygd.web.languages import spoken
from bygd.web.people import log
from bygd.web.people.words import Right, Scope
from bygd.web.work import files, jobs
from bygd.web.work.models import Import, Job
from bygd.web.work.words import ImportKind, ImportState, JobKind

router = Router(tags=["Work"])

BUILT = N_("started a build")
STOPPED = N_("stopped work")
BROUGHT = N_("brought a file")
TOOK_IN = N_("took a file in")
LEFT = N_("left a file")
MOST = 100
"""Jobs and files listed, the latest."""

Number = Annotated[int, Path(ge=1, le=2_000_000_000)]


class JobOut(Schema):
    """Something done in the background: which state it is in, how far it is, what came of it."""

    id: int
    kind: str
    state: str
    step: str
    done: int
    total: int
    asked_at: str
    started_at: str | None
    ended_at: str | None
    error: str
    result: dict[str, Any]
    import_id: int | None


class ImportOut(Schema):
    """A file on its way into the project: what was guessed of it, what the check found, what waits."""

    id: int
    kind: str
    state: str
    anchor: str
    file_name: str
    size: int
    sha256: str
    mapping: dict[str, Any]
    findings: dict[str, Any]
    made_at: str


class FileIn(Schema):
    """What a file is to the project, and whose."""

    kind: ImportKind = Field(ImportKind.LEDGER, description="What the file is.")
    anchor: str = Field("", max_length=200, description="Whose ledger it is; empty for anything else.")


@router.get("/places/{slug:place}/jobs", response=list[JobOut], operation_id="jobs")
def listed(request: HttpRequest, place: str) -> Any:
    """Builds of the place, and work on files that you may add; the latest first."""
    reached = reach(request, place, Right.SEE_POOL)
    found = Job.objects.filter(place=reached.place).select_related("about")[:MOST]
    return [_job(one) for one in found if _sees(reached, one)]


@router.get("/places/{slug:place}/jobs/{int:number}", response=JobOut, operation_id="job")
def one_job(request: HttpRequest, place: str, number: Number) -> Any:
    """How far a job is."""
    return _job(_found(reach(request, place, Right.SEE_POOL), number))


@router.post("/places/{slug:place}/builds", response={202: JobOut}, operation_id="build")
def build(request: HttpRequest, place: str) -> Any:
    """Have a snapshot built. Where one waits already, that one is given."""
    reached = reach(request, place, Right.BUILD, Scope.IMPORT)
    if not reached.place.project.ledgers:
        raise Problem(409, "There is no ledger here yet. Bring one first.")
    job = jobs.ask(reached.place, JobKind.BUILD, reached.person)
    log.record(request, BUILT, "API")
    return Status(202, _job(job))


@router.delete("/places/{slug:place}/jobs/{int:number}", response=JobOut, operation_id="stop_job")
def stop(request: HttpRequest, place: str, number: Number) -> Any:
    """Stop a job: at once where it waits, at its next step where it runs. The last snapshot stays as it is."""
    reached = reach(request, place, Right.SEE_POOL, Scope.IMPORT)
    job = _found(reached, number)
    if not (job.about or reached.access.may(Right.BUILD)):
        raise Problem(403)
    jobs.cancel(job)
    log.record(request, STOPPED, f"{job.kind} (API)")
    job.refresh_from_db()
    return _job(job)


@router.get("/places/{slug:place}/imports", response=list[ImportOut], operation_id="imports")
def imports(request: HttpRequest, place: str) -> Any:
    """Files that were brought and that you may add or take out; the latest first."""
    reached = reach(request, place, Right.SEE_POOL)
    found = Import.objects.filter(place=reached.place)[:MOST]
    return [_import(one) for one in found if files.may_add(reached.access, ImportKind(one.kind), one.anchor)]


@router.get("/places/{slug:place}/imports/{int:number}", response=ImportOut, operation_id="import")
def one_import(request: HttpRequest, place: str, number: Number) -> Any:
    """How far a file has come, and what was found in it."""
    return _import(_brought(reach(request, place, Right.SEE_POOL), number))


@router.post("/places/{slug:place}/imports", response={201: ImportOut}, operation_id="bring")
def bring(request: HttpRequest, place: str, said: Form[FileIn], file: File[UploadedFile]) -> Any:
    """Bring a file. It is looked at in the background; one with headers known from before is checked at once."""
    reached = reach(request, place, Right.SEE_POOL, Scope.IMPORT)
    if said.kind is ImportKind.LEDGER and not said.anchor:
        raise Problem(409, "A ledger needs its anchor.")
    if not files.may_add(reached.access, said.kind, said.anchor):
        raise Problem(403)
    anchor = said.anchor if said.kind is ImportKind.LEDGER else ""
    try:
        brought = files.stored(reached.place, said.kind, anchor, file, reached.person)
    except InputError as error:
        raise Problem(409, error.said) from None
    log.record(request, BROUGHT, f"{anchor or brought.kind}: {brought.file_name} (API)")
    return Status(201, _import(brought))


@router.post("/places/{slug:place}/imports/{int:number}/commit", response=ImportOut, operation_id="take_in")
def take_in(request: HttpRequest, place: str, number: Number) -> Any:
    """Take a checked file into the project. It counts from the next build on."""
    reached = reach(request, place, Right.SEE_POOL, Scope.IMPORT)
    brought = _brought(reached, number)
    if brought.state != ImportState.CHECKED:
        raise Problem(
            409,
            "The file is not checked, but '{state}'. Wait, or say in the browser how to read it.",
            state=brought.state,
        )
    return _done(request, brought, files.commit, TOOK_IN)


@router.delete("/places/{slug:place}/imports/{int:number}", response=ImportOut, operation_id="leave")
def leave(request: HttpRequest, place: str, number: Number) -> Any:
    """Leave a file that was not taken in. It is deleted."""
    reached = reach(request, place, Right.SEE_POOL, Scope.IMPORT)
    return _done(request, _brought(reached, number), files.leave, LEFT)


def _done(request: HttpRequest, brought: Import, act: Any, told: str) -> dict[str, Any]:
    try:
        act(brought)
    except InputError as error:
        raise Problem(409, error.said) from None
    log.record(request, told, f"{brought.anchor or brought.kind}: {brought.file_name} (API)")
    brought.refresh_from_db()
    return _import(brought)


def _sees(reached: Reached, job: Job) -> bool:
    about = job.about
    return about is None or files.may_add(reached.access, ImportKind(about.kind), about.anchor)


def _found(reached: Reached, number: int) -> Job:
    job = Job.objects.filter(place=reached.place, pk=number).select_related("about").first()
    if job is None or not _sees(reached, job):
        raise Problem(404)
    return job


def _brought(reached: Reached, number: int) -> Import:
    brought = Import.objects.filter(place=reached.place, pk=number).first()
    if brought is None or not files.may_add(reached.access, ImportKind(brought.kind), brought.anchor):
        raise Problem(404)
    return brought


def _job(job: Job) -> dict[str, Any]:
    moments = {name: getattr(job, name) for name in ("asked_at", "started_at", "ended_at")}
    return {
        "id": job.pk,
        **{name: getattr(job, name) for name in ("kind", "state", "step", "done", "total", "result")},
        "error": spoken().said(job.why),
        **{name: moment.isoformat() if moment else None for name, moment in moments.items()},
        "import_id": job.about_id,
    }


def _import(brought: Import) -> dict[str, Any]:
    names = ("kind", "state", "anchor", "file_name", "size", "sha256", "mapping", "findings")
    return {
        "id": brought.pk,
        **{name: getattr(brought, name) for name in names},
        "made_at": brought.made_at.isoformat(),
    }
