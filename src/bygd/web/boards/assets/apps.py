"""The Django app of this folder."""

from django.apps import AppConfig


class Assets(AppConfig):
    """Named by its folder."""

    name = "bygd.web.boards.assets"
    label = "assets"
