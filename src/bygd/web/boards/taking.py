"""Taking in: circles, meetings and rounds that lie in the project, one JSON each, are taken in when somebody looks.

That is how the sample place has some, and how one moves to another installation. What was taken in is not read again.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.db import DataError, IntegrityError, models, transaction

from bygd.reports import LANGUAGES
from bygd.web.places.models import Place

MOST_BYTES = 2 << 20
KEY = 40
"""Letters of a key; the name of a file is one."""


def take_in(
    place: Place, folder: Path, model: type[models.Model], made: Callable[[Place, str, Mapping[str, Any]], None]
) -> int:
    """Take in those of a folder of the project that are not known yet; how many. Damaged files are passed over."""
    paths = sorted((place.project.folder / folder).glob("*.json"))
    held = model._default_manager.filter(place=place) if paths else model._default_manager.none()
    known, found = set(held.values_list("key", flat=True)), 0
    for path in paths:
        if path.stem[:KEY] in known or path.stat().st_size > MOST_BYTES:
            continue
        try:
            said = json.loads(path.read_text(encoding="utf-8"))
            if not {said["language"], said.get("language_other") or said["language"]} <= set(LANGUAGES):
                raise ValueError("a language that nothing is printed in")
            with transaction.atomic():
                made(place, path.stem[:KEY], said)
            found += 1
        except (ValueError, ArithmeticError, KeyError, TypeError, AttributeError, IntegrityError, DataError):
            continue
    return found


def day(text: str | None) -> date | None:
    """A day as it stands in such a file."""
    return date.fromisoformat(text) if text else None
