"""Views of the buyer: forums, what waits to be read, matters and their answers."""

import secrets

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bygd.reports.translate import N_
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.procurements import tables
from bygd.web.procurements.forums import closing, told
from bygd.web.procurements.forums.forms import NEW, Draft, Judge, Reply
from bygd.web.procurements.forums.models import Answer, Forum, Matter, Proposal, today
from bygd.web.procurements.forums.words import Concern, ForumState, Outcome, ProposalState, Reason, Sender
from bygd.workbench import forums as library

WORDS = {"concern": Concern, "sender": Sender, "outcome": Outcome, "reason": Reason}
"""What templates turn stored texts into words with."""


@needs(Right.SEE_POOL)
@require_safe
def every(request: PlaceRequest) -> HttpResponse:
    """The forums of the place; drafts only for those who make them."""
    found = Forum.objects.filter(place=request.place)
    if not request.access.may(Right.PROCURE):
        found = found.filter(opened_at__isnull=False)
    return render(request, "procurements/forums/list.html", {"forums": [(one, _counts(one)) for one in found]})


@needs(Right.PROCURE)
@require_http_methods(["GET", "POST"])
def new(request: PlaceRequest) -> HttpResponse:
    """Make a draft of a forum."""
    form = _draft(request)
    if request.method == "POST" and form.is_valid():
        forum = Forum.objects.create(
            place=request.place, key=secrets.token_hex(6), made_by=request.user.label, **form.cleaned_data
        )
        log.record(request, N_("made a draft of an issue forum"), forum.key)
        return redirect("forum", request.place.slug, forum.pk)
    return render(request, "procurements/forums/change.html", {"form": form, "forum": None})


@needs(Right.PROCURE)
@require_http_methods(["GET", "POST"])
def change(request: PlaceRequest, number: int) -> HttpResponse:
    """Change what a forum says about itself."""
    forum = _forum(request, number)
    form = _draft(request, forum)
    if request.method == "POST" and form.is_valid():
        for name, value in form.cleaned_data.items():
            setattr(forum, name, value)
        forum.save(update_fields=list(form.cleaned_data))
        closing.keep(forum)
        log.record(request, N_("changed an issue forum"), forum.key)
        messages.success(request, request.translate("Changed."))
        return redirect("forum", request.place.slug, forum.pk)
    return render(request, "procurements/forums/change.html", {"form": form, "forum": forum})


@needs(Right.PROCURE)
@require_safe
def desk(request: PlaceRequest, number: int) -> HttpResponse:
    """One forum at work: what waits to be read, what was gathered, what is still to be answered."""
    return _desk(request, _forum(request, number))


@needs(Right.PROCURE)
@require_POST
def publish(request: PlaceRequest, number: int) -> HttpResponse:
    """Open a forum: from now on everybody sees it."""
    forum = _forum(request, number)
    if forum.opened_at is None:
        if forum.closes_on < today():
            messages.error(request, request.translate("The last day for proposals has passed. Change it first."))
            return redirect("forum", request.place.slug, forum.pk)
        forum.opened_at = timezone.now()
        forum.save(update_fields=["opened_at"])
        log.record(request, N_("opened an issue forum"), forum.key)
        messages.success(request, request.translate("The forum is open. Its public address stands below."))
    return redirect("forum", request.place.slug, forum.pk)


@needs(Right.PROCURE)
@require_POST
def judge(request: PlaceRequest, number: int, proposal: int) -> HttpResponse:
    """Show a proposal within a matter, or do not and say why; either may be done anew."""
    forum = _forum(request, number)
    found = forum.proposals.filter(pk=proposal).first()
    if found is None:
        raise Http404
    matters = list(forum.matters.all())
    form = Judge(request.POST, translate=request.translate, matters=matters, prefix=str(proposal))
    if not form.is_valid():
        return _desk(request, forum, {found.pk: form}, status=400)
    said = form.cleaned_data
    if said["what"] == "show":
        chosen = said["matter"] if said["matter"] not in ("", NEW) else None
        matter = Matter.objects.get(pk=chosen, forum=forum) if chosen else None
        found.matter = matter or Matter.objects.create(forum=forum, title=said["title"].strip())
        found.state, found.reason = ProposalState.SHOWN.value, ""
        log.record(request, N_("showed a proposal in an issue forum"), f"{forum.key} {found.pk}")
    else:
        found.matter, found.state, found.reason = None, ProposalState.WITHHELD.value, said["reason"]
        about = f"{forum.key} {found.pk}: {Reason(said['reason']).value}"
        log.record(request, N_("withheld a proposal in an issue forum"), about)
    found.judged_by, found.judged_at = request.user.label, timezone.now()
    found.save(update_fields=["matter", "state", "reason", "judged_by", "judged_at"])
    closing.keep(forum)
    return redirect("forum", request.place.slug, forum.pk)


@needs(Right.PROCURE)
@require_POST
def nameless(request: PlaceRequest, number: int, proposal: int) -> HttpResponse:
    """Take the sender's name and address away, because they ask for it or because it is not theirs."""
    forum = _forum(request, number)
    if not forum.proposals.filter(pk=proposal).update(sender="", email=""):
        raise Http404
    closing.keep(forum)
    log.record(request, N_("took a sender's name out of a forum"), f"{forum.key} {proposal}")
    messages.success(request, request.translate("Name and address of the sender are erased."))
    return redirect("forum", request.place.slug, forum.pk)


@needs(Right.PROCURE)
@require_http_methods(["GET", "POST"])
def matter(request: PlaceRequest, number: int, matter: int) -> HttpResponse:
    """One matter with its proposals, and the form of its answer."""
    forum = _forum(request, number)
    found = forum.matters.filter(pk=matter).first()
    if found is None:
        raise Http404
    answers = list(found.answers.all())
    first = {"outcome": answers[0].outcome, "why": answers[0].why, "where": answers[0].where} if answers else {}
    form = Reply(request.POST or None, translate=request.translate, initial=first)
    if request.method == "POST" and form.is_valid():
        Answer.objects.create(matter=found, answered_by=request.user.label, **form.cleaned_data)
        closing.keep(forum)
        log.record(request, N_("answered a matter of an issue forum"), f"{forum.key} {found.pk}")
        messages.success(request, request.translate("The answer is public."))
        return redirect("forum", request.place.slug, forum.pk)
    matters = list(forum.matters.all())
    shown = [
        (one, Judge(translate=request.translate, matters=matters, prefix=str(one.pk), initial={"matter": found.pk}))
        for one in found.proposals.filter(state=ProposalState.SHOWN.value)
    ]
    values = {"forum": forum, "matter": found, "form": form, "answers": answers, "proposals": shown}
    return render(request, "procurements/forums/matter.html", values | WORDS)


@needs(Right.PROCURE)
@require_POST
def finish(request: PlaceRequest, number: int) -> HttpResponse:
    """Say that all matters are answered: who asked for it is told, and addresses of mail are erased."""
    forum = _forum(request, number)
    wrong = closing.missing(forum)
    if wrong is not None:
        messages.error(request, request.translate(wrong))
    elif forum.answered_at is None:
        closing.finish(forum)
        log.record(request, N_("finished an issue forum"), forum.key)
        messages.success(request, request.translate("Finished. Addresses of senders are erased."))
    return redirect("forum", request.place.slug, forum.pk)


@needs(Right.PROCURE)
@require_safe
def table(request: PlaceRequest, number: int, ending: str) -> HttpResponse:
    """All proposals of a forum, those not shown as well."""
    forum = _forum(request, number)
    log.record(request, N_("downloaded an issue forum"), forum.key)
    grid = told.grid(forum, request.translate, inner=True)
    currency = request.place.project.country.currency
    return tables.answer(grid, ending, request.translate, currency, f"{request.place.slug}-forum-{forum.key}")


def _desk(
    request: PlaceRequest, forum: Forum, forms: dict[int, Judge] | None = None, status: int = 200
) -> HttpResponse:
    gathered = told.gathered(forum)
    texts = {one.matter.pk: [one.matter.title, *(each.text for each in one.proposals)] for one in gathered}
    matters = list(forum.matters.all())

    def form(one: Proposal) -> Judge:
        near = library.alike(one.text, texts)
        first = {"matter": str(near[0]) if near else NEW}
        return Judge(translate=request.translate, matters=matters, prefix=str(one.pk), initial=first)

    others = forum.proposals.exclude(state=ProposalState.SHOWN.value)
    unread = [one for one in others if one.state == ProposalState.WAITING]
    shown = {
        "forum": forum,
        "is_draft": forum.state is ForumState.DRAFT,
        "waiting": [(one, (forms or {}).get(one.pk) or form(one)) for one in unread],
        "withheld": [
            (one, (forms or {}).get(one.pk) or form(one)) for one in others if one.state == ProposalState.WITHHELD
        ],
        "gathered": gathered,
        "unanswered": sum(one.answer is None for one in gathered),
    }
    return render(request, "procurements/forums/desk.html", shown | WORDS, status=status)


def _draft(request: PlaceRequest, forum: Forum | None = None) -> Draft:
    project = request.place.project
    names = ("title", "about", "buyer", "closes_on", "answers_by", "contact", "cpv", "value")
    first = {name: getattr(forum, name) for name in names} if forum else {"buyer": request.place.name}
    return Draft(request.POST or None, translate=request.translate, country=project.country.code, initial=first)


def _counts(forum: Forum) -> tuple[int, int]:
    """How many proposals are shown, and how many wait to be read."""
    states = list(forum.proposals.values_list("state", flat=True))
    return states.count(ProposalState.SHOWN), states.count(ProposalState.WAITING)


def _forum(request: PlaceRequest, number: int) -> Forum:
    found = Forum.objects.select_related("place").filter(place=request.place, pk=number).first()
    if found is None:
        raise Http404
    return found
