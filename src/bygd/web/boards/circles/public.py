"""The participants' pages of a circle: what it is about, its meetings and questions, efforts, talks; no account."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_safe

from bygd.reports import Translator
from bygd.web import guard, languages
from bygd.web.boards import facts
from bygd.web.boards.circles import files, shared
from bygd.web.boards.circles.forms import AnswerForm, EffortForm, TalkForm
from bygd.web.boards.circles.models import Answer, Circle, Effort, Talk
from bygd.web.boards.circles.words import CircleState
from bygd.web.boards.forms import Public
from bygd.web.boards.outside import OF_ALL, OF_ONE, SAID, STATUS, by_secret, grouped
from bygd.web.guard import Turned
from bygd.web.pages.place import sheet as fact_sheet

MOST_GIVEN = 2_000
"""So much may be given to one circle; nobody reads more."""


@by_secret(Circle)
@require_safe
def home(request: HttpRequest, circle: Circle) -> HttpResponse:
    """What the circle is about, when it meets, what to do before."""
    course = circle.held()
    return _page(request, circle, "outside.html", {"course": course, "sittings": shared.sittings(circle, course)})


@by_secret(Circle)
@require_safe
def place_facts(request: HttpRequest, circle: Circle) -> HttpResponse:
    """The facts about the place on one page."""
    sheets = fact_sheet.areas(circle.place.project)
    shown = {"groups": facts.of(circle.place, _spoken(request, circle)), "sheets": sheets}
    return _page(request, circle, "outside_facts.html", shown)


@by_secret(Circle)
@require_safe
def sheet(request: HttpRequest, circle: Circle) -> HttpResponse:
    """The fact sheet of the place, or of one of its villages and small areas: published statistics, no ledger."""
    asked, project = request.GET.get("area", ""), circle.place.project
    if asked and asked not in dict(fact_sheet.areas(project)):
        raise Http404
    return fact_sheet.page(project, asked, _spoken(request, circle).language)


@by_secret(Circle)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: HttpRequest, circle: Circle, key: str) -> HttpResponse:
    """The questions of one meeting with what was answered, and room for more."""
    course = circle.held()
    sitting = next((one for one in shared.sittings(circle, course) if one.meeting.key == key), None)
    if sitting is None:
        raise Http404
    asked = {one.part.key: one for one in sitting.asked if one.part.question}
    part = str(request.POST.get("part", ""))
    if request.method == "POST" and part not in asked:
        raise Http404
    form, status = _taken(request, circle, AnswerForm, f"{circle.key}-{key}")
    if status == 0:
        said = form.cleaned_data
        Answer.objects.create(circle=circle, part=part, text=said["text"], given_by=said["given_by"])
    if status in (0, TWICE):
        return _back(request, circle, "circle-outside-meeting", key, anchor=part)
    shown = {"sitting": sitting, "form": form, "part": part}
    return _page(request, circle, "outside_meeting.html", shown, status)


@by_secret(Circle)
@require_http_methods(["GET", "HEAD", "POST"])
def efforts(request: HttpRequest, circle: Circle) -> HttpResponse:
    """What is done already and could be done, pillar by pillar, and room for more."""
    form, status = _taken(request, circle, EffortForm, f"{circle.key}-efforts")
    if status == 0:
        names = ("pillar", "standing", "title", "text", "given_by")
        Effort.objects.create(circle=circle, **{name: form.cleaned_data[name] for name in names})
    if status in (0, TWICE):
        return _back(request, circle, "circle-outside-efforts", anchor="list")
    return _page(request, circle, "outside_efforts.html", {"matrix": shared.matrix(circle), "form": form}, status)


@by_secret(Circle)
@require_http_methods(["GET", "HEAD", "POST"])
def talks(request: HttpRequest, circle: Circle) -> HttpResponse:
    """Whom the circle has talked to, and room for more."""
    form, status = _taken(request, circle, TalkForm, f"{circle.key}-talks")
    if status == 0:
        names = ("partner", "about", "said", "next", "given_by")
        Talk.objects.create(circle=circle, **{name: form.cleaned_data[name] for name in names})
    if status in (0, TWICE):
        return _back(request, circle, "circle-outside-talks", anchor="list")
    found = list(circle.talks.filter(is_shown=True))
    return _page(request, circle, "outside_talks.html", {"talks": found, "form": form}, status)


@by_secret(Circle)
@require_safe
def result(request: HttpRequest, circle: Circle) -> HttpResponse:
    """What the circle has come to."""
    return _page(request, circle, "outside_result.html", {"result": files.concluded(circle, _spoken(request, circle))})


TWICE = -1
"""Sent already: the browser is led on as if it had been the first time."""


def _taken(request: HttpRequest, circle: Circle, kind: type[Public], about: str) -> tuple[Any, int]:
    """The form of a page, and 0 where what was sent is to be kept, else the status to show it again with."""
    translate = _spoken(request, circle)
    spoken = {"translate": translate, "project": circle.place.project}
    if request.method != "POST":
        return kind(initial={"token": guard.token(about)}, **spoken), 200
    form = kind(request.POST, **spoken)
    turned = guard.turned(request, about, str(request.POST.get("token", "")), of_one=OF_ONE, of_all=OF_ALL)
    if turned is Turned.AGAIN:
        return form, TWICE
    if circle.state == CircleState.CONCLUDED:
        form.add_error(None, translate("The circle is concluded. Nothing more is written down."))
    elif turned is not None:
        form.add_error(None, translate(SAID[turned]))
    elif sum(given.count() for given in (circle.answers, circle.efforts, circle.talks)) >= MOST_GIVEN:
        form.add_error(None, translate("So much has been written down that nobody could read more."))
    if form.is_valid():
        return form, TWICE if form.cleaned_data["website"] else 0
    if turned is None:
        guard.release(str(request.POST["token"]))
    form.data = {**dict(form.data.items()), "token": guard.token(about)}
    return form, STATUS.get(turned, 422) if turned else 422


def _spoken(request: HttpRequest, circle: Circle) -> Translator:
    asked = request.GET.get("lang", "")
    return Translator(asked if asked in languages.SPOKEN else circle.language, languages.PACKAGE)


def _page(
    request: HttpRequest, circle: Circle, template: str, shown: dict[str, Any], status: int = 200
) -> HttpResponse:
    translate = _spoken(request, circle)
    request.language, request.translate = translate.language, translate  # type: ignore[attr-defined]
    secret = grouped(circle.secret)

    def to(name: str, *args: Any) -> str:
        return f"{reverse(name, args=[secret, *args])}?lang={translate.language}"

    with translation.override(translate.language):
        answer = render(
            request,
            f"boards/circles/{template}",
            {"circle": circle, "where": circle.place, "to": to, "course": circle.held(), **shared.WORDS, **shown},
            status=status,
        )
    answer["Content-Language"] = translate.language
    return answer


def _back(request: HttpRequest, circle: Circle, name: str, *args: Any, anchor: str = "") -> HttpResponse:
    language = _spoken(request, circle).language
    return redirect(f"{reverse(name, args=[grouped(circle.secret), *args])}?lang={language}&sent=1#{anchor}")
