"""Addresses of the guide: below those of a place, and public ones below /open."""

from django.urls import path

from bygd.web.procurements.guide import views

urlpatterns = [
    path("", views.about, name="guide"),
    path("read", views.read, name="guide-read"),
    path("change", views.change, name="guide-change"),
]
opened = [
    path("open/guide.css", views.style, name="open-guide-style"),
    path("open/<slug:slug>/guide", views.opened, name="open-guide"),
]
