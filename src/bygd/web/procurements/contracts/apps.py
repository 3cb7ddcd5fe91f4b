"""The Django app of this folder."""

from django.apps import AppConfig


class Contracts(AppConfig):
    """Named by its folder."""

    name = "bygd.web.procurements.contracts"
    label = "contracts"
