"""Case: one supplier with its candidates; what the person says of it is stored at once, and the next one comes."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bygd.reports import Translator
from bygd.reports.drawing import draw
from bygd.reports.explanation import way
from bygd.reports.explanation.tables import features
from bygd.sources.errors import InputError
from bygd.vocabulary import tables
from bygd.vocabulary.words import Judgement
from bygd.web.decisions import together
from bygd.web.decisions.models import LinkDecision
from bygd.web.pages.review import ahead, showing
from bygd.web.pages.review.ahead import ALONE
from bygd.web.pages.review.chosen import Chosen
from bygd.web.pages.review.deciding import by, forget_last, moment, remember, stack
from bygd.web.pages.review.desk import Desk, after, alone, desk
from bygd.web.pages.review.showing import Shown
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.people.written import signer
from bygd.workbench import decisions, organisations
from bygd.workbench.review import judging, lookup
from bygd.workbench.review.queue import Waiting

A_ROUND = 10
"""After so many cases decided the page says how much narrower the range became, as at the terminal."""

NEEDS_ORGANISATION = (Judgement.SAME, Judgement.DIFFERENT)


@needs(Right.REVIEW)
@require_http_methods(["GET", "POST"])
def case(request: PlaceRequest, case_key: str) -> HttpResponse:
    """The page of one case, with a search of the register where one is asked; a POST judges it."""
    if request.method == "POST":
        at_desk = desk(request)
        found = at_desk.find(case_key) if at_desk else None
        return _judge(request, at_desk, found) if at_desk and found else _gone(request)
    at_desk, found = _find(request, case_key)
    return _page(request, at_desk, found, searched=request.GET.get("q", ""))


@needs(Right.REVIEW)
@require_GET
def following(request: PlaceRequest) -> HttpResponse:
    """On to the next open case after the one named, in the order chosen."""
    at_desk = desk(request)
    if at_desk is None:
        return redirect("review", request.place.slug)
    chosen = Chosen.read(request.GET)
    now = at_desk.by_key.get(request.GET.get("after", ""))
    picked = after(chosen.pick(at_desk), now, at_desk)
    return HttpResponseRedirect(_address(request, picked[0] if picked else None, chosen))


@needs(Right.REVIEW)
@require_POST
def undo(request: PlaceRequest) -> HttpResponse:
    """Take the person's last judgement of this sitting back, and go to its case."""
    at_desk, chosen, _ = desk(request), Chosen.read(request.GET), request.translate
    made = stack(request)
    if at_desk is None or not made:
        messages.info(request, _("There is nothing to take back in this sitting."))
        return _to_queue(request, chosen)
    rows = list(LinkDecision.objects.filter(place=request.place, id__in=made[-1], decided_by=by(request)))
    keys = [row.supplier_key for row in rows]
    with decisions.alone(at_desk.project):
        said = together.read(request.place, tables.link_decisions, supplier_key__in=keys)
        back = []
        for row in rows:
            last = {name: together.plain(getattr(row, name)) for name in tables.link_decisions.columns()}
            own = [one for one in said if one["supplier_key"] == row.supplier_key]
            back.append({**judging.taken_back(last, own), "decided_at": moment(own)})
        try:
            together.add(request.place, tables.link_decisions, back, at_desk.project)
        except InputError as error:
            messages.error(request, request.translate.said(error))
            return _to_queue(request, chosen)
    forget_last(request)
    log.record(request, "took a judgement back", ", ".join(keys))
    at_desk.since.read_on()
    if request.POST.get("to") == "batch":
        said_so = _.ngettext("{number} judgement was taken back.", "{number} judgements were taken back.", len(rows))
        messages.success(request, said_so)
        return HttpResponseRedirect(_batch(request, chosen))
    found = next((one for key in keys if (one := at_desk.by_supplier.get(key))), None)
    if found is None:
        return _to_queue(request, chosen)
    told = _("Taken back. Here is the case again.")
    if request.htmx:  # type: ignore[attr-defined]
        return _part(request, Desk(at_desk.project, at_desk.held, at_desk.since), found, chosen, told)
    messages.success(request, told)
    return HttpResponseRedirect(_address(request, found, chosen))


@needs(Right.REVIEW)
@require_GET
def why(request: PlaceRequest, case_key: str, org_id: str) -> HttpResponse:
    """What each comparison of a candidate adds, as a picture and a table."""
    at_desk, found = _find(request, case_key)
    subject = at_desk.item(found).case
    candidate = next((one for one in subject.options if one.org_id == org_id), None)
    if candidate is None:
        raise Http404
    picture = way(subject, candidate, request.translate)
    drawn = (
        [
            draw(spec, f"why-{size}", request.translate)
            for spec, size in ((picture.wide, "wide"), (picture.narrow, "narrow"))
        ]
        if picture
        else []
    )
    context = {
        "case": subject,
        "candidate": candidate,
        "drawn": drawn,
        "grid": features(candidate.evidence, request.translate),
        "back": _address(request, found, Chosen.read(request.GET)),
    }
    return render(request, "review/_why.html" if request.htmx else "review/why.html", context)  # type: ignore[attr-defined]


def _judge(request: PlaceRequest, at_desk: Desk, found: Waiting) -> HttpResponse:
    form, _ = request.POST, request.translate
    chosen = Chosen.read(request.GET)
    if form.get("judgement") not in set(Judgement) or not form.get("seen", "").isdecimal():
        return HttpResponseBadRequest()
    judgement, org_id, note = Judgement(form["judgement"]), form.get("org_id", ""), form.get("note", "")
    if judgement in NEEDS_ORGANISATION and not org_id:
        wrong = _("Choose an organisation first, or say that it is in no register.")
        return _page(request, at_desk, found, wrong=wrong)
    if "\x00" in org_id + note or (org_id and not _exists(at_desk, found, org_id)):
        raise Http404
    with decisions.alone(at_desk.project):
        at_desk.since.read_on()
        told = [
            row for row in at_desk.said(found) if row["id"] > int(form["seen"]) and row["decided_by"] != by(request)
        ]
        if told:
            who = signer(told[-1]["decided_by"], request.translate)
            wrong = _("{who} decided this while you looked at it. Say what you think, or go on.", who=who)
            return _page(request, at_desk, found, wrong=wrong)
        cases = [found, *(showing.alike(at_desk, found) if "alike" in form else ())]
        rows = _rows(request, at_desk, cases, judgement, org_id, note[:1000])
        picked = after(chosen.pick(at_desk), found, at_desk)
        try:
            together.add(request.place, tables.link_decisions, rows, at_desk.project)
        except InputError as error:
            return _page(request, at_desk, found, wrong=request.translate.said(error))
        keys = [row["supplier_key"] for row in rows]
        remember(request, rows)
    log.record(request, "judged", ", ".join(f"{key} {judgement.value}" for key in keys))
    at_desk.since.read_on()
    at_desk = Desk(at_desk.project, at_desk.held, at_desk.since)
    told_text = _saved(found, judgement, len(cases), _)
    if found.case_key.endswith(ALONE):  # the others that stood together with it are asked now
        together_with = at_desk.by_supplier[found.suppliers[0]]
        mates = [alone(together_with, key) for key in together_with.suppliers if key != found.suppliers[0]]
        picked = [*(one for one in mates if at_desk.is_open(one)), *picked]
    # Another candidate may be the right one: the case stays until all were turned down.
    is_done = not at_desk.is_open(found)
    rest = [one for one in picked if at_desk.is_open(one)]
    following_case = (rest[0] if rest else None) if is_done else found
    if following_case is None:
        messages.success(request, told_text)
        return _to_queue(request, chosen)
    if request.htmx:  # type: ignore[attr-defined]
        return _part(request, at_desk, following_case, chosen, told_text)
    messages.success(request, told_text)
    return HttpResponseRedirect(_address(request, following_case, chosen))


def _rows(
    request: PlaceRequest, at_desk: Desk, cases: list[Waiting], judgement: Judgement, org_id: str, note: str
) -> list[dict[str, Any]]:
    """A row for the supplier of each case that is clearest, later than anything said of it."""
    subjects = [at_desk.item(one).case for one in cases]
    keys = [subject.supplier_key for subject in subjects]
    said = together.read(request.place, tables.link_decisions, supplier_key__in=keys)
    return [
        {
            **judging.judged(subject, judgement, org_id or None, by(request), note),
            "decided_at": moment(row for row in said if row["supplier_key"] == subject.supplier_key),
        }
        for subject in subjects
    ]


def _exists(at_desk: Desk, found: Waiting, org_id: str) -> bool:
    """Whether that is an organisation somebody may be linked to: a candidate, or in the registers and no person."""
    if any(one.org_id == org_id for one in at_desk.item(found).case.options):
        return True
    with at_desk.held.engine() as engine:
        return bool(organisations.about(engine, [org_id]))


def _saved(found: Waiting, judgement: Judgement, number: int, _: Translator) -> str:
    if number > 1:
        return _(
            "Saved for {number} suppliers: {name}: {word}.",
            number=_.number(number),
            name=found.name,
            word=_.word(judgement),
        )
    return _("Saved: {name}: {word}.", name=found.name, word=_.word(judgement))


def _gone(request: PlaceRequest) -> HttpResponse:
    """To the queue, where a build made the case go while somebody looked at it: a press is never without an answer."""
    _ = request.translate
    messages.warning(
        request, _("This case is not there any more. The place may have been built anew; nothing was stored.")
    )
    return _to_queue(request, Chosen.read(request.GET))


def _find(request: PlaceRequest, case_key: str) -> tuple[Desk, Waiting]:
    at_desk = desk(request)
    found = at_desk.find(case_key) if at_desk else None
    if at_desk is None or found is None:
        raise Http404
    return at_desk, found


def _page(request: PlaceRequest, at_desk: Desk, found: Waiting, *, searched: str = "", wrong: str = "") -> HttpResponse:
    context = _context(request, at_desk, found, Chosen.read(request.GET))
    context |= {"wrong": wrong, "searched": searched[:200]}
    if searched := searched.replace("\x00", "").strip()[:200]:
        with at_desk.held.engine() as engine:
            hits = lookup.search(engine, searched)
            known = organisations.about(engine, [one.org_id for one in hits])
        context["hits"] = showing.options(hits, known, {}, set(), request.translate)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "review/_case.html" if wrong else "review/_found.html", context)
    return render(request, "review/case.html", context)


def _part(request: PlaceRequest, at_desk: Desk, found: Waiting, chosen: Chosen, told: str) -> HttpResponse:
    context = _context(request, at_desk, found, chosen) | {"told": told}
    decided = len(at_desk.settled)
    context["is_round"] = bool(decided) and not decided % A_ROUND
    response = render(request, "review/_case.html", context)
    response["HX-Push-Url"] = _address(request, found, chosen)
    return response


def _context(request: PlaceRequest, at_desk: Desk, found: Waiting, chosen: Chosen) -> dict[str, Any]:
    picked = chosen.pick(at_desk)
    at = next((place for place, one in enumerate(picked) if one.case_key == found.case_key), None)
    ahead.read_on(at_desk.held, picked[at + 1 if at is not None else 0 :])
    shown: Shown = showing.show(at_desk, request.place, found, request.translate)
    return {
        "shown": shown,
        "year_name": at_desk.held.year,
        "case": shown.item.case,
        "currency": at_desk.currency,
        "chosen": chosen,
        "query": f"?{chosen.query}" if chosen.query else "",
        "left": len(picked),
        "at": at,
        "is_open": at_desk.is_open(found),
        "can_undo": bool(stack(request)),
        "wrong": "",
        "told": "",
        "is_round": False,
        "searched": "",
        "hits": None,
    }


def _to_queue(request: PlaceRequest, chosen: Chosen) -> HttpResponse:
    return _go(request, _address(request, None, chosen))


def _go(request: PlaceRequest, address: str) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        response = HttpResponse(status=200)
        response["HX-Redirect"] = address
        return response
    return HttpResponseRedirect(address)


def _batch(request: PlaceRequest, chosen: Chosen) -> str:
    path = reverse("review-batch", args=(request.place.slug,))
    return f"{path}?{chosen.query}" if chosen.query else path


def _address(request: PlaceRequest, found: Waiting | None, chosen: Chosen) -> str:
    path = (
        reverse("case", args=(request.place.slug, found.case_key))
        if found
        else reverse("review", args=(request.place.slug,))
    )
    return f"{path}?{chosen.query}" if chosen.query else path
