"""Appendices of a tender: files checked as evidence is, fixed once bids may come, handed out as downloads only."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from bygd.reports import Translator
from bygd.sources.errors import InputError
from bygd.sources.privacy import Finder
from bygd.web.people import log as audit
from bygd.web.people.gate import PlaceRequest, needs, open_to_all
from bygd.web.people.models import Person
from bygd.web.people.words import Right
from bygd.web.procurements.promises import sniffing
from bygd.web.procurements.tenders import intake, log
from bygd.web.procurements.tenders.models import Appendix, Tender
from bygd.web.procurements.tenders.team import Deed, enter
from bygd.web.work import scanning
from bygd.web.work.files import safe

MOST_BYTES = 10 << 20
MOST = 20


class Adding(forms.Form):
    """A file."""

    def __init__(self, *args: Any, translate: Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ = translate
        self.fields["file"] = forms.FileField(
            label=_("File"),
            help_text=_("PDF, picture, document, spreadsheet or text, {most} MB at most.", most=MOST_BYTES >> 20),
            widget=forms.ClearableFileInput(attrs={"accept": ",".join(sniffing.endings())}),
            error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
        )


def of(head: Tender) -> "Sequence[Appendix]":
    """The appendices of a procedure, without their content."""
    return list(Appendix.objects.filter(tender=head).defer("content"))


@needs(Right.SEE_POOL)
@require_http_methods(["GET", "POST"])
def appendices(request: PlaceRequest, number: int) -> HttpResponse:
    """The files that belong to a tender and its lots: add one, take one out, while it is prepared."""
    found, _ = enter(request, number, Deed.PREPARE).tender, request.translate
    form = Adding(request.POST or None, request.FILES or None, translate=_)
    if request.method == "POST" and "remove" in request.POST:
        for one in of(found.head):
            if str(one.pk) == request.POST["remove"]:
                one.delete()
                log.write(found, request.user, log.REMOVED_APPENDIX, one.name, before=one.sha256)
        return redirect("tender-appendices", request.place.slug, number)
    if request.method == "POST" and form.is_valid():
        try:
            kept = keep(found, form.cleaned_data["file"], request.user)
        except InputError as error:
            form.add_error("file", _.said(error))
        else:
            log.write(found, request.user, log.ADDED_APPENDIX, kept.name, after=kept.sha256)
            audit.record(request, log.ADDED_APPENDIX, found.number)
            messages.success(request, _("{name} is added.", name=kept.name))
            return redirect("tender-appendices", request.place.slug, number)
    shown = {"tender": found, "form": form, "appendices": of(found.head)}
    return render(request, "procurements/tenders/appendices.html", shown, status=422 if form.errors else 200)


def keep(tender: Tender, upload: "UploadedFile[Any]", by: Person) -> Appendix:
    """Check a file and keep it for all lots of the procedure, the same content once. Raises InputError."""
    name, head = safe(upload.name or ""), tender.head
    if (upload.size or 0) > MOST_BYTES:
        raise InputError("{name} is larger than {number} MB. Make it smaller.", name=name, number=MOST_BYTES >> 20)
    if head.appendices.count() >= MOST:
        raise InputError("A tender has {most} appendices at most. Put several into one file.", most=MOST)
    content = upload.read(MOST_BYTES + 1)
    clean = sniffing.look(name, content)
    finder = Finder(tender.place.project.country.conventions())
    if finder.inside(name) or any(finder.inside(text) for text in clean.texts):
        raise InputError("{name} holds a personal identity number. Bidders get this file: take it out.", name=name)
    scanning.check(name, content)
    found, _is_new = Appendix.objects.get_or_create(
        tender=head,
        sha256=sha256(clean.content).hexdigest(),
        defaults={"name": name[:200], "content": clean.content, "size": len(clean.content), "added_by": by},
    )
    return found


@needs(Right.SEE_POOL)
@require_safe
def appendix(request: PlaceRequest, number: int, key: int) -> HttpResponse:
    """One of them, as a download."""
    return _handed(enter(request, number, Deed.SEE).tender.head, key)


@open_to_all
@require_safe
def outside(_request: HttpRequest, secret: str, key: int) -> HttpResponse:
    """The same, by a bidder's link."""
    invitation = intake.find(secret)
    if invitation is None:
        raise Http404
    return _handed(invitation.tender.head, key)


def _handed(head: Tender, key: int) -> HttpResponse:
    found = head.appendices.filter(pk=key).first()
    if found is None:
        raise Http404
    answer = HttpResponse(bytes(found.content), content_type="application/octet-stream")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.name)}"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer
