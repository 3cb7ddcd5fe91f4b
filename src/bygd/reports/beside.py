"""Beside: what stands beside the report on its site: pages that its pages lead to, documents, and open data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Data:
    """A file of open data: its path in the site, what it holds and is called, and its columns where it is a table."""

    path: str
    content: bytes
    title: str
    schema: Sequence[Mapping[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the report. Labels are messages or Said, which each language says in its own words."""

    pages: Mapping[str, str] = field(default_factory=dict)
    """Labels by address, as seen from the page of a language."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """By path in the site."""
    data: Sequence[Data] = ()

    def __add__(self, other: "Beside") -> "Beside":
        return Beside({**self.pages, **other.pages}, {**self.files, **other.files}, (*self.data, *other.data))
