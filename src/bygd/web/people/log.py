"""The audit log: who did what, and when."""

from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone

from bygd.reports.translate import N_
from bygd.web.people.models import Event, Person
from bygd.web.places.models import Place

JOINED = N_("became member of an institution")
LEFT = N_("is no longer member of an institution")
SIGNED_IN = N_("signed in")
INVITED = N_("invited")
REVOKED = N_("took back an invitation")
GAVE = N_("gave a role")
TOOK = N_("took a role away")
REMOVED = N_("took out of the place")
LINKED = N_("made a link to sign in")
READ_LOG = N_("downloaded the audit log")
MADE_TOKEN = N_("made a token")
ENDED_TOKEN = N_("ended a token")
FETCHED_OWN = N_("downloaded the data about themselves")
ERASED = N_("erased the account")
CHANGED_PASSWORD = N_("changed the password")
SECOND_ON = N_("turned the second factor on")
SECOND_OFF = N_("turned the second factor off")
ENDED_SESSIONS = N_("ended sessions elsewhere")
SUPPLIER_REPORTED = N_("a supplier reported by its link")
SUPPLIER_TOOK_BACK = N_("a supplier took a report back")
FAILED = N_("could not sign in")
OUTSIDE = (SUPPLIER_REPORTED, SUPPLIER_TOOK_BACK, FAILED)
"""What is done by nobody who signs in, and yet not on the machine itself."""
MOST: int = Event._meta.get_field("did").max_length or 0
"""Signs of what was done; not every database minds more."""

OFTEN = timedelta(minutes=10)
"""Between two times that failing is written down of the same person; who guesses must not fill the log."""


def record(
    request: HttpRequest | None, did: str, about: str = "", place: Place | None = None, whom: Person | None = None
) -> None:
    """Write down that the person of this request did something, in the place the request is about, perhaps to whom.

    `did` is a short text marked with N_, so that the log can be read in every language. `about` says on what
    (a file, a build, a page), never a name or an address of a person and nothing a ledger holds. Without a request
    it was done on the machine itself.
    """
    if len(did) > MOST:
        raise ValueError(f"'{did}' is longer than the {MOST} signs that the log keeps")
    person = getattr(request, "user", None)
    Event.objects.create(
        place=place or getattr(request, "place", None),
        person=person if isinstance(person, Person) else None,
        whom=whom,
        did=did,
        about=about[:300],
    )


def failed(whom: Person | None) -> None:
    """Write down that somebody could not sign in as that person, or as nobody who is known here.

    What was typed is not kept: people type their password where the address belongs.
    """
    since = timezone.now() - OFTEN
    if not Event.objects.filter(place=None, at__gte=since, did=FAILED, whom=whom).exists():
        record(None, FAILED, whom=whom)
