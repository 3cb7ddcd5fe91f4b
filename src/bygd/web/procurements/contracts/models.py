"""Entries of contracts, as rows of the declared table of the same name, and the secrets of calendars."""

from typing import ClassVar

from django.db import models

from bygd.vocabulary import contract_words
from bygd.web.feeds import Feed
from bygd.web.places.models import Place


class ContractEntry(models.Model):
    """What somebody entered of a contract; see `bygd.vocabulary.tables.contracts`."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE)
    contract_key = models.TextField()
    anchor = models.TextField()
    number = models.TextField(null=True)
    title = models.TextField()
    procedure_key = models.TextField(null=True)
    lot = models.TextField(null=True)
    supplier_name = models.TextField(null=True)
    supplier_id = models.TextField(null=True)
    cpv = models.TextField(null=True)
    value = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    currency = models.TextField(null=True)
    signed_on = models.DateField(null=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    longest_until = models.DateField(null=True)
    options = models.TextField(null=True)
    procedure = models.TextField(choices=contract_words.ContractProcedure.choices(), null=True)
    reserved = models.TextField(choices=contract_words.Reservation.choices(), null=True)
    stage = models.TextField(choices=contract_words.ContractStage.choices())
    is_framework = models.BooleanField()
    note = models.TextField(null=True)
    source = models.TextField()
    withdrawn = models.BooleanField()
    entered_by = models.TextField()
    entered_at = models.DateTimeField()

    class Meta:
        """Looked up by contract."""

        indexes: ClassVar = [models.Index(fields=["place", "contract_key"], name="entry_by_contract")]


class Calendar(Feed):
    """What ends in a place, for one person's calendar."""

    class Meta:
        """One of each person in a place."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["place", "person"], name="one_calendar_each")]
