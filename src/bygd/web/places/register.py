"""Register: the project folders that an installation names become places."""

from pathlib import Path

from django.utils.text import slugify

from bygd.web.places.models import Place
from bygd.workbench import project


def register(folder: Path) -> Place:
    """The place of a project folder, made on first sight. Raises InputError where the folder is no project.

    Where the folder of a place of the same name is gone, it was moved: the place is then here.
    """
    read = project.read(folder.resolve())
    known = Place.known.filter(folder=str(read.folder)).first()
    if known is None:
        moved = [one for one in Place.known.filter(name=read.place_name) if not Path(one.folder).exists()]
        if len(moved) == 1:
            moved[0].folder = str(read.folder)
            moved[0].save(update_fields=["folder"])
            return moved[0]
        return Place.known.create(slug=_free(read.place_name), name=read.place_name, folder=str(read.folder))
    if known.name != read.place_name:
        known.name = read.place_name
        known.save(update_fields=["name"])
    return known


def _free(name: str) -> str:
    """A part of addresses for that name that no place has yet."""
    wished = slugify(name)[:40] or "place"
    taken = set(Place.known.filter(slug__startswith=wished).values_list("slug", flat=True))
    return next(
        slug for number in range(len(taken) + 1) if (slug := f"{wished}-{number}" if number else wished) not in taken
    )
