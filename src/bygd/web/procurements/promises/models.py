"""Entries of promises, reports and remedies, as rows of the tables of the same names; links, evidence, reminders."""

from pathlib import Path
from typing import ClassVar

from django.db import models

from bygd.vocabulary import contract_words
from bygd.web.once import Once
from bygd.web.people.models import Person
from bygd.web.places.models import Place

FOLDER = "evidence"
"""Folder of a project in which evidence lies under random names; nothing is served from it as it is."""


class PromiseEntry(models.Model):
    """What somebody entered of one promise in a contract; see `bygd.vocabulary.tables.promises`."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE)
    promise_key = models.TextField()
    contract_key = models.TextField()
    code = models.TextField()
    title = models.TextField()
    theme = models.TextField(null=True)
    policy = models.TextField(null=True)
    measure = models.TextField(null=True)
    unit = models.TextField()
    target = models.DecimalField(max_digits=18, decimal_places=2)
    adding = models.TextField(choices=contract_words.Adding.choices())
    counts_people = models.BooleanField()
    starts_on = models.DateField(null=True)
    due_on = models.DateField()
    milestones = models.TextField(null=True)
    evidence = models.TextField(null=True)
    share = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    full_time = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    withdrawn = models.BooleanField()
    entered_by = models.TextField()
    entered_at = models.DateTimeField()

    class Meta:
        """Looked up by promise."""

        indexes: ClassVar = [models.Index(fields=["place", "promise_key"], name="entry_by_promise")]


class DeliveryEntry(models.Model):
    """What was said of one report on a promise, by the supplier or the buyer."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE)
    delivery_key = models.TextField()
    promise_key = models.TextField()
    reference = models.TextField(null=True)
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    period_from = models.DateField(null=True)
    period_to = models.DateField()
    block = models.TextField(null=True)
    persons = models.IntegerField(null=True)
    hours = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    months = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    units = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    bonuses = models.TextField(null=True)
    note = models.TextField(null=True)
    evidence = models.TextField(null=True)
    state = models.TextField(choices=contract_words.DeliveryState.choices())
    answer = models.TextField(null=True)
    entered_by = models.TextField()
    entered_at = models.DateTimeField()

    class Meta:
        """Looked up by promise."""

        indexes: ClassVar = [models.Index(fields=["place", "promise_key"], name="delivery_by_promise")]


class RemedyEntry(models.Model):
    """What was agreed where a promise was not kept."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE)
    remedy_key = models.TextField()
    promise_key = models.TextField()
    remedy = models.TextField(choices=contract_words.Remedy.choices())
    agreed_on = models.DateField()
    due_on = models.DateField(null=True)
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    note = models.TextField()
    withdrawn = models.BooleanField()
    entered_by = models.TextField()
    entered_at = models.DateTimeField()

    class Meta:
        """Looked up by promise."""

        indexes: ClassVar = [models.Index(fields=["place", "promise_key"], name="remedy_by_promise")]


class SupplierLink(models.Model):
    """An address by which a supplier reports on one contract, without an account.

    The secret in it is made of `nonce` under the key of the installation, so that a reminder can hold it and a copy of
    the database does not open it.
    """

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="supplier_links")
    contract_key = models.TextField()
    nonce = models.CharField(max_length=64, unique=True)
    secret_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField(blank=True)
    """Where reminders are sent; nowhere where it is empty."""
    language = models.CharField(max_length=2)
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        """Latest first."""

        ordering = ("-made_at", "-id")


class Evidence(models.Model):
    """A file of evidence: what it is called and is, and where it lies."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="evidence")
    contract_key = models.TextField()
    sha256 = models.CharField(max_length=64)
    """Of what is stored; of a picture that is what is left without its hidden data."""
    given_sha256 = models.CharField(max_length=64)
    """Of what was given."""
    stored = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10)
    size = models.BigIntegerField()
    link = models.ForeignKey(SupplierLink, on_delete=models.SET_NULL, null=True)
    given_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True)
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Each content once in a contract."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "contract_key", "sha256"], name="one_evidence_of_a_content")
        ]

    @property
    def path(self) -> Path:
        """Where it lies."""
        return Path(self.place.folder) / FOLDER / self.stored


class Reminder(Once):
    """That a supplier was reminded of a milestone."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE)
    link = models.ForeignKey(SupplierLink, on_delete=models.CASCADE)
    promise_key = models.TextField()
    due_on = models.DateField()
    is_past = models.BooleanField()
    """Whether the day had passed."""

    class Meta:
        """Once each."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["link", "promise_key", "due_on", "is_past"], name="one_reminder")
        ]
