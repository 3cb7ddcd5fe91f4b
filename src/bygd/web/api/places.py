"""Places that a caller works in, their snapshots, and what any place published."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Schema

from bygd.web.api.callers import Caller, reach
from bygd.web.api.problems import SCOPE, Problem
from bygd.web.languages import spoken
from bygd.web.people.words import Right, Scope
from bygd.web.places import published
from bygd.web.places.models import Place
from bygd.workbench import snapshot

router = Router(tags=["Places"])
outside = Router(tags=["Published"], auth=None)


class PlaceOut(Schema):
    """A place: what the caller is there, which snapshot it stands on, which is published."""

    slug: str
    name: str
    area_id: str
    roles: list[str]
    anchors: list[str]
    snapshot: str | None
    published: str | None


class SnapshotOut(Schema):
    """A build: when it was made, by which version, and what it is of."""

    id: str
    built_at: str
    bygd: str
    is_current: bool
    is_published: bool
    sources: list[str]
    decisions: dict[str, int]
    warnings: list[str]


class PublishedOut(Schema):
    """A place that published something, and where its pages are."""

    slug: str
    name: str
    area_id: str
    snapshot: str
    page: str


class FiguresOut(Schema):
    """What a place published: figures.json, as docs/reference/figures.md describes it."""

    version: int
    audience: str
    place: dict[str, str]
    snapshot: str
    figures: list[dict[str, Any]]


@router.get("/places", response=list[PlaceOut], operation_id="places")
def places(request: HttpRequest) -> Any:
    """The places you are something in."""
    caller: Caller = request.auth  # type: ignore[attr-defined]
    if Scope.READ not in caller.scopes:
        raise Problem(403, SCOPE, scope="read")
    found = Place.objects.filter(memberships__person=caller.person).distinct()
    return [_place(one, caller) for one in found]


@router.get("/places/{slug:place}", response=PlaceOut, operation_id="place")
def place(request: HttpRequest, place: str) -> Any:
    """One place."""
    return _place(reach(request, place, Right.SEE_POOL).place, request.auth)  # type: ignore[attr-defined]


@router.get("/places/{slug:place}/snapshots", response=list[SnapshotOut], operation_id="snapshots")
def snapshots(request: HttpRequest, place: str) -> Any:
    """The builds of the place, latest first."""
    found = reach(request, place, Right.SEE_POOL).place
    project = found.project
    now, speak = _current(found), spoken()
    return [
        {
            "id": one.id,
            "built_at": one.manifest["built_at"],
            "bygd": one.manifest["bygd"],
            "is_current": one.id == now,
            "is_published": one.id == found.published,
            "sources": one.manifest.get("sources", []),
            "decisions": one.manifest.get("decisions", {}),
            "warnings": [speak.said(text) for text in one.manifest.get("warnings", [])],
        }
        for one in reversed(snapshot.history(project))
    ]


@outside.get("/published", response=list[PublishedOut], operation_id="published_places")
def published_places(request: HttpRequest) -> Any:
    """The places that published something. Needs no token."""
    return [
        {
            "slug": one.slug,
            "name": one.name,
            "area_id": one.project.place_id,
            "snapshot": one.published,
            "page": _address(request, f"/open/{one.slug}/"),
        }
        for one in Place.objects.exclude(published="")
    ]


@outside.get("/published/{slug:place}", response=FiguresOut, operation_id="published_figures")
def published_figures(request: HttpRequest, place: str) -> Any:
    """The figures that a place published. Needs no token."""
    return json.loads(_published(place, "figures.json"))


@outside.get(
    "/published/{slug:place}/datapackage",
    operation_id="published_datapackage",
    response={200: dict[str, Any]},
)
def published_datapackage(request: HttpRequest, place: str) -> Any:
    """The files that a place published, as a Data Package. Their paths are relative to its public page."""
    return json.loads(_published(place, "datapackage.json"))


def _address(request: HttpRequest, path: str) -> str:
    return f"{settings.ADDRESS}{path}" if settings.ADDRESS else request.build_absolute_uri(path)


def _published(slug: str, file: str) -> bytes:
    found = Place.objects.filter(slug=slug).exclude(published="").first()
    folder = published.folder(found) if found else None
    if folder is None:
        raise Problem(404, "There is no such place, or it published nothing.")
    return (folder / file).read_bytes()


def _current(place: Place) -> str | None:
    pointer = place.project.state / snapshot.POINTER
    return pointer.read_text(encoding="utf-8").strip() if pointer.exists() else None


def _place(one: Place, caller: Caller) -> dict[str, Any]:
    access = caller.person.access(one)
    return {
        "slug": one.slug,
        "name": one.name,
        "area_id": one.project.place_id,
        "roles": sorted(role.value for role in access.roles),
        "anchors": sorted(access.anchors),
        "snapshot": _current(one),
        "published": one.published or None,
    }
