"""Drawing: a panel by stratified lottery: a pool that is frozen, then a seed found in public, then the draw."""

import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.tools import lottery as tool
from bygd.tools.lottery import Member, Quota
from bygd.web.boards.meetings.forms import PoolForm, SeedForm
from bygd.web.boards.meetings.models import Lottery, Meeting
from bygd.web.boards.meetings.views import of
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.workbench import panel

MOST_BYTES = 2 << 20


@needs(Right.FACILITATE)
@require_http_methods(["GET", "POST"])
def lottery(request: PlaceRequest, number: int) -> HttpResponse:
    """The lottery of a meeting: bring the pool, then draw; a frozen pool is changed by nobody."""
    meeting = of(request, number)
    found = Lottery.objects.filter(meeting=meeting).first()
    spoken: dict[str, Any] = {"translate": request.translate, "project": request.place.project}
    if found is not None:
        form: Any = SeedForm(request.POST or None, initial={"seed": found.seed, "seed_from": found.seed_from}, **spoken)
        if request.method == "POST" and not found.drawn_at and form.is_valid():
            return _drawn(request, meeting, found, form)
    else:
        form = PoolForm(request.POST or None, request.FILES or None, initial={"size": 24}, **spoken)
        if request.method == "POST" and form.is_valid() and _frozen(request, meeting, form):
            return redirect("meeting-lottery", request.place.slug, meeting.pk)
    shown = {"meeting": meeting, "lottery": found, "form": form, "table": table(found) if found else []}
    return render(request, "boards/meetings/lottery.html", shown, status=422 if form.errors else 200)


@needs(Right.FACILITATE)
@require_POST
def refill(request: PlaceRequest, number: int) -> HttpResponse:
    """Somebody who was drawn says no: their place is drawn again by the same seed, quotas kept."""
    meeting = of(request, number)
    found = Lottery.objects.filter(meeting=meeting, drawn_at__isnull=False).first()
    code = request.POST.get("code", "").strip()
    if found is None or code not in found.panel:
        messages.error(request, request.translate("Nobody on the panel has that code."))
        return redirect("meeting-lottery", request.place.slug, meeting.pk)
    kept, out = [one for one in found.panel if one != code], [*found.out, code]
    try:
        drawn = tool.draw(members(found), found.size, quotas(found), found.seed, kept=kept, out=out)
    except InputError as error:
        messages.error(request, request.translate.said(error))
        return redirect("meeting-lottery", request.place.slug, meeting.pk)
    # Where somebody else filled a place meanwhile, theirs stands and the page shows it.
    if not Lottery.objects.filter(pk=found.pk, out=found.out).update(panel=[*kept, *drawn.panel], out=out):
        return redirect("meeting-lottery", request.place.slug, meeting.pk)
    log.record(request, N_("drew a place of a panel again"), meeting.key)
    messages.success(request, request.translate("The place is drawn again: {codes}.", codes=", ".join(drawn.panel)))
    return redirect("meeting-lottery", request.place.slug, meeting.pk)


@needs(Right.FACILITATE)
@require_POST
def discard(request: PlaceRequest, number: int) -> HttpResponse:
    """Discard the pool before anything was drawn of it."""
    meeting = of(request, number)
    Lottery.objects.filter(meeting=meeting, drawn_at=None).delete()
    log.record(request, N_("discarded the pool of a lottery"), meeting.key)
    return redirect("meeting-lottery", request.place.slug, meeting.pk)


def members(found: Lottery) -> list[Member]:
    """The pool of a lottery."""
    return [Member(code, features) for code, features in found.pool.items()]


def quotas(found: Lottery) -> list[Quota]:
    """What is wanted of it."""
    return [Quota(*one) for one in found.quotas]


def table(found: Lottery) -> list[tuple[Quota, int, int]]:
    """Each quota with how many there are in the pool and on the panel."""
    held = Counter((name, value) for one in found.pool.values() for name, value in one.items())
    drawn = Counter((name, value) for code in found.panel for name, value in found.pool[code].items())
    return [(one, held[one.feature, one.value], drawn[one.feature, one.value]) for one in quotas(found)]


def _frozen(request: PlaceRequest, meeting: Meeting, form: PoolForm) -> bool:
    """Keep the pool, if a panel can be drawn of it; else the form says why not and it gives False."""
    said = form.cleaned_data
    try:
        people = _read(request, said["file"])
        wanted = panel.quotas(said["quotas"], people)
        tool.draw(people, said["size"], wanted, "trial")  # only to tell now what would not be possible then
    except InputError as error:
        form.add_error("quotas" if "quota" in error.message else "file", request.translate.said(error))
        return False
    made = {
        "size": said["size"],
        "pool": {one.code: dict(one.features) for one in people},
        "quotas": [[one.feature, one.value, one.least, one.most] for one in wanted],
        "fingerprint": tool.fingerprint(people),
    }
    # Of two who bring a pool at the same moment the first counts; the page shows theirs.
    _lottery, is_new = Lottery.objects.get_or_create(meeting=meeting, defaults=made)
    if is_new:
        log.record(request, N_("froze the pool of a lottery"), meeting.key)
        messages.success(request, request.translate("The pool is frozen. Publish its fingerprint, then get the seed."))
    return True


def _read(request: PlaceRequest, given: "UploadedFile[Any]") -> list[Member]:
    if (given.size or 0) > MOST_BYTES:
        raise InputError("The file is too large. Keep only codes and what counts.")
    ending = Path(given.name or "").suffix.lower()
    with tempfile.TemporaryDirectory() as passing:
        path = Path(passing) / f"pool{ending if ending in ('.csv', '.xlsx', '.ods') else '.csv'}"
        path.write_bytes(b"".join(given.chunks()))
        return panel.pool(path, request.place.project.country)


def _drawn(request: PlaceRequest, meeting: Meeting, found: Lottery, form: SeedForm) -> HttpResponse:
    said = form.cleaned_data
    drawn = tool.draw(members(found), found.size, quotas(found), said["seed"])
    made = {"panel": list(drawn.panel), "seed": said["seed"], "seed_from": said["seed_from"]}
    # A panel is drawn once: of two who draw at the same moment the first counts.
    if not Lottery.objects.filter(pk=found.pk, drawn_at=None).update(**made, drawn_at=timezone.now()):
        return redirect("meeting-lottery", request.place.slug, meeting.pk)
    log.record(request, N_("drew a panel by lot"), meeting.key)
    messages.success(request, request.translate("The panel is drawn. Seed and codes stand on the meeting's page."))
    return redirect("meeting-lottery", request.place.slug, meeting.pk)
