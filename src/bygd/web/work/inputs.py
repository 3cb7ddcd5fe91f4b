"""Inputs: what the project reads, who brought it and when; files taken out, put back, and those that wait."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from bygd.sources.errors import InputError
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.places import held
from bygd.web.work import building, files, jobs
from bygd.web.work.asides import answered
from bygd.web.work.models import Import, Job
from bygd.web.work.titles import title
from bygd.web.work.words import OF_PLACE, ImportKind, ImportState, JobKind, JobState
from bygd.workbench import control
from bygd.workbench.control import HARMLESS
from bygd.workbench.project import Project

ENDED_BADLY = (JobState.FAILED.value, JobState.CANCELLED.value)


@dataclass(frozen=True)
class Input:
    """One file that the project names: what it is, who brought it, and what the last build read from it.

    `read` is None where the last build does not know it, or where it is not for this person.
    """

    kind: ImportKind
    anchor: str
    file: str
    sha256: str
    by: str
    at: datetime | None
    read: dict[str, Any] | None
    may_take_out: bool
    title: str = ""
    """What a register or list is called."""

    @property
    def name(self) -> str:
        """The file's own name."""
        return PurePath(self.file).name


@needs(Right.SEE_POOL)
@require_GET
def inputs(request: PlaceRequest) -> HttpResponse:
    """Every file of the project, those taken out, and those on their way."""
    listed = of(request, request.place.project)
    out = Import.objects.filter(place=request.place, state=ImportState.OUT.value).select_related("made_by")
    by_anchor: dict[str, list[Input]] = {}
    by_title: dict[str, list[Input]] = {}
    for one in listed:
        if one.kind is ImportKind.LEDGER:
            by_anchor.setdefault(one.anchor, []).append(one)
        else:
            by_title.setdefault(one.title, []).append(one)
    waiting = files.unfinished(request.place, request.access)
    shown = {
        "anchors": by_anchor,
        "others": by_title,
        "out": [one for one in out if files.may_add(request.access, ImportKind(one.kind), one.anchor)],
        "waiting": waiting,
        "clean": [one for one in waiting if is_clean(one)],
        "failed": _failed(waiting),
        "kinds": [kind for kind in files.kinds(request.access) if kind not in OF_PLACE],
        "states": {state.value: state for state in ImportState},
    }
    return render(request, "work/inputs.html", shown)


def of(request: PlaceRequest, project: Project) -> list[Input]:
    """The files of the project, with what the last build read from those whose rows this person may see."""
    mine = held.current(project, request.access.anchors)
    read: dict[str, dict[str, Any]] = {}
    hashes: dict[str, str] = {}
    if mine is not None:
        hashes = {file["path"]: file["sha256"] for file in mine.snapshot.manifest["files"]}
        for row in mine.answer("read by file", control.by_file):
            read.setdefault(row["path"], row)
    brought = {
        one.file: one
        for one in Import.objects.filter(place=request.place, state=ImportState.COMMITTED.value).select_related(
            "made_by"
        )
    }
    kinds = [kind for kind in ImportKind if kind not in OF_PLACE]
    groups = zip(kinds, (project.ledgers, project.registers, project.postcodes, project.boundaries), strict=True)
    return [
        Input(
            kind=kind,
            anchor=entry.source if kind is ImportKind.LEDGER else "",
            file=file,
            sha256=brought[file].sha256 if file in brought else hashes.get(file, ""),
            by=str(brought[file].made_by or "") if file in brought else "",
            at=brought[file].made_at if file in brought else None,
            read=read.get(file),
            may_take_out=files.may_add(request.access, kind, entry.source if kind is ImportKind.LEDGER else ""),
            title=title(entry.source, request.translate) if entry.source and kind is not ImportKind.LEDGER else "",
        )
        for kind, entries in groups
        for entry in entries
        for file in entry.files
    ]


@needs(Right.SEE_ROWS)
@require_GET
def aside(request: PlaceRequest, form: str) -> HttpResponse:
    """The rows of a ledger that the last build set aside, as a file to mend it by; of one's own institutions alone."""
    mine, file = held.current(request.place.project, request.access.anchors), request.GET.get("file", "")
    read = (
        next((row for row in mine.answer("read by file", control.by_file) if row["path"] == file), None)
        if mine
        else None
    )
    if mine is None or read is None:
        raise Http404
    with mine.engine() as engine:
        rows = control.rows_aside(engine, file)
    log.record(request, "exported rows set aside", f"{read['anchor']}: {PurePath(file).name}")
    return answered(rows, PurePath(file).name, read["currency"], form, request.translate)


def _failed(waiting: list[Import]) -> set[int]:
    """Those of the files whose last job did not come to its end."""
    last = {job.about_id: job.state for job in Job.objects.filter(about__in=waiting).order_by("id")}
    return {number for number, state in last.items() if number and state in ENDED_BADLY}


def is_clean(brought: Import) -> bool:
    """Whether a file was checked and nothing in it asks for a person: no row lost, no content that is there already."""
    found = brought.findings
    lost = any(row["reason"] not in HARMLESS for row in found.get("aside", ()))
    return (
        brought.state == ImportState.CHECKED
        and brought.kind not in OF_PLACE
        and not (
            lost or files.same(brought) or found.get("same_as") or found.get("rows_known") or found.get("warnings")
        )
    )


@needs(Right.SEE_POOL)
@require_POST
def take_in(request: PlaceRequest) -> HttpResponse:
    """Take in every file at once that was checked and is clean, and build once."""
    taken = 0
    _ = request.translate
    for brought in files.unfinished(request.place, request.access):
        if is_clean(brought):
            try:
                files.commit(brought)
            except InputError as error:
                messages.error(request, _.said(error))
                continue
            taken += 1
            log.record(request, "took a file in", f"{brought.anchor or brought.kind}: {brought.file_name}")
    if taken and not building.can_begin(request.place.project):
        return redirect("start", request.place.slug)  # it says what is still missing
    if taken:
        jobs.ask(request.place, JobKind.BUILD, request.user)
        messages.success(
            request,
            _.ngettext(
                "{number} file is taken in. The figures are being built anew.",
                "{number} files are taken in. The figures are being built anew.",
                taken,
            ),
        )
        return redirect("builds", request.place.slug)
    return redirect("inputs", request.place.slug)


@needs(Right.SEE_POOL)
@require_POST
def take_out(request: PlaceRequest) -> HttpResponse:
    """Take a file out of the project; it stays in the folder and can be put back."""
    file = request.POST.get("file", "")
    found = next((one for one in of(request, request.place.project) if one.file == file), None)
    if found is None:
        raise Http404
    if not found.may_take_out:
        raise PermissionDenied
    return _changed(request, found.name, "took a file out", lambda: files.take_out(request.place, file, request.user))


@needs(Right.SEE_POOL)
@require_POST
def put_back(request: PlaceRequest, number: int) -> HttpResponse:
    """Put a file back that was taken out."""
    brought = Import.objects.filter(place=request.place, pk=number, state=ImportState.OUT.value).first()
    if brought is None or not files.may_add(request.access, ImportKind(brought.kind), brought.anchor):
        raise Http404
    return _changed(request, brought.file_name, "put a file back", lambda: files.put_back(brought))


def _changed(request: PlaceRequest, name: str, did: str, change: Any) -> HttpResponse:
    _ = request.translate
    try:
        change()
    except InputError as error:
        messages.error(request, _.said(error))
        return redirect("inputs", request.place.slug)
    log.record(request, did, name)
    jobs.ask(request.place, JobKind.BUILD, request.user)
    texts = {
        "took a file out": _(
            "{file} is taken out. It is kept and can be put back. The figures are being built anew.", file=name
        ),
        "put a file back": _("{file} is put back. The figures are being built anew.", file=name),
    }
    messages.success(request, texts[did])
    return redirect("inputs", request.place.slug)
