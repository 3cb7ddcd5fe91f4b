"""Named: a source by its own name, which has a language of its own, or told in our words in each language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bygd.parameters.sentences import LANGUAGES, Texts, in_language, texts
from bygd.parameters.strict import ValueFileError, check_keys


@dataclass(frozen=True)
class Named:
    """A source. `language` is that of its own name; empty where `told` says it in every language, or nobody said."""

    told: Texts = field(hash=False)
    language: str = ""
    href: str = ""

    def said(self, reader: str) -> str:
        """What it is called, to somebody who reads that language."""
        return in_language(self.told, reader)

    def foreign(self, reader: str) -> str:
        """The language in which it is said, where that is not the reader's; for the attribute `lang`."""
        return self.language if self.language != reader else ""


def named(entry: Any, where: str, *, whole: bool = True) -> Named:
    """A source as YAML has it: `title` with its `language`, or `title` in each language. Raises ValueFileError.

    The language may be left out where the source need not be `whole`: a place's own files are read by its people.
    """
    check_keys(entry, {"title", "language", "href"}, {"title"}, where)
    title, language, href = entry["title"], entry.get("language") or "", str(entry.get("href") or "")
    if href and not href.startswith(("https://", "http://", "docs/")):
        raise ValueFileError(f"{where}: 'href' must be a web address or a page under docs/, not '{href}'.")
    if isinstance(title, Mapping):
        return Named(texts(title, where), "", href)
    if not isinstance(title, str) or not title.strip():
        raise ValueFileError(f"{where}: 'title' must say where it stands.")
    if language not in LANGUAGES and (whole or language):
        raise ValueFileError(
            f"{where}: say under 'language' in which language the title is ({', '.join(LANGUAGES)}), "
            "or give it in each."
        )
    return Named({language or LANGUAGES[0]: title}, language, href)
