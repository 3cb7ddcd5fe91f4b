"""Rounds of self-assessment, a place's own questions, and the sheets that people filled in."""

from typing import ClassVar

from django.db import models

from bygd.web.boards.outside import Shared
from bygd.web.places.models import Place


class OwnQuestion(models.Model):
    """A question the place wrote itself, such as its reading of the enabling conditions; put aside, never deleted."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE)
    part = models.TextField()
    text = models.TextField()
    put_aside = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)


class Round(Shared):
    """One time of asking. What is asked is kept with it, so that later changes of questions do not change it."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE)
    key = models.CharField(max_length=80, default="")
    """The name of the file it was taken in from; empty where it was begun here."""
    title = models.TextField()
    parts = models.JSONField()
    """Parts in order: id, and the questions asked, each with id and, where it is the place's own, its text."""
    language = models.CharField(max_length=2, default="en")
    """Of the page outside, while nobody chooses another."""
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)

    class Meta:
        """A file is taken in once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "key"], condition=~models.Q(key=""), name="one_round_of_each_file")
        ]


class Sheet(models.Model):
    """What one person answered; nobody's name is kept. Notes stand apart from who else wrote what."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE)
    answers = models.JSONField()
    """By question: `level` 0 to 3, and a `note` that may be empty."""
    hand = models.CharField(max_length=64)
    """A keyed print of who filled it in, so that a second sheet of the same hand replaces the first."""
    sent_on = models.DateField()

    class Meta:
        """One sheet of each hand."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "hand"], name="one_sheet_of_each_hand")]
