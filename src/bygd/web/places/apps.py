"""The Django app of this folder."""

from django.apps import AppConfig


class Places(AppConfig):
    """Named by its folder."""

    name = "bygd.web.places"
    label = "places"
