"""The guide as files: one page of HTML for each language, each printed on two sides of A4."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from bygd.reports import LANGUAGES
from bygd.reports.documents import guide as document
from bygd.reports.translate import Translator
from bygd.sources.errors import InputError
from bygd.workbench import snapshot
from bygd.workbench.guide.content import guide
from bygd.workbench.guide.settings import read
from bygd.workbench.project import Project


def pages(
    project: Project, languages: Sequence[str], address: Callable[[str], str] = "guide-{}.html".format
) -> dict[str, str]:
    """The page of each language; `address` is where one finds that of another.

    Before the first build it says nothing of what was bought. Raises InputError.
    """
    for language in languages:
        if language not in LANGUAGES:
            raise InputError(
                "bygd writes no guide in '{language}'. Choose among: {known}.",
                language=language,
                known=sorted(LANGUAGES),
            )
    settings = read(project.folder)
    with ExitStack() as opened:
        engine, manifest, name = None, None, ""
        if (project.state / snapshot.POINTER).exists():
            current = snapshot.current(project)
            engine, manifest, name = opened.enter_context(current.engine()), current.manifest, current.id
        return {
            language: document.page(
                guide(project, translate, settings, engine, manifest, name),
                translate,
                languages=languages,
                address=address,
            )
            for language in languages
            for translate in (Translator(language),)
        }


def write(project: Project, folder: Path, languages: Sequence[str]) -> list[Path]:
    """Write `guide-<language>.html` into the folder; gives the files. Raises InputError as `pages`."""
    written = []
    for language, text in pages(project, languages).items():
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"guide-{language}.html"
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written
