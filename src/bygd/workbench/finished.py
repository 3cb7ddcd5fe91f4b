"""Finished forums of a project: kept as files when all is answered, so that they can be published without the web."""

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from bygd.reports import LANGUAGES
from bygd.reports.documents import forum as document
from bygd.reports.documents.forum import Forum, Matter, Proposal, Reply
from bygd.reports.translate import Translator
from bygd.sources.errors import InputError
from bygd.vocabulary.forum_words import Concern, Outcome, Sender
from bygd.workbench.project import Project

FOLDER = "forums"


def keep(project: Project, forum: Forum) -> Path:
    """Write a finished forum into the project's folder, whole or not at all; an earlier writing is replaced."""
    folder = project.folder / FOLDER
    folder.mkdir(exist_ok=True)
    path = folder / f"{forum.key}.json"
    beside = folder / f".{forum.key}.{os.getpid()}"
    text = json.dumps(asdict(forum), ensure_ascii=False, indent=1, default=str)
    beside.write_text(text + "\n", encoding="utf-8")
    beside.replace(path)
    return path


def read(project: Project) -> list[Forum]:
    """The finished forums of a project, by key. Raises InputError naming a file that cannot be read."""
    return [_read(path) for path in sorted((project.folder / FOLDER).glob("[0-9a-z]*.json"))]


def pages(project: Project, languages: Sequence[str], address: Callable[[str], str]) -> dict[str, str]:
    """The page of all finished forums in each language; none where there is no forum. Raises InputError as `read`."""
    forums = read(project)
    return {
        language: document.page(project.place_name, forums, Translator(language), languages=languages, address=address)
        for language in languages
        if forums and language in LANGUAGES
    }


def _read(path: Path) -> Forum:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        matters = tuple(_matter(one) for one in said["matters"])
        return Forum(
            **{name: str(said[name]) for name in ("title", "about", "buyer")},
            key=path.stem,
            closed_on=date.fromisoformat(said["closed_on"]),
            answered_on=date.fromisoformat(said["answered_on"]),
            matters=matters,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            "{file} is no finished forum. Open the forum in the browser and finish it anew, or take the file away.",
            file=f"{FOLDER}/{path.name}",
        ) from error


def _matter(said: dict[str, Any]) -> Matter:
    return Matter(
        str(said["title"]),
        tuple(
            Proposal(
                str(one["text"]), Concern(one["concern"]), Sender(one["sender_kind"]), str(one["sender"]),
                date.fromisoformat(one["sent_on"]),
            )
            for one in said["proposals"]
        ),
        tuple(
            Reply(Outcome(one["outcome"]), str(one["why"]), str(one["where"]), date.fromisoformat(one["on"]))
            for one in said["replies"]
        ),
    )  # fmt: skip
