"""Links: addresses with a secret that let somebody in once."""

import secrets
from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from bygd.web.people.models import Link, Membership, Person
from bygd.web.people.words import Role
from bygd.web.places.models import Place

INVITED = timedelta(days=7)
AT_ONCE = timedelta(minutes=15)


def make(
    email: str,
    place: Place | None = None,
    memberships: Iterable[tuple[Role, str]] = (),
    made_by: Person | None = None,
    lasts: timedelta = INVITED,
    forgets_password: bool = False,
) -> str:
    """A new secret for the address of a link; it is kept nowhere but there. The person is made where unknown."""
    secret = secrets.token_urlsafe(32)
    Link.objects.create(
        secret_hash=_hash(secret),
        person=Person.objects.of(email),
        place=place,
        memberships=[[role.value, anchor] for role, anchor in memberships],
        forgets_password=forgets_password,
        made_by=made_by,
        expires_at=timezone.now() + lasts,
    )
    return secret


def find(secret: str) -> Link | None:
    """The link of that secret while it may be used; None where it is unknown, used or too old."""
    return Link.objects.filter(secret_hash=_hash(secret), used_at__isnull=True, expires_at__gt=timezone.now()).first()


@transaction.atomic
def use(link: Link) -> Person | None:
    """Let the person of the link in, with the roles it gives; None where it was used just now by another request."""
    if not Link.objects.filter(pk=link.pk, used_at__isnull=True).update(used_at=timezone.now()):
        return None
    person = link.person
    if link.forgets_password:
        person.set_unusable_password()
        person.save(update_fields=["password"])
    for role, anchor in link.memberships:
        Membership.objects.get_or_create(person=person, place=link.place, role=role, anchor=anchor)
    return person if person.is_active else None


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
