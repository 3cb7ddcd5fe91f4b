"""What a place says itself in its guide: whom to ask, a few own words, whether everybody may read it, when checked."""

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bygd.parameters.sentences import LANGUAGES
from bygd.parameters.strict import ValueFileError, check_day, check_keys
from bygd.parameters.strict import read as read_yaml
from bygd.sources.errors import InputError

FILE = "guide.yaml"
LONGEST = 200
MOST_WORDS = 300
"""Letters of the place's own words: more would not stand on two pages."""
MOST_CONTACTS = 8


@dataclass(frozen=True, slots=True)
class Contact:
    """Where to ask at an institution: an office, not a person."""

    anchor: str
    office: str = ""
    email: str = ""
    phone: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """`says` are the place's own words by language. `public`: whether everybody may read the guide."""

    contacts: tuple[Contact, ...] = ()
    says: Mapping[str, str] | None = None
    public: bool = False
    checked: date | None = None


def read(folder: Path) -> Settings:
    """What `guide.yaml` of a project folder says; nothing where there is none. Raises InputError naming the file."""
    path = folder / FILE
    if not path.exists():
        return Settings()
    try:
        return _settings(read_yaml(path) or {}, str(path))
    except ValueFileError as error:
        raise InputError("The guide of this place cannot be read. {why}", why=error) from error


def save(folder: Path, settings: Settings) -> None:
    """Write them, whole or not at all. Raises InputError as `read` does."""
    content: dict[str, Any] = {"public": settings.public}
    if settings.checked:
        content["checked"] = settings.checked
    if says := {language: text for language, text in (settings.says or {}).items() if text}:
        content["says"] = says
    content["contacts"] = [{name: value for name, value in asdict(one).items() if value} for one in settings.contacts]
    try:
        _settings(content, FILE)
    except ValueFileError as error:
        raise InputError("The guide of this place cannot be read. {why}", why=error) from error
    text = "# The place's own part of the guide for small firms.\n"
    text += yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
    beside = folder / f".{FILE}.{os.getpid()}"
    beside.write_text(text, encoding="utf-8")
    beside.replace(folder / FILE)


def _settings(content: Any, where: str) -> Settings:
    check_keys(content, {"contacts", "says", "public", "checked"}, set(), where)
    if "checked" in content:
        check_day(content["checked"], f"{where}, checked")
    says = content.get("says") or {}
    if not isinstance(says, Mapping) or not set(says) <= set(LANGUAGES):
        raise ValueFileError(f"{where}: 'says' must map languages ({', '.join(LANGUAGES)}) to sentences.")
    for language, text in says.items():
        if not isinstance(text, str) or len(text) > MOST_WORDS:
            raise ValueFileError(f"{where}, says, {language}: write a text of at most {MOST_WORDS} letters.")
    public = content.get("public", False)
    if not isinstance(public, bool):
        raise ValueFileError(f"{where}: 'public' must be true or false.")
    contacts = content.get("contacts") or []
    if not isinstance(contacts, list) or len(contacts) > MOST_CONTACTS:
        raise ValueFileError(f"{where}: 'contacts' must be a list of at most {MOST_CONTACTS}.")
    found = tuple(_contact(one, f"{where}, contact {place}") for place, one in enumerate(contacts, 1))
    return Settings(found, dict(says), public, content.get("checked"))


def _contact(entry: Any, where: str) -> Contact:
    check_keys(entry, {field.name for field in fields(Contact)}, {"anchor"}, where)
    for name, value in entry.items():
        if not isinstance(value, str) or len(value) > LONGEST or "\n" in value:
            raise ValueFileError(f"{where}, {name}: write one line of at most {LONGEST} letters.")
    page = entry.get("page", "")
    if page and not page.startswith(("https://", "http://")):
        raise ValueFileError(f"{where}, page: '{page}' is no address. Begin it with https://")
    return Contact(**entry)
