"""The board: pillars down, columns across, the cards in their fields; searched, moved, printed, and as a file."""

import io
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from bygd.reports import Translator
from bygd.sources.errors import InputError
from bygd.tools import boards as tool
from bygd.vocabulary import tables
from bygd.vocabulary.planning import CardStanding, CardState
from bygd.web.boards.cards import keep
from bygd.web.boards.cards.asked import Asked
from bygd.web.boards.cards.forms import Move
from bygd.web.boards.cards.one import find
from bygd.web.decisions import together
from bygd.web.pages.review.signed import signers
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.workbench import boards
from bygd.workbench.boards.known import Row

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
PAPERS = ("a4", "a3")
LATEST = 6
"""Changes told below the board, each of which can be undone there."""


@needs(Right.SEE_POOL)
@require_GET
def board(request: PlaceRequest) -> HttpResponse:
    """The cards of a board in their fields; with `format` a file of all that fit."""
    asked = Asked.of(request.GET, request.place.project.country)
    ending = request.GET.get("format", "")
    shown = _shown(request, asked)
    if ending in TYPES:
        cards = shown["found"]
        log.record(request, "exported", f"board.{ending}, {len(cards)}")
        target = io.BytesIO()
        boards.write(cards, target, Translator(request.language), ending)  # whose words are read back
        answer = HttpResponse(target.getvalue(), content_type=TYPES[ending])
        answer["Content-Disposition"] = f'attachment; filename="{request.place.slug}-board.{ending}"'
        return answer
    return render(request, "boards/cards/board.html", shown)


@needs(Right.SEE_POOL)
@require_GET
def paper(request: PlaceRequest) -> HttpResponse:
    """The board to print: filled, or empty to be filled in with pens; on A4 or A3, to be scanned."""
    asked = Asked.of(request.GET, request.place.project.country)
    size = request.GET.get("paper", "")
    shown = _shown(request, asked)
    shown |= {"paper": size if size in PAPERS else "a3", "is_empty": request.GET.get("filled") == "no"}
    return render(request, "boards/cards/paper.html", shown)


@needs(Right.FACILITATE)
@require_http_methods(["GET", "POST"])
def move(request: PlaceRequest, card: str) -> HttpResponse:
    """Put a card into another field, dragged or chosen in a form; the latter asks why where it is dropped."""
    row = find(request, card)
    asked = Asked.of(request.GET, request.place.project.country)
    own = asked.tradition.heading(row)
    initial = {"standing": row["standing"], "heading": own.id if own else "", "why": row["why"]}
    form = Move(
        request.POST if request.method == "POST" else None,
        translate=request.translate,
        tradition=asked.tradition,
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            changes = boards.moved(
                request.place.project, card, said["standing"], asked.tradition, said["heading"],
                before=said["before"], why=said["why"] or row["why"],
            )  # fmt: skip
            keep.enter(request, changes)
        except InputError as error:
            form.add_error(None, request.translate.said(error))
        else:
            if request.headers.get("HX-Request"):
                return render(request, "boards/cards/fields.html", {**_shown(request, asked), "moved": card})
            return redirect(f"{reverse('board', args=[request.place.slug])}?{asked.query()}#card-{card}")
    shown = {"form": form, "card": row, "asked": asked, "dropped": CardStanding.DROPPED}
    return render(request, "boards/cards/move.html", shown, status=422 if form.errors else 200)


def _shown(request: PlaceRequest, asked: Asked) -> dict[str, Any]:
    project, wrong = request.place.project, ""
    cards: list[Row] = []
    names = [""]
    latest: list[Row] = []
    try:
        together.bring_together(request.place, project, (tables.card_entries,))
        cards, names = boards.current(project, asked.board), boards.boards(project)
        latest = _latest(boards.entries(project), asked.board)
    except InputError as error:
        wrong = request.translate.said(error)
    found = asked.picked(cards)
    return {
        "asked": asked,
        "lines": tool.laid_out(found, asked.tradition),
        "found": found,
        "all": len(cards),
        "boards": names,
        "counts": tool.progress(found),
        "standings": CardStanding,
        "states": CardState,
        "traditions": tool.traditions().values(),
        "principles": tool.principles(),
        "latest": latest,
        "called": signers((row["entered_by"] for row in latest), request.translate),
        "wrong": wrong,
        "moved": "",
        "may_change": request.access.may(Right.FACILITATE),
    }


def _latest(entries: list[Row], board: str) -> list[Row]:
    """The last entry of each card that was changed last, latest first; with whether it was the card's first."""
    said: dict[str, int] = {}
    last: dict[str, Row] = {}
    for row in entries:
        key = row["card_key"]
        said[key] = said.get(key, 0) + 1
        last.pop(key, None)
        last[key] = {**row, "is_first": said[key] == 1}
    return [row for row in reversed(last.values()) if (row["board"] or "") == board][:LATEST]
