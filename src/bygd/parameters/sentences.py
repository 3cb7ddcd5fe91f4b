"""What a value says to people, and for which facts it holds: sentences by language, lists, conditions."""

from collections.abc import Mapping
from typing import Any

from bygd.parameters.strict import ValueFileError, check_keys

LANGUAGES = ("en", "sv", "nl")
LISTS = ("evidence", "ask_first", "instead")
"""What may stand below a sentence: evidence needed, questions to answer first, what may be done instead."""

Texts = Mapping[str, str]


def texts(entry: Any, where: str) -> Texts:
    """A sentence in each language that bygd speaks; nothing where none is given. Raises ValueFileError."""
    if entry is None:
        return {}
    check_keys(entry, set(LANGUAGES), set(LANGUAGES), where)
    if empty := [language for language, text in entry.items() if not isinstance(text, str) or not text.strip()]:
        raise ValueFileError(f"{where}: the sentence in {', '.join(empty)} is empty or no text.")
    return {str(language): " ".join(text.split()) for language, text in entry.items()}


def note(entry: Any, where: str) -> Texts:
    """A remark: a sentence in each language, or in English alone where it is one text. Raises ValueFileError."""
    return texts(entry, where) if isinstance(entry, Mapping) or entry is None else {"en": " ".join(str(entry).split())}


def in_language(texts: Texts, language: str) -> str:
    """A text in that language, else in English, else in the first it has; empty where there is none."""
    return texts.get(language) or texts.get(LANGUAGES[0]) or next(iter(texts.values()), "")


def lists(entry: Mapping[str, Any], where: str) -> dict[str, tuple[Texts, ...]]:
    """The lists below a sentence, by name. Raises ValueFileError."""
    found = {}
    for name in LISTS:
        if name in entry:
            if not isinstance(entry[name], list) or not entry[name]:
                raise ValueFileError(f"{where}: '{name}' must be a list of sentences.")
            found[name] = tuple(texts(one, f"{where}, {name}") for one in entry[name])
    return found


def applies(entry: Any, where: str) -> dict[str, tuple[str, ...]]:
    """For which facts a value holds: names of facts and what each may be. Raises ValueFileError."""
    if entry is None:
        return {}
    if not isinstance(entry, dict) or not all(isinstance(one, list) and one for one in entry.values()):
        raise ValueFileError(f"{where}: 'applies' must map facts to lists of what each may be.")
    return {str(fact): tuple(str(one) for one in listed) for fact, listed in entry.items()}
