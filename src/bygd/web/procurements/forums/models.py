"""Forums, proposals as they were sent, the matters they are gathered in, and the buyer's answers."""

from datetime import date

from django.db import models
from django.utils import timezone

from bygd.web.places.models import Place
from bygd.web.procurements.forums.words import Concern, ForumState, Outcome, ProposalState, Reason, Sender

MOST_LETTERS = 3_000
NAME = 200


class Forum(models.Model):
    """Of one coming purchase. Public from the moment it is opened, for good: what is opened is never a draft again."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="forums")
    key = models.CharField(max_length=16, unique=True)
    """Its name in public addresses."""
    title = models.CharField(max_length=NAME)
    about = models.TextField(max_length=6_000)
    buyer = models.CharField(max_length=NAME, blank=True)
    contact = models.CharField(max_length=NAME, blank=True)
    cpv = models.CharField(max_length=10, blank=True)
    value = models.DecimalField(max_digits=17, decimal_places=2, null=True, blank=True)
    closes_on = models.DateField()
    answers_by = models.DateField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    """When the buyer said that all matters are answered; addresses of mail are gone from then on."""
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Latest first."""

        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return self.title

    @property
    def state(self) -> ForumState:
        """How far it is today."""
        if self.opened_at is None:
            return ForumState.DRAFT
        if self.answered_at is not None:
            return ForumState.ANSWERED
        return ForumState.OPEN if today() <= self.closes_on else ForumState.CLOSED


class Matter(models.Model):
    """What several proposals ask alike; answered as one."""

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="matters")
    title = models.CharField(max_length=NAME)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """In the order in which they came up."""

        ordering = ("pk",)

    def __str__(self) -> str:
        return self.title


class Proposal(models.Model):
    """What somebody asks of the purchase, in their own words, which nobody changes."""

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="proposals")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, null=True, related_name="proposals")
    text = models.TextField(max_length=MOST_LETTERS)
    concern = models.CharField(max_length=20, choices=Concern.choices())
    sender_kind = models.CharField(max_length=20, choices=Sender.choices())
    sender = models.CharField(max_length=NAME, blank=True)
    """What they chose to be called in public."""
    email = models.EmailField(blank=True)
    """Only for telling them that the answer is there; taken away then, and shown to nobody."""
    language = models.CharField(max_length=2, blank=True)
    state = models.CharField(max_length=20, choices=ProposalState.choices(), default=ProposalState.WAITING.value)
    reason = models.CharField(max_length=20, choices=Reason.choices(), blank=True)
    judged_by = models.CharField(max_length=40, blank=True)
    judged_at = models.DateTimeField(null=True)
    sent_on = models.DateField()
    """The day alone: the minute would tell people apart who wish to stay unknown."""

    class Meta:
        """In the order in which they were sent."""

        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.pk}"


class Answer(models.Model):
    """What the buyer said of a matter. Added, never edited: the latest counts, the ones before it stay."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="answers")
    outcome = models.CharField(max_length=20, choices=Outcome.choices())
    why = models.TextField(max_length=4_000)
    where = models.CharField(max_length=500, blank=True)
    """Where in the tender documents it stands."""
    answered_by = models.CharField(max_length=40)
    answered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Latest first."""

        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.outcome


def today() -> date:
    """The day in the time zone of the installation."""
    return timezone.localdate()
