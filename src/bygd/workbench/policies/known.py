"""Which policies there are: shipped ones and a project's own, copies kept, lists brought in."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bygd.sources.errors import InputError
from bygd.tools import social_value
from bygd.tools.social_value import Edition, Listed, Policy
from bygd.tools.social_value.catalogue import FOLDER
from bygd.workbench.lawful import day
from bygd.workbench.project import FILE

NAME = re.compile(r"[a-z0-9_]{1,60}")


def every(folder: Path | None = None) -> list[Policy]:
    """Every policy there is: those of the countries and, where `folder` is a project, its own."""
    own = social_value.own(folder) if folder and _is_project(folder) else {}
    return [*social_value.shipped().values(), *own.values()]


def edition(name: str, folder: Path | None = None, *, on: str = "", edition: str = "") -> Edition:
    """An edition by `policy@version`, by its name, or that of a day (today where none is said). Raises InputError."""
    own = folder if _is_project(folder) else None
    if "@" in name:
        return social_value.edition(name, own)
    found = social_value.find(name, own)
    return found.edition(edition) if edition else found.on(day(on) if on else date.today())


def keep(one: Edition, folder: Path) -> Path:
    """A copy of the edition beside the project's tenders. Raises InputError where the folder is no project."""
    return social_value.keep(one, _project(folder))


def bring(folder: Path, name: str, path: Path, mapping: Mapping[str, str], **how: Any) -> tuple[Path, Listed]:
    """A user's own list written as a policy of the project; see `read_list`. Raises InputError where it is there."""
    if not NAME.fullmatch(name):
        raise InputError("'{name}' cannot be a policy's name. Use small letters, digits and _.", name=name)
    target = _project(folder) / FOLDER / f"{name}.yaml"
    if target.exists():
        raise InputError("{file} is there already. Give another name, or add an edition to the file.", file=target)
    listed = social_value.read_list(path, mapping, **how)
    target.parent.mkdir(exist_ok=True)
    target.write_text(listed.text, encoding="utf-8")
    social_value.check(target)
    return target, listed


def _is_project(folder: Path | None) -> bool:
    return folder is not None and (folder / FILE).exists()


def _project(folder: Path) -> Path:
    if not _is_project(folder):
        raise InputError(
            "{folder} is no project folder: it has no {settings}. Begin with bygd init.", folder=folder, settings=FILE
        )
    return folder
