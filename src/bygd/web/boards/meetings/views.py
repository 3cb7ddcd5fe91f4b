"""Views of open meetings: the meetings of a place, the plan of one, how far it is, its prints."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bygd.reports import Translator
from bygd.reports.translate import N_
from bygd.web import languages
from bygd.web.addresses import whole
from bygd.web.boards import codes as squares
from bygd.web.boards.meetings import files, told
from bygd.web.boards.meetings.forms import PLAN, PlanForm
from bygd.web.boards.meetings.models import Meeting
from bygd.web.boards.meetings.words import Phase, VoteKind
from bygd.web.boards.outside import grouped
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right

NEXT: dict[Phase, tuple[Phase, ...]] = {
    Phase.PLANNED: (Phase.IDEAS,),
    Phase.IDEAS: (Phase.VOTING, Phase.RESULT),
    Phase.VOTING: (Phase.RESULT, Phase.IDEAS),
    Phase.RESULT: (Phase.CLOSED, Phase.VOTING, Phase.IDEAS),
    Phase.CLOSED: (Phase.RESULT,),
}
"""Where a meeting may go on, or back, to."""


@needs(Right.SEE_POOL)
@require_safe
def every(request: PlaceRequest) -> HttpResponse:
    """The meetings of the place."""
    files.taken_in(request.place)
    found = list(Meeting.objects.filter(place=request.place))
    return render(request, "boards/meetings/list.html", {"meetings": found, **told.WORDS})


@needs(Right.FACILITATE)
@require_http_methods(["GET", "POST"])
def plan(request: PlaceRequest, number: int | None = None) -> HttpResponse:
    """Plan a meeting, or change the plan."""
    meeting = of(request, number) if number is not None else None
    first: dict[str, Any] = {"language": request.language, "kind": "open", "vote": VoteKind.DOTS.value}
    first |= {"dots": 3, "cards": 60, "reads_first": True, "title": "", "question": ""}
    first = {name: getattr(meeting, name) for name in PLAN} if meeting else first
    form = PlanForm(request.POST or None, translate=request.translate, project=request.place.project, initial=first)
    if request.method == "POST" and form.is_valid():
        if meeting is None:
            meeting = Meeting(place=request.place, key=secrets.token_hex(6), made_by=request.user.label)
            meeting.renew()
        for name in PLAN:
            setattr(meeting, name, form.cleaned_data[name])
        meeting.save()
        log.record(request, N_("planned a meeting"), meeting.key)
        return redirect("meeting", request.place.slug, meeting.pk)
    shown = {"form": form, "meeting": meeting}
    return render(request, "boards/meetings/plan.html", shown, status=422 if form.errors else 200)


@needs(Right.SEE_POOL)
@require_safe
def overview(request: PlaceRequest, number: int) -> HttpResponse:
    """One meeting: its plan, its address, its prints, how far it is."""
    meeting = of(request, number)
    may = request.access.may(Right.FACILITATE)
    shown = {
        "meeting": meeting,
        "may": may,
        "next": NEXT[Phase(meeting.phase)],
        "address": address(request, meeting) if may else "",
        "code": code(request, meeting) if may else "",
        "ideas": meeting.ideas.count(),
    }
    return render(request, "boards/meetings/meeting.html", shown | told.WORDS)


@needs(Right.FACILITATE)
@require_POST
def move(request: PlaceRequest, number: int) -> HttpResponse:
    """Go on to another phase, or back."""
    meeting = of(request, number)
    wished = request.POST.get("phase", "")
    if wished not in NEXT[Phase(meeting.phase)]:
        return redirect("meeting", request.place.slug, meeting.pk)
    if wished == Phase.VOTING and (meeting.vote == VoteKind.NONE or not meeting.groups.exists()):
        messages.error(request, request.translate("There is nothing to vote on. Gather ideas into groups first."))
        return redirect("meeting-run", request.place.slug, meeting.pk)
    if wished == Phase.VOTING and not meeting.seed:
        meeting.seed = secrets.token_hex(4)
    meeting.phase = wished
    meeting.save(update_fields=["phase", "seed"])
    log.record(request, N_("moved a meeting on"), f"{meeting.key} {wished}")
    there = {"phase": request.translate.word(Phase(wished))}
    messages.success(request, request.translate("The meeting is here now: {phase}.", **there))
    return redirect("meeting-run" if wished != Phase.CLOSED else "meeting-result", request.place.slug, meeting.pk)


@needs(Right.FACILITATE)
@require_POST
def renew(request: PlaceRequest, number: int) -> HttpResponse:
    """Give the meeting a new address; the old one, and voting cards already printed, are good no longer."""
    meeting = of(request, number)
    if meeting.phase != Phase.PLANNED:
        messages.error(request, request.translate("The meeting has begun. Its address stays."))
    else:
        meeting.renew()
        meeting.save(update_fields=["nonce", "secret_hash"])
        log.record(request, N_("gave a meeting a new address"), meeting.key)
        messages.success(request, request.translate("The meeting has a new address. The old one leads nowhere."))
    return redirect("meeting", request.place.slug, meeting.pk)


@needs(Right.SEE_POOL)
@require_safe
def invitation(request: PlaceRequest, number: int) -> HttpResponse:
    """The invitation, to print and hang up."""
    meeting = of(request, number)
    shown = {"meeting": meeting, "spoken": spoken(meeting), **told.WORDS}
    return render(request, "boards/meetings/invitation.html", shown)


@needs(Right.FACILITATE)
@require_safe
def paper(request: PlaceRequest, number: int) -> HttpResponse:
    """Cards for ideas on paper, and voting cards with a code each."""
    meeting = of(request, number)
    own = spoken(meeting)
    translate, _code = own[0]
    label = translate("Vote by phone")
    at = address(request, meeting)
    cards = [(one, squares.square(f"{at}?card={one}", label)) for one in meeting.codes()]
    shown = {"meeting": meeting, "cards": cards, "spoken": own}
    return render(request, "boards/meetings/paper.html", shown | told.WORDS)


def spoken(meeting: Meeting) -> list[tuple[Translator, str]]:
    """The languages of a meeting, in which its prints stand whoever prints them."""
    codes = [code for code in (meeting.language, meeting.language_other) if code]
    return [(Translator(code, languages.PACKAGE), code) for code in codes]


def of(request: PlaceRequest, number: int) -> Meeting:
    """That meeting of the place; 404 where there is none."""
    found = Meeting.objects.filter(place=request.place, pk=number).select_related("place").first()
    if found is None:
        raise Http404
    return found


def address(request: HttpRequest, meeting: Meeting) -> str:
    """The whole address that phones open."""
    return whole(request, reverse("meeting-outside", args=[grouped(meeting.secret)]))


def code(request: PlaceRequest, meeting: Meeting) -> Any:
    """That address as a square that telephones read."""
    return squares.square(address(request, meeting), request.translate("Address of the meeting's page"))
