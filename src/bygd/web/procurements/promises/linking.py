"""Linking: buyers make links for suppliers, shown once, and end them."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.procurements.promises import links
from bygd.web.procurements.promises.forms import LinkForm
from bygd.web.procurements.promises.models import SupplierLink
from bygd.web.procurements.promises.views import contract_of, open_book

AFTER = timedelta(days=90)
"""How long after the last day a link holds unless somebody says otherwise: last reports come late."""


@needs(Right.SEE_POOL, Right.PROCURE)
@never_cache
@require_http_methods(["GET", "POST"])
def make(request: PlaceRequest, key: str) -> HttpResponse:
    """Make a link for the supplier of a contract; it is shown this once."""
    book = open_book(request)
    contract = contract_of(book, key)
    last = max([one.last_day for one in book.of(key)], default=book.day)
    initial = {"language": request.language, "until": max(last, book.day) + AFTER}
    languages = [(code, str(name)) for code, name in settings.LANGUAGES]
    form = LinkForm(request.POST or None, translate=request.translate, languages=languages, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = links.make(request.place, key, said["language"], said["email"], said["until"], request.user)
        log.record(request, "made a link for a supplier", key)
        shown = {
            "contract": contract,
            "link": made,
            "address": links.address(made, f"{request.scheme}://{request.get_host()}"),
        }
        return render(request, "procurements/promises/handed.html", shown)
    shown = {"form": form, "contract": contract, "mails": settings.MAILS}
    return render(request, "procurements/promises/link.html", shown, status=422 if form.errors else 200)


@needs(Right.SEE_POOL, Right.PROCURE)
@require_POST
def revoke(request: PlaceRequest, number: int) -> HttpResponse:
    """End a link now."""
    found = get_object_or_404(SupplierLink, place=request.place, pk=number)
    links.revoke(found)
    log.record(request, "ended a link of a supplier", found.contract_key)
    messages.success(request, request.translate("The link is ended. Nobody gets in by it any more."))
    return redirect("promises-contract", request.place.slug, found.contract_key)
