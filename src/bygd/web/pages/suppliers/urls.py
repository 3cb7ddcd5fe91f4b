"""Addresses of suppliers and organisations."""

from django.urls import path

from bygd.web.pages.suppliers import listing, one, organisation

urlpatterns = [
    path("suppliers/", listing.listing, name="suppliers"),
    path("suppliers/<str:supplier_key>", one.supplier, name="supplier"),
    path("organisations/", organisation.search, name="organisations"),
    path("organisations/<path:org_id>", organisation.organisation, name="organisation"),
    path("correct/<path:subject_id>", organisation.correct, name="correct"),
]
