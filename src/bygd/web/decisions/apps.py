"""The Django app of this folder."""

from django.apps import AppConfig


class Decisions(AppConfig):
    """Named by its folder."""

    name = "bygd.web.decisions"
    label = "decisions"
