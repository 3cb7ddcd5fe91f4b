"""Deciding: what the facilitator does with what was given: hide, pick, deepen, send to the board, conclude."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bygd.reports.documents import concluded as documents
from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.web.boards import papers
from bygd.web.boards.cards import keep
from bygd.web.boards.circles import files, shared
from bygd.web.boards.circles.forms import ConcludeForm, DeepenForm
from bygd.web.boards.circles.models import Answer, Circle, Effort, Talk
from bygd.web.boards.circles.views import of
from bygd.web.boards.circles.words import CircleState
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right

KINDS: dict[str, type[Answer | Effort | Talk]] = {"answer": Answer, "effort": Effort, "talk": Talk}


@needs(Right.FACILITATE)
@require_POST
def moderate(request: PlaceRequest, number: int, kind: str, given: int) -> HttpResponse:
    """Hide something that was given or show it again, take its name away, or pick an answer for the conclusion."""
    circle = of(request, number)
    if kind not in KINDS:
        raise Http404
    found = KINDS[kind].objects.filter(circle=circle, pk=given).first()
    if found is None:
        raise Http404
    what = request.POST.get("what", "")
    if what in ("hide", "show"):
        found.is_shown = what == "show"
        found.save(update_fields=["is_shown"])
    elif what == "nameless":
        found.given_by = ""
        found.save(update_fields=["given_by"])
    elif what in ("pick", "unpick") and isinstance(found, Answer):
        found.is_picked = what == "pick"
        found.save(update_fields=["is_picked"])
    log.record(request, N_("moderated a study circle"), f"{circle.key} {kind} {found.pk}")
    return redirect(f"{_desk(request, circle).url}#{kind}-{found.pk}")


@needs(Right.FACILITATE)
@require_http_methods(["GET", "POST"])
def deepen(request: PlaceRequest, number: int, given: int) -> HttpResponse:
    """Look closely at one effort: for whom, whose it is, its first step."""
    circle = of(request, number)
    found = Effort.objects.filter(circle=circle, pk=given).first()
    if found is None:
        raise Http404
    names = ("title", "pillar", "text", "for_whom", "owner", "first_step", "first_step_by", "first_step_on")
    form = DeepenForm(
        request.POST or None,
        translate=request.translate,
        project=request.place.project,
        initial={name: getattr(found, name) for name in names},
    )
    if request.method == "POST" and form.is_valid():
        for name in names:
            setattr(found, name, form.cleaned_data[name])
        found.save(update_fields=names)
        log.record(request, N_("changed a study circle"), circle.key)
        messages.success(request, request.translate("Changed."))
        return redirect(f"{_desk(request, circle).url}#effort-{found.pk}")
    shown = {"circle": circle, "effort": found, "form": form, **shared.WORDS}
    return render(request, "boards/circles/deepen.html", shown, status=422 if form.errors else 200)


@needs(Right.FACILITATE)
@require_POST
def to_board(request: PlaceRequest, number: int) -> HttpResponse:
    """Send the circle's efforts to the board, or what changed of them; the same one twice is the same card."""
    circle = of(request, number)
    made = 0
    try:
        for one in circle.efforts.filter(is_shown=True):
            entered = keep.enter(request, [shared.card(circle, one)])
            made += len(entered)
            if entered and not one.card_key:
                Effort.objects.filter(pk=one.pk).update(card_key=entered[0]["card_key"])
    except InputError as error:
        messages.error(request, request.translate.said(error))
        return _desk(request, circle)
    if made:
        said = request.translate.ngettext(
            "{number} card was entered or changed on the board.",
            "{number} cards were entered or changed on the board.",
            made,
        )
        messages.success(request, said)
    else:
        messages.info(request, request.translate("The board says all of this already."))
    return _desk(request, circle)


@needs(Right.FACILITATE)
@require_http_methods(["GET", "POST"])
def conclude(request: PlaceRequest, number: int) -> HttpResponse:
    """Write down what the circle has come to; it may be changed again."""
    circle = of(request, number)
    names = ("conclusion", "members", "handed_to", "concluded_on")
    first = {name: getattr(circle, name) for name in names} | {"concluded_on": circle.concluded_on or date.today()}
    form = ConcludeForm(request.POST or None, translate=request.translate, project=request.place.project, initial=first)
    if request.method == "POST" and form.is_valid():
        for name in names:
            setattr(circle, name, form.cleaned_data[name])
        circle.concluded_on = circle.concluded_on or date.today()
        circle.state = CircleState.CONCLUDED.value
        circle.save(update_fields=[*names, "state"])
        log.record(request, N_("concluded a study circle"), circle.key)
        messages.success(request, request.translate("What the circle has come to is written down."))
        return redirect("circle-result", request.place.slug, circle.pk)
    return render(
        request, "boards/circles/conclude.html", {"circle": circle, "form": form}, status=422 if form.errors else 200
    )


@needs(Right.SEE_POOL)
@require_safe
def result(request: PlaceRequest, number: int) -> HttpResponse:
    """What the circle has come to: a page to print and hang up."""
    circle = of(request, number)
    shown = {"circle": circle, "result": files.concluded(circle, request.translate), **shared.WORDS}
    return render(request, "boards/circles/result.html", shown)


@needs(Right.SEE_POOL)
@require_safe
def document(request: PlaceRequest, number: int, ending: str) -> HttpResponse:
    """The same as a document."""
    circle = of(request, number)
    paper = documents.paper(files.concluded(circle, request.translate), request.translate)
    return papers.sent(paper, ending, f"{request.place.slug}-{circle.key}")


@needs(Right.FACILITATE)
@require_safe
def backup(request: PlaceRequest, number: int) -> HttpResponse:
    """The whole circle as JSON, to be kept or taken in elsewhere."""
    circle = of(request, number)
    log.record(request, N_("downloaded a study circle"), circle.key)
    return papers.kept(files.text(circle), circle.key)


def _desk(request: PlaceRequest, circle: Circle) -> HttpResponseRedirect:
    return redirect("circle", request.place.slug, circle.pk)
