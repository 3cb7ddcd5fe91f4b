"""Help: the method pages and the glossary inside the application, and the accessibility statement."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bygd.web.people.gate import open_to_all


@open_to_all
def contents(request: HttpRequest) -> HttpResponse:
    """What there is to read."""
    return render(request, "help/contents.html")


@open_to_all
def accessibility(request: HttpRequest) -> HttpResponse:
    """How accessible this is, what is not, and how to report a fault."""
    return render(request, "help/accessibility.html")
