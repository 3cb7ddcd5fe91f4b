"""Membership: who may make whom what.

One rule for the rows of ledgers: only members of an anchor let others in to it. Where nobody is or ever was a member,
an administrator appoints the first; every later member sees that, and by whom.
"""

from collections.abc import Iterable

from django.db import transaction

from bygd.sources.errors import InputError
from bygd.web.people import log
from bygd.web.people.models import Event, Membership, Person
from bygd.web.people.rights import Access
from bygd.web.people.words import Right, Role
from bygd.web.places.models import Place
from bygd.web.start import OWNER

Pair = tuple[Role | str, str]
"""A role, and for members of an anchor of which; else an empty text."""

PLAIN = tuple(role for role in Role if role is not Role.ANCHOR_MEMBER)
"""Roles that an administrator gives; membership of an anchor is given by its members."""


def anchors(place: Place) -> list[str]:
    """The anchors of a place: those with ledgers in the order of the project, then those that only have members."""
    named = [entry.source for entry in place.project.ledgers]
    held = place.memberships.exclude(anchor="").order_by("anchor").values_list("anchor", flat=True)
    return list(dict.fromkeys([*named, *held]))


def claimed(place: Place) -> set[str]:
    """Anchors that have or ever had a member. Who owns the machine does not count: they come in by no account."""
    held = place.memberships.exclude(anchor="").exclude(person__email=OWNER).values_list("anchor", flat=True)
    joined = Event.objects.filter(place=place, did=log.JOINED).exclude(whom__email=OWNER)
    return {*held, *joined.values_list("about", flat=True)}


def of_these(place: Place, access: Access, held: Iterable[Pair]) -> list[Pair]:
    """Those pairs of role and anchor that one with that access may make somebody."""
    manages = access.may(Right.MANAGE_PEOPLE)
    taken = claimed(place) if manages else set()
    return [
        (role, anchor)
        for role, anchor in held
        if (anchor in access.anchors or (manages and anchor not in taken) if anchor else manages)
    ]


def givable(place: Place, access: Access) -> list[str]:
    """The anchors of the place whose member one with that access may make somebody."""
    pairs: list[Pair] = [(Role.ANCHOR_MEMBER, one) for one in anchors(place)]
    return [anchor for _role, anchor in of_these(place, access, pairs)]


def may_vouch(giver: Person, person: Person) -> bool:
    """Whether one may let somebody in anew, as who they are: only if one could give them all they are, everywhere."""
    held = list(person.memberships.select_related("place"))
    access = {one.place_id: giver.access(one.place) for one in held}
    return bool(held) and all(
        one.anchor in access[one.place_id].anchors if one.anchor else access[one.place_id].may(Right.MANAGE_PEOPLE)
        for one in held
    )


def is_last_administrator(person: Person, place: Place) -> bool:
    """Whether the place would be without an administrator without this person."""
    held = place.memberships.filter(role=Role.ADMINISTRATOR.value, person__is_active=True)
    return held.filter(person=person).exists() and not held.exclude(person=person).exclude(person__email=OWNER).exists()


def lock(*places: Place) -> None:
    """Let nobody else change who is what in those places until the transaction ends."""
    list(Place.objects.select_for_update().filter(pk__in=[one.pk for one in places]).order_by("pk"))


@transaction.atomic
def give(person: Person, place: Place, held: Iterable[Pair], by: Person | None) -> None:
    """Make somebody all that, as pairs of role and anchor. Whether `by` may give it is asked before."""
    for role, anchor in held:
        _one, new = Membership.objects.get_or_create(person=person, place=place, role=str(role), anchor=anchor)
        if new:
            _note(log.JOINED if anchor else log.GAVE, anchor or str(role), person, place, by)


@transaction.atomic
def take(person: Person, place: Place, held: Iterable[Pair], by: Person | None) -> None:
    """Make somebody all that no longer. Raises InputError where that leaves the place without an administrator."""
    held = list(held)
    lock(place)  # of two administrators who let each other go at once, one stays
    if (Role.ADMINISTRATOR.value, "") in held and is_last_administrator(person, place):
        raise InputError("Somebody must be administrator. Make another one first.")
    for role, anchor in held:
        if person.memberships.filter(place=place, role=str(role), anchor=anchor).delete()[0]:
            _note(log.LEFT if anchor else log.TOOK, anchor or str(role), person, place, by)


def history(place: Place, of: Iterable[str]) -> list[Event]:
    """How people became members of those anchors and left them, oldest first."""
    found = Event.objects.filter(place=place, did__in=(log.JOINED, log.LEFT), about__in=list(of))
    return list(found.select_related("person", "whom").order_by("at", "id"))


def _note(did: str, about: str, person: Person, place: Place, by: Person | None) -> None:
    Event.objects.create(place=place, person=by, whom=person, did=did, about=about)
