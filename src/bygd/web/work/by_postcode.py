"""Looking up the postcodes of a village as a job: the directory of a whole country takes longer than a page may."""

import shutil
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from bygd.sources.errors import InputError
from bygd.vocabulary.place_words import Level
from bygd.vocabulary.said import N_
from bygd.web.people.models import Person
from bygd.web.places.models import Place
from bygd.web.work import files, jobs
from bygd.web.work.jobs import Told
from bygd.web.work.models import Job
from bygd.web.work.words import JobKind
from bygd.workbench.place import by_postcode
from bygd.workbench.place.drawn import LEAST, WHOLE

LISTED, PEOPLE = "postcodes.txt", "people"
"""Files of a job in its folder under `settings.UPLOADS`."""
SHOWN = 20
"""Unknown postcodes that are kept with the job; of all of them the number is."""
GONE = N_("The list of postcodes is no longer there. Give it once more.")


def ask(place: Place, by: Person, listed: str, people: "UploadedFile[Any] | None", directory: str, level: Level) -> Job:
    """Have a list of postcodes looked up in that file of the project. Raises InputError where the disk is full."""
    content = listed.encode()
    folder = files.room(len(content) + ((people.size or 0) if people is not None else 0))
    (settings.UPLOADS / folder / LISTED).write_bytes(content)
    if people is not None:
        files.keep(people, settings.UPLOADS / folder / PEOPLE)
    told = {"folder": folder, "directory": directory, "level": level.value}
    return jobs.ask(place, JobKind.VILLAGE, by, told=told)


def look_up(job: Job, progress: Told) -> dict[str, Any]:
    """The areas of the asked level with their shares, and what these rest on. Raises InputError; the files are gone
    afterwards, but where the worker died, which begins anew.
    """
    asked: Mapping[str, Any] = dict(job.result)
    folder = settings.UPLOADS / asked["folder"]
    project, level = job.place.project, Level(asked["level"])
    try:
        directory = by_postcode.directories(project).get(asked["directory"])
        listed, people = folder / LISTED, folder / PEOPLE
        if directory is None or not listed.exists():
            raise InputError(GONE)
        found = by_postcode.look_up(project, listed, directory, people if people.exists() else None, progress)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    laid = found.of(level)
    shares = {
        f"{project.country.code}:{one.code}": 1.0 if one.share >= WHOLE else round(one.share, 3)
        for one in laid
        if one.share >= LEAST
    }
    if not shares:
        raise InputError("The postcodes lie in no area of the level {level}.", level=level)
    return {
        "directory": asked["directory"], "level": level.value, "vintage": laid[0].vintage, "basis": found.basis,
        "shares": shares, "unknown": found.unknown[:SHOWN], "unknown_number": len(found.unknown),
    }  # fmt: skip
