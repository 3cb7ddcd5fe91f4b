"""The Django app of this folder."""

from django.apps import AppConfig


class Circles(AppConfig):
    """Named by its folder."""

    name = "bygd.web.boards.circles"
    label = "circles"
