"""Circles, answers to their questions, efforts per pillar, talks, and days on which they meet."""

from typing import Any, ClassVar

from django.db import models

from bygd.tools import circles
from bygd.tools.circles import Course
from bygd.vocabulary.planning import CardStanding
from bygd.vocabulary.words import Pillar
from bygd.web.boards.circles.words import CircleState, Partner
from bygd.web.boards.outside import Shared
from bygd.web.places.models import Place

NAME, TITLE, TEXT = 80, 200, 3_000
STANDINGS = (CardStanding.DONE, CardStanding.POSSIBLE)


class Circle(Shared):
    """One study circle of a place. `course` is its own copy, to be changed as it likes."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="circles")
    key = models.CharField(max_length=40)
    title = models.CharField(max_length=TITLE)
    language = models.CharField(max_length=2)
    where = models.CharField(max_length=TITLE, blank=True)
    course = models.JSONField()
    days = models.JSONField(default=dict)
    """Key of a meeting → its day."""
    state = models.CharField(max_length=20, choices=CircleState.choices(), default=CircleState.RUNNING.value)
    members = models.IntegerField(null=True)
    """How many took part: a number, no names."""
    conclusion = models.TextField(max_length=6_000, blank=True)
    handed_to = models.CharField(max_length=TITLE, blank=True)
    concluded_on = models.DateField(null=True)
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Latest first."""

        ordering = ("-made_at", "-pk")
        constraints: ClassVar = [models.UniqueConstraint(fields=["place", "key"], name="one_circle_of_a_key")]

    def __str__(self) -> str:
        return self.title

    def held(self) -> Course:
        """Its course."""
        said: dict[str, Any] = self.course
        return circles.from_plain(said)


class Given(models.Model):
    """What somebody gave: by whom they chose to be called, and whether the facilitator shows it."""

    given_by = models.CharField(max_length=NAME, blank=True)
    is_shown = models.BooleanField(default=True)
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Part of other models."""

        abstract = True


class Answer(Given):
    """An answer or a note to one question. `is_picked`: it stands in what the circle concluded."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="answers")
    part = models.CharField(max_length=40)
    text = models.TextField(max_length=TEXT)
    is_picked = models.BooleanField(default=False)

    class Meta:
        """In the order they came."""

        ordering = ("pk",)


class Effort(Given):
    """Something that is done already or could be done, under a pillar; with a first step it is worth a card."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="efforts")
    pillar = models.CharField(max_length=20, choices=Pillar.choices())
    standing = models.CharField(max_length=20, choices=[(one.value, one.label) for one in STANDINGS])
    title = models.CharField(max_length=TITLE)
    text = models.TextField(max_length=TEXT, blank=True)
    for_whom = models.CharField(max_length=TITLE, blank=True)
    owner = models.CharField(max_length=TITLE, blank=True)
    first_step = models.CharField(max_length=500, blank=True)
    first_step_by = models.CharField(max_length=NAME, blank=True)
    first_step_on = models.DateField(null=True)
    card_key = models.CharField(max_length=80, blank=True)
    """The card it became."""

    class Meta:
        """In the order they came."""

        ordering = ("pk",)


class Talk(Given):
    """A talk with somebody outside the circle: what kind of people, and what they said of the matter."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="talks")
    partner = models.CharField(max_length=20, choices=Partner.choices())
    about = models.CharField(max_length=TITLE)
    said = models.TextField(max_length=TEXT)
    next = models.CharField(max_length=500, blank=True)

    class Meta:
        """In the order they came."""

        ordering = ("pk",)
