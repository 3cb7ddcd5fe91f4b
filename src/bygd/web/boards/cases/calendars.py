"""Calendars: deadlines of cases, as a page to print and as an address that a calendar programme reads."""

from itertools import groupby

from babel.dates import format_date
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST, require_safe

from bygd.reports.translate import Translator
from bygd.tools.cases import Case, Deadline, DeadlineState
from bygd.web import feeds, languages
from bygd.web.addresses import whole
from bygd.web.boards.cases.counted import counted
from bygd.web.boards.cases.listing import everything
from bygd.web.boards.cases.models import CaseCalendar
from bygd.web.people.gate import PlaceRequest, needs, open_to_all
from bygd.web.people.words import Right
from bygd.workbench import cases

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
    feeds.renew(request, CaseCalendar, "cases-feed", FRESH)
    return redirect(f"{reverse('plan-cases-deadlines', args=[request.place.slug])}#calendar")


@open_to_all
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The deadlines of a place that are not met, a day each, for whoever has the address."""
    found = feeds.opened(CaseCalendar, secret)
    _ = Translator(found.person.language or "en", languages.PACKAGE)
    home = whole(request, f"/p/{found.place.slug}/plan/cases/")
    listed = cases.deadlines(cases.all_of(found.place.project))
    days = (_day(case, one, home, _) for case, one in listed if one.state is not DeadlineState.MET)
    return feeds.sent(found.place, "cases", _("Deadlines of cases, {place}", place=found.place.name), days)


def _day(case: Case, one: Deadline, home: str, _: Translator) -> feeds.Day:
    assert one.day is not None  # listed deadlines have one
    unsure = not one.is_own and not (one.value and one.value.verified)
    source = one.value.source.said(_.language) if one.value else ""
    told = (source, _("Not verified.") if unsure else "", *counted(one, _))
    return feeds.Day(
        uid=f"{case.row['case_key']}-{one.id}",
        day=one.day,
        summary=_("{what}: {title}", what=one.text[_.language], title=case.row["title"]),
        about=" ".join(part for part in told if part),
        link=f"{home}{case.row['case_key']}",
        changed=max([case.row["entered_at"], *(event["entered_at"] for event in case.events)]),
    )
