"""Cases and their events, as rows of the declared tables of the same name, and the secrets of calendars."""

from typing import ClassVar

from django.db import models

from bygd.vocabulary import mapping
from bygd.web.feeds import Feed
from bygd.web.places.models import Place


class CaseEntry(models.Model):
    """What somebody entered of a case; see `bygd.vocabulary.tables.mapping`."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE)
    case_key = models.TextField()
    kind = models.TextField()
    title = models.TextField()
    about = models.TextField(null=True)
    who = models.TextField(null=True)
    helper = models.TextField(null=True)
    place_name = models.TextField(null=True)
    asset_key = models.TextField(null=True)
    gaps = models.TextField(null=True)
    started_on = models.DateField()
    withdrawn = models.BooleanField()
    entered_by = models.TextField()
    entered_at = models.DateTimeField()

    class Meta:
        """Looked up by case."""

        indexes: ClassVar = [models.Index(fields=["place", "case_key"], name="entry_by_case")]


class CaseEvent(models.Model):
    """Something that happened to a case; see `bygd.vocabulary.tables.mapping`."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE)
    event_key = models.TextField()
    case_key = models.TextField()
    event = models.TextField(choices=mapping.CaseEvent.choices())
    happened_on = models.DateField()
    about = models.TextField(null=True)
    due_on = models.DateField(null=True)
    answer = models.TextField(choices=mapping.Answer.choices(), null=True)
    result = models.TextField(choices=mapping.CaseResult.choices(), null=True)
    note = models.TextField(null=True)
    link = models.TextField(null=True)
    entered_by = models.TextField()
    entered_at = models.DateTimeField()

    class Meta:
        """Looked up by case."""

        indexes: ClassVar = [models.Index(fields=["place", "case_key"], name="event_by_case")]


class CaseCalendar(Feed):
    """The deadlines of a place's cases, for one person's calendar."""

    class Meta:
        """One of each person in a place."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["place", "person"], name="one_case_calendar_each")]
