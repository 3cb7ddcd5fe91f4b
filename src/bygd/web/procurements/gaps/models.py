"""What people found of kinds of purchases, as rows of the declared table of the same name."""

from typing import ClassVar

from django.db import models

from bygd.vocabulary import words
from bygd.web.places.models import Place


class InfluenceDecision(models.Model):
    """Somebody's finding of whether a kind of purchase can be influenced; see `bygd.vocabulary.tables.influence`."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE)
    anchor = models.TextField(null=True)
    category = models.TextField()
    influence = models.TextField(choices=words.Influence.choices())
    reason = models.TextField(null=True)
    decided_by = models.TextField()
    decided_at = models.DateTimeField()

    class Meta:
        """Looked up by kind of purchase."""

        indexes: ClassVar = [models.Index(fields=["place", "category"], name="influence_by_category")]
