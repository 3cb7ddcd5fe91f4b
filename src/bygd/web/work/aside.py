"""Aside: a small file somebody brought lies aside for a day, for that person in that place, until it is taken in."""

import json
import re
import secrets
import shutil
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404

from bygd.sources.errors import InputError
from bygd.web.people.gate import PlaceRequest
from bygd.web.work.files import A_DAY, LARGE, safe

TOKEN = re.compile(r"[0-9a-f]{32}")
ABOUT = "about.json"


def keep(request: PlaceRequest, room: str, upload: "UploadedFile[Any]", most: int, **about: Any) -> str:
    """The token under which the file lies in that room; `about` is kept with it, and is plain.

    Files that nobody took in within a day are deleted. Raises InputError where the file has more than `most` bytes.
    """
    name = safe(upload.name or "")
    if (upload.size or 0) > most:
        raise InputError(LARGE, name=name, number=most >> 20)
    settings.UPLOADS.mkdir(parents=True, exist_ok=True, mode=0o700)
    for old in settings.UPLOADS.glob(f"{room}-*"):
        if time.time() - old.stat().st_mtime > A_DAY:
            shutil.rmtree(old, ignore_errors=True)
    token = secrets.token_hex(16)
    folder = _folder(room, token)
    folder.mkdir(mode=0o700)
    with (folder / name).open("wb") as opened:
        for part in upload.chunks():
            opened.write(part)
    tell(folder, {**about, "place": request.place.pk, "person": request.user.pk, "name": name})
    return token


def found(request: PlaceRequest, room: str, token: str) -> tuple[Path, dict[str, Any]]:
    """The folder of a file that this person brought to this place, and what is known of it; its `name` is in it.

    Raises Http404 where there is none, or it is another's.
    """
    folder = _folder(room, token)
    if not TOKEN.fullmatch(token) or not (folder / ABOUT).exists():
        raise Http404
    about: dict[str, Any] = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    if about["place"] != request.place.pk or about["person"] != request.user.pk:
        raise Http404
    return folder, about


def tell(folder: Path, about: dict[str, Any]) -> None:
    """Keep what is known of a file that lies aside."""
    (folder / ABOUT).write_text(json.dumps(about), encoding="utf-8")


def leave(folder: Path) -> None:
    """Delete a file that lies aside."""
    shutil.rmtree(folder, ignore_errors=True)


def _folder(room: str, token: str) -> Path:
    folder: Path = settings.UPLOADS / f"{room}-{token}"
    return folder
