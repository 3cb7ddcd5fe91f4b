"""Weights: which weights of linkage count in a project, its own or those that come with bygd."""

from bygd.linkage.score import Weights, load, shipped
from bygd.workbench.project import Project

FILE = "weights.yaml"


def of_project(project: Project) -> Weights:
    """The weights in the project's `weights.yaml`, else those that come with bygd. Raises InputError."""
    own = project.folder / FILE
    return load(own) if own.exists() else shipped()
