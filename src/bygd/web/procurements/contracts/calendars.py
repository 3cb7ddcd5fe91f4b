"""Calendars: what ends when, as a page to print and as an address that a calendar programme reads."""

import secrets
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import groupby

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
from bygd.tools import contracts as tool
from bygd.tools.contracts import LEAD_MONTHS, Ending
from bygd.tools.contracts.endings import last_day
from bygd.vocabulary.contract_words import ContractStage
from bygd.web import languages
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs, open_to_all
from bygd.web.people.words import Right
from bygd.web.procurements.contracts.listing import anchors, held
from bygd.web.procurements.contracts.models import Calendar
from bygd.workbench import contracts

MONTHS = (12, 24, 36, 60)
LEADS = (3, 6, 9, 12, 18, 24)
MADE = N_("made an address for a calendar")
ENDED = N_("ended an address for a calendar")
FRESH = "contracts_calendar"
"""Where a session holds an address until it was shown once."""


@needs(Right.SEE_POOL)
@require_GET
def endings(request: PlaceRequest) -> HttpResponse:
    """What ends in the coming months, by month or quarter, with the day by which a new procurement should begin."""
    query, today = request.GET, date.today()
    months = _one_of(query.get("months"), MONTHS, 24)
    lead = _one_of(query.get("lead"), LEADS, LEAD_MONTHS)
    by = "quarter" if query.get("by") == "quarter" else "month"
    rows, wrong = held(request)
    anchor = query.get("anchor", "") if query.get("anchor") in anchors(request, rows) else ""
    mine = [row for row in rows if not anchor or row["anchor"] == anchor]
    found = tool.endings(mine, today, tool.begins_by(today, -months), lead)
    standing = [tool.ending(row, today, lead) for row in mine]
    context = {
        "groups": [
            (_named(key, by, request.translate), list(listed))
            for key, listed in groupby(found, key=lambda one: _period(last_day(one), by))
        ],
        "count": len(found),
        "late": [one for one in found if one.is_late],
        "unknown": [one for one in standing if one.standing is tool.Standing.UNKNOWN],
        "coming": [one for one in standing if one.contract["stage"] != ContractStage.SIGNED],
        "asked": {"months": months, "lead": lead, "by": by, "anchor": anchor},
        "months": MONTHS,
        "leads": LEADS,
        "anchors": anchors(request, rows),
        "wrong": wrong,
        "calendar": Calendar.objects.filter(place=request.place, person=request.user).first(),
        "fresh": request.session.pop(FRESH, ""),
        "last_day": last_day,
        "all": len(mine),
    }
    return render(request, "procurements/contracts/endings.html", context)


@needs(Right.SEE_POOL)
@require_POST
def address(request: PlaceRequest) -> HttpResponse:
    """Make an address for the person's calendar, which ends the one before; or end it."""
    _ = request.translate
    Calendar.objects.filter(place=request.place, person=request.user).delete()
    if "end" in request.POST:
        log.record(request, ENDED)
        messages.success(request, _("The address no longer works."))
    else:
        secret = secrets.token_urlsafe(32)
        Calendar.objects.create(place=request.place, person=request.user, secret_hash=_hash(secret))
        path = reverse("contracts-feed", args=[secret])
        request.session[FRESH] = request.build_absolute_uri(path)
        log.record(request, MADE)
    return redirect(f"{reverse('contracts-endings', args=[request.place.slug])}#calendar")


@open_to_all
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The endings of a place as a calendar (RFC 5545), for whoever has the address while its person may see them."""
    found = Calendar.objects.filter(secret_hash=_hash(secret)).select_related("place", "person").first()
    if found is None or not found.person.is_active or not found.person.access(found.place).may(Right.SEE_POOL):
        raise Http404
    now = timezone.now()
    if found.used_at is None or now - found.used_at > timedelta(days=1):
        Calendar.objects.filter(pk=found.pk).update(used_at=now)
    project, _ = found.place.project, Translator(found.person.language or "en", languages.PACKAGE)
    listed = tool.endings(contracts.current(project), date.today())
    home = request.build_absolute_uri(f"/p/{found.place.slug}/procurement/contracts/")
    made = written(listed, found.place.name, found.place.slug, home, _)
    answer = HttpResponse(made, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'inline; filename="{found.place.slug}-contracts.ics"'
    answer["Cache-Control"] = "private, max-age=3600"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def written(listed: Iterable[Ending], name: str, slug: str, home: str, _: Translator) -> bytes:
    """The calendar: for each contract the day on which it ends, and the day by which a new procurement should begin."""
    made = Feed()
    made.add("prodid", "-//bygd//contracts//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", _("Contracts that end, {place}", place=name))
    for one in listed:
        row, day = one.contract, last_day(one)
        if day is None:
            continue
        about = " · ".join(part for part in (row["anchor"], row["supplier_name"], row["number"]) if part)
        link = f"{home}{row['contract_key']}"
        told = _("Ends: {title}", title=row["title"])
        made.add_component(_event(f"end-{row['contract_key']}", slug, day, told, about, link, row["entered_at"]))
        if one.begin_by and not one.is_late and one.standing is tool.Standing.RUNNING:
            told = _("Begin the new procurement: {title}", title=row["title"])
            begun = f"begin-{row['contract_key']}"
            made.add_component(_event(begun, slug, one.begin_by, told, about, link, row["entered_at"]))
    return bytes(made.to_ical())


def _event(uid: str, slug: str, day: date, summary: str, about: str, link: str, changed: datetime) -> Event:
    event = Event()
    event.add("uid", f"{uid}@{slug}.bygd")
    event.add("dtstamp", changed.replace(tzinfo=UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", summary)
    event.add("description", about)
    event.add("url", link)
    event.add("transp", "TRANSPARENT")
    return event


def _period(day: date | None, by: str) -> date:
    """The first day of the month or quarter."""
    assert day is not None  # endings have one
    return date(day.year, day.month if by == "month" else (day.month - 1) // 3 * 3 + 1, 1)


def _named(period: date, by: str, _: Translator) -> str:
    if by == "quarter":
        return _("{year}, quarter {number}", year=str(period.year), number=str((period.month - 1) // 3 + 1))
    return str(format_date(period, "LLLL y", locale=_.locale))


def _one_of(text: str | None, known: tuple[int, ...], default: int) -> int:
    return int(text) if text and text.isdecimal() and int(text) in known else default


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
