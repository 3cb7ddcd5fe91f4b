"""One card: all it says, what it rests on, what people say about it, and who entered what."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.tools import boards as tool
from bygd.vocabulary.planning import CardStanding, CardState
from bygd.vocabulary.words import Pillar
from bygd.web.boards.cards import evidence, forms, keep
from bygd.web.boards.cards.asked import principles_of
from bygd.web.boards.cards.models import Comment
from bygd.web.pages.review.signed import signers
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.workbench import asking, boards
from bygd.workbench.boards.checks import check_texts
from bygd.workbench.boards.known import Row
from bygd.workbench.boards.sheet import LABELS

COMMENTED = N_("commented on a card")
TOOK_BACK = N_("took back a comment on a card")
WORDS = {"pillar": Pillar, "standing": CardStanding, "state": CardState}


@needs(Right.SEE_POOL)
@require_GET
def card(request: PlaceRequest, card: str) -> HttpResponse:
    """The page of one card; of one that was taken off the board too, so that it can be put back."""
    return _page(request, card, forms.Comment(translate=request.translate))


@needs(Right.SEE_POOL)
@require_POST
def comment(request: PlaceRequest, card: str) -> HttpResponse:
    """Say something about a card."""
    find(request, card)
    form = forms.Comment(request.POST, translate=request.translate)
    if form.is_valid():
        try:
            check_texts([form.cleaned_data["text"]], request.place.project)
        except InputError as error:
            form.add_error("text", request.translate.said(error))
        else:
            Comment.objects.create(
                place=request.place, card_key=card, person=request.user, text=form.cleaned_data["text"]
            )
            log.record(request, COMMENTED, card)
            messages.success(request, request.translate("Your comment stands below the card."))
            return redirect("card", request.place.slug, card)
    return _page(request, card, form)


@needs(Right.SEE_POOL)
@require_POST
def take_back(request: PlaceRequest, card: str, number: int) -> HttpResponse:
    """Take back a comment: one's own, or as a facilitator anybody's. Its text is gone then."""
    found = get_object_or_404(Comment, place=request.place, card_key=card, id=number)
    if found.person_id != request.user.pk and not request.access.may(Right.FACILITATE):
        raise Http404
    found.text, found.taken_back = "", True
    found.save(update_fields=["text", "taken_back"])
    log.record(request, TOOK_BACK, card)
    messages.success(request, request.translate("The comment is taken back."))
    return redirect("card", request.place.slug, card)


@needs(Right.FACILITATE)
@require_http_methods(["GET", "POST"])
def new(request: PlaceRequest) -> HttpResponse:
    """Put a new card on a board; the address may say under which pillar and in which column."""
    first = {name: request.GET[name] for name in ("pillar", "standing", "title") if request.GET.get(name)}
    board = request.GET.get("board", "")[:60]
    form = _form(request, None, first)
    if request.method == "POST" and form.is_valid():
        given = {**form.card(), "board": board or None}
        key = boards.key(board, given["title"])
        if boards.find(request.place.project, key):
            there = request.translate(
                "There is a card with this title already. Change that one, or call this otherwise."
            )
            form.add_error("title", there)
        elif made := _kept(request, form, given):
            messages.success(request, request.translate("The card is on the board."))
            return redirect("card", request.place.slug, made[0]["card_key"])
    status = 422 if form.errors else 200
    return render(
        request,
        "boards/cards/enter.html",
        {"form": form, "card": None, "figures": evidence.figures(request)},
        status=status,
    )


@needs(Right.FACILITATE)
@require_http_methods(["GET", "POST"])
def change(request: PlaceRequest, card: str) -> HttpResponse:
    """Change a card: a new entry, so that what stood there before stays to be seen."""
    before = find(request, card)
    form = _form(request, before)
    if request.method == "POST" and form.is_valid():
        made = _kept(request, form, {**form.card(), "card_key": card})
        if not form.errors:
            _ = request.translate
            said = _("Changed. What stood there before is kept below.") if made else _("Nothing was changed.")
            messages.success(request, said)
            return redirect("card", request.place.slug, card)
    status = 422 if form.errors else 200
    return render(
        request,
        "boards/cards/enter.html",
        {"form": form, "card": before, "figures": evidence.figures(request)},
        status=status,
    )


@needs(Right.FACILITATE)
@require_POST
def undo(request: PlaceRequest, card: str) -> HttpResponse:
    """Put a card back as it was before its latest change."""
    find(request, card)
    keep.undo(request, card)
    messages.success(request, request.translate("Undone. It stands as it did before."))
    return redirect("card", request.place.slug, card)


@needs(Right.FACILITATE)
@require_POST
def switch(request: PlaceRequest, card: str) -> HttpResponse:
    """Choose a card for the action plan or leave it out, take it off the board or put it back."""
    row = find(request, card)
    if "plan" in request.POST:
        keep.enter(request, [{"card_key": card, "in_plan": request.POST["plan"] == "yes"}])
    elif "withdrawn" in request.POST:
        keep.enter(request, [{"card_key": card, "withdrawn": not row["withdrawn"]}])
    return redirect("card", request.place.slug, card)


def find(request: PlaceRequest, card: str) -> Row:
    """The latest entry of a card, of one taken off too. Raises Http404 where there is none."""
    entries = boards.entries(request.place.project, card)
    if not entries:
        raise Http404
    return entries[-1]


def _form(request: PlaceRequest, before: Row | None, first: dict[str, str] | None = None) -> forms.Card:
    data = request.POST if request.method == "POST" else None
    country = request.place.project.country
    return forms.Card(
        data, translate=request.translate, currency=country.currency, before=before, first=first,
        marks=asking.groups(request.language, country.code),
    )  # fmt: skip


def _kept(request: PlaceRequest, form: forms.Card, row: dict[str, Any]) -> list[Row]:
    """The entries made; none, with the reason on the form, where the card cannot be kept."""
    try:
        return keep.enter(request, [row])
    except InputError as error:
        form.add_error(None, request.translate.said(error))
        return []


def _page(request: PlaceRequest, key: str, form: forms.Comment) -> HttpResponse:
    row, project = find(request, key), request.place.project
    history = boards.history(project, key)
    names = {one.id: one.text[request.language] for one in tool.principles()}
    comments = list(Comment.objects.filter(place=request.place, card_key=key).select_related("person"))
    shown = {
        "card": row,
        "words": {name: kind(row[name]) for name, kind in WORDS.items()},
        "under": [
            (one.title[request.language], heading.text[request.language])
            for one in tool.traditions().values()
            if (heading := one.heading(row))
        ],
        "principles": [(names[id], note) for id, note in principles_of(row) if id in names],
        "evidence": evidence.resolved(request, row),
        "history": history,
        "called": signers((one["entered_by"] for one in history), request.translate),
        "comments": comments,
        "form": form,
        "labels": LABELS,
        "may_change": request.access.may(Right.FACILITATE),
    }
    return render(request, "boards/cards/card.html", shown, status=422 if form.errors else 200)
