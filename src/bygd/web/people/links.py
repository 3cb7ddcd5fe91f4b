"""Links: addresses with a secret that let one person in once, and may give them roles."""

import secrets
from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from bygd.web.people import membership
from bygd.web.people.models import Link, Person
from bygd.web.places.models import Place

INVITED = timedelta(days=7)
A_DAY = timedelta(days=1)
AT_ONCE = timedelta(minutes=15)


def make(
    email: str,
    place: Place | None = None,
    memberships: Iterable[membership.Pair] = (),
    made_by: Person | None = None,
    lasts: timedelta = INVITED,
    starts_anew: bool = False,
) -> str:
    """A new secret for the address of a link; it is kept nowhere but there. The person is made where unknown."""
    secret = secrets.token_urlsafe(32)
    Link.objects.create(
        secret_hash=_hash(secret),
        person=Person.objects.of(email),
        place=place,
        memberships=[[str(role), anchor] for role, anchor in memberships],
        starts_anew=starts_anew,
        made_by=made_by,
        expires_at=timezone.now() + lasts,
    )
    return secret


def find(secret: str) -> Link | None:
    """The link of that secret while it may be used; None where it is unknown, used or too old."""
    return _usable().filter(secret_hash=_hash(secret)).select_related("person", "place", "made_by").first()


def pending(place: Place) -> list[Link]:
    """Invitations to the place that were not used yet and still may be, latest first."""
    return list(_usable().filter(place=place).select_related("person", "made_by").order_by("-made_at"))


def lets_in(link: Link) -> bool:
    """Whether the link alone lets its person in; else they must sign in, and it gives them its roles.

    Whoever made it may have kept it. So an invitation lets in only who never came before: it opens no account that
    others have trusted with more since. One to start anew holds while its maker could still give all that the person
    is. One made on the machine itself always does.
    """
    if link.made_by is None:
        return True
    if link.starts_anew:
        return membership.may_vouch(link.made_by, link.person)
    return link.person.last_login is None


@transaction.atomic
def use(link: Link) -> Person | None:
    """The person of the link, with the roles it gives; None where it was used just now, or they were shut out.

    It gives what its maker could give now: not what somebody who has left once could, and no second first member.
    """
    if not link.person.is_active or not _usable().filter(pk=link.pk).update(used_at=timezone.now()):
        return None
    person = link.person
    if link.starts_anew:
        person.set_unusable_password()
        person.save(update_fields=["password"])
        Authenticator.objects.filter(user=person).delete()
    EmailAddress.objects.update_or_create(
        user=person, defaults={"email": person.email, "verified": True, "primary": True}
    )
    if link.place:
        held = [(role, anchor) for role, anchor in link.memberships]
        if link.made_by:
            held = membership.of_these(link.place, link.made_by.access(link.place), held)
        membership.give(person, link.place, held, link.made_by)
    return person


def accept(person: Person) -> None:
    """Use the person's invitations: they have proven by another way that they are who was invited."""
    for link in _usable().filter(person=person, place__isnull=False, starts_anew=False):
        use(link)


def revoke(link: Link) -> None:
    """Take an invitation back. Who was invited by it, never came and is nothing anywhere is forgotten again."""
    from bygd.web.people import owndata

    person = link.person
    link.delete()
    came = person.last_login or person.memberships.exists() or person.links.exists()
    if not came:
        owndata.erase(person)


def _usable() -> QuerySet[Link]:
    return Link.objects.filter(used_at__isnull=True, expires_at__gt=timezone.now(), person__is_active=True)


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
