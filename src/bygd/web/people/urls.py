"""Addresses about the person who signs in."""

from django.urls import include, path

from bygd.web.people import views

urlpatterns = [
    path("enter/<str:secret>", views.enter, name="enter"),
    path("", views.account, name="account"),
    path("language", views.language, name="language"),
    path("", include("allauth.urls")),
]
