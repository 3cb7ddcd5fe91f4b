"""Batch: the best candidates of many cases in one list; those ticked are accepted together."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bygd.engine import DuckEngine
from bygd.linkage.cases import read_cases
from bygd.sources.errors import InputError
from bygd.vocabulary import tables
from bygd.vocabulary.words import Judgement
from bygd.web.decisions import together
from bygd.web.pages.review.chosen import Chosen
from bygd.web.pages.review.deciding import by, moment, remember, stack
from bygd.web.pages.review.desk import Desk, desk
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.workbench import decisions
from bygd.workbench.review import judging

A_PAGE = 50


@needs(Right.REVIEW)
@require_http_methods(["GET", "POST"])
def batch(request: PlaceRequest) -> HttpResponse:
    """Open cases with a candidate, fifty a page; a POST accepts the best candidates of those ticked."""
    at_desk, chosen = desk(request), Chosen.read(request.GET)
    if at_desk is None:
        raise Http404
    if request.method == "POST":
        return _accept(request, at_desk, chosen)
    listed = [case for case in chosen.pick(at_desk) if case.candidate_id and at_desk.is_open(case)]
    page = Paginator(listed, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "chosen": chosen,
        "query": f"{chosen.query}&" if chosen.query else "",
        "currency": at_desk.currency,
        "can_undo": bool(stack(request)),
        "decided": len(at_desk.settled),
        "places": {case.case_key: _place(at_desk, case.candidate_place) for case in page.object_list},
    }
    return render(request, "review/batch.html", context)


def _accept(request: PlaceRequest, at_desk: Desk, chosen: Chosen) -> HttpResponse:
    _ = request.translate
    here = reverse("review-batch", args=(request.place.slug,)) + (f"?{chosen.query}" if chosen.query else "")
    ticked = dict.fromkeys(request.POST.getlist("case")[:A_PAGE])
    with decisions.alone(at_desk.project):
        at_desk.since.read_on()
        wanted = {}
        for one in ticked:
            key, _sign, org_id = one.partition(" ")
            case = at_desk.by_key.get(key)
            if case is not None and case.candidate_id == org_id:
                wanted[case.suppliers[0]] = case
        fresh = {key: case for key, case in wanted.items() if not at_desk.said(case)}
        said = together.read(request.place, tables.link_decisions, supplier_key__in=list(fresh))
        with at_desk.held.engine() as engine:
            subjects = read_cases(engine, list(fresh))
        rows = [
            {
                **judging.judged(subject, Judgement.SAME, fresh[subject.supplier_key].candidate_id, by(request)),
                "decided_at": moment(row for row in said if row["supplier_key"] == subject.supplier_key),
            }
            for subject in subjects
        ]
        try:
            together.add(request.place, tables.link_decisions, rows, at_desk.project)
        except InputError as error:
            messages.error(request, request.translate.said(error))
            return HttpResponseRedirect(here)
        remember(request, rows)
    if not ticked:
        messages.warning(request, _("Tick the suppliers whose candidate is right, then accept them."))
    if rows:
        log.record(request, "judged", ", ".join(f"{row['supplier_key']} same" for row in rows))
        messages.success(
            request, _.ngettext("{number} candidate was accepted.", "{number} candidates were accepted.", len(rows))
        )
    if gone := len(ticked) - len(wanted):
        messages.warning(
            request,
            _.ngettext(
                "{number} has another best candidate since the last build, or none, and was left as it is.",
                "{number} have another best candidate since the last build, or none, and were left as they are.",
                gone,
            ),
        )
    if late := len(wanted) - len(fresh):
        messages.warning(
            request,
            _.ngettext(
                "{number} had been decided meanwhile and was left as it is.",
                "{number} had been decided meanwhile and were left as they are.",
                late,
            ),
        )
    return HttpResponseRedirect(here)


def _place(at_desk: Desk, area_id: str | None) -> str:
    return at_desk.held.answer("area names", _area_names).get(area_id or "", "")


def _area_names(engine: DuckEngine) -> dict[str, str]:
    return {row["area_id"]: row["name"] for row in engine.rows("SELECT area_id, name FROM areas")}
