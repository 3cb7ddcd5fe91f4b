"""Value files: `rules/<topic>.yaml` in a folder and those behind it, read strictly."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from bygd.parameters.strict import ValueFileError, read

FOLDER = "rules"
UNITS = ("share", "index", "days", "years", "persons", "suppliers", "EUR", "SEK", "GBP")
"""The closed list of units; a new one is added here and in `schema.json`."""

_PARAMETER_KEYS = {"label", "about", "unit", "checked", "values"}
_VALUE_KEYS = {"value", "source", "verified", "note"}


@dataclass(frozen=True)
class Source:
    """Where a value is said: title and, where there is one, address."""

    title: str
    href: str = ""


@dataclass(frozen=True)
class Value:
    """A value that holds from a day on; `value` is None from the day it was abolished."""

    value: Decimal | int | None
    since: date
    source: Source
    verified: bool
    unit: str
    from_pack: str
    note: str = ""


@dataclass(frozen=True)
class Parameter:
    """One value of law or method through time. `from_pack` names the folder that gave it."""

    key: str
    label: Mapping[str, str]
    about: str
    unit: str
    checked: date | None
    values: tuple[Value, ...]
    from_pack: str
    file: Path

    def on(self, day: date) -> Value | None:
        """The value that holds on a day, with start and source; None before the first day known.

        A value whose `value` is None was abolished: there is a rule no longer, which is not the
        same as no rule being known.
        """
        return next((value for value in reversed(self.values) if value.since <= day), None)

    def label_in(self, language: str) -> str:
        """What it is called in that language, else in English, else its key."""
        return self.label.get(language) or self.label.get("en") or self.key


@dataclass(frozen=True)
class Stale:
    """A parameter whose source nobody has read for a while, or ever."""

    parameter: Parameter
    topic: str
    days: int | None

    def __str__(self) -> str:
        """One line: which value of which pack, and when its source was read."""
        read_on = f"read {self.parameter.checked}, {self.days} days ago" if self.days is not None else "never read"
        return f"{self.parameter.from_pack}/{self.topic}: {self.parameter.key} — source {read_on}"


def load(folders: Path | Sequence[Path], topic: str) -> dict[str, Parameter]:
    """The parameters of a topic by key, from the nearest folder that names each.

    `folders` are pack folders, nearest first; a key falls through to the next folder with all its
    days, and `from_pack` says whose it is. No file in any folder gives an empty answer: no rule is
    known. Raises ValueFileError naming file and key.
    """
    found: dict[str, Parameter] = {}
    for folder in [folders] if isinstance(folders, Path) else folders:
        path = folder / FOLDER / f"{topic}.yaml"
        if path.exists():
            for key, parameter in _file(path, folder.name).items():
                found.setdefault(key, parameter)
    return found


def topics(folder: Path) -> tuple[str, ...]:
    """Topics of the value files in a pack's folder; files that hold a list of `rules` are of another format."""
    paths = sorted((folder / FOLDER).glob("*.yaml"))
    return tuple(path.stem for path in paths if not _holds_rules(read(path)))


def stale(packs: Path | Sequence[Path], older_than_days: int, today: date) -> list[Stale]:
    """Parameters whose source was last read more than that many days ago, or never; the never read and oldest first.

    `packs` are pack folders, or the one folder in which all of them stand.
    """
    folders = (
        sorted({path.parent.parent for path in packs.glob(f"*/{FOLDER}/*.yaml")}) if isinstance(packs, Path) else packs
    )
    found = []
    for folder in folders:
        for topic in topics(folder):
            for parameter in load(folder, topic).values():
                days = (today - parameter.checked).days if parameter.checked else None
                if days is None or days > older_than_days:
                    found.append(Stale(parameter, topic, days))
    return sorted(found, key=lambda one: (one.days is not None, -(one.days or 0), one.topic, one.parameter.key))


def _holds_rules(content: Any) -> bool:
    return isinstance(content, dict) and isinstance(content.get("rules"), list)


def _file(path: Path, pack: str) -> dict[str, Parameter]:
    content = read(path) or {}
    if not isinstance(content, dict):
        raise ValueFileError(f"{path} must map names of values to what is known about them.")
    return {str(key): _parameter(str(key), entry, path, pack) for key, entry in content.items()}


def _parameter(key: str, entry: Any, path: Path, pack: str) -> Parameter:
    where = f"{path}, {key}"
    _check_keys(entry, _PARAMETER_KEYS, {"label", "about", "unit", "values"}, where)
    label = entry["label"]
    if not isinstance(label, dict) or not label.get("en"):
        raise ValueFileError(f"{where}: 'label' must map languages to names, English (en) among them.")
    if entry["unit"] not in UNITS:
        raise ValueFileError(f"{where}: the unit '{entry['unit']}' is not one of {', '.join(UNITS)}.")
    checked = entry.get("checked")
    if checked is not None:
        _check_day(checked, f"{where}, checked")
    values = entry["values"]
    if not isinstance(values, dict) or not values:
        raise ValueFileError(f"{where}: 'values' must map at least one day to a value.")
    listed = tuple(_value(since, one, entry["unit"], pack, where) for since, one in values.items())
    days = [value.since for value in listed]
    if days != sorted(days):
        raise ValueFileError(f"{where}: the days must stand in rising order, not {', '.join(map(str, days))}.")
    if checked is None and any(value.verified for value in listed):
        raise ValueFileError(
            f"{where}: say under 'checked' on which day the source was read, or mark each value 'verified: false'."
        )
    return Parameter(key, label, str(entry["about"]), entry["unit"], checked, listed, pack, path)


def _value(since: Any, entry: Any, unit: str, pack: str, where: str) -> Value:
    _check_day(since, where)
    where = f"{where}, {since}"
    _check_keys(entry, _VALUE_KEYS, {"value", "source"}, where)
    number = entry["value"]
    if isinstance(number, bool) or not isinstance(number, int | Decimal | None):
        raise ValueFileError(
            f"{where}: 'value' must be a number, or null from the day it was abolished; not {number!r}."
        )
    verified = entry.get("verified", True)
    if not isinstance(verified, bool):
        raise ValueFileError(f"{where}: 'verified' must be true or false.")
    return Value(number, since, _source(entry["source"], where), verified, unit, pack, str(entry.get("note") or ""))


def _source(entry: Any, where: str) -> Source:
    where = f"{where}, source"
    _check_keys(entry, {"title", "href"}, {"title"}, where)
    title, href = entry["title"], entry.get("href") or ""
    if not isinstance(title, str) or not title.strip():
        raise ValueFileError(f"{where}: 'title' must say where the value stands.")
    if href and not str(href).startswith(("https://", "http://", "docs/")):
        raise ValueFileError(f"{where}: 'href' must be a web address or a page under docs/, not '{href}'.")
    return Source(title, str(href))


def _check_keys(entry: Any, known: set[str], needed: set[str], where: str) -> None:
    if not isinstance(entry, dict):
        raise ValueFileError(f"{where} must map {', '.join(sorted(needed))} to values, not be {entry!r}.")
    if unknown := {str(key) for key in entry} - known:
        raise ValueFileError(f"{where}: unknown key {', '.join(sorted(unknown))}. Known: {', '.join(sorted(known))}.")
    if missing := {key for key in needed if key not in entry or (entry[key] is None and key != "value")}:
        raise ValueFileError(f"{where}: {', '.join(sorted(missing))} is missing.")


def _check_day(day: Any, where: str) -> None:
    # A datetime is a date to Python, but a moment is no day from which a law holds.
    if type(day) is not date:
        raise ValueFileError(f"{where}: '{day}' must be a day written 2024-01-31, without quotes.")
