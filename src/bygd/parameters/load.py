"""Value files: `rules/<topic>.yaml` in a folder and those behind it, read strictly."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from bygd.parameters import sentences
from bygd.parameters.named import Named, named
from bygd.parameters.sentences import Texts
from bygd.parameters.strict import ValueFileError, check_day, check_keys, read
from bygd.vocabulary.words import Standing

FOLDER = "rules"
STANDING = "standing"
UNITS = (
    "share",
    "index",
    "days",
    "working_days",
    "months",
    "years",
    "persons",
    "suppliers",
    "EUR",
    "SEK",
    "GBP",
    STANDING,
)
"""The closed list of units; a new one is added here and in `schema.json`."""
UNKNOWN = "unknown"
"""What stands for a value from a day on which there is one, but nobody here has read it."""
VAT = ("with", "without")

_PARAMETER_KEYS = {"label", "about", "unit", "checked", "values", "role", "applies", "says", *sentences.LISTS}
_VALUE_KEYS = {"value", "source", "verified", "note", "says", "including", "vat"}


@dataclass(frozen=True)
class Value:
    """A value that holds from a day on; `value` is None from the day it was abolished, or not `known`.

    `including`: a limit that itself still counts as below. `vat`: whether a limit is with or
    without VAT, empty where that is not said.
    """

    value: Decimal | int | Standing | None
    since: date
    source: Named
    verified: bool
    unit: str
    from_pack: str
    note: Texts = field(default_factory=dict)
    known: bool = True
    including: bool = False
    vat: str = ""
    says: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class Parameter:
    """One value of law or method through time. `from_pack` names the folder that gave it.

    `role` and `applies` say to the tool that asks what the value does and for which facts; `says`
    is the sentence for people, `lists` what stands below it (evidence and the like), by language.
    """

    key: str
    label: Mapping[str, str]
    about: str
    unit: str
    checked: date | None
    values: tuple[Value, ...]
    from_pack: str
    file: Path
    role: str = ""
    applies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    says: Texts = field(default_factory=dict)
    lists: Mapping[str, tuple[Texts, ...]] = field(default_factory=dict)

    def on(self, day: date) -> Value | None:
        """The value that holds on a day, with start and source; None before the first day known.

        A value whose `value` is None was abolished: there is a rule no longer, which is not the
        same as no rule being known.
        """
        return next((value for value in reversed(self.values) if value.since <= day), None)

    def last_known(self, day: date) -> Value | None:
        """The latest value up to a day that is a number; what an unknown one may be compared with, no more."""
        return next(
            (one for one in reversed(self.values) if one.since <= day and isinstance(one.value, int | Decimal)), None
        )

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
            for key, parameter in _file(path, folder.name, *_version(path)).items():
                found.setdefault(key, parameter)
    return found


def topics(folder: Path) -> tuple[str, ...]:
    """Topics of the value files in a pack's folder; files that hold a list of `rules` are of another format."""
    paths = sorted((folder / FOLDER).glob("*.yaml"))
    return tuple(path.stem for path in paths if _is_topic(path, *_version(path)))


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


def _version(path: Path) -> tuple[int, int]:
    """What changes when a file does: to parse one takes longer than all that is asked of it."""
    about = path.stat()
    return about.st_mtime_ns, about.st_size


@lru_cache(maxsize=500)
def _is_topic(path: Path, *_version: int) -> bool:
    content = read(path)
    return not (isinstance(content, dict) and isinstance(content.get("rules"), list))


@lru_cache(maxsize=500)
def _file(path: Path, pack: str, *_version: int) -> Mapping[str, Parameter]:
    content = read(path) or {}
    if not isinstance(content, dict):
        raise ValueFileError(f"{path} must map names of values to what is known about them.")
    return {str(key): _parameter(str(key), entry, path, pack) for key, entry in content.items()}


def _parameter(key: str, entry: Any, path: Path, pack: str) -> Parameter:
    where = f"{path}, {key}"
    check_keys(entry, _PARAMETER_KEYS, {"label", "about", "unit", "values"}, where)
    label = entry["label"]
    if not isinstance(label, dict) or not label.get("en"):
        raise ValueFileError(f"{where}: 'label' must map languages to names, English (en) among them.")
    if entry["unit"] not in UNITS:
        raise ValueFileError(f"{where}: the unit '{entry['unit']}' is not one of {', '.join(UNITS)}.")
    checked = entry.get("checked")
    if checked is not None:
        check_day(checked, f"{where}, checked")
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
    return Parameter(
        key=key,
        label=label,
        about=str(entry["about"]),
        unit=entry["unit"],
        checked=checked,
        values=listed,
        from_pack=pack,
        file=path,
        role=str(entry.get("role") or ""),
        applies=sentences.applies(entry.get("applies"), where),
        says=sentences.texts(entry.get("says"), f"{where}, says"),
        lists=sentences.lists(entry, where),
    )


def _value(since: Any, entry: Any, unit: str, pack: str, where: str) -> Value:
    check_day(since, where)
    where = f"{where}, {since}"
    check_keys(entry, _VALUE_KEYS, {"value", "source"}, where)
    number = entry["value"]
    known = number != UNKNOWN or unit == STANDING
    verified = entry.get("verified", True)
    including = entry.get("including", False)
    for name, given in (("verified", verified), ("including", including)):
        if not isinstance(given, bool):
            raise ValueFileError(f"{where}: '{name}' must be true or false.")
    if (vat := entry.get("vat") or "") not in ("", *VAT):
        raise ValueFileError(f"{where}: 'vat' must be one of {', '.join(VAT)}.")
    return Value(
        value=_content(number, unit, where) if known else None,
        since=since,
        source=named(entry["source"], f"{where}, source", whole=False),
        verified=verified and known,
        unit=unit,
        from_pack=pack,
        note=sentences.note(entry.get("note"), f"{where}, note"),
        known=known,
        including=including,
        vat=vat,
        says=sentences.texts(entry.get("says"), f"{where}, says"),
    )


def _content(number: Any, unit: str, where: str) -> Decimal | int | Standing | None:
    if number is None:
        return None
    if unit == STANDING:
        if number not in list(Standing):
            raise ValueFileError(f"{where}: 'value' must be one of {', '.join(Standing)}; not {number!r}.")
        return Standing(number)
    if isinstance(number, bool) or not isinstance(number, int | Decimal):
        raise ValueFileError(
            f"{where}: 'value' must be a number, null from the day it was abolished, or {UNKNOWN}; not {number!r}."
        )
    return number
