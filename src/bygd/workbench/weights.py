"""Weights: which weights of linkage count in a project, its own or those that come with bygd."""

from math import isfinite
from pathlib import Path

from bygd.linkage.score import Weights, load, shipped
from bygd.sources.errors import InputError
from bygd.workbench.project import Project

FILE = "weights.yaml"


def of_project(project: Project) -> Weights:
    """The weights in the project's `weights.yaml`, else those that come with bygd. Raises InputError."""
    own = project.folder / FILE
    return read(own) if own.exists() else shipped()


def read(file: Path) -> Weights:
    """The weights in a file. Raises InputError where it is none, or where no probability could be told with it."""
    found = load(file)
    if not isfinite(found.base):
        raise InputError("{file}: the base is no number.", file=file.name)
    return found
