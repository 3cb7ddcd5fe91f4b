"""Views of the guide: about it, the guide itself, its own part changed, and the guide for everybody."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bygd.reports.documents import guide as document
from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs, open_to_all
from bygd.web.people.words import Right
from bygd.web.places.models import Place
from bygd.web.procurements.guide import made
from bygd.web.procurements.guide.forms import Change
from bygd.web.work import files
from bygd.workbench import guide as library
from bygd.workbench.guide import Settings

KEPT = 300


@needs(Right.SEE_POOL)
@require_safe
def about(request: PlaceRequest) -> HttpResponse:
    """What the guide is, where it can be read, and whom it names."""
    settings, wrong = _settings(request)
    anchors = [one.source for one in request.place.project.ledgers]
    known = {one.anchor: one for one in settings.contacts}
    shown = {
        "settings": settings,
        "wrong": wrong,
        "contacts": [(anchor, known.get(anchor)) for anchor in dict.fromkeys([*anchors, *known])],
    }
    return render(request, "procurements/guide/about.html", shown)


@needs(Right.SEE_POOL)
@require_safe
def read(request: PlaceRequest) -> HttpResponse:
    """The guide as it prints."""
    try:
        return HttpResponse(
            made.page(request.place, request.language, reverse("guide-read", args=[request.place.slug]))
        )
    except InputError as error:
        messages.error(request, request.translate.said(error))
        return redirect("guide", request.place.slug)


@needs(Right.PROCURE)
@require_http_methods(["GET", "POST"])
def change(request: PlaceRequest) -> HttpResponse:
    """Change contacts and words, and whether everybody may read it."""
    settings, wrong = _settings(request)
    if wrong:
        messages.error(request, wrong)
        return redirect("guide", request.place.slug)
    anchors = list(dict.fromkeys(one.source for one in request.place.project.ledgers))
    form = Change(request.POST or None, translate=request.translate, anchors=anchors, settings=settings)
    if request.method == "POST" and form.is_valid():
        try:
            with files.alone(request.place) as project:
                library.save(project.folder, form.changed())
        except InputError as error:
            form.add_error(None, request.translate.said(error))
        else:
            log.record(request, N_("changed the guide for small firms"), "public" if form.changed().public else "")
            messages.success(request, request.translate("The guide is changed."))
            return redirect("guide", request.place.slug)
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "procurements/guide/change.html", {"form": form}, status=status)


@open_to_all
@require_safe
def opened(request: HttpRequest, slug: str) -> HttpResponse:
    """The guide for everybody, where the place says so."""
    place = Place.objects.filter(slug=slug).first()
    try:
        if place is None or not library.read(place.project.folder).public:
            raise Http404
        language: str = request.language  # type: ignore[attr-defined]
        answer = HttpResponse(made.page(place, language, reverse("open-guide", args=[slug])))
    except InputError:
        raise Http404 from None
    answer["Cache-Control"] = f"public, max-age={KEPT}"
    answer["Vary"] = "Accept-Language"
    return answer


@open_to_all
@require_safe
def style(_request: HttpRequest) -> HttpResponse:
    """The style sheet of the guide."""
    answer = HttpResponse(document.style(), content_type="text/css; charset=utf-8")
    answer["Cache-Control"] = f"public, max-age={KEPT}"
    return answer


def _settings(request: PlaceRequest) -> tuple[Settings, str]:
    """The place's own part, and what is wrong with its file."""
    try:
        return library.read(request.place.project.folder), ""
    except InputError as error:
        return Settings(), request.translate.said(error)
