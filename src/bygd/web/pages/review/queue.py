"""Queue: the cases that wait, what they are worth, and which of them to look at."""

from collections import Counter
from decimal import Decimal

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bygd.reports.review import time
from bygd.web.pages.review.chosen import Band, Chosen, Order, State, band
from bygd.web.pages.review.deciding import stack
from bygd.web.pages.review.desk import desk
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right

A_PAGE = 25


@needs(Right.REVIEW)
@require_GET
def queue(request: PlaceRequest) -> HttpResponse:
    """The cases of the institutions whose member the person is."""
    at_desk = desk(request)
    chosen = Chosen.read(request.GET)
    if at_desk is None or not at_desk.cases:
        return render(request, "review/queue.html", {"page": None, "is_built": at_desk is not None})
    picked = chosen.pick(at_desk)
    open_cases = [case for case in at_desk.cases if at_desk.is_open(case)]
    context = {
        "is_built": True,
        "page": Paginator(picked, A_PAGE).get_page(request.GET.get("page")),
        "chosen": chosen,
        "query": f"{chosen.query}&" if chosen.query else "",
        "orders": Order,
        "bands": Counter(band(case) for case in picked),
        "all_bands": Band,
        "states": State,
        "anchors": sorted(request.access.anchors),
        "currency": at_desk.currency,
        "open": len(open_cases),
        "narrowing": sum(1 for case in open_cases if case.worth > 0),
        "amount": sum((abs(case.amount) for case in open_cases), Decimal(0)),
        "worth": sum((case.worth for case in open_cases), Decimal(0)),
        "time": time(sum(case.effort for case in open_cases if case.worth > 0), request.translate),
        "back": sum(1 for case in open_cases if case.back),
        "decided": len(at_desk.settled),
        "can_undo": bool(stack(request)),
    }
    return render(request, "review/queue.html", context)
