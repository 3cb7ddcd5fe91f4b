"""Audit: a random sample of links judged one by one, and what it tells of how many are right."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from bygd.engine import DuckEngine
from bygd.linkage.audit import Precision
from bygd.linkage.cases import Case, read_cases
from bygd.reports.review import audited
from bygd.sources.errors import InputError
from bygd.tools import audit as tool
from bygd.vocabulary import tables
from bygd.vocabulary.words import AuditDraw, AuditJudgement
from bygd.web.decisions import together
from bygd.web.pages.review import showing
from bygd.web.pages.review.deciding import by
from bygd.web.pages.review.desk import Desk, desk
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.workbench import organisations
from bygd.workbench.organisations import Organisation
from bygd.workbench.review.audit import rows, sample, sample_name

USUAL, FEWEST, MOST = 50, 2, 500


@needs(Right.REVIEW)
@require_http_methods(["GET", "POST"])
def audit(request: PlaceRequest) -> HttpResponse:
    """The next link of the sample, and what the judgements so far come to.

    The sample is drawn from all institutions' links, so only who is a member of all of them may judge it.
    """
    at_desk = desk(request)
    if at_desk is None:
        raise Http404
    all_anchors = {entry.source for entry in at_desk.project.ledgers}
    if not all_anchors <= request.access.anchors:
        return render(request, "review/audit.html", {"is_barred": True, "case": None})
    size, seed = _number(request.GET, "size", USUAL, FEWEST, MOST), _number(request.GET, "seed", 1, 0, 1_000_000)
    name = sample_name(at_desk.held.snapshot.id, size, seed)
    asked = at_desk.held.answer(("audit", size, seed), lambda engine: sample(engine, size, seed))
    said = together.read(request.place, tables.audit_judgements, sample=name)
    done = {(row["supplier_key"], row["org_id"]) for row in said}
    left = [pair for pair in asked if pair not in done]
    if request.method == "POST":
        return _judge(request, at_desk, name, asked, {"size": size, "seed": seed})
    context: dict[str, Any] = {
        "is_barred": False,
        "size": size,
        "seed": seed,
        "left": len(left),
        "asked": len(asked),
        "results": audited(_precisions(said), request.translate),
        "words": AuditJudgement,
        "case": None,
    }
    if left:
        context |= _shown(request, at_desk, left[0][0])
    return render(request, "review/audit.html", context)


def _shown(request: PlaceRequest, at_desk: Desk, supplier_key: str) -> dict[str, Any]:
    def look(engine: DuckEngine) -> tuple[Case, dict[str, Organisation]]:
        case = read_cases(engine, [supplier_key])[0]
        return case, organisations.about(engine, [one.org_id for one in case.options[:1]])

    case, known = at_desk.held.answer(("audited", supplier_key), look)
    options = showing.options(case.options[:1], known, {}, set(), request.translate)
    return {"case": case, "option": options[0] if options else None}


def _judge(
    request: PlaceRequest, at_desk: Desk, name: str, asked: Mapping[tuple[str, str], Any], query: Mapping[str, int]
) -> HttpResponse:
    _ = request.translate
    form, here = request.POST, reverse("review-audit", args=(request.place.slug,)) + f"?{urlencode(query)}"
    if form.get("judgement") not in set(AuditJudgement):
        return HttpResponseBadRequest()
    pair = form.get("supplier_key", ""), form.get("org_id", "")
    if pair not in asked:
        messages.warning(
            request,
            _("This link is not in the sample any more. The place may have been built anew; nothing was stored."),
        )
        return HttpResponseRedirect(here)
    with at_desk.held.engine() as engine:
        case = read_cases(engine, [pair[0]])[0]
    judged, links = rows(name, asked[pair], case, AuditJudgement(form["judgement"]), by(request))
    try:
        together.add(request.place, tables.audit_judgements, judged, at_desk.project)
        together.add(request.place, tables.link_decisions, links, at_desk.project)
    except InputError as error:
        messages.error(request, request.translate.said(error))
        return HttpResponseRedirect(here)
    messages.success(
        request, _("Saved: {name}: {word}.", name=case.name, word=_.word(AuditJudgement(form["judgement"])))
    )
    log.record(request, "judged a link of a sample", f"{pair[0]} {form['judgement']}")
    return HttpResponseRedirect(here)


def _precisions(said: list[dict[str, Any]]) -> dict[AuditDraw, Precision]:
    with DuckEngine(threads=1) as engine:
        engine.register(tables.audit_judgements, said)
        return tool.precisions(engine)


def _number(asked: Mapping[str, str], name: str, usual: int, least: int, most: int) -> int:
    text = asked.get(name, "")
    return min(most, max(least, int(text))) if text.isdecimal() and len(text) < 9 else usual
