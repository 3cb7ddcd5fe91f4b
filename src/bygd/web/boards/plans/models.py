"""Entries of plans, as rows of the declared tables of the same name, and the answers of consultations."""

from typing import ClassVar

from django.db import models

from bygd.vocabulary import planning
from bygd.web.once import Once
from bygd.web.people.models import Person
from bygd.web.places.models import Place


class PlanEntry(models.Model):
    """What somebody entered of one plan as a whole; see `bygd.vocabulary.tables.plans`."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE)
    plan_key = models.TextField()
    title = models.TextField()
    template = models.TextField(null=True)
    about = models.TextField(null=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.TextField(choices=planning.PlanState.choices())
    consulted_until = models.DateField(null=True)
    decided_on = models.DateField(null=True)
    decided_by = models.TextField(null=True)
    decision = models.TextField(null=True)
    is_public = models.BooleanField()
    withdrawn = models.BooleanField()
    entered_by = models.TextField()
    entered_at = models.DateTimeField()

    class Meta:
        """Looked up by plan."""

        indexes: ClassVar = [models.Index(fields=["place", "plan_key"], name="plan_entries_by_plan")]


class PlanPart(models.Model):
    """What somebody entered of one part of a plan; see `bygd.vocabulary.tables.plans`."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE)
    part_key = models.TextField()
    plan_key = models.TextField()
    kind = models.TextField(choices=planning.PlanPart.choices())
    parent_key = models.TextField(null=True)
    heading = models.TextField(null=True)
    position = models.IntegerField(null=True)
    title = models.TextField()
    text = models.TextField(null=True)
    card_key = models.TextField(null=True)
    responsible = models.TextField(null=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    currency = models.TextField(null=True)
    funder = models.TextField(null=True)
    is_granted = models.BooleanField(null=True)
    unit = models.TextField(null=True)
    baseline = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    baseline_on = models.DateField(null=True)
    target = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    target_on = models.DateField(null=True)
    evidence = models.TextField(null=True)
    withdrawn = models.BooleanField()
    entered_by = models.TextField()
    entered_at = models.DateTimeField()

    class Meta:
        """Looked up by plan."""

        indexes: ClassVar = [models.Index(fields=["place", "plan_key"], name="plan_parts_by_plan")]


class PlanFollowUp(models.Model):
    """What was said at one follow-up of a plan, or of one part of it; see `bygd.vocabulary.tables.plans`."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE)
    follow_key = models.TextField()
    plan_key = models.TextField()
    part_key = models.TextField(null=True)
    followed_on = models.DateField()
    state = models.TextField(choices=planning.CardState.choices(), null=True)
    said = models.TextField(null=True)
    value = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    withdrawn = models.BooleanField()
    entered_by = models.TextField()
    entered_at = models.DateTimeField()

    class Meta:
        """Looked up by plan."""

        indexes: ClassVar = [models.Index(fields=["place", "plan_key"], name="plan_follow_ups_by_plan")]


class PlanVersion(models.Model):
    """One version of a plan: a moment that was given a number and a name; see `bygd.vocabulary.tables.plans`."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE)
    version_key = models.TextField()
    plan_key = models.TextField()
    number = models.IntegerField()
    name = models.TextField()
    holds_at = models.DateTimeField()
    note = models.TextField(null=True)
    withdrawn = models.BooleanField()
    entered_by = models.TextField()
    entered_at = models.DateTimeField()

    class Meta:
        """Looked up by plan."""

        indexes: ClassVar = [models.Index(fields=["place", "plan_key"], name="plan_versions_by_plan")]


class Answer(models.Model):
    """An answer to the consultation of a plan, by anybody; it is shown when somebody has read it and let it stand."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE)
    plan_key = models.TextField()
    part_key = models.TextField(blank=True)
    text = models.TextField()
    sender = models.TextField(blank=True)
    sent_at = models.DateTimeField(auto_now_add=True)
    is_shown = models.BooleanField(null=True)
    """None while nobody has read it; False where it was put away."""
    reply = models.TextField(blank=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        """In the order they came."""

        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["place", "plan_key"], name="answer_by_plan")]


class PlanReminder(Once):
    """That somebody was told by mail what is due in a plan."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    plan_key = models.TextField()
    part_key = models.TextField(blank=True)
    """The activity; empty for the follow-up of the plan."""
    due_on = models.DateField()
    is_past = models.BooleanField()
    """Whether the day had passed."""

    class Meta:
        """Once each."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["place", "person", "plan_key", "part_key", "due_on", "is_past"], name="one_plan_reminder"
            )
        ]


class Unreminded(models.Model):
    """That somebody wishes no reminders of the plans of a place."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        """Once each."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["place", "person"], name="one_unreminded")]
