"""Public pages: what was published, as the same files that `bygd publish` writes; no login, no cookies."""

from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils.http import parse_etags, quote_etag
from django.views.decorators.http import require_safe

from bygd.sources.errors import InputError
from bygd.web.boards.plans import public as plans
from bygd.web.people.gate import open_to_all
from bygd.web.places import published
from bygd.web.places.models import Place
from bygd.web.procurements.forums.models import Forum
from bygd.workbench import guide

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Files that a published site may hold, and what they are."""

KEPT = 300
"""Seconds for which others may keep a page before they ask again; a snapshot may be taken back."""


@open_to_all
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """The places that show something to everybody: figures, coming purchases to have a say in, a guide."""
    opened = set(Forum.objects.filter(opened_at__isnull=False).values_list("place_id", flat=True))
    shown = [(one, one.pk in opened, _has_guide(one), bool(plans.opened(one))) for one in Place.objects.all()]
    return render(request, "open.html", {"places": [one for one in shown if one[0].published or any(one[1:])]})


@open_to_all
@require_safe
def home(request: HttpRequest, slug: str) -> HttpResponse:
    """The published page of a place, in the language of the request."""
    folder = _folder(slug)
    language: str = request.language  # type: ignore[attr-defined]
    answer = redirect("open-file", slug, f"{language}/index.html" if (folder / language).is_dir() else "index.html")
    answer["Vary"] = "Accept-Language"
    return answer


@open_to_all
@require_safe
def file(request: HttpRequest, slug: str, path: str) -> HttpResponse:
    """One file of what a place published."""
    folder = _folder(slug)
    if path.endswith("/"):
        path += "index.html"
    found = (folder / path).resolve()
    if found.suffix not in TYPES or not found.is_relative_to(folder.resolve()) or not found.is_file():
        raise Http404
    tag = quote_etag(f"{folder.name}-{found.stat().st_mtime_ns:x}")
    if tag in parse_etags(request.headers.get("If-None-Match", "")):
        answer: HttpResponse = HttpResponseNotModified()
    else:
        answer = HttpResponse(found.read_bytes(), content_type=TYPES[found.suffix])
        if found.suffix not in (".html", ".css"):
            name = f"{slug}-{path.replace('/', '-')}"
            answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["ETag"] = tag
    answer["Cache-Control"] = f"public, max-age={KEPT}"
    answer["Access-Control-Allow-Origin"] = "*"
    if found.suffix == ".html" and found.parent != folder.resolve():
        answer["Content-Language"] = found.parent.name
    return answer


def _has_guide(place: Place) -> bool:
    try:
        return guide.read(place.project.folder).public
    except InputError:
        return False


def _folder(slug: str) -> Path:
    """The folder of what is published there; 404 where nothing is, or where neither it nor its snapshot is left."""
    place = Place.objects.filter(slug=slug).first()
    try:
        folder = published.folder(place) if place else None
    except InputError:
        folder = None
    if folder is None:
        raise Http404
    return folder
