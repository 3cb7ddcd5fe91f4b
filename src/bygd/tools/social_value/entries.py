"""Entries: what a policy file may say in one place, checked; what is wrong is named with its line."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar

from bygd.parameters.sentences import LANGUAGES, Texts
from bygd.parameters.strict import ValueFileError
from bygd.vocabulary.words import Word

W = TypeVar("W", bound=Word)
STEP = Decimal("0.0001")
"""Weights are shares written with four decimals at most: a hundredth of a percentage point."""


def share(entry: Mapping[Any, Any], key: Any, where: str) -> Decimal | None:
    """A share from nought to one with at most four decimals; None where it is not given. Raises ValueFileError."""
    if key not in entry:
        return None
    found = amount(entry, key, where)
    if found > 1 or found != found.quantize(STEP):
        raise ValueFileError(f"{place(entry, where, key)}: {found} is no share. Write 20 per cent as 0.20.")
    return found


def amount(entry: Mapping[Any, Any], key: Any, where: str, least: int = 0) -> Decimal:
    """A finite number of `least` or more."""
    found = entry[key]
    if isinstance(found, bool) or not isinstance(found, int | Decimal) or not Decimal(found).is_finite():
        raise ValueFileError(f"{place(entry, where, key)}: '{key}' must be a number, not {found!r}.")
    if found < least:
        raise ValueFileError(f"{place(entry, where, key)}: '{key}' must be {least} or more, not {found}.")
    return Decimal(found)


def count(entry: Mapping[str, Any], key: str, where: str) -> int | None:
    """A whole number of nought or more; None where it is not given."""
    found = entry.get(key)
    if found is not None and (type(found) is not int or found < 0):
        raise ValueFileError(f"{place(entry, where, key)}: '{key}' must be a whole number, not {found!r}.")
    return found


def flag(entry: Mapping[str, Any], key: str, where: str, default: bool = True) -> bool:
    """True or false."""
    found = entry.get(key, default)
    if not isinstance(found, bool):
        raise ValueFileError(f"{place(entry, where, key)}: '{key}' must be true or false.")
    return found


def word(entry: Mapping[str, Any], key: str, words: type[W], where: str) -> W:
    """A word of a closed list."""
    if entry[key] not in list(words):
        raise ValueFileError(
            f"{place(entry, where, key)}: '{key}' must be one of {', '.join(words)}; not {entry[key]!r}."
        )
    return words(entry[key])


def plain(entry: Mapping[str, Any], key: str, where: str) -> str:
    """A text of one line; empty where it is not given. Numbers and days must stand in quotation marks to be one."""
    found = entry.get(key, "")
    if not isinstance(found, str) or (key in entry and not found.strip()):
        raise ValueFileError(f"{place(entry, where, key)}: '{key}' must be a text; write {found} in quotation marks.")
    return " ".join(found.split())


def listed(entry: Mapping[str, Any], key: str, where: str, needed: bool = True) -> list[Any]:
    """A list that is not empty; may be left out where it is not needed."""
    found = entry.get(key)
    if found is None and not needed:
        return []
    if not isinstance(found, list) or (needed and not found):
        raise ValueFileError(f"{place(entry, where, key)}: '{key}' must be a list.")
    return found


def texts(entry: Any, language: str, where: str) -> Texts:
    """A text by language; that of the policy is always there."""
    if entry is None:
        return {}
    if not isinstance(entry, dict) or not entry or (language and language not in entry):
        needed = f", {language} among them" if language else ""
        raise ValueFileError(f"{where}: must map languages to texts{needed}.")
    for key, text in entry.items():
        if not isinstance(key, str) or len(key) != 2 or not isinstance(text, str) or not text.strip():
            raise ValueFileError(f"{where}: '{key}' must be a language of two letters with a text in quotation marks.")
    ordered = [*(one for one in LANGUAGES if one in entry), *(one for one in entry if one not in LANGUAGES)]
    return {one: " ".join(entry[one].split()) for one in ordered}


def place(entry: Any, where: str, key: Any = None) -> str:
    """Where in a file something stands: what leads there, and the line where it is known."""
    line = getattr(entry, "lines", {}).get(key) or getattr(entry, "line", 0)
    return f"{where}, line {line}" if line else where
