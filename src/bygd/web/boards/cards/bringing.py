"""Bringing: a board filled in as a spreadsheet, looked at and taken in."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bygd.sources.errors import InputError
from bygd.web.boards.cards import keep
from bygd.web.boards.cards.forms import Bring
from bygd.web.pages.review.deciding import by
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.workbench import asking, boards
from bygd.workbench.boards.known import Row

MOST_BROUGHT = 5 << 20


@needs(Right.FACILITATE)
@require_http_methods(["GET", "POST"])
def bring(request: PlaceRequest) -> HttpResponse:
    """Take in a spreadsheet of cards, or only look at what it would do; one row that is wrong, and nothing is taken."""
    _, board = request.translate, request.GET.get("board", "")[:60]
    form = Bring(request.POST or None, request.FILES or None, translate=_)
    looked: list[Row] | None = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            if given.size > MOST_BROUGHT:
                raise InputError("The file is larger than {most} megabytes. Bring fewer cards at a time.", most=5)
            with TemporaryDirectory() as folder:
                path = Path(folder) / Path(given.name).name
                path.write_bytes(given.read())
                project = request.place.project
                cards = boards.read(project, path, board, asking.groups(request.language, project.country.code))
            if "look" in request.POST:
                looked = boards.completed(request.place.project, cards, by(request))
            else:
                made = keep.enter(request, cards)
                said = _.ngettext(
                    "{number} card was entered or changed.", "{number} cards were entered or changed.", len(made)
                )
                messages.success(request, said)
                return redirect("board", request.place.slug)
        except InputError as error:
            form.add_error("file", _.said(error))
    known = {row["card_key"] for row in boards.current(request.place.project, None)}
    shown = {"form": form, "looked": looked, "known": known}
    return render(request, "boards/cards/bring.html", shown, status=422 if form.errors else 200)
