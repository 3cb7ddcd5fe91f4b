"""The Django app of this folder."""

from django.apps import AppConfig


class Tenders(AppConfig):
    """Named by its folder."""

    name = "bygd.web.procurements.tenders"
    label = "tenders"
