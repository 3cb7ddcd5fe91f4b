"""Addresses of contracts, below those of procurement."""

from django.urls import path

from bygd.web.procurements.contracts import bringing, calendars, entering, listing, one, uncovered

urlpatterns = [
    path("", listing.listing, name="contracts"),
    path("endings", calendars.endings, name="contracts-endings"),
    path("endings/calendar", calendars.address, name="contracts-calendar"),
    path("outside", uncovered.outside, name="contracts-outside"),
    path("new", entering.new, name="contract-new"),
    path("bring", bringing.bring, name="contracts-bring"),
    path("bring/<slug:token>", bringing.look, name="contracts-look"),
    path("bring/<slug:token>/take", bringing.take, name="contracts-take"),
    path("<slug:contract>", one.contract, name="contract"),
    path("<slug:contract>/change", entering.change, name="contract-change"),
    path("<slug:contract>/withdraw", entering.withdraw, name="contract-withdraw"),
    path("<slug:contract>/undo", entering.undo, name="contract-undo"),
]
