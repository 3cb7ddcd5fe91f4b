"""Addresses of the web."""

from django.urls import include, path

from bygd.web.reconciliation import views

urlpatterns = [
    path("", views.about),
    path("reconcile", include("bygd.web.reconciliation.urls")),
]
