"""The page of people of a place: who works there as what, and inviting, changing and letting go."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.web.people import links, log, mail, membership
from bygd.web.people.asking import Invitation, Roles
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.models import Person
from bygd.web.people.words import Right, Role


@needs(Right.SEE_PEOPLE)
def people(request: PlaceRequest) -> HttpResponse:
    """Who works here, who is invited, and how people came to be members of one's own anchors."""
    held: dict[Person, list[Any]] = {}
    for one in request.place.memberships.filter(person__is_active=True).select_related("person").order_by("id"):
        held.setdefault(one.person, []).append(one)
    manages = request.access.may(Right.MANAGE_PEOPLE)
    return render(
        request,
        "people/people.html",
        {
            "held": sorted(held.items(), key=lambda pair: str(pair[0]).casefold()),
            "pending": _pending(request),
            "may_invite": manages or request.access.may(Right.LET_IN),
            "history": membership.history(request.place, request.access.anchors),
            "Role": Role,
        },
    )


@needs(Right.SEE_PEOPLE)
@never_cache
@require_http_methods(["GET", "POST"])
def invite(request: PlaceRequest) -> HttpResponse:
    """Invite somebody: a link that is sent where mail can be, and shown this once to whoever invites."""
    form = Invitation(
        request.POST if request.method == "POST" else None, translate=request.translate, **_may_give(request)
    )
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        known = Person.objects.filter(email=email.strip().casefold()).first()
        if known and request.place.memberships.filter(person=known).exists():
            form.add_error(
                "email", request.translate("{person} works here already. Change their roles instead.", person=known)
            )
        else:
            chosen = [*form.chosen(), *_earlier(request, known)]
            secret = links.make(email, request.place, dict.fromkeys(chosen), made_by=request.user)
            person = Person.objects.of(email)
            log.record(request, log.INVITED, _told(chosen), whom=person)
            return _handed(request, person, secret, N_("You are invited to {place}"), "invited")
    return render(request, "people/invite.html", {"form": form})


@needs(Right.SEE_PEOPLE)
@require_POST
def revoke(request: PlaceRequest, link: int) -> HttpResponse:
    """Take an invitation back."""
    found = next((one for one in links.pending(request.place) if one.pk == link), None)
    if found and not _may_revoke(request, found):
        raise PermissionDenied
    if found:
        log.record(request, log.REVOKED, whom=found.person)
        links.revoke(found)
        messages.success(request, request.translate("The invitation is taken back."))
    return redirect("people", request.place.slug)


@needs(Right.SEE_PEOPLE)
@never_cache
@require_http_methods(["GET", "POST"])
def person(request: PlaceRequest, person: int) -> HttpResponse:
    """One person: what they are here, to change."""
    found = _colleague(request, person)
    manages = request.access.may(Right.MANAGE_PEOPLE)
    held = list(found.memberships.filter(place=request.place))
    own = [one.anchor for one in held if one.anchor and (manages or one.anchor in request.access.anchors)]
    given = _may_give(request)
    given["anchors"] = list(dict.fromkeys([*given["anchors"], *own]))
    initial = {"roles": [one.role for one in held if not one.anchor], "anchors": own}
    form = Roles(
        request.POST if request.method == "POST" else None, translate=request.translate, initial=initial, **given
    )
    if request.method == "POST" and form.is_valid():
        wished = {(str(role), anchor) for role, anchor in form.chosen()}
        present = {(one.role, one.anchor) for one in held if (manages if not one.anchor else one.anchor in own)}
        try:
            with transaction.atomic():
                membership.give(found, request.place, sorted(wished - present), request.user)
                membership.take(found, request.place, sorted(present - wished), request.user)
        except InputError as error:
            form.add_error("roles", request.translate.said(error))
        else:
            messages.success(request, request.translate("The roles of {person} are changed.", person=found))
            return redirect("people", request.place.slug)
    context = {"form": form, "found": found, "manages": manages, "vouches": _vouches(request, found)}
    return render(request, "people/person.html", context)


@needs(Right.MANAGE_PEOPLE)
@require_POST
def remove(request: PlaceRequest, person: int) -> HttpResponse:
    """Let somebody go: they are nothing in the place any more, from this moment."""
    found = _colleague(request, person)
    held = [(one.role, one.anchor) for one in found.memberships.filter(place=request.place)]
    try:
        membership.take(found, request.place, held, request.user)
    except InputError as error:
        messages.error(request, request.translate.said(error))
        return redirect("person", request.place.slug, found.pk)
    log.record(request, log.REMOVED, whom=found)
    messages.success(request, request.translate("{person} no longer works here.", person=found))
    return redirect("people", request.place.slug)


@needs(Right.SEE_PEOPLE)
@never_cache
@require_POST
def let_in_again(request: PlaceRequest, person: int) -> HttpResponse:
    """A link for somebody who has forgotten their password or lost their second factor; it takes both away."""
    found = _colleague(request, person)
    if not _vouches(request, found):
        raise PermissionDenied
    secret = links.make(found.email, made_by=request.user, lasts=links.A_DAY, starts_anew=True)
    log.record(request, log.LINKED, whom=found)
    return _handed(request, found, secret, N_("A new password"), "reset")


def _earlier(request: PlaceRequest, known: Person | None) -> list[membership.Pair]:
    """What somebody was invited to before; those links end. What the asker could not give stays in its own link."""
    found: list[membership.Pair] = []
    for old in links.pending(request.place):
        before: list[membership.Pair] = [(Role(role), anchor) for role, anchor in old.memberships]
        if old.person == known and before == membership.of_these(request.place, request.access, before):
            found += before
            old.delete()
    return found


def _pending(request: PlaceRequest) -> list[Any]:
    return [(link, _may_revoke(request, link)) for link in links.pending(request.place)]


def _may_revoke(request: PlaceRequest, link: Any) -> bool:
    """An administrator any; a member of an anchor those to their anchors alone."""
    anchors = [anchor for _role, anchor in link.memberships]
    return request.access.may(Right.MANAGE_PEOPLE) or all(one in request.access.anchors for one in anchors)


def _may_give(request: PlaceRequest) -> dict[str, Any]:
    return {
        "anchors": membership.givable(request.place, request.access),
        "manages": request.access.may(Right.MANAGE_PEOPLE),
        "known": membership.anchors(request.place),
    }


def _vouches(request: PlaceRequest, found: Person) -> bool:
    return found != request.user and membership.may_vouch(request.user, found)


def _colleague(request: PlaceRequest, pk: int) -> Person:
    held = request.place.memberships.filter(person__is_active=True).values("person")
    return get_object_or_404(Person, pk=pk, pk__in=held)


def _told(chosen: Any) -> str:
    return ", ".join(anchor or str(role) for role, anchor in chosen)


def _handed(request: PlaceRequest, person: Person, secret: str, subject: str, template: str) -> HttpResponse:
    """The page that shows a link once, after it was sent where that can be."""
    url = (settings.ADDRESS or f"{request.scheme}://{request.get_host()}") + reverse("enter", args=[secret])
    sent = mail.send(person, subject, template, request.language, request.place, url=url, by=request.user)
    return render(request, "people/handed.html", {"url_of_link": url, "sent": sent, "found": person, "kind": template})
