"""Made: the guide of a place as it stands now, made once for each day, language and change."""

from datetime import date
from pathlib import Path

from django.conf import settings as installation
from django.urls import reverse

from bygd.reports import Translator
from bygd.reports.documents import guide as document
from bygd.reports.documents.guide import Forum, Guide
from bygd.vocabulary import tables
from bygd.web.places import held
from bygd.web.places.models import Place
from bygd.web.procurements.forums import models as forums
from bygd.web.procurements.forums.words import ForumState
from bygd.workbench import decisions
from bygd.workbench import guide as library

LANGUAGES = tuple(code for code, _name in installation.LANGUAGES)


def page(place: Place, language: str, address: str) -> str:
    """The page of the guide in a language; its other languages stand at the address with `?lang=`.

    Raises InputError where guide.yaml or the register of contracts cannot be read.
    """
    translate = Translator(language)
    return document.page(
        made(place, translate),
        translate,
        languages=LANGUAGES,
        address=f"{address}?lang={{}}".format,
        style_at=reverse("open-guide-style"),
    )


def made(place: Place, translate: Translator) -> Guide:
    """What the guide says now. Raises InputError as `page`."""
    project, opened = place.project, tuple(_forums(place))
    settings = library.read(project.folder)
    current = held.current(project)
    if current is None:
        return library.guide(project, translate, settings, forums=opened)
    files = (project.folder / library.FILE, decisions.file(project, tables.contract_entries))
    key = ("guide", translate.language, date.today(), opened, *map(_stamp, files))
    return current.answer(
        key,
        lambda engine: library.guide(
            project, translate, settings, engine, current.manifest, current.snapshot.id, forums=opened
        ),
    )


def _forums(place: Place) -> list[Forum]:
    found = forums.Forum.objects.filter(place=place, opened_at__isnull=False, answered_at__isnull=True)
    return [
        Forum(one.title, one.closes_on, reverse("open-forum", args=[place.slug, one.key]))
        for one in found.order_by("closes_on")
        if one.state is ForumState.OPEN
    ]


def _stamp(path: Path) -> tuple[int, int]:
    try:
        about = path.stat()
    except FileNotFoundError:
        return 0, 0
    return about.st_size, about.st_mtime_ns
