"""The Django app of this folder."""

from django.apps import AppConfig


class Meetings(AppConfig):
    """Named by its folder."""

    name = "bygd.web.boards.meetings"
    label = "meetings"
