"""Texts: what people read in the answers, in the language they ask for."""

from functools import cache
from importlib.resources import files

import yaml

from bygd.reports.translate import LANGUAGES, Translator
from bygd.vocabulary.words import OwnershipKind, SizeBand, Word


@cache
def _texts() -> dict[str, dict[str, str]]:
    text = files("bygd.workbench.reconciliation").joinpath("texts.yaml").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = yaml.safe_load(text)
    return found


def text(key: str, language: str, **values: object) -> str:
    """The text of that key in a language bygd speaks, its placeholders filled in."""
    found = _texts()[key][language]
    return found.format(**values) if values else found


def has(key: str) -> bool:
    """Whether there is a text of that key."""
    return key in _texts()


def word(kind: type[Word], value: str, language: str) -> str:
    """The label of a word, such as a kind of ownership; the value itself where it is none."""
    try:
        return Translator(language).word(kind(value))
    except ValueError:
        return value


def ownership(value: str, language: str) -> str:
    """The label of a kind of ownership."""
    return word(OwnershipKind, value, language)


def size(value: str, language: str) -> str:
    """The label of a size band."""
    return word(SizeBand, value, language)


def status(value: str, language: str) -> str:
    """Whether an organisation is active, as a value that stands alone, like the labels of other words."""
    said = text(value, language)
    return said[:1].upper() + said[1:]


def language_of(accepted: str) -> str:
    """The language bygd speaks that an `Accept-Language` header prefers; English where it names none."""
    wanted: list[tuple[float, int, str]] = []
    for place, part in enumerate(accepted[:1000].split(",")):
        tag, _, quality = part.partition(";")
        try:
            weight = float(quality.split("=", 1)[1]) if "=" in quality else 1.0
        except ValueError:
            continue
        wanted.append((-weight, place, tag.strip().lower().split("-")[0]))
    return next((tag for weight, _, tag in sorted(wanted) if tag in LANGUAGES and weight < 0), "en")
