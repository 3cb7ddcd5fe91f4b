"""Places: one row per project folder that this web shows."""

from pathlib import Path

from django.db import models

from bygd.workbench import project
from bygd.workbench.project import Project


class Place(models.Model):
    """A place at work here. All about it but its name in addresses stands in its project folder."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    folder = models.CharField(max_length=1000, unique=True)
    published = models.CharField(max_length=40, blank=True)
    """The snapshot that everybody may see; empty where none was published."""

    class Meta:
        """By name."""

        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def project(self) -> Project:
        """The project as `bygd.toml` says now."""
        return project.read(Path(self.folder))
