"""Addresses of procurement, below those of a place: each room names its own."""

from django.urls import include, path

from bygd.web.procurements import contents

urlpatterns = [
    path("", contents.contents, name="procurement"),
    path("rules/", include("bygd.web.procurements.rules.urls")),
]
