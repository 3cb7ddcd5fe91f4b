"""From the award to the contract: the winner's contract comes into the register, and each promise becomes an item."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bygd.reports.translate import Translator
from bygd.sources.errors import InputError
from bygd.tools.promises.units import Unit
from bygd.tools.tenders import Asked, Question
from bygd.vocabulary import tables
from bygd.vocabulary.contract_words import ContractStage
from bygd.vocabulary.money import rounded
from bygd.web.decisions import together
from bygd.web.people import log as audit
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.procurements.tenders import log, plan, standstill
from bygd.web.procurements.tenders.fields import Amount
from bygd.web.procurements.tenders.models import Bid, Tender
from bygd.web.procurements.tenders.team import Deed, enter
from bygd.workbench import asking, contracts, decisions, promises
from bygd.workbench.contracts.bring import KEPT
from bygd.workbench.contracts.who import Suppliers
from bygd.workbench.promises import Given

FROM = "tender {number}"
DAY = {"type": "date"}


class Concluded(forms.Form):
    """When the contract runs, and of each answer what is promised: a sentence, how much, counted in what."""

    def __init__(self, *args: Any, translate: Translator, tender: Tender, winner: Bid, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ = self.translate = translate
        self.questions = plan.form(tender).questions
        days = (("signed_on", _("Signed on")), ("starts_on", _("First day")), ("ends_on", _("Last day")))
        for name, label in days:
            self.fields[name] = forms.DateField(
                label=label,
                required=name != "signed_on",
                widget=forms.DateInput(DAY, format="%Y-%m-%d"),
                error_messages={
                    "required": _("Say the day."),
                    "invalid": _("Write the day as year, month and day."),
                },
            )
        marks = asking.groups(_.language, tender.place.project.country.code)
        for place, question in enumerate(self.questions):
            target, unit = _proposed(question, winner.answers.get(question.code, {}))
            self.fields[f"title_{place}"] = forms.CharField(
                label=_("What was promised"),
                max_length=300,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
                initial=question.text_in(translate.language)[:300],
            )
            self.fields[f"target_{place}"] = Amount(_, marks, label=_("How much"), required=False, initial=target)
            self.fields[f"unit_{place}"] = forms.CharField(
                label=_("Counted in"), max_length=40, required=False, initial=unit
            )

    def clean(self) -> dict[str, Any]:
        """A contract ends after it begins; a promise has all three."""
        said = super().clean() or {}
        starts_on, ends_on = said.get("starts_on"), said.get("ends_on")
        if starts_on and ends_on and ends_on <= starts_on:
            self.add_error("ends_on", self.translate("The last day must come after the first."))
        for place, _question in enumerate(self.questions):
            target = said.get(f"target_{place}")
            for name in ("title", "unit"):
                if target and not said.get(f"{name}_{place}"):
                    missing = self.translate("A promise needs a sentence, how much, and what it is counted in.")
                    self.add_error(f"{name}_{place}", missing)
        return said

    def rows(self, winner: Bid) -> list[tuple[Question, str, list[forms.BoundField]]]:
        """Each question with the winner's words and its three fields."""
        return [
            (
                question,
                winner.answers.get(question.code, {}).get("text", ""),
                [self[f"{name}_{place}"] for name in ("title", "target", "unit")],
            )
            for place, question in enumerate(self.questions)
        ]

    def given(self, tender: Tender) -> list[Given]:
        """The promises; answers without a number of what is promised are none."""
        said, edition = self.cleaned_data, plan.edition(tender)
        found = []
        for place, question in enumerate(self.questions):
            target = said[f"target_{place}"]
            if not target:
                continue
            is_measure = edition is not None and question.code in tender.measures
            unit = said[f"unit_{place}"].strip()
            found.append(
                Given(
                    code=question.code,
                    title=said[f"title_{place}"].strip(),
                    unit=unit,
                    target=target,
                    due_on=said["ends_on"],
                    starts_on=said["starts_on"],
                    theme=question.heading.get(self.translate.language) or None,
                    policy=edition.id if edition is not None and is_measure else None,
                    measure=question.code if is_measure else None,
                    counts_people=unit == Unit.PERSONS,
                )
            )
        return found


@needs(Right.SEE_POOL)
@never_cache
@require_http_methods(["GET", "POST"])
def conclude(request: PlaceRequest, number: int) -> HttpResponse:
    """Enter the contract of an awarded tender and what its winner promised; both are changed where they then stand."""
    here = enter(request, number, Deed.CONCLUDE)
    found, _ = here.tender, request.translate
    winner = found.winner
    assert winner is not None  # an awarded tender has one
    if (there := entered(request, found)) is not None:
        messages.info(request, _("The contract is in the register. What was promised can be added here."))
        return redirect("promises-contract", request.place.slug, there)
    form = Concluded(request.POST or None, translate=_, tender=found, winner=winner)
    if request.method == "POST" and form.is_valid():
        try:
            key = _enter(request, found, winner, form)
        except InputError as error:
            form.add_error(None, _.said(error))
        else:
            log.write(found, request.user, log.CONCLUDED, winner.firm, after=key)
            audit.record(request, log.CONCLUDED, found.number)
            messages.success(request, _("The contract is entered, and what was promised can be followed up."))
            waits = standstill.of(found)
            signed, first = form.cleaned_data["signed_on"], waits.first if waits else None
            if signed and first and signed < first:
                said = _("The contract was signed on {signed}, before {first}: look up whether the standstill held for "
                         "it.", signed=_.day(signed), first=_.day(first))  # fmt: skip
                messages.warning(request, said)
            return redirect("promises-contract", request.place.slug, key)
    shown = {"tender": found, "winner": winner, "form": form, "rows": form.rows(winner),
             "price": plan.price(found, winner), "standstill": standstill.lines(found, _)}  # fmt: skip
    return render(request, "procurements/tenders/conclude.html", shown, status=422 if form.errors else 200)


def entered(request: PlaceRequest, tender: Tender) -> str | None:
    """The key of the signed contract of a tender, where it is in the register."""
    key = contracts.key(tender.anchor, tender.number, tender.title, tender.lot or None)
    found = [one for one in contracts.current(request.place.project) if one["contract_key"] == key]
    return key if found and found[0]["stage"] == ContractStage.SIGNED else None


def _enter(request: PlaceRequest, tender: Tender, winner: Bid, form: Concluded) -> str:
    """The key of the contract entered. Raises InputError before anything is written where something cannot stand."""
    project, said = request.place.project, form.cleaned_data
    book = promises.book(project)
    who = Suppliers(project)
    named = who(winner.firm, winner.firm_number)
    key, head = contracts.key(tender.anchor, tender.number, tender.title, tender.lot or None), tender.head
    before = book.contracts.get(key)
    if before is not None and before["stage"] == ContractStage.SIGNED:
        raise InputError(
            "There is a contract {number} of {anchor} already. Add what was promised there.",
            number=tender.number,
            anchor=tender.anchor,
        )
    price = plan.price(tender, winner)
    row: dict[str, Any] = {
        **dict.fromkeys(KEPT),
        **({name: before[name] for name in KEPT} if before else {}),
        "contract_key": key, "anchor": tender.anchor, "number": who.text(tender.number),
        "title": who.text(tender.title),
        "procedure_key": contracts.key(head.anchor, head.number, head.title) if tender.lot else None,
        "lot": tender.lot or None, "supplier_name": named.name, "supplier_id": named.id,
        "cpv": tender.cpv or None, "value": None if price is None else rounded(price),
        "currency": None if price is None else tender.currency,
        "signed_on": said["signed_on"], "starts_on": said["starts_on"], "ends_on": said["ends_on"],
        "stage": ContractStage.SIGNED.value,
        "is_framework": bool(before and before["is_framework"]), "withdrawn": False,
    }  # fmt: skip
    for _column, problem in contracts.problems(row, project.country.code):
        raise InputError(problem)
    with_it = replace(book, contracts={**book.contracts, key: row})
    entries = promises.from_measures(with_it, key, form.given(tender), request.user.label)
    entry = {
        **row,
        "source": FROM.format(number=tender.numbered),
        "entered_by": request.user.label,
        "entered_at": decisions.now(),
    }
    together.add(request.place, tables.contract_entries, [entry], project)
    together.add(request.place, tables.promise_entries, entries, project)
    return key


def _proposed(question: Question, answer: dict[str, Any]) -> tuple[Decimal | None, str]:
    """How much the answer promises and in what, as far as its number or its yes says it."""
    if question.asked is Asked.NUMBER and answer.get("number"):
        return Decimal(answer["number"]), question.unit
    if question.asked is Asked.YES_NO and answer.get("yes"):
        return Decimal(1), Unit.DONE.value
    return None, question.unit
