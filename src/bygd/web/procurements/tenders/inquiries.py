"""Questions of bidders and answers to all of them: who asked is kept nowhere, and all read the same."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bygd.reports import Translator
from bygd.sources.errors import InputError
from bygd.sources.privacy import Finder
from bygd.web import too_long
from bygd.web.people import log as audit
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.procurements.tenders import answering, log
from bygd.web.procurements.tenders.models import Inquiry, Invitation, Tender
from bygd.web.procurements.tenders.team import Deed, enter
from bygd.web.procurements.tenders.words import State

MOST_LETTERS = 4000
MOST_OF_ONE = 30
"""Questions that come by one link, so that nobody can drown the others."""


class Ask(forms.Form):
    """A question of a bidder."""

    def __init__(self, *args: Any, translate: Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ = translate
        self.fields["question"] = forms.CharField(
            max_length=MOST_LETTERS,
            widget=forms.Textarea(attrs={"rows": 4}),
            label=_("Your question"),
            help_text=_("One at a time. All bidders read it with its answer: do not say who you are or what you bid."),
            error_messages={"required": _("Write the question.")},
        )
        too_long.say(self.fields["question"], _)


class Answer(forms.Form):
    """The question as all read it, and the answer."""

    def __init__(self, *args: Any, translate: Translator, inquiry: Inquiry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = f"id_{inquiry.pk}_%s"
        _ = translate
        fields = {
            "wording": (_("The question as all read it"), _("Write the question."), inquiry.wording or inquiry.text)
        }
        fields["answer"] = (_("Answer to all"), _("Write the answer."), inquiry.answer)
        for name, (label, missing, initial) in fields.items():
            self.fields[name] = forms.CharField(
                max_length=MOST_LETTERS,
                widget=forms.Textarea(attrs={"rows": 4}),
                label=label,
                initial=initial,
                error_messages={"required": missing},
            )
            too_long.say(self.fields[name], _)
        self.fields["wording"].help_text = _("Take out what would tell who asks.")


def answered(head: Tender) -> Sequence[tuple[int, Inquiry]]:
    """What all may read, numbered in the order in which it was asked."""
    return [one for one in _numbered(head) if one[1].answered_at]


def may_ask(invitation: Invitation) -> bool:
    """Whether questions are taken by a link now: while first bids are, until the day that was set."""
    head = invitation.tender.head
    if invitation.revises is not None or head.questions_until is None or timezone.now() >= head.questions_until:
        return False
    return any(one.state == State.PUBLISHED and not one.is_closed() for one in head.lots())


def ask(invitation: Invitation, text: str) -> None:
    """Keep a question. Raises InputError where it is too late, too many came by the link, or it names a person."""
    head = invitation.tender.head
    _check(head, text)
    with transaction.atomic():
        held = Tender.objects.select_for_update(of=("self",)).get(pk=head.pk)
        if not may_ask(invitation):
            raise InputError("The time for questions is over. This one was not taken in.")
        link = Invitation.objects.filter(pk=invitation.pk, ended_at=None, asked__lt=MOST_OF_ONE)
        if not link.update(asked=F("asked") + 1):
            raise InputError("By one link {most} questions can be asked, no more.", most=MOST_OF_ONE)
        Inquiry.objects.create(tender=held, text=text)
        # As it came it may tell who asks; the log says that with the bids.
        log.write(held, None, log.ASKED, str(held.inquiries.count()), after=text, is_sealed=True)


@needs(Right.SEE_POOL)
@require_http_methods(["GET", "POST"])
def inquiries(request: PlaceRequest, number: int) -> HttpResponse:
    """Questions and answers; those without an answer are seen and answered by the lead."""
    here = enter(request, number, Deed.ANSWER if request.method == "POST" else Deed.SEE)
    found, _ = here.tender, request.translate
    head, wrong = found.head, None
    if request.method == "POST":
        key = request.POST.get("inquiry", "")
        one = head.inquiries.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 19 else None
        if one is None:
            raise Http404
        wrong = Answer(request.POST, translate=_, inquiry=one)
        if wrong.is_valid() and _answer(request, one, wrong):
            messages.success(request, _("The answer is there for all bidders."))
            if (day := answering.last(found)) and answering.is_late(found):
                messages.warning(
                    request,
                    _("It came after {last}, the last day that the law names. If it matters for bids, bidders are to "
                      "be given more time: look the rule up.", last=_.day(day)),
                )  # fmt: skip
            return redirect("tender-questions", request.place.slug, number)
    seen = _numbered(head) if here.leads else answered(head)
    listed = []
    for place, one in seen:
        form = wrong if request.method == "POST" and str(one.pk) == request.POST.get("inquiry") else None
        listed.append((place, one, form or Answer(translate=_, inquiry=one)))
    shown = {"tender": found, "head": head, "listed": listed, "may_answer": here.may(Deed.ANSWER), "wrong": wrong,
             "due": answering.lines(found, _)}  # fmt: skip
    return render(request, "procurements/tenders/inquiries.html", shown, status=422 if wrong else 200)


def _answer(request: PlaceRequest, one: Inquiry, form: Answer) -> bool:
    said = form.cleaned_data
    for name in ("wording", "answer"):
        try:
            _check(one.tender, said[name])
        except InputError as error:
            form.add_error(name, request.translate.said(error))
    if form.errors:
        return False
    with transaction.atomic():
        held = Tender.objects.select_for_update(of=("self",)).get(pk=one.tender_id)
        before = held.inquiries.get(pk=one.pk)
        place = held.inquiries.filter(pk__lte=one.pk).count()
        one.wording, one.answer, one.answered_at = said["wording"], said["answer"], timezone.now()
        one.save(update_fields=["wording", "answer", "answered_at"])
        told = f"{before.wording} – {before.answer}" if before.answered_at else ""
        log.write(held, request.user, log.ANSWERED, str(place), told, f"{one.wording} – {one.answer}")
        if answering.is_late(held):
            log.write(held, request.user, log.ANSWERED_LATE, str(place), after=f"{answering.last(held)}")
    audit.record(request, log.ANSWERED, held.number)
    return True


def _numbered(head: Tender) -> list[tuple[int, Inquiry]]:
    return list(enumerate(head.inquiries.all(), start=1))


def _check(tender: Tender, text: str) -> None:
    if Finder(tender.place.project.country.conventions()).inside(text):
        raise InputError("This holds a personal identity number. All bidders read it: take it out.")
