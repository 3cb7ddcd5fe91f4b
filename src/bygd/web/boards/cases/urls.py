"""Addresses of cases, below those of the plan, and the calendar that programmes read."""

from django.urls import path

from bygd.web.boards.cases import calendars, entering, listing, showing

urlpatterns = [
    path("", listing.listing, name="plan-cases"),
    path("deadlines", calendars.deadlines, name="plan-cases-deadlines"),
    path("deadlines/calendar", calendars.address, name="plan-cases-calendar"),
    path("helping", listing.helping, name="plan-cases-helping"),
    path("new", entering.new, name="plan-case-new"),
    path("<slug:case>", showing.case, name="plan-case"),
    path("<slug:case>/change", entering.change, name="plan-case-change"),
    path("<slug:case>/withdraw", entering.withdraw, name="plan-case-withdraw"),
    path("<slug:case>/tick", entering.tick, name="plan-case-tick"),
    path("<slug:case>/card", entering.card, name="plan-case-card"),
    path("<slug:case>/questions", entering.questions, name="plan-case-questions"),
    path("<slug:case>/<slug:what>", entering.happen, name="plan-case-event"),
]

outside = [path("open/cases/<str:secret>.ics", calendars.feed, name="cases-feed")]
"""Below the root: for whoever has the secret."""
