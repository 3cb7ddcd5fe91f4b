"""Feeds: a calendar at a secret address, for one person's programme. Only the hash of the address is kept."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.db import models
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event

from bygd.reports.translate import N_
from bygd.web.addresses import whole
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest
from bygd.web.people.models import Person
from bygd.web.people.words import Right
from bygd.web.places.models import Place

MADE = N_("made an address for a calendar")
ENDED = N_("ended an address for a calendar")
ONE_DAY = timedelta(days=1)


class Feed(models.Model):
    """The address at which one person's calendar reads something of a place, while the person may see it."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        """Part of other models."""

        abstract = True


@dataclass(frozen=True, slots=True)
class Day:
    """A day in a calendar; `changed` is when what it says was entered."""

    uid: str
    day: date
    summary: str
    about: str
    link: str
    changed: datetime


def renew(request: PlaceRequest, model: type[Any], path: str, fresh: str) -> None:
    """Make an address for the person's calendar, which ends the one before; or end it, where that was asked.

    `path` names the page of the feed; the session holds the address under `fresh` until it was shown once.
    """
    model.objects.filter(place=request.place, person=request.user).delete()
    if "end" in request.POST:
        log.record(request, ENDED)
        messages.success(request, request.translate("The address no longer works."))
        return
    secret = secrets.token_urlsafe(32)
    model.objects.create(place=request.place, person=request.user, secret_hash=_hash(secret))
    request.session[fresh] = whole(request, reverse(path, args=[secret]))
    log.record(request, MADE)


def opened(model: type[Any], secret: str) -> Any:
    """The feed at an address; Http404 where there is none, or its person may no longer see the place."""
    found = model.objects.filter(secret_hash=_hash(secret)).select_related("place", "person").first()
    if found is None or not found.person.is_active or not found.person.access(found.place).may(Right.SEE_POOL):
        raise Http404
    now = timezone.now()
    if found.used_at is None or now - found.used_at > ONE_DAY:
        model.objects.filter(pk=found.pk).update(used_at=now)
    return found


def sent(place: Place, about: str, name: str, days: Iterable[Day]) -> HttpResponse:
    """The calendar (RFC 5545) of a place; `about` is what it holds, for programmes, `name` the same for people."""
    made = Calendar()
    made.add("prodid", f"-//bygd//{about}//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    for one in days:
        made.add_component(_event(one, place.slug))
    answer = HttpResponse(bytes(made.to_ical()), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'inline; filename="{place.slug}-{about}.ics"'
    answer["Cache-Control"] = "private, max-age=3600"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _event(one: Day, slug: str) -> Event:
    event = Event()
    event.add("uid", f"{one.uid}@{slug}.bygd")
    event.add("dtstamp", one.changed.replace(tzinfo=UTC))
    event.add("dtstart", one.day)
    event.add("dtend", one.day + ONE_DAY)
    event.add("summary", one.summary)
    event.add("description", one.about)
    event.add("url", one.link)
    event.add("transp", "TRANSPARENT")
    return event


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
