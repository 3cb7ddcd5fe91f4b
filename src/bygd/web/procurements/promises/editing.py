"""Editing: buyers add and change promises, judge reports, note remedies, and take any of it back by a new entry."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bygd.reports.translate import N_, Translator
from bygd.sources.errors import InputError
from bygd.tools import promises as tool
from bygd.tools.promises.units import WHOLE, Unit
from bygd.vocabulary import tables
from bygd.vocabulary.contract_words import Adding, DeliveryState, Remedy
from bygd.web.decisions import together
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.procurements.promises.forms import JudgeForm, PromiseForm, RemedyForm
from bygd.web.procurements.promises.views import account_of, contract_of, effort_of, of_promise, open_book, seen
from bygd.workbench import asking, promises
from bygd.workbench.promises import Book, Given
from bygd.workbench.promises.known import history

OUT, BACK = N_("took a promise out"), N_("put a promise back")


@needs(Right.SEE_POOL, Right.PROCURE)
@never_cache
@require_http_methods(["GET", "POST"])
def add(request: PlaceRequest, key: str) -> HttpResponse:
    """Add a promise to a contract. Milestones that are left empty are proposed by the weight of the contract."""
    book = open_book(request)
    contract = contract_of(book, key)
    initial = {"adding": Adding.SUM, "due_on": contract["ends_on"], "starts_on": contract["starts_on"]}
    form = PromiseForm(request.POST or None, translate=request.translate, marks=_marks(request, book), initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.given()
        try:
            if tool.promise_key(key, given.code) in book.promises:
                raise InputError("There is a promise with the number {code} already. Change that one.", code=given.code)
            row = promises.promise(book, key, _with_milestones(book, key, given), request.user.label)
            together.add(request.place, tables.promise_entries, [row], book.project)
        except InputError as error:
            form.failed(error)
        else:
            log.record(request, "added a promise", row["promise_key"])
            messages.success(request, request.translate("The promise is added."))
            return redirect("promise", request.place.slug, row["promise_key"])
    return _form(request, book, form, contract)


@needs(Right.SEE_POOL, Right.PROCURE)
@never_cache
@require_http_methods(["GET", "POST"])
def change(request: PlaceRequest, key: str) -> HttpResponse:
    """Change a promise: what it said before stays among its entries."""
    book = open_book(request)
    held = account_of(book, key).promise
    _ = request.translate
    initial = {
        **{name: getattr(held, name) for name in PromiseForm.base_fields if name != "milestones"},  # type: ignore[attr-defined]
        "unit": promises.unit(held.unit, _),
        "target": plain(held.target, _),
        "milestones": "\n".join(f"{one.due_on.isoformat()} {one.amount.normalize():f}" for one in held.steps[:-1]),
    } if not request.POST else {}  # fmt: skip
    form = PromiseForm(request.POST or None, translate=_, marks=_marks(request, book), initial=initial)
    form.fields["code"].disabled = True
    form.initial.setdefault("code", held.code)
    if request.method == "POST" and form.is_valid():
        given = form.given()
        kept = {name: getattr(held, name) for name in ("policy", "measure", "share", "full_time")}
        whole = Given(**{**{name: getattr(given, name) for name in Given.__dataclass_fields__}, **kept})
        try:
            row = promises.promise(book, held.contract_key, whole, request.user.label)
            together.add(request.place, tables.promise_entries, [row], book.project)
        except InputError as error:
            form.failed(error)
        else:
            log.record(request, "changed a promise", key)
            messages.success(request, _("The promise is changed."))
            return redirect("promise", request.place.slug, key)
    return _form(request, book, form, book.contracts[held.contract_key], held)


@needs(Right.SEE_POOL, Right.PROCURE)
@require_POST
def withdraw(request: PlaceRequest, key: str) -> HttpResponse:
    """Take a promise out, or put it back: a new entry either way."""
    book = open_book(request)
    entries = history(book.project, tables.promise_entries, "promise_key", key)
    if not entries or entries[-1]["contract_key"] not in book.contracts:
        return redirect("promises", request.place.slug)
    last = entries[-1]
    row = {**promises.taken_back(last, request.user.label), "withdrawn": not last["withdrawn"]}
    together.add(request.place, tables.promise_entries, [row], book.project)
    is_out = row["withdrawn"]
    log.record(request, OUT if is_out else BACK, key)
    if is_out:
        messages.success(request, request.translate("The promise is taken out. Its reports are kept."))
        return render(
            request, "procurements/promises/gone.html", {"row": row, "contract": book.contracts[row["contract_key"]]}
        )
    messages.success(request, request.translate("The promise is back."))
    return redirect("promise", request.place.slug, key)


@needs(Right.SEE_POOL, Right.PROCURE)
@require_POST
def judge(request: PlaceRequest, key: str) -> HttpResponse:
    """Verify a report, ask back, or dispute it; or undo what was said, by a new entry."""
    book = open_book(request)
    row = book.reports.get(key)
    if row is None or row["promise_key"] not in book.promises:
        return redirect("promises", request.place.slug)
    if request.POST.get("seen") != seen(row):
        messages.warning(request, request.translate("The report was changed meanwhile. Look at it again."))
        return redirect("promise", request.place.slug, row["promise_key"])
    if "undo" in request.POST:
        return _judged(request, book, key, DeliveryState.REPORTED, "", N_("undid a judgement"))
    form = JudgeForm(request.POST, translate=request.translate, prefix=key)
    if form.is_valid():
        try:
            state = DeliveryState(form.cleaned_data["state"])
            return _judged(request, book, key, state, form.cleaned_data["answer"], N_("judged a report"))
        except InputError as error:
            form.failed(error, "answer")
    shown = of_promise(request, book, row["promise_key"], (key, form))
    return render(request, "procurements/promises/promise.html", shown, status=422)


@needs(Right.SEE_POOL, Right.PROCURE)
@never_cache
@require_http_methods(["GET", "POST"])
def remedy(request: PlaceRequest, key: str) -> HttpResponse:
    """Note what was agreed where a promise is not kept."""
    book = open_book(request)
    held = account_of(book, key).promise
    form = RemedyForm(
        request.POST or None,
        translate=request.translate,
        marks=_marks(request, book),
        initial={"agreed_on": book.day},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            row = promises.redress(
                book, held, Remedy(said["remedy"]), said["agreed_on"], said["note"], request.user.label,
                due_on=said["new_due_on"], amount=said["money"],
            )  # fmt: skip
            together.add(request.place, tables.remedy_entries, [row], book.project)
        except InputError as error:
            form.failed(error)
        else:
            log.record(request, "noted a remedy", key)
            messages.success(request, request.translate("What was agreed is noted."))
            return redirect("promise", request.place.slug, key)
    shown = {"form": form, "promise": held, "contract": book.contracts[held.contract_key]}
    return render(request, "procurements/promises/remedy.html", shown, status=422 if form.errors else 200)


@needs(Right.SEE_POOL, Right.PROCURE)
@require_POST
def remedy_back(request: PlaceRequest, key: str) -> HttpResponse:
    """Take back what was agreed, by a new entry."""
    book = open_book(request)
    row = book.remedy_rows.get(key)
    if row is None or row["promise_key"] not in book.promises:
        return redirect("promises", request.place.slug)
    together.add(request.place, tables.remedy_entries, [promises.taken_back(row, request.user.label)], book.project)
    log.record(request, "took a remedy back", row["promise_key"])
    messages.success(request, request.translate("It is taken back."))
    return redirect("promise", request.place.slug, row["promise_key"])


def plain(value: Any, translate: Translator) -> str:
    """A number as somebody types it in their language."""
    text = f"{value.normalize():f}"
    return text.replace(".", ",") if translate.number_locale()["decimal"] == "," else text


def _judged(request: PlaceRequest, book: Book, key: str, state: DeliveryState, answer: str, did: str) -> HttpResponse:
    row = promises.judged(book, key, state, answer, request.user.label)
    together.add(request.place, tables.delivery_entries, [row], book.project)
    log.record(request, did, key)
    messages.success(request, request.translate("It is noted: {state}.", state=request.translate.word(state)))
    return redirect("promise", request.place.slug, row["promise_key"])


def _with_milestones(book: Book, key: str, given: Given) -> Given:
    """The promise with milestones as often as the weight of the contract asks for, where none were given."""
    effort = effort_of(book, key)
    if given.milestones or effort is None or given.starts_on is None or given.adding is not Adding.SUM:
        return given
    if given.unit == Unit.DONE:
        return given
    steps = tool.proposed(given.target, given.starts_on, given.due_on, effort.months, given.unit in WHOLE)
    values = {name: getattr(given, name) for name in Given.__dataclass_fields__}
    return Given(**{**values, "milestones": tool.written(steps)})


def _marks(request: PlaceRequest, book: Book) -> str:
    """The mark between thousands, see `asking.groups`."""
    return asking.groups(request.language, book.project.country.code)


def _form(
    request: PlaceRequest, book: Book, form: PromiseForm, contract: Any, held: tool.Promise | None = None
) -> HttpResponse:
    themes = sorted({one.theme for one in book.promises.values() if one.theme})
    shown = {
        "form": form, "contract": contract, "promise": held, "themes": themes, "units": list(form.units),
        "effort": effort_of(book, contract["contract_key"]),
    }  # fmt: skip
    return render(request, "procurements/promises/form.html", shown, status=422 if form.errors else 200)
