"""Looked: what a page of the place is told from: the question in the address and the profile that answers it."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.http import Http404

from bygd import countries
from bygd.reports import Translator
from bygd.reports.place.values import text_of
from bygd.sources.errors import InputError
from bygd.vocabulary.place_words import Direction, Level
from bygd.web.pages.place.asked import Asked, Question
from bygd.web.people.gate import PlaceRequest
from bygd.workbench import place as statistics
from bygd.workbench.place import known, variant, villages
from bygd.workbench.place.profile import Named, Profile
from bygd.workbench.project import Project

Made = TypeVar("Made")

MOST_PROFILES = 24
"""Profiles that are kept; the one asked for longest ago is let go. Each is 8 MB and takes a quarter of a second."""
MOST_MADE = 200
"""What is made of them, several for one view of a map: at most a third of a megabyte, so that none costs a profile."""
SMALL = (Level.SMALL_AREA, Level.DISTRICT, Level.LOCALITY)

_profiles: OrderedDict[Hashable, Any] = OrderedDict()
_made: OrderedDict[Hashable, Any] = OrderedDict()
_guard = threading.Lock()


@dataclass(frozen=True)
class Looked:
    """The question and its answer; `problem` says why there is none."""

    project: Project
    form: Question
    asked: Asked
    profile: Profile | None
    problem: str = ""

    @property
    def currency(self) -> str:
        """The country's currency."""
        return self.project.country.currency

    @property
    def found(self) -> Profile:
        """The profile. Raises Http404 where there is none; for pictures and files."""
        if self.profile is None:
            raise Http404
        return self.profile


def look(request: PlaceRequest) -> Looked:
    """What the request asks for; a wrong choice in the address gives no profile but the form that says so."""
    project, _ = request.place.project, request.translate
    try:
        whole, areas, years, offered = offers(project)
    except InputError as error:
        return Looked(project, _form(request, (), (), (), None), Asked(), None, _.said(error))
    form = _form(request, areas, years, offered, whole)
    if not form.is_valid():
        return Looked(project, form, Asked(), None)
    asked = form.asked()
    try:
        return Looked(project, form, asked, answered(project, asked))
    except InputError as error:
        return Looked(project, form, asked, None, _.said(error))


def answered(project: Project, asked: Asked) -> Profile:
    """The profile of a question, kept until a file that it is made of changes. Raises InputError."""
    return kept(
        project,
        asked,
        lambda: variant.variant(
            project, asked.area, peers=asked.peers, structure=asked.by, number=asked.number, until=asked.year
        ),
        _profiles,
        MOST_PROFILES,
    )


def offers(project: Project) -> tuple[Profile, tuple[Named, ...], list[str], list[tuple[str, str]]]:
    """The profile of the place itself, and what there is to choose: areas, years, other municipalities."""

    def make() -> tuple[Profile, tuple[Named, ...], list[str], list[tuple[str, str]]]:
        whole, held = answered(project, Asked()), known.load(project)
        rows = held.areas.to_pylist()
        small = [
            Named(row["area_id"], row["name"], Level(row["level"]), row["vintage"], row["parent_id"] or "")
            for row in rows
            if Level(row["level"]) in SMALL
        ]
        own = [
            Named(one.area_id, one.name, Level.VILLAGE, one.vintage, one.parent)
            for one in villages.every(project).values()
        ]
        newest = {one.area_id: one for one in sorted(small, key=lambda one: one.vintage)}
        areas = (*own, whole.area, *sorted(newest.values(), key=lambda one: one.name), *whole.around)
        offered = sorted(
            (
                (row["area_id"], row["name"])
                for row in rows
                if row["level"] == Level.MUNICIPALITY and row["area_id"] != whole.area.area_id
            ),
            key=lambda one: one[1],
        )
        return whole, areas, variant.years(whole), offered

    return kept(project, "offers", make)


def kept(
    project: Project,
    key: Hashable,
    make: Callable[[], Made],
    store: OrderedDict[Hashable, Any] = _made,
    most: int = MOST_MADE,
) -> Made:
    """What `make` gives, kept with the project's files as they are now."""
    whole = (project.folder, variant.stamp(project), key)
    with _guard:
        if whole in store:
            store.move_to_end(whole)
            found: Made = store[whole]
            return found
    made = make()
    with _guard:
        store[whole] = made
        while len(store) > most:
            store.popitem(last=False)
    return made


@cache
def title_of(source: str) -> str:
    """The name of a source by its id; the id where no pack has it."""
    try:
        return countries.source(source).title
    except (InputError, LookupError):
        return source


def peer_names(project: Project, profile: Profile) -> dict[str, str]:
    """Names of the places compared with, by id."""
    ids = tuple(one.area_id for one in profile.peers.peers)
    found: dict[str, str] = kept(project, ("names", ids), lambda: statistics.names_of(project, profile))
    return {id: found.get(id, id) for id in ids}


def _form(request: PlaceRequest, areas: Any, years: Any, offered: Any, whole: Profile | None) -> Question:
    structure = structures(whole, request.translate) if whole else []
    return Question(
        request.GET, translate=request.translate, areas=areas, own=request.place.project.place_id, years=years,
        offered=offered, structure=structure,
    )  # fmt: skip


def structures(whole: Profile, translate: Translator) -> list[tuple[str, str]]:
    """Indicators by which places may be alike: of structure, never of outcome."""
    catalogue = whole.readings.catalogue
    return [
        (id, text_of(one.label, translate))
        for id, one in catalogue.items()
        if one.direction is Direction.NEITHER and whole.one(id) is not None
    ]
