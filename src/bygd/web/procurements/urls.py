"""Addresses of procurement, below those of a place: each room names its own."""

from django.urls import include, path

from bygd.web.procurements import contents

urlpatterns = [
    path("", contents.contents, name="procurement"),
    path("forums/", include("bygd.web.procurements.forums.urls")),
    path("guide/", include("bygd.web.procurements.guide.urls")),
    path("policies/", include("bygd.web.procurements.policies.urls")),
    path("rules/", include("bygd.web.procurements.rules.urls")),
    path("gaps/", include("bygd.web.procurements.gaps.urls")),
    path("promises/", include("bygd.web.procurements.promises.urls")),
    path("contracts/", include("bygd.web.procurements.contracts.urls")),
    path("tenders/", include("bygd.web.procurements.tenders.urls")),
]
