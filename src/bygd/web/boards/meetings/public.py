"""The meeting's page on phones: what it is about, an idea, a vote, the result; no account, no cookies."""

from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bygd.reports import Translator
from bygd.sources.errors import InputError
from bygd.web import guard
from bygd.web.boards.forms import Public
from bygd.web.boards.meetings import acting, told
from bygd.web.boards.meetings.forms import IdeaForm, VoteForm
from bygd.web.boards.meetings.models import TEXT, Idea, Meeting
from bygd.web.boards.meetings.running import came_of
from bygd.web.boards.meetings.words import IdeaState, Phase, Source
from bygd.web.boards.outside import OF_ALL, OF_ONE, SAID, STATUS, by_secret, grouped, tidy
from bygd.web.guard import Turned


@by_secret(Meeting)
@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """What phones show: before, an invitation; then a form for ideas, for votes, and the result."""
    if request.method == "POST" and _is_late(request, meeting):
        return _late(request, meeting)
    if meeting.phase == Phase.IDEAS:
        return _ideas(request, meeting)
    if meeting.phase == Phase.VOTING:
        return _vote(request, meeting)
    if meeting.phase == Phase.PLANNED:
        return _page(request, meeting, "outside.html", {})
    return _page(request, meeting, "outside_result.html", came_of(meeting))


@by_secret(Meeting)
@require_safe
def panel(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """How the panel is drawn by lot: the fingerprint of the pool, quotas, seed, and the codes that were drawn."""
    found = getattr(meeting, "lottery", None)
    return _page(request, meeting, "outside_lottery.html", {"lottery": found}, 200 if found else 404)


def _ideas(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    translate: Translator = request.translate  # type: ignore[attr-defined]
    spoken: dict[str, Any] = {"translate": translate, "project": meeting.place.project}
    about, status = f"{meeting.key}-ideas", 200
    form = IdeaForm(request.POST or None, initial={"token": guard.token(about)}, **spoken)
    if request.method == "POST":
        turned = _turned(request, form, about, translate)
        if turned is Turned.AGAIN:
            return _back(request, meeting)
        if meeting.ideas.count() >= acting.MOST_IDEAS:
            form.add_error(None, translate("The meeting has so many ideas that nobody could read more."))
        if form.is_valid():
            if not form.cleaned_data["website"]:
                _keep(meeting, form)
            return _back(request, meeting)
        if turned is None:
            guard.release(str(request.POST["token"]))
        form, status = _again(form, about), STATUS.get(turned, 422) if turned else 422
    shown = {"form": form, "wall": told.wall(meeting), "sent": request.GET.get("sent")}
    return _page(request, meeting, "outside_ideas.html", shown, status)


def _vote(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    translate: Translator = request.translate  # type: ignore[attr-defined]
    said = told.wall(meeting)
    about, status = f"{meeting.key}-vote", 200
    first = {"token": guard.token(about), "card": request.GET.get("card", "")[:12]}
    form = VoteForm(
        request.POST or None,
        initial=first,
        translate=translate,
        project=meeting.place.project,
        meeting=meeting,
        groups=[one.group for one in said.gathered],
    )
    if request.method == "POST":
        turned = _turned(request, form, about, translate)
        if turned is Turned.AGAIN:
            return _back(request, meeting)
        if form.is_valid():
            if not form.cleaned_data["website"]:
                try:
                    acting.keep(meeting, form.cleaned_data["card"], form.cleaned_data["marks"])
                except InputError as error:
                    form.add_error(None, translate.said(error))
            if not form.errors:
                return _back(request, meeting)
        if turned is None:
            guard.release(str(request.POST["token"]))
        form, status = _again(form, about), STATUS.get(turned, 422) if turned else 422
    shown = {"form": form, "wall": said, "sent": request.GET.get("sent")}
    return _page(request, meeting, "outside_vote.html", shown, status)


def _is_late(request: HttpRequest, meeting: Meeting) -> bool:
    """Whether what was sent is of a phase that the meeting has left: a slow line, or a page that stood open."""
    return bool(meeting.phase != (Phase.IDEAS if "text" in request.POST else Phase.VOTING))


def _late(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Say that it came too late, and give an idea back; what had come in before and was sent again stands."""
    given = request.POST
    shown = {
        "text": given.get("text", "")[:TEXT],
        "stands": meeting.ideas.filter(key=_key(str(given.get("token", "")))).exists()
        if "text" in given
        else meeting.ballots.filter(card=tidy("".join(given.get("card", "").split()))).exists(),
        "is_idea": "text" in given,
    }
    return _page(request, meeting, "outside_late.html", shown, 200 if shown["stands"] else 409)


def _key(token: str) -> str:
    try:
        return guard.nonce(token)
    except (signing.BadSignature, ValueError, TypeError):
        return ""


def _turned(request: HttpRequest, form: Public, about: str, translate: Translator) -> Turned | None:
    turned = guard.turned(request, about, str(request.POST.get("token", "")), of_one=OF_ONE, of_all=OF_ALL)
    if turned is not None and turned is not Turned.AGAIN:
        form.add_error(None, translate(SAID[turned]))
    return turned


def _keep(meeting: Meeting, form: Public) -> None:
    state = IdeaState.WAITING if meeting.reads_first else IdeaState.SHOWN
    said = form.cleaned_data
    Idea.objects.create(
        meeting=meeting,
        key=guard.nonce(str(said["token"])),
        text=said["text"],
        given_by=said["given_by"],
        source=Source.PHONE.value,
        state=state.value,
    )


def _again(form: Any, about: str) -> Any:
    """The same form with what was written, and a token that is good again."""
    form.data = {**dict(form.data.items()), "token": guard.token(about)}
    return form


def _page(
    request: HttpRequest, meeting: Meeting, template: str, shown: dict[str, Any], status: int = 200
) -> HttpResponse:
    language: str = request.language  # type: ignore[attr-defined]

    def to(name: str) -> str:
        return f"{reverse(name, args=[grouped(meeting.secret)])}?lang={language}"

    held = {"meeting": meeting, "where": meeting.place, "to": to, **told.WORDS, **shown}
    return render(request, f"boards/meetings/{template}", held, status=status)


def _back(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    language: str = request.language  # type: ignore[attr-defined]
    return redirect(f"{reverse('meeting-outside', args=[grouped(meeting.secret)])}?lang={language}&sent=1")
