"""Answers to a consultation: read, shown or put away, and replied to."""

from django import forms as fields
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from bygd.reports.translate import N_
from bygd.web.boards.plans import keep
from bygd.web.boards.plans.models import Answer
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right

JUDGED = N_("read an answer to a consultation")


class Judge(fields.Form):
    """Whether an answer is shown, and what is replied."""

    shown = fields.ChoiceField(choices=[("yes", ""), ("no", "")])
    reply = fields.CharField(required=False, max_length=4000)


@needs(Right.FACILITATE)
@require_GET
def answers(request: PlaceRequest, plan: str) -> HttpResponse:
    """The answers to the consultation of a plan, those that nobody has read first."""
    found = keep.find(request, plan)
    listed = sorted(
        Answer.objects.filter(place=request.place, plan_key=plan), key=lambda one: (one.is_shown is not None, one.pk)
    )
    titles = {row["part_key"]: row["title"] for row in found.parts}
    return render(request, "boards/plans/answers.html", {"plan": found, "answers": listed, "titles": titles})


@needs(Right.FACILITATE)
@require_POST
def judge(request: PlaceRequest, plan: str, number: int) -> HttpResponse:
    """Show an answer or put it away, with a reply if one wishes; what was put away can be shown again."""
    keep.find(request, plan)
    one = get_object_or_404(Answer, place=request.place, plan_key=plan, id=number)
    form = Judge(request.POST)
    if form.is_valid():
        one.is_shown, one.reply = form.cleaned_data["shown"] == "yes", form.cleaned_data["reply"].strip()
        one.read_at = timezone.now()
        one.save(update_fields=["is_shown", "reply", "read_at"])
        log.record(request, JUDGED, f"{plan}/{number}")
        messages.success(request, request.translate("Kept."))
    return redirect("action-plan-answers", request.place.slug, plan)
