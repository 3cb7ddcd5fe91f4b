"""Addresses of the supplier's pages: outside of places, each begins with the secret."""

from django.urls import path

from bygd.web.procurements.promises import sheets, supplier

urlpatterns = [
    path("<slug:secret>/", supplier.report, name="report"),
    path("<slug:secret>/form.xlsx", sheets.suppliers_form, name="report-form"),
    path("<slug:secret>/sheet", sheets.suppliers_bring, name="report-sheet"),
    path("<slug:secret>/promise/<slug:key>", supplier.promise, name="report-promise"),
    path("<slug:secret>/back/<slug:key>", supplier.take_back, name="report-back"),
]
