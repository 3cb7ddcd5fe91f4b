"""The Django app of this folder."""

from django.apps import AppConfig


class Work(AppConfig):
    """Named by its folder."""

    name = "bygd.web.work"
    label = "work"
