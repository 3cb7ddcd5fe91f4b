"""Entries of cards, as rows of the declared table of the same name, and what people say about cards."""

from typing import ClassVar

from django.db import models

from bygd.vocabulary import planning, words
from bygd.web.people.models import Person
from bygd.web.places.models import Place


class CardEntry(models.Model):
    """What somebody entered of a card; see `bygd.vocabulary.tables.boards`."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE)
    card_key = models.TextField()
    board = models.TextField(null=True)
    pillar = models.TextField(choices=words.Pillar.choices())
    headings = models.TextField(null=True)
    standing = models.TextField(choices=planning.CardStanding.choices())
    why = models.TextField(null=True)
    title = models.TextField()
    text = models.TextField(null=True)
    for_whom = models.TextField(null=True)
    place_name = models.TextField(null=True)
    asset_key = models.TextField(null=True)
    owner = models.TextField(null=True)
    allies = models.TextField(null=True)
    evidence = models.TextField(null=True)
    principles = models.TextField(null=True)
    cost = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    currency = models.TextField(null=True)
    funding = models.TextField(null=True)
    first_step = models.TextField(null=True)
    first_step_by = models.TextField(null=True)
    first_step_on = models.DateField(null=True)
    state = models.TextField(choices=planning.CardState.choices())
    measure = models.TextField(null=True)
    baseline = models.TextField(null=True)
    target = models.TextField(null=True)
    target_on = models.DateField(null=True)
    in_plan = models.BooleanField()
    origin = models.TextField(null=True)
    position = models.IntegerField(null=True)
    withdrawn = models.BooleanField()
    entered_by = models.TextField()
    entered_at = models.DateTimeField()

    class Meta:
        """Looked up by card."""

        indexes: ClassVar = [models.Index(fields=["place", "card_key"], name="entry_by_card")]


class Comment(models.Model):
    """What somebody says about a card. Taken back it stays, without its text."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE)
    card_key = models.TextField()
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True)
    text = models.TextField()
    said_at = models.DateTimeField(auto_now_add=True)
    taken_back = models.BooleanField(default=False)

    class Meta:
        """In the order they were said."""

        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["place", "card_key"], name="comment_by_card")]
