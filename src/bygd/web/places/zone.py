"""Zone: the time zone of the places shown, so that a day or a deadline is the one on people's clocks there."""

import os
from pathlib import Path

from bygd.sources.errors import InputError
from bygd.workbench import project

ELSE = "UTC"
"""Where no place says its zone, or places lie in several."""


def every(folders: str) -> set[str]:
    """The zones of the countries of those project folders, between colons; folders that cannot be read say nothing."""
    found = set()
    for folder in filter(None, folders.split(os.pathsep)):
        try:
            found.add(str(project.read(Path(folder)).country.setting("time_zone", ELSE)))
        except (InputError, OSError):
            continue
    return found


def of_places(folders: str) -> str:
    """The one zone of them all; `ELSE` where they have several or none."""
    zones = every(folders)
    return zones.pop() if len(zones) == 1 else ELSE
