"""The Django app of this folder."""

from django.apps import AppConfig


class Assessments(AppConfig):
    """Named by its folder."""

    name = "bygd.web.boards.assessments"
    label = "assessments"
