"""The audit log: who did what, and when."""

from django.http import HttpRequest

from bygd.web.people.models import Event, Person
from bygd.web.places.models import Place


def record(request: HttpRequest, did: str, about: str = "", place: Place | None = None) -> None:
    """Write down that the person of this request did something, in the place the request is about."""
    person = request.user if isinstance(request.user, Person) else None
    Event.objects.create(
        place=place or getattr(request, "place", None), person=person, by=str(person or ""), did=did, about=about[:300]
    )
