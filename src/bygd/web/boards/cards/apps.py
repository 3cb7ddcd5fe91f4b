"""The Django app of this folder."""

from django.apps import AppConfig


class Cards(AppConfig):
    """Named by its folder."""

    name = "bygd.web.boards.cards"
    label = "cards"
