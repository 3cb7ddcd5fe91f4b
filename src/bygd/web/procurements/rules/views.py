"""Views of the rules: a question, its answer, values of a day, what needs reading again, the place's own guidelines."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bygd.reports import Translator
from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.tools.procurement import Answer, Part, Question, guidelines
from bygd.tools.procurement.guidelines import Guideline
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.procurements.rules.asked import Ask
from bygd.workbench import asking, lawful, values
from bygd.workbench.asking import Change

OLD = 400
"""Days after which a source is to be read again, as `bygd rules stale` has it."""

TOPICS = {
    "procurement": N_("Thresholds, direct award and procedures"),
    "lots": N_("Dividing into lots"),
    "reservations": N_("Reserved contracts"),
    "conditions": N_("Social and other conditions"),
    "not_procurement": N_("What is not counted as a purchase"),
    "concentration": N_("Concentrated markets"),
    "market": N_("What firms can carry"),
    "standstill": N_("Standstill before signing"),
    "answers": N_("Answers to questions of bidders"),
    "follow_up": N_("How often contracts are followed up"),
    "deadlines": N_("Periods of cases"),
    "mapping": N_("When maps go stale"),
    "assessment": N_("Self-assessment"),
    "privacy": N_("Privacy"),
}


@needs(Right.SEE_POOL)
@require_safe
def ask(request: PlaceRequest) -> HttpResponse:
    """The form; what the address says already is filled in."""
    form = _form(request)
    if form.is_bound:
        form.errors.clear()  # nothing was sent yet
    return render(request, "procurements/rules/ask.html", {"form": form})


@needs(Right.SEE_POOL)
@require_safe
def codes(request: PlaceRequest) -> HttpResponse:
    """A part of the form: the codes that the words typed so far may mean."""
    return render(request, "procurements/rules/_codes.html", {"form": _form(request)})


@needs(Right.SEE_POOL)
@require_safe
def answer(request: PlaceRequest) -> HttpResponse:
    """What the rules say; the address holds the question, so that it can be sent on and asked again."""
    form = _form(request)
    if not form.is_valid() or form.question is None:
        status = 400 if form.is_bound else 200
        return render(request, "procurements/rules/ask.html", {"form": form}, status=status)
    if request.GET.get("what", "") != form.cleaned_data["cpv"] or "on" not in request.GET:
        language = f"&lang={request.language}" if "lang" in request.GET else ""
        return redirect(f"{reverse('rules-answer', args=[request.place.slug])}?{form.address()}{language}")
    found, speak = _answer(request, form.question)
    country, today = request.place.project.law.code, date.today()
    differs: list[Change] = []
    if form.question.on != today:
        differs = asking.changes(country, form.question, today, speak, request.place.project.folder)
    shown = {
        "query": form.address(),
        "question": form.question,
        "code_name": asking.code_name(form.question.cpv, country, speak.language) if form.question.cpv else "",
        "currency": found.currency,
        "groups": list(_parts(found, speak)),
        "leads": [one for one in lawful.as_row(found, speak)["statements"] if one["id"] in ("regime", "direct_award")],
        "advice": speak(lawful.ADVICE),
        "differs": differs,
        "today": today,
        "speak": speak,
        "headings": lawful.HEADINGS,
    }
    return render(request, "procurements/rules/answer.html", shown)


@needs(Right.SEE_POOL)
@require_safe
def answer_json(request: PlaceRequest) -> HttpResponse:
    """The same answer for programs, as `bygd rules ask procurement --json` gives it."""
    form = _form(request)
    if not form.is_valid() or form.question is None:
        raise Http404
    found, speak = _answer(request, form.question)
    text = json.dumps(lawful.as_row(found, speak), ensure_ascii=False, indent=1, default=str)
    sent = HttpResponse(text, content_type="application/json")
    sent["Content-Disposition"] = f'attachment; filename="{request.place.slug}-rules.json"'
    return sent


@needs(Right.SEE_POOL)
@require_safe
def by_topic(request: PlaceRequest) -> HttpResponse:
    """The values of a topic that hold on a day, each with its source."""
    country, wrong = request.place.project.law, ""
    known = values.topics(country)
    topic = request.GET.get("topic") or known[0]
    if topic not in known:
        raise Http404
    day = date.today()
    try:
        day = lawful.day(request.GET["on"]) if request.GET.get("on") else day
    except InputError as error:
        wrong = request.translate.said(error)
    speak = Translator(request.language, lawful.PACKAGE)
    shown = {
        "held": values.on(country, topic, day, speak),
        "topic": topic,
        "topic_name": request.translate(TOPICS.get(topic, topic)),
        "topics": [(name, request.translate(TOPICS.get(name, name))) for name in known],
        "day": day,
        "wrong": wrong,
        "country": request.translate.territory(country.code) or country.name,
    }
    return render(request, "procurements/rules/values.html", shown, status=400 if wrong else 200)


@needs(Right.SEE_POOL)
@require_safe
def stale(request: PlaceRequest) -> HttpResponse:
    """Values whose source nobody has read for a while, or ever, and the ones that are marked as not verified."""
    country = request.place.project.law
    days = request.GET.get("days", "")
    older = int(days) if days.isdigit() and len(days) < 6 else OLD
    speak = Translator(request.language, lawful.PACKAGE)
    unread = [
        (topic, held)
        for topic in values.topics(country)
        for held in values.on(country, topic, date.today(), speak)
        if held.value is not None and (held.state == "unread" or not held.value.verified)
    ]
    shown = {
        "stale": values.stale(country, older, date.today()),
        "unread": unread,
        "days": older,
        "topic_names": {name: request.translate(TOPICS.get(name, name)) for name in values.topics(country)},
    }
    return render(request, "procurements/rules/stale.html", shown)


@needs(Right.SEE_POOL)
@require_safe
def own(request: PlaceRequest) -> HttpResponse:
    """The place's own guidelines, as its file has them."""
    wrong = ""
    found: Sequence[Guideline] = ()
    try:
        found = guidelines.load(request.place.project.folder)
    except InputError as error:
        wrong = request.translate.said(error)
    shown = {
        "guidelines": found,
        "rests": lawful.rests,
        "wrong": wrong,
        "file": guidelines.FILE,
        "currency": request.place.project.law.currency,
        "today": date.today(),
        "speak": Translator(request.language, lawful.PACKAGE),
    }
    return render(request, "procurements/rules/guidelines.html", shown)


def _form(request: PlaceRequest) -> Ask:
    given = request.GET.copy()
    given.pop("lang", None)
    return Ask(given or None, project=request.place.project, translate=request.translate, today=date.today())


def _answer(request: PlaceRequest, question: Question) -> tuple[Answer, Translator]:
    project = request.place.project
    found = lawful.ask(project.law.code, question, project.folder)
    return found, Translator(request.language, lawful.PACKAGE)


def _parts(found: Answer, speak: Translator) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The statements by what they are about, in the order of the answer."""
    rows = lawful.as_row(found, speak)["statements"]
    for part, listed in groupby(rows, key=lambda row: str(row["part"])):
        yield speak.word(Part(part)), list(listed)
