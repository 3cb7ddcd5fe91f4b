"""Tenders and their lots, who works on them, bids under seal, scores that are added, and the log of it all."""

from datetime import datetime
from typing import ClassVar

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils import timezone

from bygd.tools.social_value import Points
from bygd.tools.tenders import PriceModel
from bygd.web.people.models import Person
from bygd.web.places.models import Place
from bygd.web.procurements.tenders.added import AddedOnly
from bygd.web.procurements.tenders.words import Duty, State


class Tender(models.Model):
    """A tender: what is asked, how it is weighed, until when bids come, and what came of it.

    The policy is kept as the text of its edition, so that no later edition changes anything here.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="tenders")
    anchor = models.CharField(max_length=200)
    number = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    lot = models.CharField(max_length=20, blank=True)
    """Which lot of its procedure it is; empty for a tender without lots. Each lot is a tender of its own."""
    first = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="further")
    """The first lot of its procedure; nothing for that one itself and for a tender without lots."""
    cpv = models.CharField(max_length=8, blank=True)
    value = models.DecimalField(max_digits=20, decimal_places=2)
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=20, choices=State.choices(), default=State.DRAFT.value)
    policy = models.CharField(max_length=120, blank=True)
    policy_text = models.TextField(blank=True)
    measures = models.JSONField(default=list)
    """Codes of the measures chosen."""
    measure_weights = models.JSONField(default=dict)
    """Weight of each measure in the whole score, as text; empty where the measures are conditions only."""
    choice = models.JSONField(default=dict)
    """What was typed to choose them: weight, split, answers to the policy's questions, who decided otherwise."""
    points = models.CharField(max_length=20, choices=Points.choices(), blank=True)
    """How levels become points, where the policy does not say."""
    criteria = models.JSONField(default=list)
    """The buyer's own questions: code, text by language, weight, what is asked, unit."""
    lines = models.JSONField(default=list)
    """Lines of the price sheet: code, text, quantity, unit."""
    highest = models.PositiveSmallIntegerField(default=5)
    """The highest score by which own criteria are scored; the lowest is nought."""
    model = models.CharField(max_length=20, choices=PriceModel.choices(), blank=True)
    price_weight = models.DecimalField(max_digits=5, decimal_places=4, default=0)
    full_at = models.DecimalField(max_digits=20, decimal_places=2, default=0)
    none_at = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    quality_value = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    fixed_price = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    closes_at = models.DateTimeField(null=True)
    """Until when bids come; before it nobody can open one."""
    questions_until = models.DateTimeField(null=True)
    """Until when bidders may ask; nothing where questions are not taken here."""
    negotiates = models.BooleanField(default=False)
    """Whether it was said from the beginning that bidders may be asked for revised bids."""
    opening_asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    """The first of the two who open bids together."""
    winner = models.ForeignKey("Bid", on_delete=models.PROTECT, null=True, related_name="+")
    award_reason = models.TextField(blank=True)
    told_on = models.DateField(null=True)
    told_by = models.CharField(max_length=20, blank=True)
    """When and how bidders were told of the award, from which the standstill is counted; a word of `Way`."""
    made_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    awarded_at = models.DateTimeField(null=True)

    class Meta:
        """Latest first; a number once in a place."""

        ordering = ("-id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "number", "lot"], name="one_tender_of_a_number_and_lot")
        ]

    def __str__(self) -> str:
        return f"{self.numbered} {self.title}"

    def keep(self, *names: str) -> None:
        """Store those columns, and nothing else, of a tender that is still prepared.

        Raises PermissionDenied where somebody opened it for bids meanwhile: from then on what is asked stands.
        """
        drafted = Tender.objects.filter(pk=self.pk, state=State.DRAFT.value)
        if not drafted.update(**{name: getattr(self, name) for name in names}):
            raise PermissionDenied

    @property
    def numbered(self) -> str:
        """Its number, with that of the lot."""
        return f"{self.number}/{self.lot}" if self.lot else self.number

    @property
    def head(self) -> "Tender":
        """What stands for the whole procedure: its first lot, or the tender itself."""
        return self.first or self

    def lots(self) -> "list[Tender]":
        """All lots of the procedure, in their order; the tender alone where there are none."""
        return list(Tender.objects.filter(models.Q(pk=self.head.pk) | models.Q(first=self.head.pk)).order_by("pk"))

    def held(self) -> "list[Tender]":
        """All lots, nobody else's to change until the transaction ends; whoever changes more than one holds them so.

        They are locked from the first made to the last: two who began at different ends would wait for each other.
        """
        keys = [one.pk for one in self.lots()]
        return list(Tender.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))

    def standing(self) -> "models.QuerySet[Bid]":
        """The bids that stand: opened, and not revised by their bidders."""
        return self.bids.exclude(firm="").filter(replaced_at=None)

    @property
    def until(self) -> datetime | None:
        """Until when bids come: revised ones while they are asked for, else the first."""
        asked = self.rounds.order_by("-pk").first() if self.state == State.NEGOTIATING else None
        return asked.closes_at if asked else self.closes_at

    def is_closed(self, now: datetime | None = None) -> bool:
        """Whether the time for bids is over."""
        return self.until is not None and (now or timezone.now()) >= self.until


class Member(models.Model):
    """Somebody who works on a tender. Whoever declares a conflict stays in the list and is shut out."""

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    duties = models.JSONField(default=list)
    """Words of `Duty`."""
    added_at = models.DateTimeField(auto_now_add=True)
    cleared_at = models.DateTimeField(null=True)
    """When they said, having read the names of the bidders, that they have no conflict."""
    conflicted_at = models.DateTimeField(null=True)
    locked_at = models.DateTimeField(null=True)
    """When they said that their scores are done."""

    class Meta:
        """Each person once."""

        ordering = ("id",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["tender", "person"], name="one_member_of_a_tender")]

    def has(self, *duties: Duty) -> bool:
        """Whether they have one of the duties and no conflict."""
        return self.conflicted_at is None and any(duty.value in self.duties for duty in duties)


class Invitation(models.Model):
    """A link by which one bid may be brought without an account. Only the hash of its secret is kept."""

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="invitations")
    secret_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    revises = models.ForeignKey("Bid", on_delete=models.PROTECT, null=True, related_name="+")
    """The bid that may be revised by it; nothing where it is for first bids, one on each lot."""
    asked = models.PositiveSmallIntegerField(default=0)
    """How many questions came by it; which they are is kept nowhere."""


class Round(models.Model):
    """Revised bids asked for: of whom all that stood were asked, with what reason, until when."""

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="rounds")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    reason = models.TextField()
    closes_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)

    class Meta:
        """In their order."""

        ordering = ("id",)


class Appendix(models.Model):
    """A file that belongs to what is asked: a draft of the contract, drawings, a list. For all lots of a procedure."""

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="appendices")
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """By name; the same content once."""

        ordering = ("name", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tender", "sha256"], name="one_appendix_of_a_content"),
        ]


class Inquiry(models.Model):
    """A question of a bidder, who is kept nowhere, and its answer to all; for all lots of a procedure."""

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="inquiries")
    asked_at = models.DateTimeField(auto_now_add=True)
    text = models.TextField()
    """As it came."""
    wording = models.TextField(blank=True)
    """As it is shown to all, without what would tell who asks."""
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        """In their order."""

        ordering = ("id",)


class Bid(models.Model):
    """A bid. Until it is opened all of it is in `sealed`, encrypted: not even the bidder's name can be read."""

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="bids")
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, null=True, related_name="bids")
    received_at = models.DateTimeField(default=timezone.now)
    sealed = models.BinaryField(default=bytes)
    firm = models.CharField(max_length=200, blank=True)
    firm_number = models.CharField(max_length=60, blank=True)
    answers = models.JSONField(default=dict)
    prices = models.JSONField(default=dict)
    file_name = models.CharField(max_length=200, blank=True)
    file = models.BinaryField(default=bytes)
    excluded = models.TextField(blank=True)
    """Why it is not compared; empty where it is."""
    revises = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="revision")
    replaced_at = models.DateTimeField(null=True)
    """When its bidder's revised bid was opened and took its place."""

    class Meta:
        """By name once opened; before that all are alike. By a link one on each lot."""

        ordering = ("firm", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["invitation", "tender"], name="one_bid_of_a_link_on_a_lot"),
        ]

    def __str__(self) -> str:
        return self.firm or "–"


class Mark(AddedOnly):
    """A score that somebody gave, or that was moderated, with its reason. The latest counts; the others stay."""

    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="marks")
    code = models.CharField(max_length=40)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    is_moderated = models.BooleanField(default=False)
    score = models.PositiveSmallIntegerField()
    reason = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Oldest first, so that the last of each wins."""

        ordering = ("id",)


class Entry(AddedOnly):
    """What was done in a tender: who, when, what, and what it was before."""

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="entries")
    at = models.DateTimeField(auto_now_add=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    """Nobody where a bidder did it by a link."""
    did = models.CharField(max_length=80)
    about = models.TextField(blank=True)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    is_sealed = models.BooleanField(default=False)
    """Whether it is shown only once bids are opened: that a bid came says that there is one."""
    is_own = models.BooleanField(default=False)
    """Whether it is shown to others only once scores are moderated."""

    class Meta:
        """Latest first."""

        ordering = ("-id",)
