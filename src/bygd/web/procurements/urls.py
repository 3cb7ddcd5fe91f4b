"""Addresses of procurement, below those of a place: each room names its own."""

from django.urls import path

from bygd.web.procurements import contents

urlpatterns = [
    path("", contents.contents, name="procurement"),
]
