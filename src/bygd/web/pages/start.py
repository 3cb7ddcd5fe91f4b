"""Start: the place, its headline figures in sentences, what needs doing, what changed."""

from django.http import HttpResponse
from django.shortcuts import render

from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right


@needs(Right.SEE_POOL)
def start(request: PlaceRequest) -> HttpResponse:
    """The first page of a place."""
    return render(request, "start.html", {})
