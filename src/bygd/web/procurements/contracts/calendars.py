"""Calendars: what ends when, as a page to print and as an address that a calendar programme reads."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from babel.dates import format_date
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST, require_safe

from bygd.reports.translate import Translator
from bygd.tools import contracts as tool
from bygd.tools.contracts import LEAD_MONTHS, Ending
from bygd.tools.contracts.endings import last_day
from bygd.vocabulary.contract_words import ContractStage
from bygd.web import feeds, languages
from bygd.web.addresses import whole
from bygd.web.people.gate import PlaceRequest, needs, open_to_all
from bygd.web.people.words import Right
from bygd.web.procurements.contracts.listing import anchors, held
from bygd.web.procurements.contracts.models import Calendar
from bygd.workbench import contracts

MONTHS = (12, 24, 36, 60)
LEADS = (3, 6, 9, 12, 18, 24)
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
        "open_ended": [one for one in standing if one.standing is tool.Standing.OPEN],
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
    feeds.renew(request, Calendar, "contracts-feed", FRESH)
    return redirect(f"{reverse('contracts-endings', args=[request.place.slug])}#calendar")


@open_to_all
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The endings of a place, for whoever has the address."""
    found = feeds.opened(Calendar, secret)
    _ = Translator(found.person.language or "en", languages.PACKAGE)
    home = whole(request, f"/p/{found.place.slug}/procurement/contracts/")
    listed = tool.endings(contracts.current(found.place.project), date.today())
    days = (day for one in listed for day in _days(one, home, _))
    return feeds.sent(found.place, "contracts", _("Contracts that end, {place}", place=found.place.name), days)


def _days(one: Ending, home: str, _: Translator) -> Iterator[feeds.Day]:
    """The day on which a contract ends, and the day by which a new procurement should begin."""
    row, day = one.contract, last_day(one)
    if day is None:
        return
    about = " · ".join(part for part in (row["anchor"], row["supplier_name"], row["number"]) if part)
    link, changed = f"{home}{row['contract_key']}", row["entered_at"]
    told = _("Ends: {title}", title=row["title"])
    yield feeds.Day(f"end-{row['contract_key']}", day, told, about, link, changed)
    if one.begin_by and not one.is_late and one.standing is tool.Standing.RUNNING:
        told = _("Begin the new procurement: {title}", title=row["title"])
        yield feeds.Day(f"begin-{row['contract_key']}", one.begin_by, told, about, link, changed)


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
