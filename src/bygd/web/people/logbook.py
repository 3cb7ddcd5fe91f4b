"""The page of the audit log of a place: read, filtered, downloaded."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from bygd.reports import Translator
from bygd.reports.documents import sheet
from bygd.reports.grid import Head
from bygd.reports.translate import N_
from bygd.web.people import log, written
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.models import Event, Person
from bygd.web.people.words import Right
from bygd.web.places.models import Place

A_PAGE = 50
HEADS = (N_("When"), N_("By whom"), N_("What"), N_("Whom"), N_("About"))


@needs(Right.MANAGE_PEOPLE)
@never_cache
def page(request: PlaceRequest) -> HttpResponse:
    """The log, latest first, a page at a time."""
    events, asked = _asked(request)
    everybody = _of(request.place)
    people = Person.objects.filter(pk__in=everybody.order_by().values("person").distinct())
    return render(
        request,
        "people/log.html",
        {
            "page": Paginator(events, A_PAGE).get_page(request.GET.get("page")),
            "people": sorted(people, key=lambda one: written.name(one, request.translate).casefold()),
            "deeds": sorted(everybody.order_by().values_list("did", flat=True).distinct(), key=request.translate),
            "asked": asked,
            "query": f"{urlencode(asked)}&" if asked else "",
            "doer": lambda event: written.doer(event, request.translate),
            "about": lambda event: written.about(event, request.translate),
        },
    )


@needs(Right.MANAGE_PEOPLE)
@never_cache
def download(request: PlaceRequest) -> StreamingHttpResponse:
    """The log as CSV, with the same filters."""
    events, _ = _asked(request)
    log.record(request, log.READ_LOG)
    translate = request.translate
    heads = [Head(translate(label)) for label in HEADS]
    today = timezone.localdate()
    return StreamingHttpResponse(
        sheet.lines(heads, _rows(events, translate), "", translate),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="log-{request.place.slug}-{today:%Y-%m-%d}.csv"'},
    )


def _of(place: Place) -> QuerySet[Event]:
    """What was done in the place, what its people did in none, such as signing in, and who could not sign in."""
    colleagues = place.memberships.values("person")
    failed = Q(place=None, did=log.FAILED) & (Q(whom=None) | Q(whom__in=colleagues))
    found: QuerySet[Event] = Event.objects.filter(Q(place=place) | Q(place=None, person__in=colleagues) | failed)
    return found


def _asked(request: PlaceRequest) -> tuple[QuerySet[Event], dict[str, str]]:
    events, asked = _of(request.place).select_related("person", "whom"), {}
    if (person := request.GET.get("person", "")).isdecimal():
        events, asked["person"] = events.filter(Q(person=int(person)) | Q(whom=int(person))), person
    if did := request.GET.get("did", ""):
        events, asked["did"] = events.filter(did=did), did
    for key, condition in (("from", "at__date__gte"), ("to", "at__date__lte")):
        if day := _day(request.GET.get(key, "")):
            events, asked[key] = events.filter(**{condition: day}), day.isoformat()
    return events, asked


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _rows(events: QuerySet[Event], translate: Translator) -> Iterator[list[Any]]:
    for event in events.iterator(chunk_size=1000):
        yield [
            timezone.localtime(event.at).isoformat(sep=" ", timespec="seconds"),
            written.doer(event, translate),
            translate(event.did),
            written.name(event.whom, translate) if event.whom else "",
            written.about(event, translate),
        ]
