"""The Django app of this folder."""

from django.apps import AppConfig


class Promises(AppConfig):
    """Named by its folder."""

    name = "bygd.web.procurements.promises"
    label = "promises"
