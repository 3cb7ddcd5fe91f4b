"""Published: which snapshot of a place everybody may see, and the files that they see."""

from pathlib import Path

from bygd.web.places.models import Place
from bygd.workbench import publication


def publish(place: Place, snapshot: str) -> Path:
    """Show that snapshot to everybody; gives the folder of the files they see. It takes some seconds.

    The files are written once and stay as they are, whatever becomes of the snapshot. Raises InputError
    where the snapshot is missing or too little was bought to publish anything; then nothing changes.
    """
    folder = publication.kept(place.project, snapshot)
    Place.objects.filter(pk=place.pk).update(published=snapshot)
    place.published = snapshot
    return folder


def withdraw(place: Place) -> None:
    """Show nothing of the place to everybody any more. The snapshot and its files stay with the place."""
    Place.objects.filter(pk=place.pk).update(published="")
    place.published = ""


def folder(place: Place) -> Path | None:
    """The folder of the files that everybody may see; None where nothing is published."""
    return publication.kept(place.project, place.published) if place.published else None
