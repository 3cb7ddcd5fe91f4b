"""Addresses of the pages of a place."""

from django.urls import path

from bygd.web.pages import start

urlpatterns = [
    path("", start.start, name="start"),
]
