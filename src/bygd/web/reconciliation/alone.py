"""Addresses of the reconciliation service by itself."""

from django.urls import include, path

from bygd.web.reconciliation import views

urlpatterns = [
    path("", views.about),
    path("reconcile", include("bygd.web.reconciliation.urls")),
]
