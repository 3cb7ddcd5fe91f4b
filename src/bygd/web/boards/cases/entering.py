"""Entering: a case begun, changed or taken out, and what happens to it; events are added, never edited."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.tools.cases import Case
from bygd.vocabulary import tables
from bygd.vocabulary.mapping import CaseEvent, CaseResult
from bygd.vocabulary.planning import CardStanding
from bygd.vocabulary.words import Pillar
from bygd.web.boards.cards import keep
from bygd.web.boards.cases.forms import Case as CaseForm
from bygd.web.boards.cases.forms import Questions
from bygd.web.boards.cases.listing import pooled
from bygd.web.boards.cases.showing import happenings, shown
from bygd.web.boards.entries import enter, enter_form, met
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.workbench import assets, boards, cases
from bygd.workbench.cases import CASE, EVENT, KEPT

BEGAN = N_("began a case")
CHANGED = N_("changed a case")
WITHDREW = N_("took out a case, or put it back")
NOTED = N_("noted an event of a case")
EVENTS = {
    "stage": CaseEvent.STAGE, "happened": CaseEvent.HAPPENED, "planned": CaseEvent.PLANNED, "noted": CaseEvent.NOTED,
    "ended": CaseEvent.ENDED,
}  # fmt: skip


@needs(Right.FACILITATE)
@require_http_methods(["GET", "POST"])
def new(request: PlaceRequest) -> HttpResponse:
    """Begin a case."""
    met(request, tables.case_entries, tables.case_events)
    form, _ = _form(request, None), request.translate
    if request.method == "POST" and form.is_valid():
        row = form.row()
        made = cases.key(row["kind"], row["title"])
        if cases.one_of(request.place.project, made):
            form.add_error("title", _("There is a case of this kind and name already. Give this one another name."))
        elif enter_form(request, form, tables.case_entries, CASE, {**row, CASE: made, "withdrawn": False}, BEGAN):
            messages.success(request, _("The case is begun."))
            return redirect("plan-case", request.place.slug, made)
    return _page(request, form, None)


@needs(Right.FACILITATE)
@require_http_methods(["GET", "POST"])
def change(request: PlaceRequest, case: str) -> HttpResponse:
    """Change what is said of a case; its kind stays."""
    found = find(request, case)
    form, _ = _form(request, found), request.translate
    if request.method == "POST" and form.is_valid():
        row = {**form.row(), CASE: case, "withdrawn": False}
        if not found.row["withdrawn"] and all(row[name] == found.row[name] for name in KEPT):
            messages.info(request, _("Nothing was changed."))
            return redirect("plan-case", request.place.slug, case)
        if enter_form(request, form, tables.case_entries, CASE, row, CHANGED):
            messages.success(request, _("Changed."))
            return redirect("plan-case", request.place.slug, case)
    return _page(request, form, found)


@needs(Right.FACILITATE)
@require_POST
def withdraw(request: PlaceRequest, case: str) -> HttpResponse:
    """Take a case out of the list, or put it back."""
    found = find(request, case)
    row = {**found.row, "withdrawn": not found.row["withdrawn"]}
    enter(request, tables.case_entries, CASE, [row], WITHDREW, case)
    _ = request.translate
    messages.success(request, _("Taken out. You can put it back.") if row["withdrawn"] else _("Put back."))
    return redirect("plan-case", request.place.slug, case)


@needs(Right.FACILITATE)
@require_POST
def happen(request: PlaceRequest, case: str, what: str) -> HttpResponse:
    """Note something that happened: a stage, a start of a period, a deadline of one's own, a note, an end."""
    found = find(request, case)
    if what not in EVENTS:
        raise Http404
    forms = happenings(request, found, request.POST, what)
    form = forms[what]
    if form is None or not form.is_valid():
        return shown(request, found, forms, 422)
    said = form.cleaned_data
    more: dict[str, Any] = {name: said[name] for name in ("about", "note", "link") if said.get(name)}
    day = said["on"]
    if what == "planned":
        more, day = {**more, "due_on": day}, date.today()
    elif what == "ended":
        more["result"] = CaseResult(more.pop("about"))
    try:
        _note(request, [cases.event(case, EVENTS[what], day, **more)], case)
    except InputError as error:
        form.add_error("on", request.translate.said(error))
        return shown(request, found, forms, 422)
    messages.success(request, request.translate("Noted."))
    return redirect("plan-case", request.place.slug, case)


@needs(Right.FACILITATE)
@require_POST
def tick(request: PlaceRequest, case: str) -> HttpResponse:
    """A step done, or not after all; a deadline met; the case opened again; an event taken back: all of today."""
    found = find(request, case)
    words = {"done": CaseEvent.DONE, "undone": CaseEvent.UNDONE, "met": CaseEvent.MET, "reopened": CaseEvent.REOPENED}
    name = next((one for one in (*words, "withdrawn") if one in request.POST), "")
    about = request.POST.get(name, "")[:100]
    events = {one[EVENT] for one in found.events}
    known = {
        "done": found.kind is not None and found.kind.step(about) is not None,
        "undone": about in found.done,
        "met": about in {one.id for one in found.deadlines},
        "reopened": found.result is not None,
        "withdrawn": about in events,
    }
    if not known.get(name):
        raise Http404
    what = words.get(name, CaseEvent.WITHDRAWN)
    _note(request, [cases.event(case, what, date.today(), about=about or None)], case)
    messages.success(request, request.translate("Noted."))
    return redirect(request.build_absolute_uri(f"../{case}#steps") if name in ("done", "undone") else f"../{case}")


@needs(Right.FACILITATE)
@require_http_methods(["GET", "POST"])
def questions(request: PlaceRequest, case: str) -> HttpResponse:
    """The questions of the kind: the decision tree and the agreement."""
    found = find(request, case)
    if found.kind is None or not found.kind.questions:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = Questions(posted, translate=request.translate, kind=found.kind, answers=found.answers)
    if posted is not None and form.is_valid():
        said = form.changed(found.answers)
        if said:
            _note(request, [cases.event(case, CaseEvent.ANSWERED, date.today(), **one) for one in said], case)
        messages.success(request, request.translate("The answers are kept."))
        return redirect("plan-case", request.place.slug, case)
    context = {"form": form, "case": found, "questions": found.kind.questions}
    return render(request, "boards/cases/questions.html", context, status=422 if form.errors else 200)


@needs(Right.FACILITATE)
@require_POST
def card(request: PlaceRequest, case: str) -> HttpResponse:
    """Put a card on the board that stands for the case; the card remembers where it came from."""
    found, _ = find(request, case), request.translate
    row = {
        "title": found.row["title"],
        "pillar": found.kind.pillar if found.kind else Pillar.OWNERSHIP,
        "standing": CardStanding.POSSIBLE,
        "text": found.row["about"],
        "owner": found.row["who"],
        "allies": ", ".join(cases.lines(found.row["helper"])) or None,
        "place_name": found.row["place_name"],
        "asset_key": found.row["asset_key"],
        "origin": f"case:{case}",
    }
    key = boards.key("", found.row["title"], row["origin"])
    if boards.find(request.place.project, key):
        messages.info(request, _("There is a card with this title already."))
        return redirect("card", request.place.slug, key)
    try:
        made = keep.enter(request, [row])
    except InputError as error:
        messages.error(request, _.said(error))
        return redirect("plan-case", request.place.slug, case)
    messages.success(request, _("It stands on the board."))
    return redirect("card", request.place.slug, made[0]["card_key"])


def find(request: PlaceRequest, case: str) -> Case:
    """The case of that key. Raises Http404."""
    met(request, tables.case_entries, tables.case_events)
    found = cases.one_of(request.place.project, case)
    if found is None:
        raise Http404
    return found


def _note(request: PlaceRequest, rows: list[dict[str, Any]], case: str) -> None:
    enter(request, tables.case_events, EVENT, rows, NOTED, case)


def _form(request: PlaceRequest, found: Case | None) -> CaseForm:
    project = request.place.project
    return CaseForm(
        request.POST if request.method == "POST" else None,
        translate=request.translate,
        project=project,
        kinds=cases.kinds(project),
        assets=assets.assets(project),
        gaps=[gap.label for gap in pooled(request)[0]],
        before=dict(found.row) if found else None,
    )


def _page(request: PlaceRequest, form: CaseForm, found: Case | None) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "boards/cases/enter.html", {"form": form, "case": found}, status=status)
