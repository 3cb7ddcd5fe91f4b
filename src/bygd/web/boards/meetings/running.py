"""Running: the facilitator's desk in the room, the wall everybody sees, and the result of the evening."""

import json
import secrets
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from bygd.reports import Translator
from bygd.reports.documents import evening
from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.web import languages
from bygd.web.boards import papers
from bygd.web.boards.cards import keep
from bygd.web.boards.meetings import acting, files, told
from bygd.web.boards.meetings.models import TEXT, Group, Meeting
from bygd.web.boards.meetings.views import NEXT, address, code, of
from bygd.web.boards.meetings.words import Phase
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right


@needs(Right.FACILITATE)
@require_safe
def desk(request: PlaceRequest, number: int) -> HttpResponse:
    """The facilitator's page: type ideas, read those of phones, gather, vote, write down what comes of it."""
    meeting = of(request, number)
    return render(
        request,
        "boards/meetings/run.html",
        _desk(meeting) | {"next": NEXT[Phase(meeting.phase)], "now": timezone.now()},
    )


@needs(Right.FACILITATE)
@require_safe
def live(request: PlaceRequest, number: int) -> HttpResponse:
    """What changes on that page, by itself."""
    return render(request, "boards/meetings/_live.html", _desk(of(request, number)))


@needs(Right.FACILITATE)
@require_POST
def act(request: PlaceRequest, number: int) -> HttpResponse:
    """Do what the page asks for: a list as JSON, answered thing by thing, or one as a form."""
    meeting = of(request, number)
    if request.content_type != "application/json":
        try:
            acting.act(meeting, {"key": secrets.token_hex(8), **request.POST.dict()})
        except InputError as error:
            messages.error(request, request.translate.said(error))
        return redirect("meeting-run", request.place.slug, meeting.pk)
    try:
        asked = json.loads(request.body)
        listed = [one for one in asked if isinstance(one, dict)][: acting.MOST_AT_ONCE]
    except (ValueError, TypeError):
        return JsonResponse({"done": []}, status=400)
    done = []
    for one in listed:
        said = {"key": str(one.get("key", ""))}
        try:
            with transaction.atomic():
                acting.act(meeting, one)
        except InputError as error:
            said["wrong"] = request.translate.said(error)
        done.append(said)
    return JsonResponse({"done": done})


@needs(Right.SEE_POOL)
@require_safe
def screen(request: PlaceRequest, number: int) -> HttpResponse:
    """The wall: question, address, groups and ideas, in one language or two side by side."""
    return render(request, "boards/meetings/screen.html", _screen(request, of(request, number)))


@needs(Right.SEE_POOL)
@require_safe
def screen_live(request: PlaceRequest, number: int) -> HttpResponse:
    """What changes on the wall, by itself."""
    return render(request, "boards/meetings/_screen.html", _screen(request, of(request, number)))


@needs(Right.SEE_POOL)
@require_safe
def result(request: PlaceRequest, number: int) -> HttpResponse:
    """What came of the meeting, to read and to print the same evening."""
    meeting = of(request, number)
    shown = {"meeting": meeting, "may": request.access.may(Right.FACILITATE), **came_of(meeting)}
    return render(request, "boards/meetings/result.html", shown)


@needs(Right.SEE_POOL)
@require_safe
def document(request: PlaceRequest, number: int, ending: str) -> HttpResponse:
    """The same as a document."""
    meeting = of(request, number)
    paper = evening.paper(files.evening(meeting, request.translate), request.translate)
    return papers.sent(paper, ending, f"{request.place.slug}-{meeting.key}")


@needs(Right.FACILITATE)
@require_safe
def backup(request: PlaceRequest, number: int) -> HttpResponse:
    """The whole meeting as a file that another installation takes in; without its address and who voted what."""
    meeting = of(request, number)
    log.record(request, N_("downloaded a meeting"), meeting.key)
    return papers.kept(files.text(meeting), meeting.key)


@needs(Right.FACILITATE)
@require_POST
def to_board(request: PlaceRequest, number: int) -> HttpResponse:
    """Send the groups that stand under a pillar to the board; the same one twice is the same card."""
    meeting = of(request, number)
    made, bare = 0, 0
    try:
        for one in told.wall(meeting).gathered:
            if not one.group.pillar:
                bare += 1
                continue
            entered = keep.enter(request, [told.card(meeting, one)])
            made += len(entered)
            if entered and not one.group.card_key:
                Group.objects.filter(pk=one.group.pk).update(card_key=entered[0]["card_key"])
    except InputError as error:
        messages.error(request, request.translate.said(error))
        return redirect("meeting-result", request.place.slug, meeting.pk)
    _ = request.translate
    if made:
        said = _.ngettext(
            "{number} card was entered or changed on the board.",
            "{number} cards were entered or changed on the board.",
            made,
        )
        messages.success(request, said)
    elif not bare:
        messages.info(request, _("The board says all of this already."))
    if bare:
        said = _.ngettext(
            "{number} group stands under no pillar and was left out.",
            "{number} groups stand under no pillar and were left out.",
            bare,
        )
        messages.warning(request, said)
    log.record(request, N_("sent a meeting's result to the board"), meeting.key)
    return redirect("meeting-result", request.place.slug, meeting.pk)


def came_of(meeting: Meeting) -> dict[str, Any]:
    """What a result page tells: groups in their order, and how they were counted."""
    said = told.wall(meeting)
    counted = told.count(meeting)
    return {
        "ordered": told.ordered(said, counted),
        "loose": said.loose,
        "counted": counted,
        "aside": told.aside(meeting),
        "titles": {one.group.key: one.group.title for one in said.gathered},
        "happened": evening.sentences,
        "rule_of_dots": evening.RULE_OF_DOTS,
        "rule_of_ranks": evening.RULE_OF_RANKS,
        **told.WORDS,
    }


def _desk(meeting: Meeting) -> dict[str, Any]:
    said = told.wall(meeting)
    return {
        "meeting": meeting,
        "wall": said,
        "near": told.near(said),
        "bundles": told.bundles(said) if meeting.phase == Phase.IDEAS else [],
        "ballots": meeting.ballots.count(),
        "most": TEXT,
        "counted": told.count(meeting) if meeting.phase in (Phase.RESULT, Phase.CLOSED) else None,
        **told.WORDS,
    }


def _screen(request: PlaceRequest, meeting: Meeting) -> dict[str, Any]:
    first = Translator(meeting.language or request.language, languages.PACKAGE)
    second = Translator(meeting.language_other, languages.PACKAGE) if meeting.language_other else None
    may = request.access.may(Right.FACILITATE)
    return {
        "meeting": meeting,
        "translate": first,
        "other": second,
        "address": address(request, meeting) if may else "",
        "code": code(request, meeting) if may else "",
        "ballots": meeting.ballots.count(),
        **came_of(meeting),
    }
