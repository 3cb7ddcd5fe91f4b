"""Addresses of the pages of a place."""

from django.urls import include, path

from bygd.web.pages import start

urlpatterns = [
    path("review/", include("bygd.web.pages.review.urls")),
    path("", start.start, name="start"),
    path("money/", include("bygd.web.pages.money.urls")),
    path("", include("bygd.web.work.urls")),
]
