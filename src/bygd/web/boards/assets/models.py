"""Entries of assets and relations, as rows of the declared tables of the same name."""

from typing import ClassVar

from django.db import models

from bygd.vocabulary import mapping
from bygd.web.places.models import Place


class AssetEntry(models.Model):
    """What somebody entered of an asset; see `bygd.vocabulary.tables.mapping`."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE)
    asset_key = models.TextField()
    layer = models.TextField(choices=mapping.AssetLayer.choices())
    name = models.TextField()
    sort = models.TextField(choices=mapping.OrganisationSort.choices(), null=True)
    place_name = models.TextField(null=True)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    owner = models.TextField(null=True)
    used_by = models.TextField(null=True)
    hours_unused = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    last_seen = models.DateField(null=True)
    note = models.TextField(null=True)
    source = models.TextField()
    withdrawn = models.BooleanField()
    entered_by = models.TextField()
    entered_at = models.DateTimeField()

    class Meta:
        """Looked up by asset."""

        indexes: ClassVar = [models.Index(fields=["place", "asset_key"], name="entry_by_asset")]


class RelationEntry(models.Model):
    """What somebody entered of how two organisations are tied; see `bygd.vocabulary.tables.mapping`."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE)
    relation_key = models.TextField()
    from_key = models.TextField()
    kind = models.TextField(choices=mapping.RelationKind.choices())
    to_key = models.TextField()
    last_seen = models.DateField(null=True)
    note = models.TextField(null=True)
    withdrawn = models.BooleanField()
    entered_by = models.TextField()
    entered_at = models.DateTimeField()

    class Meta:
        """Looked up by relation."""

        indexes: ClassVar = [models.Index(fields=["place", "relation_key"], name="entry_by_relation")]
