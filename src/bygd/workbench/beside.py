"""Beside: what a site holds beside its report, as it stands today: the guide for small firms, issue forums, plans."""

from collections.abc import Sequence
from datetime import date

from bygd.reports.beside import Beside
from bygd.reports.documents.forum import PROPOSED
from bygd.reports.documents.guide import HOW_TO_SELL
from bygd.workbench import finished, guide, plans
from bygd.workbench.project import Project

GUIDE, FORUMS = "guide.html", "forums.html"


def gathered(project: Project, languages: Sequence[str], on: date) -> Beside:
    """The guide where the place says that everybody may read it, finished issue forums, and public decided plans.

    Raises InputError where a file of theirs is spoilt.
    """
    return _guide(project, languages) + _forums(project, languages) + plans.published(project, languages, on)


def _guide(project: Project, languages: Sequence[str]) -> Beside:
    if not guide.read(project.folder).public:
        return Beside()
    written = guide.pages(project, languages, f"../{{}}/{GUIDE}".format)
    return Beside({GUIDE: HOW_TO_SELL}, {f"{code}/{GUIDE}": text.encode() for code, text in written.items()})


def _forums(project: Project, languages: Sequence[str]) -> Beside:
    if not finished.read(project):
        return Beside()
    written = finished.pages(project, languages, f"../{{}}/{FORUMS}".format)
    return Beside({FORUMS: PROPOSED}, {f"{code}/{FORUMS}": text.encode() for code, text in written.items()})
