"""Warm: pages, texts, and what most people ask for first, are there before the first of them asks."""

import threading
import time
from collections.abc import Iterator
from contextlib import suppress

from django.db import connections
from django.template import engines
from django.urls import reverse

from bygd.reports import LANGUAGES, Translator
from bygd.sources.errors import InputError
from bygd.tools.spend.selection import Filter
from bygd.vocabulary.words import LocalBy
from bygd.web.languages import PACKAGE
from bygd.web.pages.money import told as telling
from bygd.web.pages.money.asked import Asked, Choices, choices
from bygd.web.pages.money.told import TABS
from bygd.web.pages.place import looked
from bygd.web.people.words import Role
from bygd.web.places import held
from bygd.web.places.held import Held
from bygd.web.places.models import Place
from bygd.workbench.project import Project

AT_FIRST, EVERY = 2, 20
"""Seconds before the first look at whether another snapshot stands, so that the first to come is answered, and
between looks."""

MOST_SETS = 4
"""Sets of anchors that people are members of for which figures are found before they are asked for."""

MOST_PLACES = 8
"""With more places than that, what is held of one place's statistics would push another's out."""

QUICK = 0.1
"""Seconds within which a page may be found when it is asked for."""


def warm(place: Place) -> None:
    """Find the figures of all institutions together, by each definition of local, and those of each member's anchors.

    In the place's own languages, and for its own ring. Then, of members' anchors, what each filter leaves that people
    choose most often.
    """
    project = place.project
    languages = [language for language in project.country.languages if language in LANGUAGES]
    sets = _sets(place)
    connections.close_all()
    for anchors in (None, *sets):
        opened = held.current(project, anchors)
        if opened is None:
            return
        for language in languages:
            with suppress(InputError):  # too few suppliers stand behind all anchors together
                _usual(opened, project, language, is_own=anchors is not None)
    for anchors in sets:
        for language in languages:
            _narrowed(project, anchors, language)


def _sets(place: Place) -> list[frozenset[str]]:
    """The institutions that somebody is a member of, together."""
    members: dict[int, set[str]] = {}
    for person, anchor in place.memberships.filter(role=Role.ANCHOR_MEMBER).values_list("person", "anchor"):
        members.setdefault(person, set()).add(anchor)
    return list(dict.fromkeys(frozenset(one) for one in members.values()))[:MOST_SETS]


def _usual(opened: Held, project: Project, language: str, *, is_own: bool) -> None:
    """Every page as it is before anybody chooses anything, with its pictures."""
    offered = _offered(opened, project, is_own=is_own)
    for by in sorted(LocalBy, key=lambda by: by is not offered.by)[: 1 if is_own else None]:
        asked = Asked(is_own=is_own, by=by, within=offered.within)
        for name, tab in TABS.items():
            if tab.is_own and not is_own:
                continue
            said = telling.told(opened, project, asked, language, name)
            for section in said.sections.values():
                for picture in section.pictures if by is offered.by else ():
                    telling.svg(opened, asked, said, picture, "wide")


def _narrowed(project: Project, anchors: frozenset[str], language: str) -> None:
    """Every page for a year, a kind of ownership or a size; half of the time, so that nobody waits for it."""
    opened = held.current(project, anchors)
    if opened is None:
        return
    offered = _offered(opened, project, is_own=True)
    for where in _filters(offered):
        for name in TABS:
            if held.current(project, anchors) is not opened:
                return  # another snapshot stands
            began = time.monotonic()
            telling.told(opened, project, Asked(True, offered.by, offered.within, where), language, name)
            took = time.monotonic() - began
            if took < QUICK and name == next(iter(TABS)):
                return  # of small ledgers every page is found at once
            time.sleep(took)


def _filters(offered: Choices) -> Iterator[Filter]:
    yield from (Filter(years=(year,)) for year in reversed(offered.years))
    yield from (Filter(ownerships=(kind,)) for kind in offered.ownerships)
    yield from (Filter(sizes=(size,)) for size in offered.sizes)


def _offered(opened: Held, project: Project, *, is_own: bool) -> Choices:
    manifest = opened.manifest
    return opened.answer(("money", "choices"), lambda engine: choices(engine, project, manifest, is_own=is_own))


def _ready() -> None:
    """Read in what every answer is made by, a second or more.

    Before anything is answered: of two threads that read in modules and languages at once, each can wait for the other.
    Who asks meanwhile is heard already, and would wait for the same reading.
    """
    reverse("home")  # imports every page
    for language in LANGUAGES:
        Translator(language, PACKAGE).number(1.5)  # reads in how numbers are written, too
    for page in ("base.html", "place/page.html", "place/parts.html"):
        engines["jinja2"].get_template(page)


def keep_warm() -> threading.Thread:
    """Read in what answers are made by; then look at every place again and again, until the process ends."""
    _ready()

    def watch() -> None:
        seen: dict[str, str] = {}
        time.sleep(AT_FIRST)
        while True:
            places = list(Place.objects.all())
            connections.close_all()
            for place in places:
                try:
                    if len(places) <= MOST_PLACES:
                        with suppress(InputError):  # a file of own values that cannot be read
                            looked.offers(place.project)
                    opened = held.current(place.project)
                    name = opened.snapshot.id if opened else ""
                    if name and seen.get(place.folder) != name:
                        seen[place.folder] = name
                        warm(place)
                except (InputError, OSError):  # too few suppliers, or a snapshot that is just being replaced
                    continue
            time.sleep(EVERY)

    thread = threading.Thread(target=watch, name="warm", daemon=True)
    thread.start()
    return thread
