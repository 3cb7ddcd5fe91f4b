"""Named: a source by its own name, which has a language of its own, or told in our words in each language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bygd.parameters.sentences import LANGUAGES, Texts, texts
from bygd.parameters.strict import ValueFileError, check_keys


@dataclass(frozen=True)
class Named:
    """A source. `language` is that of its own name; empty where `told` says it in every language."""

    told: Texts
    language: str = ""
    href: str = ""

    def said(self, reader: str) -> str:
        """What it is called, to somebody who reads that language."""
        return self.told.get(reader) or self.told[self.language or "en"]

    def foreign(self, reader: str) -> str:
        """The language in which it is said, where that is not the reader's; for the attribute `lang`."""
        return self.language if self.language != reader else ""


def named(entry: Any, where: str) -> Named:
    """A source as YAML has it: `title` with its `language`, or `title` in each language. Raises ValueFileError."""
    check_keys(entry, {"title", "language", "href"}, {"title"}, where)
    title, language, href = entry["title"], entry.get("language", ""), str(entry.get("href") or "")
    if isinstance(title, Mapping):
        return Named(texts(title, where), "", href)
    if language not in LANGUAGES:
        raise ValueFileError(f"{where}: say under 'language' in which language the title is, or give it in each.")
    return Named({language: str(title)}, language, href)
