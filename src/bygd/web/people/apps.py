"""The Django app of this folder."""

from django.apps import AppConfig


class People(AppConfig):
    """Named by its folder."""

    name = "bygd.web.people"
    label = "people"
