"""Addresses of suppliers and organisations."""

from django.urls import path

from bygd.web.pages.suppliers import correcting, listing, one, organisation, where, why

urlpatterns = [
    path("suppliers/", listing.listing, name="suppliers"),
    path("suppliers/<str:supplier_key>", one.supplier, name="supplier"),
    path("suppliers/<str:supplier_key>/why", why.why, name="supplier-why"),
    path("organisations/", organisation.search, name="organisations"),
    path("organisations/<path:org_id>", organisation.organisation, name="organisation"),
    path("correct/<path:subject_id>", correcting.correct, name="correct"),
    path("correct-back/<path:subject_id>", correcting.take_back, name="correct-back"),
    path("where/<path:subject_id>", where.place, name="where"),
    path("where-back/<path:subject_id>", where.take_back, name="where-back"),
]
