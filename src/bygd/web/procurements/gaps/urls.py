"""Addresses of market gaps."""

from django.urls import path

from bygd.web.procurements.gaps import deciding, listing, lots, one

urlpatterns = [
    path("", listing.listing, name="gaps"),
    path("list.<listed:ending>", listing.file, name="gaps-file"),
    path("kind", one.one, name="gap"),
    path("kind/decide", deciding.decide, name="gap-decide"),
    path("kind/firms.<listed:ending>", one.invitations, name="gap-firms"),
    path("lots", lots.lots, name="lots"),
]
