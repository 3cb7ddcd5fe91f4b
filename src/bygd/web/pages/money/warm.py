"""Warm: what most people ask for first is found as soon as a snapshot stands, not when the first of them asks."""

import threading
import time

from django.db import connections

from bygd.reports import LANGUAGES
from bygd.sources.errors import InputError
from bygd.web.pages.money import told as telling
from bygd.web.pages.money.asked import Asked, choices
from bygd.web.pages.money.told import TABS
from bygd.web.places import held
from bygd.web.places.models import Place

AT_FIRST, EVERY = 2, 20
"""Seconds before the first look at whether another snapshot stands, so that the first to come is answered, and
between looks."""


def warm(place: Place, languages: tuple[str, ...] = ()) -> None:
    """Find the figures of all anchors together, by the place's own definition of local, in its own languages."""
    project = place.project
    opened = held.current(project)
    if opened is None:
        return
    manifest = opened.snapshot.manifest
    offered = opened.answer(("money", "choices"), lambda engine: choices(engine, project, manifest, is_own=False))
    asked = Asked(is_own=False, by=offered.by, within=offered.within)
    for language in languages or tuple(one for one in project.country.languages if one in LANGUAGES):
        for name, tab in TABS.items():
            if tab.is_own:
                continue
            said = telling.told(opened, project, asked, language, name)
            for section in said.sections.values():
                for picture in section.pictures:
                    telling.svg(opened, asked, said, picture, "wide")


def keep_warm() -> threading.Thread:
    """Look at every place again and again, in a thread of its own that ends with the process."""

    def watch() -> None:
        seen: dict[str, str] = {}
        time.sleep(AT_FIRST)
        while True:
            places = list(Place.objects.all())
            connections.close_all()
            for place in places:
                try:
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
