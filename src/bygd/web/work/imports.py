"""The guided import: a file is brought, its columns are confirmed, what would come of it is shown, it is taken in."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bygd.sources.errors import InputError
from bygd.vocabulary.place_words import Level
from bygd.vocabulary.words import SetAside
from bygd.web.people import log, membership
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right, Role
from bygd.web.work import building, files, jobs
from bygd.web.work.asides import answered
from bygd.web.work.fields import NEEDED, RARE, REPAIRS, USEFUL
from bygd.web.work.forms import WHOSE, Bring, Columns, OwnColumns, Reading
from bygd.web.work.models import Import
from bygd.web.work.titles import title
from bygd.web.work.words import OF_PLACE, UNFINISHED, ImportKind, ImportState, JobKind, JobState
from bygd.workbench import checking
from bygd.workbench.control import HARMLESS
from bygd.workbench.place import shapes


@needs(Right.SEE_POOL)
@require_http_methods(["GET", "POST"])
def bring(request: PlaceRequest, kind: str = ImportKind.LEDGER.value) -> HttpResponse:
    """Which file, and whose. The file is kept aside and looked at; nothing is read into the project yet."""
    what = _kind(request, kind)
    form = Bring(
        request.POST or None, request.FILES or None, translate=request.translate, kind=what, access=request.access,
        country=request.place.project.country,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        anchor = form.whose()
        _begin(request, what, anchor, form)
        brought = []
        if not form.errors:
            try:
                uploads = form.cleaned_data["files"]
                together = [uploads] if what is ImportKind.DIVISIONS else [[one] for one in uploads]
                for first, *beside in together:
                    brought.append(files.stored(request.place, what, anchor, first, request.user, form.given(), beside))
                    log.record(request, "brought a file", f"{anchor or what.value}: {brought[-1].file_name}")
            except InputError as error:
                form.add_error("files", request.translate.said(error))
        if brought and not form.errors:
            one = len(brought) == 1
            place = request.place.slug
            return _to(request, redirect("import", place, brought[0].pk) if one else redirect("inputs", place))
    status = 422 if form.errors else 200
    if form.errors and request.headers.get("X-Upload"):
        return JsonResponse({"errors": [text for listed in form.errors.values() for text in listed]}, status=status)
    shown = {"form": form, "kind": what, "most": settings.MOST_UPLOADED >> 20}
    return render(request, "work/bring.html", shown, status=status)


@needs(Right.SEE_POOL)
@require_GET
def step(request: PlaceRequest, number: int) -> HttpResponse:
    """The page of one file: whatever it waits for."""
    brought = _found(request, number)
    job = brought.jobs.first()
    if job is not None and job.is_open:
        return render(request, "work/waiting.html", {"brought": brought, "job": job})
    if brought.state == ImportState.LOOKED:
        return _columns(request, brought, _form(request, brought))
    failed = job is not None and job.state != JobState.DONE.value and brought.state in UNFINISHED
    if failed:
        reading = Reading(translate=request.translate) if brought.kind == ImportKind.LEDGER else None
        shown = {"brought": brought, "job": job, "reading": reading}
        return render(request, "work/failed.html", shown)
    if brought.state == ImportState.CHECKED:
        read_as = title(brought.seen.get("source", ""), request.translate)
        found = {
            "brought": brought,
            "read_as": read_as,
            **_findings(brought),
            "day": date.fromisoformat,
            "level": Level,
            "most_drawn": shapes.MOST_BYTES // 1_000_000,
        }
        return render(request, "work/checked.html", found)
    return render(request, "work/ended.html", {"brought": brought})


@needs(Right.SEE_POOL)
@require_http_methods(["GET", "POST"])
def columns(request: PlaceRequest, number: int) -> HttpResponse:
    """What was seen in a ledger, and which column is what: guesses are shown as guesses, and somebody confirms."""
    brought = _found(request, number, *UNFINISHED)
    if not brought.seen.get("sheets") and not brought.seen.get("fields"):
        return redirect("import", request.place.slug, number)
    form = _form(request, brought)
    if request.method == "POST" and form.is_valid():
        mapping = form.mapping()
        alike = Import.objects.filter(place=brought.place, anchor=brought.anchor, kind=brought.kind, given={})
        others = (
            alike.exclude(layout="")
            .filter(layout=brought.layout, state=ImportState.LOOKED.value)
            .exclude(pk=brought.pk)
        )
        told = {"mapping": mapping, "state": ImportState.MAPPED.value}
        _ = request.translate
        if not _goes_on(request, brought, JobKind.CHECK, **told):
            messages.error(request, _(files.CHANGED))
        elif also := [one for one in others if _goes_on(request, one, JobKind.CHECK, **told)]:
            text = _.ngettext(
                "{number} other file with the same columns is read in the same way.",
                "{number} other files with the same columns are read in the same way.",
                len(also),
            )
            messages.info(request, text)
        return redirect("import", request.place.slug, number)
    return _columns(request, brought, form)


def _goes_on(request: PlaceRequest, brought: Import, kind: JobKind, **told: Any) -> bool:
    """Keep what somebody said of a file and have it read so; whether it was not taken in or left meanwhile."""
    unfinished = Import.objects.filter(pk=brought.pk, state__in=UNFINISHED)
    if not unfinished.update(**told, changed_at=timezone.now()):
        return False
    jobs.ask(request.place, kind, request.user, brought)
    return True


def _form(request: PlaceRequest, brought: Import) -> Columns | OwnColumns:
    kind = Columns if brought.kind == ImportKind.LEDGER else OwnColumns
    return kind(request.POST or None, translate=request.translate, about=brought)


def _columns(request: PlaceRequest, brought: Import, form: Columns | OwnColumns) -> HttpResponse:
    status = 422 if form.errors else 200
    if isinstance(form, OwnColumns):
        return render(request, "work/own_columns.html", {"brought": brought, "form": form}, status=status)
    shown = {
        "brought": brought,
        "form": form,
        "sheets": form.sheets,
        "parts_of": {
            "needed": form.rows(NEEDED),
            "useful": form.rows(USEFUL),
            "rare": form.rows(RARE),
            "has_rare": any(form[name].value() or form[name].errors for name in RARE),
        },
        "reading": Reading(translate=request.translate, initial=brought.given),
    }
    return render(request, "work/columns.html", shown, status=status)


@needs(Right.SEE_POOL)
@require_POST
def reread(request: PlaceRequest, number: int) -> HttpResponse:
    """Look at the file anew, opened as somebody says."""
    brought = _found(request, number, *UNFINISHED)
    if brought.kind != ImportKind.LEDGER:
        raise Http404  # of other files it was said when they were brought, and would be forgotten
    form = Reading(request.POST, translate=request.translate)
    if form.is_valid():
        told = {"given": form.given(), "state": ImportState.ARRIVED.value}
        if not _goes_on(request, brought, JobKind.LOOK, **told):
            messages.error(request, request.translate(files.CHANGED))
    return redirect("import", request.place.slug, number)


@needs(Right.SEE_POOL)
@require_POST
def again(request: PlaceRequest, number: int) -> HttpResponse:
    """Do once more what failed or was stopped."""
    brought = _found(request, number, *UNFINISHED)
    kind = JobKind.LOOK if brought.state == ImportState.ARRIVED else JobKind.CHECK
    jobs.ask(request.place, kind, request.user, brought)
    return redirect("import", request.place.slug, number)


@needs(Right.SEE_POOL)
@require_POST
def commit(request: PlaceRequest, number: int) -> HttpResponse:
    """Take the file into the project, and have a snapshot built."""
    brought = _found(request, number)
    _ = request.translate
    try:
        files.commit(brought)
    except InputError as error:
        messages.error(request, _.said(error))
        return redirect("import", request.place.slug, number)
    log.record(request, "took a file in", f"{brought.anchor or brought.kind}: {brought.file_name}")
    if brought.kind in OF_PLACE:
        messages.success(request, _("{file} is taken in.", file=brought.file_name))
        return redirect("place-areas", request.place.slug)
    if not building.can_begin(request.place.project):
        messages.success(request, _("{file} is taken in.", file=brought.file_name))
        return redirect("start", request.place.slug)  # it says what is still missing
    jobs.ask(request.place, JobKind.BUILD, request.user)
    messages.success(request, _("{file} is taken in. The figures are being built anew.", file=brought.file_name))
    return redirect("builds", request.place.slug)


@needs(Right.SEE_POOL)
@require_POST
def leave(request: PlaceRequest, number: int) -> HttpResponse:
    """Delete the file instead; the project is as it was."""
    brought = _found(request, number)
    _ = request.translate
    try:
        files.leave(brought)
        log.record(request, "left a file", f"{brought.anchor or brought.kind}: {brought.file_name}")
        messages.success(request, _("{file} was deleted. Nothing else changed.", file=brought.file_name))
    except InputError as error:
        messages.error(request, _.said(error))
    return redirect("inputs", request.place.slug)


def _found(request: PlaceRequest, number: int, *states: str) -> Import:
    """The file of that number, where this person may see it and it is in one of those states."""
    brought = Import.objects.filter(place=request.place, pk=number).select_related("place", "made_by").first()
    if brought is None or not files.may_add(request.access, ImportKind(brought.kind), brought.anchor):
        raise Http404
    if states and brought.state not in states:
        raise Http404
    return brought


def _kind(request: PlaceRequest, kind: str) -> ImportKind:
    if kind not in set(ImportKind):
        raise Http404
    if ImportKind(kind) not in files.kinds(request.access):
        raise PermissionDenied
    return ImportKind(kind)


def _begin(request: PlaceRequest, what: ImportKind, anchor: str, form: Bring) -> None:
    """Make who names a new anchor its member. What exists already, nobody gets by naming it."""
    if what is not ImportKind.LEDGER or anchor in request.access.anchors:
        return
    _ = request.translate
    known = {*membership.anchors(request.place), *membership.claimed(request.place)}
    is_known = anchor.casefold() in {one.casefold() for one in known}
    if not anchor or is_known or not files.may_name(request.access):
        text = _("You are not a member of this institution. An administrator of the place can invite you as one.")
        form.add_error("new_anchor" if "new_anchor" in form.fields else "anchor", text if anchor else _(WHOSE))
        return
    membership.give(request.user, request.place, [(Role.ANCHOR_MEMBER, anchor)], request.user)


def _to(request: PlaceRequest, response: HttpResponse) -> HttpResponse:
    """The answer to a form; to one sent by the page's own script, where to go on."""
    return JsonResponse({"to": response["Location"]}) if request.headers.get("X-Upload") else response


def _findings(brought: Import) -> dict[str, Any]:
    """What the page of a checked file shows: rows set aside with what to do, those that matter first."""
    found = {**brought.findings, "same_as": brought.findings.get("same_as") or files.same(brought)}
    listed = [
        {**row, "word": SetAside(row["reason"]), "repair": REPAIRS[SetAside(row["reason"])]}
        for row in found.get("aside", [])
    ]
    listed.sort(key=lambda row: row["word"] in HARMLESS)
    return {
        "found": found,
        "aside": listed,
        "harmless": HARMLESS,
        "lost": [row for row in listed if row["word"] not in HARMLESS],
    }


@needs(Right.SEE_POOL)
@require_GET
def aside(request: PlaceRequest, number: int, form: str) -> HttpResponse:
    """The rows that the check set aside, as a file to mend them by."""
    brought = _found(request, number, *UNFINISHED)
    if not brought.folder or not brought.aside.exists():
        raise Http404
    log.record(request, "exported rows set aside", f"{brought.anchor}: {brought.file_name}")
    currency = next((one["currency"] for one in brought.findings.get("sums", ())), "")
    return answered(checking.rows_aside(brought.aside), brought.file_name, currency, form, request.translate)
