"""Compare: the place beside what it lies in and beside places like it; who those are is shown and can be changed."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bygd.reports.place import told
from bygd.web.pages.place.looked import look, peer_names
from bygd.web.pages.place.views import speaking
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right


@needs(Right.SEE_POOL)
@require_safe
def compare(request: PlaceRequest) -> HttpResponse:
    """Peers with their distance, a table of every indicator, ranks only with their range."""
    looked = look(request)
    context: dict[str, Any] = {"looked": looked, "form": looked.form, "asked": looked.asked, "tab": "compare"}
    if looked.profile is not None:
        found = looked.profile
        context |= {
            "profile": found,
            "names": peer_names(looked.project, found),
            "themes": list(told.by_theme(found.shown).items()),
            "catalogue": found.readings.catalogue,
            "latest": found.readings.latest,
        } | speaking(looked, request)
    return render(request, "place/compare.html", context, status=400 if looked.form.errors else 200)
