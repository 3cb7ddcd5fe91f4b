"""The Django app of this folder."""

from django.apps import AppConfig


class Forums(AppConfig):
    """Named by its folder."""

    name = "bygd.web.procurements.forums"
    label = "forums"
