"""The money pages: sentence, picture and table for one question at a time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bygd.reports import provenance
from bygd.reports.grid import Grid, Kind, Withheld, behind, shown
from bygd.reports.subject import Subject
from bygd.sources.errors import InputError
from bygd.web.addresses import whole
from bygd.web.pages import older
from bygd.web.pages.money import told as telling
from bygd.web.pages.money.asked import OWN, Asked, Question, choices
from bygd.web.pages.money.told import TABS, Tab, Told
from bygd.web.pages.older import Chosen, Unreadable
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.places.held import Held
from bygd.workbench.project import Project

CARDS = 8
"""Method cards under a section; the full report holds all."""


@dataclass(frozen=True)
class Looked:
    """What a request for money looks at: the snapshot its asker may see, the filters, and the question they make."""

    project: Project
    chosen: Chosen
    form: Question
    asked: Asked | None

    @property
    def held(self) -> Held:
        """The snapshot itself."""
        return self.chosen.held

    @property
    def question(self) -> Asked:
        """The question. Raises Http404 where the address does not make one; for downloads and pictures."""
        if self.asked is None:
            raise Http404
        return self.asked


def look(request: PlaceRequest) -> Looked | None:
    """What the request looks at; None where nothing was built yet. Own figures are for members of an anchor.

    Raises Unreadable where the address names a snapshot that this version cannot tell any more.
    """
    is_own = request.GET.get("scope") == OWN
    if is_own and not request.access.may(Right.SEE_ROWS):
        raise PermissionDenied
    project = request.place.project
    chosen = older.chosen(request, request.access.anchors if is_own else None)
    if chosen is None:
        return None
    opened, manifest = chosen.held, chosen.held.manifest
    with older.readable(chosen):
        offered = opened.answer(("money", "choices"), lambda engine: choices(engine, project, manifest, is_own=is_own))
    form = Question(request.GET, translate=request.translate, choices=offered, is_own=is_own, snapshot=chosen.name)
    return Looked(project, chosen, form, form.asked() if form.is_valid() else None)


@needs(Right.SEE_POOL)
@require_safe
def money(request: PlaceRequest, tab: str = "overview") -> HttpResponse:
    """One of the money pages; only the results of it for htmx, which puts them in place of the old ones."""
    if tab not in TABS:
        raise Http404
    try:
        looked = look(request)
    except Unreadable as error:
        return render(request, "money/nothing.html", {"problem": request.translate.said(error)})
    if looked is None:
        return render(request, "money/nothing.html")
    if TABS[tab].is_own and not looked.form.is_own:
        tab = "overview"
    said, problem = None, ""
    if looked.asked:
        try:
            with older.readable(looked.chosen):
                said = telling.told(looked.held, looked.project, looked.asked, request.language, tab)
        except Unreadable as error:
            problem = request.translate.said(error)
        except InputError:  # all purchases together rest on too few suppliers
            problem = request.translate(
                "Too few suppliers stand behind the figures of all institutions together to show them."
            )
    is_part = bool(request.htmx) and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    answer = render(
        request,
        "money/results.html" if is_part else "money/page.html",
        {
            **speaking(request, looked, said),
            "tabs": [(name, one.label) for name, one in TABS.items() if looked.form.is_own or not one.is_own],
            "tab": tab,
            "is_part": is_part,
            "label": TABS[tab].label,
            "problem": problem,
            "own": request.access.may(Right.SEE_ROWS),
            "embed_at": embedding(request) if not (looked.form.is_own or looked.chosen.name) else None,
        },
        status=200 if looked.asked else 400,
    )
    answer["Vary"] = "HX-Request, Cookie, Accept-Language"
    return answer


def speaking(request: HttpRequest, looked: Looked, said: Told | None) -> dict[str, Any]:
    """What templates of money need to write figures and tables out."""
    subject = said.subject if said else None
    return {
        "form": looked.form,
        "asked": looked.asked,
        "sections": list(said.sections.values()) if said else [],
        "lead": said.lead if said else (),
        "snapshot": looked.held.snapshot.id,
        "old": looked.chosen if looked.chosen.is_old else None,
        "parties": said.parties if said else (),
        "behind": lambda grid, row, column: rows_behind(looked, grid, row, column),
        "usual": said.usual if said else None,
        "usual_area": said.subject.area(said.subject.rings.get(said.usual.within)) if said and said.usual else "",
        "shown_cards": CARDS,
        **(written(subject) if subject else {}),
    }


def rows_behind(looked: Looked, grid: Grid, row: int, column: int) -> str:
    """The query for the payments that a cell is made of; empty where it leads nowhere, or not for the one who asks."""
    of = behind(grid, row, column) if looked.form.is_own and looked.asked else None
    if of is None or not all(looked.form.offers(name, value) for name, value in of.items()):
        return ""
    return looked.question.query(**of)


def embedding(request: PlaceRequest) -> Callable[..., str] | None:
    """What gives the address of an embed; None where nothing is published that could be embedded."""
    place = request.place
    if not place.published:
        return None

    def at(name: str, ending: str = "") -> str:
        path = (
            reverse("embed-picture", args=(place.slug, name, ending))
            if ending
            else reverse("embed", args=(place.slug, name))
        )
        return whole(request, path)

    return at


def written(subject: Subject) -> Mapping[str, Any]:
    """How the cells, headings and method cards of a subject are written."""
    unit = subject.translate.symbol(subject.currency)
    return {
        "cell": lambda value, head: shown(value, head.kind, subject.translate),
        "heading": lambda head: head.titled(unit),
        "is_number": lambda head: head.kind is not Kind.TEXT,
        "is_withheld": lambda value: isinstance(value, Withheld),
        "card_of": lambda figure: provenance.card(figure, subject),
        "name_of": lambda figure: provenance.title(figure, subject),
        "foot": provenance.foot(subject),
        "alt": alt,
        "titled": titled,
    }


def titled(picture: Any) -> str:
    """The title of a picture on one line."""
    title = picture.wide["title"]
    return title if isinstance(title, str) else " ".join(title["text"])


def alt(picture: Any) -> str:
    """What a picture shows, in words: its title and its description."""
    title = titled(picture)
    ended = title if title.endswith("?") else f"{title.rstrip('.')}."
    return f"{ended} {picture.wide['description']}"


__all__ = ["Looked", "Tab", "look", "money", "speaking"]
