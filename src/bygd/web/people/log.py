"""The audit log: who did what, and when."""

from django.http import HttpRequest

from bygd.web.people.models import Event, Person
from bygd.web.places.models import Place


def record(
    request: HttpRequest | None, did: str, about: str = "", place: Place | None = None, whom: Person | None = None
) -> None:
    """Write down that the person of this request did something, in the place the request is about, perhaps to whom.

    `about` says on what (a file, a build, a page), never a name or an address of a person and nothing a ledger
    holds. Without a request it was done on the machine itself.
    """
    person = getattr(request, "user", None)
    Event.objects.create(
        place=place or getattr(request, "place", None),
        person=person if isinstance(person, Person) else None,
        whom=whom,
        did=did,
        about=about[:300],
    )
