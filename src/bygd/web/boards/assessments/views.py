"""Pages of self-assessment within the place: rounds, questions of one's own, answers of who is signed in, results."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bygd.reports import drawing
from bygd.reports.charts import assessments as charts
from bygd.reports.charts.theme import NARROW, WIDE
from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.vocabulary.planning import CardStanding
from bygd.vocabulary.words import Pillar
from bygd.web.addresses import whole
from bygd.web.boards import codes
from bygd.web.boards.assessments import files, told
from bygd.web.boards.assessments.forms import Begin, Own, Sheet, ToCard
from bygd.web.boards.assessments.models import OwnQuestion, Round
from bygd.web.boards.assessments.models import Sheet as Kept
from bygd.web.boards.cards import keep
from bygd.web.boards.outside import grouped
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.workbench import assessments
from bygd.workbench.assessments import OWN, Part

BEGAN = N_("began a round of self-assessment")
CLOSED = N_("closed a round of self-assessment")
RENEWED = N_("gave a self-assessment a new address")
ANSWERED = N_("answered a self-assessment")
ASKED = N_("wrote questions of self-assessment")
SALT = "bygd.assessments.hand"
MOST_OWN = 40


@needs(Right.SEE_POOL)
@require_GET
def listing(request: PlaceRequest) -> HttpResponse:
    """The rounds, and the questions the place wrote itself."""
    files.taken_in(request.place)
    rounds = list(Round.objects.filter(place=request.place).order_by("-pk"))
    parts = assessments.parts(request.place.project.country)
    context = {
        "rounds": [(one, one.sheet_set.count()) for one in rounds],
        "asked": parts,
        "own": _own(request),
        "form": Own(translate=request.translate, project=request.place.project),
        "may_change": request.access.may(Right.FACILITATE),
    }
    return render(request, "boards/assessments/list.html", context)


@needs(Right.FACILITATE)
@require_http_methods(["GET", "POST"])
def new(request: PlaceRequest) -> HttpResponse:
    """Begin a round; what is asked is kept with it."""
    own = _own(request)
    offered = [
        (part, len(part.questions) + sum(one.part == part.id for one in own))
        for part in assessments.parts(request.place.project.country)
    ]
    posted = request.POST if request.method == "POST" else None
    form = Begin(posted, translate=request.translate, parts=offered, languages=settings.LANGUAGES)
    if posted is not None and form.is_valid():
        said = form.cleaned_data
        kept = [_kept(part, own) for part, _number in offered if part.id in said["parts"]]
        made = Round(
            place=request.place,
            title=said["title"],
            parts=kept,
            language=said["language"],
            opened_on=date.today(),
        )
        made.renew()
        made.save()
        log.record(request, BEGAN, str(made.pk))
        return redirect("assessment", request.place.slug, made.pk)
    return render(request, "boards/assessments/new.html", {"form": form}, status=422 if form.errors else 200)


@needs(Right.FACILITATE)
@require_POST
def ask(request: PlaceRequest) -> HttpResponse:
    """Add a question of one's own to a part that the place writes itself, or put one aside."""
    _ = request.translate
    parts = {part.id: part for part in assessments.parts(request.place.project.country) if part.is_own}
    if "aside" in request.POST:
        number = request.POST["aside"]
        mine = OwnQuestion.objects.filter(place=request.place, pk=int(number) if number.isdecimal() else 0)
        mine.update(put_aside=True)
        log.record(request, ASKED)
        messages.success(request, _("The question is put aside. Rounds that asked it keep it."))
        return redirect("assessments", request.place.slug)
    form = Own(request.POST, translate=_, project=request.place.project)
    part = request.POST.get("part", "")
    if part not in parts:
        raise Http404
    if form.is_valid() and len(_own(request)) < MOST_OWN:
        OwnQuestion.objects.create(place=request.place, part=part, text=form.cleaned_data["text"])
        log.record(request, ASKED)
        messages.success(request, _("The question is added. It is asked from the next round on."))
    elif "text" in form.errors:
        messages.error(request, " ".join(map(str, form.errors["text"])))
    else:
        messages.error(request, _("There are so many questions that nobody would answer more."))
    return redirect("assessments", request.place.slug)


@needs(Right.SEE_POOL)
@require_GET
def one(request: PlaceRequest, number: int) -> HttpResponse:
    """One round: while it is open its address and how many answered, and afterwards the spread of the answers."""
    return _shown(request, _find(request, number))


@needs(Right.SEE_POOL)
@require_http_methods(["GET", "POST"])
def fill(request: PlaceRequest, number: int) -> HttpResponse:
    """Fill in, as somebody who is signed in; filling in again replaces what one said before."""
    found, _ = _find(request, number), request.translate
    if not told.is_open(found, date.today()):
        return redirect("assessment", request.place.slug, number)
    hand = salted_hmac(SALT, f"{found.pk}:{request.user.pk}", algorithm="sha256").hexdigest()
    before = Kept.objects.filter(round=found, hand=hand).first()
    country = request.place.project.country
    asked = assessments.asked(found.parts, country)
    form = Sheet(
        request.POST if request.method == "POST" else None,
        translate=_, project=request.place.project, asked=asked, levels=assessments.levels(country),
        before=before.answers if before else None,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        if told.keep(found, hand, told.cleaned(form.cleaned_data)):
            log.record(request, ANSWERED, str(found.pk))
            messages.success(request, _("Thank you. You can change your answers until the round is closed."))
        return redirect("assessment", request.place.slug, number)
    context = {"form": form, "found": found, "asked": asked}
    return render(request, "boards/assessments/fill.html", context, status=422 if form.errors else 200)


@needs(Right.FACILITATE)
@require_POST
def close(request: PlaceRequest, number: int) -> HttpResponse:
    """Close a round, for good: with a round opened again one more answer could be told from the others."""
    found = _find(request, number)
    if found.closed_on is None:
        found.closed_on = date.today()
        found.save(update_fields=["closed_on"])
        log.record(request, CLOSED, str(number))
        messages.success(request, request.translate("The round is closed."))
    return redirect("assessment", request.place.slug, number)


@needs(Right.FACILITATE)
@require_POST
def renew(request: PlaceRequest, number: int) -> HttpResponse:
    """Give the round a new address; the old one leads nowhere."""
    found = _find(request, number)
    found.renew()
    found.save(update_fields=["nonce", "secret_hash"])
    log.record(request, RENEWED, str(number))
    messages.success(request, request.translate("The round has a new address. The old one leads nowhere."))
    return redirect("assessment", request.place.slug, number)


@needs(Right.FACILITATE)
@require_http_methods(["GET", "POST"])
def card(request: PlaceRequest, number: int, question: str) -> HttpResponse:
    """Put a card on the board that comes of a question."""
    found, _ = _find(request, number), request.translate
    asked = {
        one.id: one for _part, listed in assessments.asked(found.parts, found.place.project.country) for one in listed
    }
    if question not in asked:
        raise Http404
    form = ToCard(request.POST if request.method == "POST" else None, translate=_, question=asked[question])
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        row: dict[str, Any] = {
            "title": said["title"],
            "pillar": Pillar(said["pillar"]),
            "standing": CardStanding.IDEA,
            "evidence": f"{found.title}: {asked[question].text[request.language]}",
            "origin": f"assessment:{found.pk}:{question}",
        }
        try:
            made = keep.enter(request, [row])
        except InputError as error:
            form.add_error("title", _.said(error))
        else:
            messages.success(request, _("It stands on the board."))
            return (
                redirect("card", request.place.slug, made[0]["card_key"])
                if made
                else redirect("board", request.place.slug)
            )
    context = {"form": form, "found": found, "question": asked[question]}
    return render(request, "boards/assessments/card.html", context, status=422 if form.errors else 200)


def _shown(request: PlaceRequest, found: Round) -> HttpResponse:
    _ = request.translate
    country = request.place.project.country
    before = told.previous(found)
    results = told.results(found, before) if found.closed_on else []
    levels = [one[request.language] for one in assessments.levels(country)]
    may_change = request.access.may(Right.FACILITATE)
    address = whole(request, reverse("assess-outside", args=[grouped(found.secret)]))
    context = {
        "found": found,
        "count": found.sheet_set.count(),
        "fewest": assessments.fewest(country, found.opened_on),
        "results": results,
        "pictures": {part.id: _pictures(request, part, listed, levels) for part, listed in results},
        "before": before,
        "levels": levels,
        "may_change": may_change,
        "address": address if may_change and not found.closed_on else "",
        "code": codes.square(address, _("Address of the page to fill in"))
        if may_change and not found.closed_on
        else "",
    }
    return render(request, "boards/assessments/one.html", context)


def _pictures(request: PlaceRequest, part: Part, listed: list[told.Answered], levels: list[str]) -> list[Any]:
    _ = request.translate
    rows = [
        {
            "name": one.question.text[request.language], "low": one.spread.low, "first": one.spread.first,
            "median": one.spread.median, "third": one.spread.third, "high": one.spread.high, "before": one.before,
        }
        for one in listed
        if one.spread.is_told
    ]  # fmt: skip
    title = part.title[request.language]
    return [
        (size, drawing.draw(charts.spreads(rows, levels, _, title=title, width=width), f"{part.id}-{size}", _))
        for size, width in (("wide", WIDE), ("narrow", NARROW))
        if rows
    ]


def _find(request: PlaceRequest, number: int) -> Round:
    found = Round.objects.filter(place=request.place, pk=number).select_related("place").first()
    if found is None:
        raise Http404
    return found


def _own(request: PlaceRequest) -> list[OwnQuestion]:
    return list(OwnQuestion.objects.filter(place=request.place, put_aside=False).order_by("pk"))


def _kept(part: Part, own: list[OwnQuestion]) -> dict[str, Any]:
    """A part as a round keeps it: ids, and the texts of the place's own questions."""
    listed: list[dict[str, str]] = [{"id": question.id} for question in part.questions]
    listed += [{"id": f"{OWN}-{one.pk}", "text": one.text} for one in own if one.part == part.id]
    return {"id": part.id, "questions": listed}
