"""Addresses of match review."""

from django.urls import path

from bygd.web.pages.review import audit, batch, case, progress, queue, sheets

urlpatterns = [
    path("", queue.queue, name="review"),
    path("batch", batch.batch, name="review-batch"),
    path("progress", progress.progress, name="review-progress"),
    path("sheets", sheets.sheets, name="review-sheets"),
    path("sheets/confirm", sheets.confirm, name="review-sheet-confirm"),
    path("sheets/<str:what>.<str:ending>", sheets.download, name="review-download"),
    path("audit", audit.audit, name="review-audit"),
    path("next", case.following, name="review-next"),
    path("undo", case.undo, name="review-undo"),
    path("case/<str:case_key>", case.case, name="case"),
    path("case/<str:case_key>/why/<path:org_id>", case.why, name="why"),
]
