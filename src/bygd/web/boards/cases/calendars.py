"""Calendars: deadlines of cases, as a page to print and as an address that a calendar programme reads."""

import secrets
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import groupby
from typing import Any

from babel.dates import format_date
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe
from icalendar import Calendar as Feed
from icalendar import Event

from bygd.reports.translate import N_, Translator
from bygd.tools.cases import Case, Deadline, DeadlineState
from bygd.web import languages
from bygd.web.boards.cases.counted import counted
from bygd.web.boards.cases.listing import everything
from bygd.web.boards.cases.models import CaseCalendar
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs, open_to_all
from bygd.web.people.words import Right
from bygd.workbench import cases

MADE = N_("made an address for a calendar")
ENDED = N_("ended an address for a calendar")
FRESH = "cases_calendar"
"""Where a session holds an address until it was shown once."""


@needs(Right.SEE_POOL)
@require_GET
def deadlines(request: PlaceRequest) -> HttpResponse:
    """What is due, by month, with what each day rests on."""
    wrong, found = everything(request)
    listed = [pair for pair in cases.deadlines(found) if pair[1].state is not DeadlineState.MET]
    without = [
        (case, one) for case in found if case.result is None for one in case.deadlines
        if one.day is None and one.state is DeadlineState.UNKNOWN
    ]  # fmt: skip
    context = {
        "groups": [
            (str(format_date(month, "LLLL y", locale=request.translate.locale)), list(pairs))
            for month, pairs in groupby(listed, key=lambda pair: pair[1].day.replace(day=1))
        ],
        "count": len(listed),
        "passed": sum(one.state is DeadlineState.PASSED for _case, one in listed),
        "without": without,
        "counted": counted,
        "wrong": wrong,
        "calendar": CaseCalendar.objects.filter(place=request.place, person=request.user).first(),
        "fresh": request.session.pop(FRESH, ""),
    }
    return render(request, "boards/cases/deadlines.html", context)


@needs(Right.SEE_POOL)
@require_POST
def address(request: PlaceRequest) -> HttpResponse:
    """Make an address for the person's calendar, which ends the one before; or end it."""
    _ = request.translate
    CaseCalendar.objects.filter(place=request.place, person=request.user).delete()
    if "end" in request.POST:
        log.record(request, ENDED)
        messages.success(request, _("The address no longer works."))
    else:
        secret = secrets.token_urlsafe(32)
        CaseCalendar.objects.create(place=request.place, person=request.user, secret_hash=_hash(secret))
        request.session[FRESH] = request.build_absolute_uri(reverse("cases-feed", args=[secret]))
        log.record(request, MADE)
    return redirect(f"{reverse('plan-cases-deadlines', args=[request.place.slug])}#calendar")


@open_to_all
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The deadlines of a place as a calendar (RFC 5545), for whoever has the address while its person may see them."""
    found = CaseCalendar.objects.filter(secret_hash=_hash(secret)).select_related("place", "person").first()
    if found is None or not found.person.is_active or not found.person.access(found.place).may(Right.SEE_POOL):
        raise Http404
    now = timezone.now()
    if found.used_at is None or now - found.used_at > timedelta(days=1):
        CaseCalendar.objects.filter(pk=found.pk).update(used_at=now)
    _ = Translator(found.person.language or "en", languages.PACKAGE)
    home = request.build_absolute_uri(f"/p/{found.place.slug}/plan/cases/")
    listed = cases.deadlines(cases.all_of(found.place.project))
    answer = HttpResponse(
        written(listed, found.place.name, found.place.slug, home, _), content_type="text/calendar; charset=utf-8"
    )
    answer["Content-Disposition"] = f'inline; filename="{found.place.slug}-cases.ics"'
    answer["Cache-Control"] = "private, max-age=3600"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def written(listed: Iterable[tuple[Case, Any]], name: str, slug: str, home: str, _: Translator) -> bytes:
    """The calendar: a day for each deadline that is not met."""
    made = Feed()
    made.add("prodid", "-//bygd//cases//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", _("Deadlines of cases, {place}", place=name))
    for case, one in listed:
        if one.state is not DeadlineState.MET:
            made.add_component(_event(case, one, slug, home, _))
    return bytes(made.to_ical())


def _event(case: Case, one: Deadline, slug: str, home: str, _: Translator) -> Event:
    assert one.day is not None  # listed deadlines have one
    changed: datetime = max([case.row["entered_at"], *(event["entered_at"] for event in case.events)])
    unsure = not one.is_own and not (one.value and one.value.verified)
    event = Event()
    event.add("uid", f"{case.row['case_key']}-{one.id}@{slug}.bygd")
    event.add("dtstamp", changed.replace(tzinfo=UTC))
    event.add("dtstart", one.day)
    event.add("dtend", one.day + timedelta(days=1))
    event.add("summary", _("{what}: {title}", what=one.text[_.language], title=case.row["title"]))
    source = one.value.source.said(_.language) if one.value else ""
    told = (source, _("Not verified.") if unsure else "", *counted(one, _))
    event.add("description", " ".join(part for part in told if part))
    event.add("url", f"{home}{case.row['case_key']}")
    event.add("transp", "TRANSPARENT")
    return event


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
