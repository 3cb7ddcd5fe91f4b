"""Callers: whose token a request carries, and what may be done with it."""

from contextlib import AbstractContextManager
from dataclasses import dataclass

from django.http import HttpRequest
from ninja.security import HttpBearer

from bygd.sources.errors import InputError
from bygd.web.api.problems import SCOPE, Problem
from bygd.web.pages.older import Chosen, readable
from bygd.web.people import tokens
from bygd.web.people.models import Person
from bygd.web.people.rights import Access
from bygd.web.people.words import Right, Scope
from bygd.web.places import held
from bygd.web.places.held import Held
from bygd.web.places.models import Place


@dataclass(frozen=True)
class Caller:
    """The person of a token, and what the token may be used for."""

    person: Person
    scopes: frozenset[Scope]


class Bearer(HttpBearer):
    """A token of a person, made on the page of their account."""

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        """Whose token it is; nothing for one that is unknown or too old."""
        found = tokens.find(token) if token.isascii() and token.isprintable() else None
        if found is None:
            return None
        request.user = found[0]
        return Caller(*found)


@dataclass(frozen=True)
class Reached:
    """A place that a caller reached, and what they may do there."""

    place: Place
    access: Access
    person: Person

    def own(self, anchor: str | None = None, snapshot: str = "") -> Held:
        """The current snapshot, or the one of that name, with the ledgers of the caller's anchors only.

        Raises Problem where there is none.
        """
        if anchor is not None and anchor not in self.access.anchors:
            raise Problem(403, "You are not a member of '{anchor}', or there is no such anchor here.", anchor=anchor)
        return self._held(self.access.anchors, snapshot)

    def pool(self, snapshot: str = "") -> Held:
        """The same with everybody's ledgers, for what may be shown to all who work in the place."""
        return self._held(None, snapshot)

    def readable(self, opened: Held) -> AbstractContextManager[None]:
        """While it lasts, what an older snapshot cannot be asked any more is told as Unreadable."""
        name = opened.snapshot.id
        return readable(Chosen(opened, name, name != held.named(self.place.project)))

    def _held(self, anchors: frozenset[str] | None, snapshot: str) -> Held:
        if snapshot:
            try:
                return held.of(self.place.project, snapshot, anchors)
            except InputError:
                raise Problem(404, "There is no snapshot '{name}'. `snapshots` lists them.", name=snapshot) from None
        found = held.current(self.place.project, anchors)
        if found is None:
            raise Problem(409, "Nothing was built here yet. Start a build.")
        return found


def reach(request: HttpRequest, slug: str, right: Right, scope: Scope = Scope.READ) -> Reached:
    """The place, for a caller who has the right there and the scope. Raises Problem, or that nothing is there."""
    caller: Caller = request.auth  # type: ignore[attr-defined]
    place = Place.objects.filter(slug=slug).first()
    access = caller.person.access(place) if place else Access()
    if place is None or not access.roles:
        raise Problem(404)
    if scope not in caller.scopes:
        raise Problem(403, SCOPE, scope=scope.value)
    if not access.may(right):
        raise Problem(403)
    request.place = place  # type: ignore[attr-defined]
    request.access = access  # type: ignore[attr-defined]
    return Reached(place, access, caller.person)
