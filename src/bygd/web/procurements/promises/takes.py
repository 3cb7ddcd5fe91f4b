"""Takes: a buyer enters what a supplier handed in on paper or by mail."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bygd.sources.errors import InputError
from bygd.web.people import log
from bygd.web.people.gate import PlaceRequest, needs
from bygd.web.people.words import Right
from bygd.web.procurements.promises import reporting
from bygd.web.procurements.promises.views import account_of, open_book, telling


@needs(Right.SEE_POOL, Right.PROCURE)
@never_cache
@require_http_methods(["GET", "POST"])
def report(request: PlaceRequest, key: str) -> HttpResponse:
    """The same form as the supplier's, signed by the buyer; it is still to be verified."""
    book = open_book(request)
    account = account_of(book, key)
    try:
        form = reporting.form_for(request, book, account.promise, request.translate)
    except InputError as error:
        messages.error(request, request.translate.said(error))
        return redirect("promise", request.place.slug, key)
    sent = request.method == "POST" and form.is_valid()
    if sent and reporting.take_in(book, request.place, account.promise, form, request.user):
        log.record(request, "entered a report", key)
        messages.success(request, request.translate("The report is kept."))
        return redirect("promise", request.place.slug, key)
    shown = {"form": form, "account": account, "contract": book.contracts[account.promise.contract_key]}
    shown |= telling(book, request.translate)
    return render(request, "procurements/promises/enter.html", shown, status=422 if form.errors else 200)
