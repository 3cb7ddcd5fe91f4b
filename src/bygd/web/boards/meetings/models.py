"""Meetings, ideas, groups of them, votes, who wants to work on it, and panels drawn by lot."""

import base64
from typing import ClassVar

from django.db import models
from django.utils.crypto import salted_hmac

from bygd.vocabulary.words import Pillar
from bygd.web.boards.forms import NAME
from bygd.web.boards.meetings.words import IdeaState, MeetingKind, Phase, Source, VoteKind
from bygd.web.boards.outside import Shared
from bygd.web.places.models import Place

TITLE, TEXT, KEY = 200, 1_000, 40
CARD_SALT, CARD_LETTERS, MOST_CARDS = "bygd.boards.card", 6, 400


class Meeting(Shared):
    """One open meeting of a place."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="meetings")
    key = models.CharField(max_length=KEY)
    kind = models.CharField(max_length=20, choices=MeetingKind.choices(), default=MeetingKind.OPEN.value)
    title = models.CharField(max_length=TITLE)
    question = models.CharField(max_length=TITLE)
    about = models.TextField(max_length=3_000, blank=True)
    language = models.CharField(max_length=2)
    language_other = models.CharField(max_length=2, blank=True)
    """A second language that stands beside the first on the wall."""
    title_other = models.CharField(max_length=TITLE, blank=True)
    question_other = models.CharField(max_length=TITLE, blank=True)
    held_on = models.DateField(null=True)
    starts_at = models.TimeField(null=True)
    room = models.CharField(max_length=TITLE, blank=True)
    moderator = models.CharField(max_length=NAME, blank=True)
    coffee = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    """What room, coffee and food may cost."""
    follow_up_on = models.DateField(null=True)
    follow_up_hours = models.IntegerField(null=True)
    notes = models.TextField(max_length=3_000, blank=True)
    phase = models.CharField(max_length=20, choices=Phase.choices(), default=Phase.PLANNED.value)
    reads_first = models.BooleanField(default=True)
    vote = models.CharField(max_length=20, choices=VoteKind.choices(), default=VoteKind.DOTS.value)
    dots = models.IntegerField(default=3)
    cards = models.IntegerField(default=60)
    """How many voting cards there are; each has one vote."""
    seed = models.CharField(max_length=40, blank=True)
    """What lots are drawn by where a tie can be broken by nothing else; shown before anybody votes."""
    aside = models.JSONField(default=list)
    """Why ballots of the file it was taken in from do not count, each as a Said made plain."""
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Latest first."""

        ordering = ("-held_on", "-pk")
        constraints: ClassVar = [models.UniqueConstraint(fields=["place", "key"], name="one_meeting_of_a_key")]

    def __str__(self) -> str:
        return self.title

    def codes(self) -> list[str]:
        """The codes of its voting cards: made from its secret, so that none need be stored; each has one vote."""
        return [_code(self.nonce, number) for number in range(self.cards)]


class Group(models.Model):
    """Ideas that are alike, and what comes of them."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="groups")
    key = models.CharField(max_length=KEY)
    title = models.CharField(max_length=TITLE)
    title_other = models.CharField(max_length=TITLE, blank=True)
    pillar = models.CharField(max_length=20, choices=Pillar.choices(), blank=True)
    owner = models.CharField(max_length=TITLE, blank=True)
    first_step = models.CharField(max_length=500, blank=True)
    first_step_on = models.DateField(null=True)
    card_key = models.CharField(max_length=80, blank=True)

    class Meta:
        """In the order they came up."""

        ordering = ("pk",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["meeting", "key"], name="one_group_of_a_key")]

    def __str__(self) -> str:
        return self.title


class Idea(models.Model):
    """An idea as it was given, and if somebody translates it, in the second language."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="ideas")
    key = models.CharField(max_length=KEY)
    text = models.TextField(max_length=TEXT)
    text_other = models.TextField(max_length=TEXT, blank=True)
    source = models.CharField(max_length=20, choices=Source.choices())
    given_by = models.CharField(max_length=NAME, blank=True)
    state = models.CharField(max_length=20, choices=IdeaState.choices())
    group = models.ForeignKey(Group, on_delete=models.SET_NULL, null=True, related_name="ideas")

    class Meta:
        """In the order they came."""

        ordering = ("pk",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["meeting", "key"], name="one_idea_of_a_key")]


class Volunteer(models.Model):
    """Somebody who wants to work on a group: the name they chose to give, nothing else."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="volunteers")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="volunteers")
    key = models.CharField(max_length=KEY)
    name = models.CharField(max_length=NAME)

    class Meta:
        """In the order they came."""

        ordering = ("pk",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["meeting", "key"], name="one_volunteer_of_a_key")]


class Ballot(models.Model):
    """The vote of one card, the latest counts; nobody knows who held the card."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="ballots")
    card = models.CharField(max_length=CARD_LETTERS)
    marks = models.JSONField()
    """Dots by group, or groups in order, by their keys."""

    class Meta:
        """One of each card."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["meeting", "card"], name="one_ballot_of_a_card")]


class Applied(models.Model):
    """Something that the facilitator's page sent and that is done: sent again, it is not done again."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE)
    key = models.CharField(max_length=KEY)

    class Meta:
        """Once each."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["meeting", "key"], name="applied_once")]


class Lottery(models.Model):
    """A panel drawn by lot: the pool by code and kind, what is wanted, and once drawn the seed and who."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="lottery")
    size = models.IntegerField()
    pool = models.JSONField()
    """Code → values by feature. Codes only: the list of names stays with whoever invites."""
    quotas = models.JSONField(default=list)
    """Feature, value, least, most."""
    fingerprint = models.CharField(max_length=64)
    frozen_at = models.DateTimeField(auto_now_add=True)
    seed = models.CharField(max_length=200, blank=True)
    seed_from = models.CharField(max_length=TITLE, blank=True)
    panel = models.JSONField(default=list)
    out = models.JSONField(default=list)
    """Codes of those drawn who said no."""
    drawn_at = models.DateTimeField(null=True)


def _code(nonce: str, number: int) -> str:
    digest = salted_hmac(CARD_SALT, f"{nonce} {number}", algorithm="sha256").digest()
    return base64.b32encode(digest).decode().casefold()[:CARD_LETTERS]
