"""Addresses of match review."""

from django.urls import path

from bygd.web.pages.review import case, queue

urlpatterns = [
    path("", queue.queue, name="review"),
    path("next", case.following, name="review-next"),
    path("undo", case.undo, name="review-undo"),
    path("case/<str:case_key>", case.case, name="case"),
    path("case/<str:case_key>/why/<path:org_id>", case.why, name="why"),
]
