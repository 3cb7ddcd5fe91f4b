"""Files on their way: stored where nothing is served from, taken into the project, taken out and put back."""

import contextlib
import os
import re
import secrets
import shutil
import time
import unicodedata
from collections.abc import Container, Iterator, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from bygd.sources.errors import InputError
from bygd.vocabulary.said import N_
from bygd.web.people.models import Person
from bygd.web.people.rights import Access
from bygd.web.people.words import Right
from bygd.web.places.models import Place
from bygd.web.work import areal, jobs
from bygd.web.work.models import Import
from bygd.web.work.words import OF_PLACE, OPEN, UNFINISHED, ImportKind, ImportState, JobKind
from bygd.workbench import changing
from bygd.workbench import project as projects
from bygd.workbench.project import Project

FOLDER = "files"
MOST_NAME = 120
A_DAY = 24 * 3600
SPARE = 1 << 30
"""Bytes that stay free on the disk; where fewer would, no file is taken."""

FULL = N_("There is no room for this file on the server. Tell whoever runs it.")
TWICE = N_("Several files are called {name}. Give them different names.")
EMPTY = N_("{name} is empty. Export it again.")
LARGE = N_("{name} is larger than {number} MB. Export a shorter period, or pack it as ZIP.")

CHANGED = N_("Somebody else went on with this file meanwhile. Look at it again.")


def may_add(access: Access, kind: ImportKind, anchor: str = "") -> bool:
    """Whether somebody may add or take out a file of that kind; a ledger, of that anchor."""
    if kind is ImportKind.LEDGER:
        return access.may(Right.ADD_LEDGER, anchor or None)
    return access.may(Right.ADD_REGISTER)


def kinds(access: Access) -> list[ImportKind]:
    """The kinds of file that somebody may bring. Who manages people may name an anchor nobody is a member of yet."""
    return [kind for kind in ImportKind if may_add(access, kind) or (kind is ImportKind.LEDGER and may_name(access))]


def may_name(access: Access) -> bool:
    """Whether somebody may begin a new anchor."""
    return access.may(Right.MANAGE_PEOPLE)


def stored(
    place: Place,
    kind: ImportKind,
    anchor: str,
    upload: "UploadedFile[Any]",
    by: Person,
    given: dict[str, Any] | None = None,
    beside: "Sequence[UploadedFile[Any]]" = (),
) -> Import:
    """Keep an uploaded file under a random name and have it looked at. Raises InputError where it cannot be kept.

    `given` is what somebody says about how to read it; files `beside` it belong to it and lie in the same folder.
    """
    every = (upload, *beside)
    names = [safe(one.name or "") for one in every]
    if len(set(names)) < len(names):
        raise InputError(TWICE, name=names[0])
    for name, one in zip(names, every, strict=True):
        if not one.size:
            raise InputError(EMPTY, name=name)
        if one.size > settings.MOST_UPLOADED:
            raise InputError(LARGE, name=name, number=settings.MOST_UPLOADED >> 20)
    size = sum(one.size or 0 for one in every)
    folder = room(size)
    for name, one in zip(names, every, strict=True):
        keep(one, settings.UPLOADS / folder / name)
    brought = Import.objects.create(
        place=place, kind=kind.value, anchor=anchor, file_name=names[0], folder=folder, size=size, made_by=by,
        given={**(given or {}), **({"beside": names[1:]} if beside else {})},
    )  # fmt: skip
    jobs.ask(place, JobKind.LOOK, by, brought)
    return brought


def room(size: int) -> str:
    """A new folder under UPLOADS for so many bytes, by its random name. Raises InputError where the disk is full."""
    settings.UPLOADS.mkdir(parents=True, exist_ok=True, mode=0o700)
    if shutil.disk_usage(settings.UPLOADS).free < size + SPARE:
        raise InputError(FULL)
    folder = secrets.token_hex(16)
    (settings.UPLOADS / folder).mkdir(mode=0o700)
    return folder


def keep(upload: "UploadedFile[Any]", target: Path) -> None:
    """Move it where it was streamed to disk, else write what is in memory; the disk has it afterwards."""
    streamed = getattr(upload, "temporary_file_path", None)
    if streamed is not None:
        shutil.move(streamed(), target)
    else:
        with target.open("wb") as opened:
            for part in upload.chunks():
                opened.write(part)
    target.chmod(0o600)


def safe(name: str) -> str:
    """A file's name without folders and signs that mean something to a system; its ending and its month stay."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = re.sub(r"[^\w .,()+@&-]", "_", name).strip(" .")
    if len(name) > MOST_NAME:
        stem, dot, ending = name.rpartition(".")
        name = f"{stem[: MOST_NAME - len(ending) - 1]}{dot}{ending}" if dot and len(ending) < 8 else name[:MOST_NAME]
    return name or "file"


def commit(brought: Import) -> None:
    """Move the file into the project folder under its content, and name it in `bygd.toml`. Raises InputError.

    A process killed between leaves a file that the project does not name, and the import as it was. Of areas and what
    became of them what the file says is kept, see `areal`.
    """
    if brought.kind in OF_PLACE:
        _keep_what_it_says(brought)
        return
    with alone(brought.place) as project:
        _still_checked(brought)
        file = f"{FOLDER}/{brought.sha256[:12]}/{brought.file_name}"
        target = project.folder / file
        section, entry = _entry(brought, file)
        changing.add_files(project, section, entry)
        try:
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                beside = target.with_name(f".{target.name}.{os.getpid()}")
                _link(brought.path, beside)
                beside.replace(target)
        except OSError as error:
            changing.take_out(projects.read(project.folder), file)
            raise InputError("The file cannot be put into the project folder: {why}.", why=error.strerror) from error
    folder, brought.file, brought.folder = brought.folder, file, ""
    brought.state = ImportState.COMMITTED.value
    brought.save(update_fields=["file", "folder", "state", "changed_at"])
    shutil.rmtree(settings.UPLOADS / folder, ignore_errors=True)


def _keep_what_it_says(brought: Import) -> None:
    with alone(brought.place) as project:
        _still_checked(brought)
        areal.keep(project, brought)
    folder, brought.folder, brought.state = brought.folder, "", ImportState.COMMITTED.value
    brought.save(update_fields=["folder", "state", "changed_at"])
    shutil.rmtree(settings.UPLOADS / folder, ignore_errors=True)


def _still_checked(brought: Import) -> None:
    """Raises InputError where the file is no longer as it was checked, or is being read anew."""
    brought.refresh_from_db()
    if brought.state != ImportState.CHECKED or brought.jobs.filter(state__in=OPEN).exists():
        raise InputError(CHANGED)


def leave(brought: Import) -> None:
    """Delete a file that was not taken in; what is known of it without its content stays."""
    folder = brought.folder
    forgotten = {"folder": "", "seen": {}, "findings": {}, "state": ImportState.LEFT.value}
    if not Import.objects.filter(pk=brought.pk, state__in=UNFINISHED).update(**forgotten):
        raise InputError(CHANGED)
    for job in brought.jobs.all():
        jobs.cancel(job)
    if folder:
        shutil.rmtree(settings.UPLOADS / folder, ignore_errors=True)


def take_out(place: Place, file: str, by: Person) -> Import:
    """Take a file out of the project; it stays in the folder, and how to put it back is kept. Raises InputError."""
    with alone(place) as project:
        section, entry = changing.take_out(project, file)
    path = Path(place.folder) / file
    known = Import.objects.filter(place=place, file=file).first()
    brought = known or Import.objects.create(place=place, file=file, made_by=by)
    brought.kind, brought.anchor = section, entry.get("anchor", "")
    brought.mapping = dict(entry.get("mapping") or entry.get("columns") or {})
    brought.seen = {**brought.seen, "source": entry.get("source", "")}
    brought.file_name, brought.state = path.name[:200], ImportState.OUT.value
    brought.size = path.stat().st_size if path.exists() else 0
    brought.save(update_fields=["kind", "anchor", "mapping", "seen", "file_name", "state", "size", "changed_at"])
    return brought


def put_back(brought: Import) -> None:
    """Name a file in the project again that was taken out. Raises InputError where it is gone, or there again."""
    with alone(brought.place) as project:
        project.path(brought.file)
        changing.add_files(project, *_entry(brought, brought.file))
    brought.state = ImportState.COMMITTED.value
    brought.save(update_fields=["state", "changed_at"])


def unfinished(place: Place, access: Access) -> list[Import]:
    """Files that wait for somebody, of those that this person may add."""
    found = Import.objects.filter(place=place, state__in=UNFINISHED).select_related("made_by")
    return [one for one in found if may_add(access, ImportKind(one.kind), one.anchor)]


def sweep(folder: Path, keep: Container[str] = ()) -> None:
    """Remove what stands in a folder for more than a day and is not to be kept."""
    for path in folder.iterdir() if folder.exists() else ():
        with contextlib.suppress(OSError):
            if path.name not in keep and time.time() - path.stat().st_mtime > A_DAY:
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def sweep_uploads() -> None:
    """Remove files that were brought and are known to nobody: whoever stored them was killed."""
    sweep(settings.UPLOADS, set(Import.objects.exclude(folder="").values_list("folder", flat=True)))


def same(brought: Import) -> str:
    """The name of another ledger with the same content that was taken in, or is further on its way; else nothing."""
    if brought.kind in OF_PLACE:  # what it said may have been taken out since
        return ""
    alike = Import.objects.filter(place=brought.place, kind=brought.kind, sha256=brought.sha256).exclude(sha256="")
    taken = alike.filter(state=ImportState.COMMITTED.value).exclude(pk=brought.pk).first()
    earlier = alike.filter(state__in=UNFINISHED, pk__lt=brought.pk).first()
    return (taken or earlier or Import()).file_name


@contextlib.contextmanager
def alone(place: Place) -> Iterator[Project]:
    """The project, while nobody else here changes `bygd.toml`."""
    with changing.alone(place.project) as project:
        yield project


def _entry(brought: Import, file: str) -> tuple[str, dict[str, Any]]:
    if brought.kind == ImportKind.LEDGER:
        return brought.kind, {"anchor": brought.anchor, "files": [file], "mapping": brought.mapping}
    if brought.kind == ImportKind.BOUNDARIES:
        return brought.kind, {"files": [file]}
    return brought.kind, {"source": brought.seen.get("source", ""), "files": [file], "columns": brought.mapping}


def _link(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
