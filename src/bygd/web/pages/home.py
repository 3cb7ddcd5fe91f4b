"""Home: the places one works in; with one place, that place."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from bygd.web.people.gate import open_to_all
from bygd.web.people.models import Person
from bygd.web.places.models import Place


@open_to_all
def home(request: HttpRequest) -> HttpResponse:
    """The place of who is signed in, or a list of places; without an account, what is published."""
    if isinstance(request.user, Person):
        places = list(Place.objects.filter(memberships__person=request.user).distinct())
        if len(places) == 1:
            return redirect("start", places[0].slug)
    else:
        places = list(Place.objects.exclude(published=""))
    return render(request, "home.html", {"places": places})
