"""The Django app of this folder."""

from django.apps import AppConfig


class Cases(AppConfig):
    """Named by its folder."""

    name = "bygd.web.boards.cases"
    label = "cases"
