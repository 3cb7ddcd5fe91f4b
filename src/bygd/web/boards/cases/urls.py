"""Addresses of cases, below those of the plan, and the calendar that programmes read."""

from django.urls import path

from bygd.web.boards.cases import calendars, entering, listing, showing

urlpatterns = [
    path("", listing.listing, name="plan-cases"),
    path("deadlines", calendars.deadlines, name="cases-deadlines"),
    path("deadlines/calendar", calendars.address, name="cases-calendar"),
    path("helping", listing.helping, name="cases-helping"),
    path("new", entering.new, name="case-new"),
    path("<slug:case>", showing.case, name="plan-case"),
    path("<slug:case>/change", entering.change, name="case-change"),
    path("<slug:case>/withdraw", entering.withdraw, name="case-withdraw"),
    path("<slug:case>/tick", entering.tick, name="case-tick"),
    path("<slug:case>/questions", entering.questions, name="case-questions"),
    path("<slug:case>/<slug:what>", entering.happen, name="case-event"),
]

outside = [path("open/cases/<str:secret>.ics", calendars.feed, name="cases-feed")]
"""Below the root: for whoever has the secret."""
