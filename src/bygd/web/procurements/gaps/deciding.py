"""Deciding: somebody says whether a kind of purchase can be influenced, or takes back what was said last."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bygd.sources.errors import InputError
from bygd.vocabulary import tables
from bygd.web.decisions import together
from bygd.web.pages.review.deciding import by, moment
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.procurements.gaps.finding import Finding, before, said_of
from bygd.web.procurements.gaps.one import find, page


@needs(Right.PROCURE)
@require_POST
def decide(request: PlaceRequest) -> HttpResponse:
    """Store the finding, or with `undo` the one before it, and go back to the gap."""
    seen, gap = find(request)
    anchors = request.access.anchors if seen.is_own else frozenset()
    _, said = request.translate, together.read(request.place, tables.influence_decisions, category=gap.kind)
    if "undo" in request.POST:
        listed = said_of(said, anchors)
        if not listed:
            raise Http404
        row = before(listed)
    else:
        form = Finding(request.POST, translate=_, anchors=sorted(anchors))
        if not form.is_valid():
            return render(request, "procurements/gaps/one.html", page(request, seen, gap, form), status=400)
        row = form.cleaned_data
    if row.get("anchor") and row["anchor"] not in anchors:
        raise PermissionDenied
    entry = {**row, "anchor": row.get("anchor") or None, "category": gap.kind}
    entry |= {"decided_by": by(request), "decided_at": moment(said)}
    try:
        together.add(request.place, tables.influence_decisions, [entry])
    except InputError as error:
        messages.error(request, _.said(error))
    else:
        log.record(request, "judged a kind of purchase", str(entry["influence"]))
        messages.success(request, _("Saved. The list is in its new order."))
    return HttpResponseRedirect(f"{reverse('gap', args=[request.place.slug])}?{seen.query(kind=gap.kind)}")
