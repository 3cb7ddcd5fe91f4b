"""Headline: the finding in sentences, of one's own institutions and of all together."""

from collections.abc import Sequence
from dataclasses import dataclass

from bygd.reports import Translator
from bygd.sources.errors import InputError
from bygd.web.pages.money.asked import Asked, Choices, choices
from bygd.web.pages.money.told import told
from bygd.web.places import held
from bygd.web.places.held import Held
from bygd.workbench.project import Project


@dataclass(frozen=True)
class Headline:
    """Sentences, or `refused`: why there are none."""

    sentences: Sequence[str] = ()
    refused: str = ""


def of_all(project: Project, language: str, snapshot: str = "") -> Headline | None:
    """All institutions together, as the public report tells it; None where nothing was built."""
    opened = held.of(project, snapshot) if snapshot else held.current(project)
    return _headline(opened, project, language, is_own=False) if opened else None


def of_own(project: Project, anchors: frozenset[str], language: str) -> Headline | None:
    """Of those institutions alone, nothing withheld; None where nothing was built or none of their ledgers is in."""
    opened = held.current(project, anchors) if anchors else None
    if opened is None or not anchors & set(held_anchors(opened)):
        return None
    return _headline(opened, project, language, is_own=True)


def held_anchors(opened: Held) -> list[str]:
    """The institutions whose ledgers went into a snapshot."""
    return list(dict.fromkeys(file["anchor"] for file in opened.snapshot.manifest["files"] if file["kind"] == "ledger"))


def _headline(opened: Held, project: Project, language: str, *, is_own: bool) -> Headline:
    found: Choices = opened.answer(
        ("headline", "choices"), lambda engine: choices(engine, project, opened.snapshot.manifest, is_own=False)
    )
    try:
        said = told(opened, project, Asked(is_own, found.by, found.within), language, "overview")
    except InputError as error:
        return Headline(refused=Translator(language).said(error))
    return Headline(sentences=list(said.lead))
