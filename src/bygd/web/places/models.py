"""Places: one row per project folder that this web shows."""

import os
from functools import lru_cache
from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models

from bygd.workbench import project
from bygd.workbench.project import Project


class Shown(models.Manager["Place"]):
    """The places that this web was started for; a database may know others, of a folder that was copied."""

    def get_queryset(self) -> models.QuerySet["Place"]:
        """Those of the folders named, or all where none was."""
        named = [folder for folder in settings.PLACES.split(os.pathsep) if folder]
        found = super().get_queryset()
        return found.filter(folder__in=named) if named else found


class Place(models.Model):
    """A place at work here. All about it but its name in addresses stands in its project folder."""

    known: ClassVar[models.Manager["Place"]] = models.Manager()
    objects: ClassVar[Shown] = Shown()

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
        try:
            about = (Path(self.folder) / project.FILE).stat()
        except FileNotFoundError:
            return project.read(Path(self.folder))
        return _read(self.folder, about.st_ino, about.st_mtime_ns, about.st_size)


@lru_cache(maxsize=50)
def _read(folder: str, *_version: int) -> Project:
    """Read once for each state of the file; to parse it takes longer than most pages do."""
    return project.read(Path(folder))
