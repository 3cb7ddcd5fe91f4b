"""Sheets: doubts and decisions out as CSV or XLSX, judgements in, with a look at what would change."""

import secrets
import tempfile
import time
from collections import Counter
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.vocabulary import tables
from bygd.vocabulary.words import Judgement
from bygd.web.decisions import together
from bygd.web.pages.review.deciding import by
from bygd.web.pages.review.desk import desk
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.workbench import decisions
from bygd.workbench.review import sheet
from bygd.workbench.review.sheet import Change, Kind

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MOST_BYTES = 20 << 20
MOST_SHOWN = 100
LONGEST = 86_400
"""Seconds for which a sheet may lie between looking and storing."""

KINDS = {
    Kind.NEW: N_("new"),
    Kind.CHANGED: N_("another word than before"),
    Kind.KNOWN: N_("decided already, left out"),
    Kind.NOBODY: N_("about a supplier that is not yours or an organisation that was not read, left out"),
}


@needs(Right.REVIEW)
@require_http_methods(["GET", "POST"])
def sheets(request: PlaceRequest) -> HttpResponse:
    """What can be downloaded, and a form for bringing a sheet back; a POST shows what it would change."""
    at_desk, _, wrong = desk(request), request.translate, ""
    if at_desk is None:
        raise Http404
    if request.method == "POST":
        sent = request.FILES.get("sheet")
        if not isinstance(sent, UploadedFile) or not sent.size:
            wrong = _("Choose a file with judgements, made from the sheet above.")
        elif sent.size > MOST_BYTES:
            wrong = _("The file is larger than 20 MB, which no sheet of decisions is.")
        else:
            _clear(request.session.pop("sheet", ""))
            name = secrets.token_hex(16)
            with _kept(name).open("wb") as written:
                for chunk in sent.chunks():
                    written.write(chunk)
            try:
                changes = _preview(request, name)
            except InputError as error:
                _kept(name).unlink()
                wrong = _.said(error).replace(name, sent.name or "")
            else:
                request.session["sheet"] = name
                return render(request, "review/sheet.html", _shown(changes))
    return render(request, "review/sheets.html", {"wrong": wrong})


@needs(Right.REVIEW)
@require_POST
def confirm(request: PlaceRequest) -> HttpResponse:
    """Store the judgements of the sheet that was looked at, as the person's own."""
    name, _ = request.session.pop("sheet", ""), request.translate
    at_desk = desk(request)
    if at_desk is None or not name or not _kept(name).exists():
        messages.warning(request, _("There is no sheet to take in. Bring it once more."))
        return redirect("review-sheets", request.place.slug)
    try:
        changes = _preview(request, name)
        # Whoever brings a sheet answers for it, whatever name stands in it.
        rows = [
            {**change.row, "decided_by": by(request), "decided_at": decisions.now()}
            for change in changes
            if change.kind in (Kind.NEW, Kind.CHANGED)
        ]
        together.add(request.place, tables.link_decisions, rows, at_desk.project)
    except InputError as error:
        messages.error(request, request.translate.said(error))
        return redirect("review-sheets", request.place.slug)
    finally:
        _kept(name).unlink(missing_ok=True)
    log.record(request, "took decisions in from a sheet", f"{len(rows)}")
    messages.success(request, _.ngettext("{number} decision was stored.", "{number} decisions were stored.", len(rows)))
    return redirect("review", request.place.slug)


@needs(Right.REVIEW)
@require_GET
def download(request: PlaceRequest, what: str, ending: str) -> HttpResponse:
    """Suppliers in doubt, or all decisions on suppliers of the person's institutions, as a file."""
    at_desk = desk(request)
    if at_desk is None or what not in ("doubts", "decisions") or ending not in TYPES:
        raise Http404
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{what}.{ending}"
        number = sheet.export(
            at_desk.project,
            file,
            everything=what == "decisions",
            language=request.language,
            anchors=request.access.anchors,
        )
        content = file.read_bytes()
    log.record(request, "exported", f"{what}.{ending}, {number}")
    response = HttpResponse(content, content_type=TYPES[ending])
    response["Content-Disposition"] = f'attachment; filename="{request.place.slug}-{what}.{ending}"'
    response["Cache-Control"] = "no-store"
    return response


def _preview(request: PlaceRequest, name: str) -> list[Change]:
    return sheet.preview(request.place.project, _kept(name), by(request), anchors=request.access.anchors)


def _shown(changes: list[Change]) -> dict[str, object]:
    counted = Counter(change.kind for change in changes)
    return {
        "counted": [(KINDS[kind], counted[kind]) for kind in Kind if counted[kind]],
        "words": {word.value: word.label for word in Judgement},
        "changes": [change for change in changes if change.kind in (Kind.NEW, Kind.CHANGED)][:MOST_SHOWN],
        "number": counted[Kind.NEW] + counted[Kind.CHANGED],
    }


def _clear(name: str) -> None:
    """Let go of the sheet the person looked at before, and of those that nobody took in for a day."""
    if name:
        _kept(name).unlink(missing_ok=True)
    for path in _kept("").iterdir():
        if path.stat().st_mtime < time.time() - LONGEST:
            path.unlink(missing_ok=True)


def _kept(name: str) -> Path:
    """Where a sheet lies between looking and storing; nothing is served from there."""
    folder = settings.UPLOADS / "sheets"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Path(folder / name)
