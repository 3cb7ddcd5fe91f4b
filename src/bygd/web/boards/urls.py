"""Addresses of the living plan, below those of a place: each room names its own."""

from django.urls import include, path

from bygd.web.boards import contents

urlpatterns = [
    path("", contents.contents, name="plan"),
    path("circles/", include("bygd.web.boards.circles.urls")),
    path("meetings/", include("bygd.web.boards.meetings.urls")),
    path("board/", include("bygd.web.boards.cards.urls")),
    path("plans/", include("bygd.web.boards.plans.urls")),
    path("assets/", include("bygd.web.boards.assets.urls")),
    path("assessments/", include("bygd.web.boards.assessments.urls")),
    path("cases/", include("bygd.web.boards.cases.urls")),
]
