"""Evidence: what a card rests on, each line as a figure with its method card, a link, or words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from bygd.reports import provenance
from bygd.sources.errors import InputError
from bygd.vocabulary.figures import Figure
from bygd.web.pages.money.asked import Asked, choices
from bygd.web.pages.money.told import Told, told
from bygd.web.pages.place.measured import measured
from bygd.web.people.gate import PlaceRequest
from bygd.web.places import held
from bygd.workbench import contracts

ADDRESS = re.compile(r"https?://\S+")
FIGURE = re.compile(r"snapshot:([^/\s]+)/(\S+)")
KEYED = re.compile(r"(contract|gap|indicator):(\S+)")


@dataclass(frozen=True)
class Piece:
    """One line of evidence: its text; where it leads; for a figure its value and method card."""

    text: str
    href: str = ""
    value: str = ""
    card: Sequence[tuple[str, str]] = ()
    is_missing: bool = False


def resolved(request: PlaceRequest, card: Mapping[str, Any]) -> list[Piece]:
    """What a card rests on, line by line; what cannot be found says so."""
    return [_piece(request, line.strip()) for line in (card["evidence"] or "").splitlines() if line.strip()]


def figures(request: PlaceRequest) -> list[tuple[str, str, str]]:
    """Figures of the snapshot in use that may be published: reference, name and value."""
    opened = held.current(request.place.project)
    said = _told(request, "") if opened else None
    if opened is None or said is None:
        return []
    return [
        (f"snapshot:{opened.snapshot.id}/{one.id}", _name(one, said), provenance.value(one, one.value, said.subject))
        for one in said.subject.figures
        if one.anchor is None and one.value is not None and one.id not in said.subject.withheld
    ]


def _piece(request: PlaceRequest, line: str) -> Piece:
    _, slug = request.translate, request.place.slug
    if match := FIGURE.fullmatch(line):
        return _figure(request, match[1], match[2])
    if match := KEYED.fullmatch(line):
        kind, key = match.groups()
        if kind == "contract":
            row = next((one for one in contracts.current(request.place.project) if one["contract_key"] == key), None)
            return Piece(row["title"], reverse("contract", args=[slug, key])) if row else Piece(line, is_missing=True)
        if kind == "gap":
            return Piece(_("A market gap: {name}", name=key), reverse("gaps", args=[slug]))
        told = measured(request.place, line, _)
        if told is None:
            return Piece(_("An indicator: {name}", name=key), is_missing=True)
        return Piece(f"{told.name}, {told.area}, {told.period}", told.href, told.value, told.card)
    if match := ADDRESS.search(line):
        text = line.replace(match[0], "").strip(" :–-") or match[0]
        return Piece(text, match[0])
    return Piece(line)


def _figure(request: PlaceRequest, snapshot: str, id: str) -> Piece:
    said = _told(request, snapshot)
    found = next((one for one in said.subject.figures if one.id == id), None) if said else None
    if said is None or found is None:
        return Piece(f"{snapshot}/{id}", is_missing=True)
    value = (
        request.translate("withheld")
        if found.id in said.subject.withheld
        else provenance.value(found, found.value, said.subject)
    )
    href = reverse("snapshot", args=[request.place.slug, snapshot])
    return Piece(_name(found, said), href, value, provenance.card(found, said.subject))


def _name(figure: Figure, said: Told) -> str:
    return f"{provenance.title(figure, said.subject)}, {said.subject.period(figure.period)}"


def _told(request: PlaceRequest, snapshot: str) -> Told | None:
    """The pooled figures of a snapshot as the public report tells them; None where they are not there or withheld."""
    project = request.place.project
    try:
        opened = held.of(project, snapshot) if snapshot else held.current(project)
        if opened is None:
            return None
        manifest = opened.manifest
        offered = opened.answer(("money", "choices"), lambda engine: choices(engine, project, manifest, is_own=False))
        return told(opened, project, Asked(False, offered.by, offered.within), request.language, "overview")
    except InputError:
        return None
