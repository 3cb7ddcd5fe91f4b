"""Work in the background, and files on their way into a project."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models

from bygd.vocabulary.said import from_plain
from bygd.web.people.models import Person
from bygd.web.places.models import Place
from bygd.web.work.words import OPEN, ImportKind, ImportState, JobKind, JobState


class Import(models.Model):
    """A file that somebody brings: where it lies, what was seen in it, what was decided about it.

    Until it is taken in it lies in a folder of its own under `settings.UPLOADS`, from which nothing is served.
    """

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="imports")
    anchor = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20, choices=ImportKind.choices(), default=ImportKind.LEDGER.value)
    state = models.CharField(max_length=20, choices=ImportState.choices(), default=ImportState.ARRIVED.value)
    file_name = models.CharField(max_length=200)
    folder = models.CharField(max_length=64, blank=True)
    """Random name of its folder under UPLOADS; empty where it lies in the project."""
    file = models.CharField(max_length=400, blank=True)
    """Its path in the project, once it was taken in."""
    size = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    given = models.JSONField(default=dict)
    """What a person said about how to read it; the rest is guessed."""
    seen = models.JSONField(default=dict)
    """What was seen near its top (`looking.look`)."""
    layout = models.CharField(max_length=64, blank=True, db_index=True)
    """Fingerprint of its headers, by which a later file of the same source system is known."""
    mapping = models.JSONField(default=dict)
    findings = models.JSONField(default=dict)
    """What the check found (`workbench.checking`)."""
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        """Latest first."""

        ordering = ("-made_at", "-id")

    def __str__(self) -> str:
        return self.file_name

    @property
    def path(self) -> Path:
        """Where the file lies."""
        if self.file:
            return Path(self.place.folder) / self.file
        return settings.UPLOADS / self.folder / self.file_name

    @property
    def aside(self) -> Path:
        """Where the rows are kept that the check set aside."""
        return settings.UPLOADS / self.folder / "set_aside.parquet"


class Job(models.Model):
    """Something done in the background for a place; it survives whoever does it."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="jobs")
    about = models.ForeignKey(Import, on_delete=models.CASCADE, null=True, related_name="jobs")
    kind = models.CharField(max_length=20, choices=JobKind.choices())
    state = models.CharField(max_length=20, choices=JobState.choices(), default=JobState.QUEUED.value)
    step = models.CharField(max_length=200, blank=True)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    result = models.JSONField(default=dict)
    cancel_requested = models.BooleanField(default=False)

    class Meta:
        """Latest first; found by place and state."""

        ordering = ("-id",)
        indexes = (models.Index(fields=["place", "kind", "state"], name="job_of_place"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it is not at its end."""
        return self.state in OPEN

    @property
    def why(self) -> str:
        """Why it failed: a Said, or the plain text that older jobs left."""
        return str(self.error) if not self.error.startswith("{") else from_plain(json.loads(self.error))

    @property
    def words(self) -> dict[str, Any]:
        """Its kind and state as words."""
        return {"kind": JobKind(self.kind), "state": JobState(self.state)}
