"""The Django app of this folder."""

from django.apps import AppConfig


class Plans(AppConfig):
    """Named by its folder."""

    name = "bygd.web.boards.plans"
    label = "plans"
