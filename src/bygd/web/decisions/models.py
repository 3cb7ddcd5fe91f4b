"""What people decide, as rows of the declared tables of the same name; see `bygd.vocabulary.tables.decisions`."""

from typing import ClassVar

from django.db import models

from bygd.vocabulary import words
from bygd.web.places.models import Place


class LinkDecision(models.Model):
    """A person's judgement that a ledger supplier is, or is not, a registered organisation."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE)
    supplier_key = models.TextField()
    org_id = models.TextField(null=True)
    judgement = models.TextField(choices=words.Judgement.choices())
    decided_by = models.TextField()
    decided_at = models.DateTimeField()
    proposed_id = models.TextField(null=True)
    proposed_score = models.FloatField(null=True)
    note = models.TextField(null=True)

    class Meta:
        """Looked up by supplier."""

        indexes: ClassVar = [models.Index(fields=["place", "supplier_key"], name="link_by_supplier")]


class ClassDecision(models.Model):
    """A person's finding of whose an organisation or supplier is, with evidence."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE)
    subject_id = models.TextField()
    kind = models.TextField(choices=words.OwnershipKind.choices(), null=True)
    evidence = models.TextField(null=True)
    decided_by = models.TextField()
    decided_at = models.DateTimeField()

    class Meta:
        """Looked up by what it is about."""

        indexes: ClassVar = [models.Index(fields=["place", "subject_id"], name="class_by_subject")]


class SeatDecision(models.Model):
    """A person's finding of where the registered office or a branch is, with evidence."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE)
    subject_id = models.TextField()
    site = models.TextField(choices=words.Site.choices())
    area_id = models.TextField(null=True)
    postcode = models.TextField(null=True)
    evidence = models.TextField(null=True)
    decided_by = models.TextField()
    decided_at = models.DateTimeField()

    class Meta:
        """Looked up by what it is about."""

        indexes: ClassVar = [models.Index(fields=["place", "subject_id"], name="seat_by_subject")]


class AuditJudgement(models.Model):
    """A person's judgement of one link of a random sample, made to tell how many links are right."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE)
    sample = models.TextField()
    drawn_by = models.TextField(choices=words.AuditDraw.choices())
    draws = models.IntegerField()
    supplier_key = models.TextField()
    org_id = models.TextField()
    judgement = models.TextField(choices=words.AuditJudgement.choices())
    decided_by = models.TextField()
    decided_at = models.DateTimeField()
    note = models.TextField(null=True)

    class Meta:
        """Looked up by sample."""

        indexes: ClassVar = [models.Index(fields=["place", "sample"], name="audit_by_sample")]


class FileRead(models.Model):
    """The file of decisions as it was when its rows and those of the database were last the same."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE)
    table = models.TextField()
    size = models.BigIntegerField()
    changed_at = models.BigIntegerField()
    """Nanoseconds, as the file system tells."""

    class Meta:
        """One of each table."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["place", "table"], name="one_file_of_each")]
