"""The Django app of this folder."""

from django.apps import AppConfig


class Gaps(AppConfig):
    """Named by its folder."""

    name = "bygd.web.procurements.gaps"
    label = "gaps"
