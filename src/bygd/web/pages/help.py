"""Help: the documentation and a glossary inside the application, and the accessibility statement."""

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bygd.web.languages import of
from bygd.web.pages import docs, glossary
from bygd.web.people.gate import open_to_all

GROUPS = ("tutorial", "how-to", "method", "explanation", "reference")
"""Folders of the documentation in the order of the contents."""


@open_to_all
@require_safe
def contents(request: HttpRequest) -> HttpResponse:
    """What there is to read, and where words are found in it."""
    wished, language = request.GET.get("q", "")[:200], of(request)
    listed = sorted(docs.docs(language).values(), key=lambda doc: doc.language != language)
    context = {
        "groups": [(group, [doc for doc in listed if doc.group == group]) for group in GROUPS],
        "wished": wished,
        "hits": docs.search(wished, language) if wished.strip() else None,
    }
    return render(request, "help/contents.html", context)


@open_to_all
@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """One page of the documentation."""
    language = of(request)
    doc = docs.docs(language).get(name)
    if doc is None:
        raise Http404
    return render(request, "help/page.html", {"doc": doc, "rendered": docs.rendered(name, language)})


@open_to_all
@require_safe
def image(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture of the documentation."""
    found = docs.image(path)
    if found is None:
        raise Http404
    opened = found[0].open("rb")
    return FileResponse(opened, content_type=found[1])


@open_to_all
@require_safe
def words(request: HttpRequest) -> HttpResponse:
    """The words of this house, in three languages beside each other."""
    translate = request.translate  # type: ignore[attr-defined]
    return render(
        request,
        "help/words.html",
        {"terms": glossary.TERMS, "lists": glossary.lists(translate), "names": dict(settings.LANGUAGES)},
    )


@open_to_all
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How accessible this is, what is not, and how to report a fault."""
    return render(
        request,
        "help/accessibility.html",
        {"contact": settings.CONTACT, "supervisor": settings.SUPERVISOR, "looked_at": glossary.LOOKED_AT},
    )
