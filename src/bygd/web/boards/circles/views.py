"""Views of study circles: the circles of a place, one at work, beginning one, changing its course."""

import re
import secrets
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bygd.reports import Translator
from bygd.reports.translate import N_
from bygd.tools import circles
from bygd.tools.circles import Course, Part
from bygd.web import languages
from bygd.web.boards import facts
from bygd.web.boards.circles import files, shared
from bygd.web.boards.circles.forms import BeginForm, MeetingForm, PartForm
from bygd.web.boards.circles.models import Circle
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right

KEY = re.compile(r"\w{1,40}")
MORE_PARTS = 2
"""Empty parts that stand below those of a meeting, to be filled in."""


@needs(Right.SEE_POOL)
@require_safe
def every(request: PlaceRequest) -> HttpResponse:
    """The circles of the place."""
    files.taken_in(request.place)
    found = Circle.objects.filter(place=request.place)
    return render(request, "boards/circles/list.html", {"circles": list(found), **shared.WORDS})


@needs(Right.FACILITATE)
@require_http_methods(["GET", "POST"])
def begin(request: PlaceRequest) -> HttpResponse:
    """Begin a circle from a ready course."""
    project = request.place.project
    shown = circles.courses(project.country, request.language)
    form = BeginForm(
        request.POST or None,
        translate=request.translate,
        project=project,
        templates=[(one.id, f"{one.title}. {one.about}") for one in shown.values()],
        languages=[(code, str(name)) for code, name in settings.LANGUAGES],
        initial={"language": request.language, "template": next(iter(shown), "")},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        course = circles.courses(project.country, said["language"])[said["template"]]
        circle = Circle(
            place=request.place,
            key=secrets.token_hex(6),
            title=said["title"],
            language=said["language"],
            where=said["where"],
            course=circles.plain(course),
            made_by=request.user.label,
        )
        circle.renew()
        circle.save()
        log.record(request, N_("began a study circle"), circle.key)
        return redirect("circle", request.place.slug, circle.pk)
    return render(
        request, "boards/circles/begin.html", {"form": form, "courses": shown}, status=422 if form.errors else 200
    )


@needs(Right.SEE_POOL)
@require_safe
def desk(request: PlaceRequest, number: int) -> HttpResponse:
    """One circle: its address, its meetings, what was given, and where to go on."""
    circle = of(request, number)
    may = request.access.may(Right.FACILITATE)
    course = circle.held()
    shown = {
        "circle": circle,
        "course": course,
        "sittings": shared.sittings(circle, course, hidden=may),
        "matrix": shared.matrix(circle, hidden=may),
        "talks": [one for one in circle.talks.all() if one.is_shown or may],
        "may": may,
        "address": shared.address(request, circle) if may else "",
        "code": shared.code(request, circle, request.translate) if may else "",
    }
    return render(request, "boards/circles/desk.html", shown | shared.WORDS)


@needs(Right.SEE_POOL)
@require_safe
def script(request: PlaceRequest, number: int) -> HttpResponse:
    """The facilitator's script, to read and to print."""
    circle = of(request, number)
    course = circle.held()
    return _print(request, "script.html", circle, {"course": course, "sittings": shared.sittings(circle, course)})


@needs(Right.SEE_POOL)
@require_safe
def handout(request: PlaceRequest, number: int) -> HttpResponse:
    """What participants get on paper: tasks, questions with room for answers, the empty list of efforts."""
    circle = of(request, number)
    course = circle.held()
    shown = {"course": course, "sittings": shared.sittings(circle, course), "address": shared.address(request, circle)}
    code = shared.code(request, circle, Translator(circle.language, languages.PACKAGE))
    may = request.access.may(Right.FACILITATE)
    return _print(request, "handout.html", circle, shown | {"code": code if may else "", "may": may})


@needs(Right.SEE_POOL)
@require_safe
def place_facts(request: PlaceRequest) -> HttpResponse:
    """The facts about the place, on one page to print."""
    return render(request, "boards/facts.html", {"groups": facts.of(request.place, request.translate)})


@needs(Right.FACILITATE)
@require_http_methods(["GET", "POST"])
def meeting(request: PlaceRequest, number: int, key: str) -> HttpResponse:
    """Change one meeting of a circle's course: its day, tasks and parts."""
    circle = of(request, number)
    course = circle.held()
    held = next((one for one in course.meetings if one.key == key), None)
    if held is None:
        raise Http404
    spoken: dict[str, Any] = {"translate": request.translate, "project": request.place.project}
    first = {
        "title": held.title,
        "on": shared.on(circle, key),
        "before": "\n".join(held.before),
        "bring": "\n".join(held.bring),
        "efforts": held.efforts,
        "first_steps": held.first_steps,
    }
    form = MeetingForm(request.POST or None, initial=first, **spoken)
    empty = [Part(f"{key}p{secrets.token_hex(3)}", 0, "", "") for _time in range(MORE_PARTS)]
    keys = [one.key for one in (*held.parts, *empty)]
    if request.method == "POST":
        keys = [name[:-4] for name in request.POST if name.endswith("-key") and KEY.fullmatch(name[:-4])]
    by_key = {one.key: one for one in (*held.parts, *empty)}
    parts = [PartForm(request.POST or None, prefix=one, initial=_first(by_key.get(one), one), **spoken) for one in keys]
    if request.method == "POST" and form.is_valid() and all(one.is_valid() for one in parts):
        _change(circle, course, key, form.cleaned_data, [one.cleaned_data for one in parts])
        log.record(request, N_("changed a study circle"), circle.key)
        messages.success(request, request.translate("Changed."))
        return redirect("circle", request.place.slug, circle.pk)
    shown = {"circle": circle, "meeting": held, "form": form, "parts_of": parts}
    wrong = bool(form.errors) or any(one.errors for one in parts)
    return render(request, "boards/circles/meeting.html", shown, status=422 if wrong else 200)


@needs(Right.FACILITATE)
@require_POST
def longer(request: PlaceRequest, number: int) -> HttpResponse:
    """Add a meeting at the end of the course, to be filled in."""
    circle = of(request, number)
    course = circle.held()
    if len(course.meetings) < circles.MOST_MEETINGS:
        made = circles.Meeting(f"m{secrets.token_hex(3)}", request.translate("A new meeting"), 0, (), (), ())
        _keep(circle, replace(course, meetings=(*course.meetings, made)))
        log.record(request, N_("changed a study circle"), circle.key)
        return redirect("circle-meeting", request.place.slug, circle.pk, made.key)
    messages.error(request, request.translate("A course has no more meetings than that."))
    return redirect("circle", request.place.slug, circle.pk)


@needs(Right.FACILITATE)
@require_POST
def shorter(request: PlaceRequest, number: int, key: str) -> HttpResponse:
    """Leave a meeting out of the course; one whose questions were answered stays."""
    circle = of(request, number)
    course = circle.held()
    held = next((one for one in course.meetings if one.key == key), None)
    if held is None:
        raise Http404
    if len(course.meetings) == 1 or circle.answers.filter(part__in=[part.key for part in held.parts]).exists():
        messages.error(request, request.translate("Something was answered in it, or it is the only one. It stays."))
    else:
        _keep(circle, replace(course, meetings=tuple(one for one in course.meetings if one.key != key)))
        log.record(request, N_("changed a study circle"), circle.key)
        messages.success(request, request.translate("The meeting is left out."))
    return redirect("circle", request.place.slug, circle.pk)


@needs(Right.FACILITATE)
@require_POST
def renew(request: PlaceRequest, number: int) -> HttpResponse:
    """Give the circle a new address; the old one leads nowhere from now on."""
    circle = of(request, number)
    circle.renew()
    circle.save(update_fields=["nonce", "secret_hash"])
    log.record(request, N_("gave a study circle a new address"), circle.key)
    messages.success(request, request.translate("The circle has a new address. The old one leads nowhere."))
    return redirect("circle", request.place.slug, circle.pk)


def of(request: PlaceRequest, number: int) -> Circle:
    """That circle of the place; 404 where there is none."""
    found = Circle.objects.filter(place=request.place, pk=number).first()
    if found is None:
        raise Http404
    return found


def _print(request: PlaceRequest, template: str, circle: Circle, shown: dict[str, Any]) -> HttpResponse:
    """A print, in the language of the circle whoever prints it."""
    own = Translator(circle.language, languages.PACKAGE)
    return render(request, f"boards/circles/{template}", {"circle": circle, "translate": own, **shown, **shared.WORDS})


def _first(part: Part | None, key: str) -> dict[str, Any]:
    if part is None:
        return {"key": key}
    return {
        "key": key,
        "title": part.title,
        "minutes": part.minutes or None,
        "script": part.script,
        "question": part.question,
    }


def _change(circle: Circle, course: Course, key: str, said: dict[str, Any], parts: list[dict[str, Any]]) -> None:
    kept = tuple(
        Part(one["key"], one["minutes"] or 0, one["title"], one["script"], one["question"])
        for one in parts
        if one["title"]
    )
    changed = {
        "title": said["title"],
        "before": tuple(filter(None, map(str.strip, said["before"].splitlines()))),
        "bring": tuple(filter(None, map(str.strip, said["bring"].splitlines()))),
        "parts": kept,
        "minutes": sum(one.minutes for one in kept),
        "efforts": said["efforts"],
        "first_steps": said["first_steps"],
    }
    meetings = tuple(replace(one, **changed) if one.key == key else one for one in course.meetings)
    circle.course = circles.plain(replace(course, meetings=meetings))
    circle.days = {**circle.days, key: said["on"].isoformat() if said["on"] else ""}
    circle.save(update_fields=["course", "days"])


def _keep(circle: Circle, course: Course) -> None:
    circle.course = circles.plain(course)
    circle.save(update_fields=["course"])
