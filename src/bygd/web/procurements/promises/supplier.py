"""The supplier's pages: what one contract promised, and a form to report on it; no account, no cookies, one secret."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bygd.reports import Translator
from bygd.sources.errors import InputError
from bygd.vocabulary.contract_words import DeliveryState
from bygd.web import languages
from bygd.web.decisions import together
from bygd.web.network import address_of
from bygd.web.people import log
from bygd.web.people.gate import open_to_all
from bygd.web.procurements.promises import evidence, links, reporting
from bygd.web.procurements.promises.models import SupplierLink
from bygd.web.procurements.promises.views import telling
from bygd.workbench import promises
from bygd.workbench.promises import Book
from bygd.workbench.promises.entering import SUPPLIER

UNKNOWN_MOST, UNKNOWN_SECONDS = 60, 600
"""So many addresses that lead nowhere may be tried from one place in that time."""
SENT_MOST, SENT_SECONDS = 60, 3600
"""So often may be sent by one link in that time."""
OPENED_MOST, OPENED_SECONDS = 600, 600

View = Callable[..., HttpResponseBase]


class Reached(HttpRequest):
    """A request by a link that holds, as views behind `by_link` find it."""

    link: SupplierLink
    book: Book
    language: str
    translate: Translator


def by_link(view: View) -> View:
    """A view for whoever has the link: in its language, never kept by anybody, never found by search engines.

    The secret in the address is all that lets in, and no cookie comes along, so that another site's form has nothing
    to ride on; hence no token against that.
    """

    @csrf_exempt
    @open_to_all
    @wraps(view)
    def guarded(request: HttpRequest, secret: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        link = links.find(secret)
        if link is None:
            who = address_of(request)
            is_over = not links.may("unknown", who, UNKNOWN_MOST, UNKNOWN_SECONDS)
            return _closed(render(request, "procurements/promises/spent.html", status=429 if is_over else 404))
        speak = request.GET.get("lang", "")
        language = speak if speak in languages.SPOKEN else link.language
        request.language, request.translate = language, Translator(language, languages.PACKAGE)  # type: ignore[attr-defined]
        with translation.override(language):
            most, seconds = (SENT_MOST, SENT_SECONDS) if request.method == "POST" else (OPENED_MOST, OPENED_SECONDS)
            if not links.may(request.method or "", str(link.pk), most, seconds):
                return _closed(render(request, "procurements/promises/often.html", status=429))
            project = link.place.project
            try:
                together.bring_together(link.place, project, promises.ENTRIES)
                book = promises.book(project)
            except InputError:  # a file was edited so that it cannot be read; its people are told on their pages
                return _closed(render(request, "procurements/promises/later.html", status=503))
            if link.contract_key not in book.contracts:
                return _closed(render(request, "procurements/promises/spent.html", status=404))
            request.link, request.book = link, book  # type: ignore[attr-defined]
            answer = view(request, secret, *args, **kwargs)
        answer["Content-Language"] = language
        return _closed(answer)

    return guarded


@by_link
@require_safe
def report(request: Reached, secret: str) -> HttpResponse:
    """What was promised in the contract, how it stands, and what was reported."""
    book, key = request.book, request.link.contract_key
    accounts = book.of(key)
    files_of = evidence.of(request.link.place, key)
    reports = {
        one.promise.key: [(row, DeliveryState(row["state"]), files_of(row)) for row in book.reports_on(one.promise.key)]
        for one in accounts
    }
    shown = {"accounts": accounts, "reports": reports, "done": request.GET.get("done", "")}
    return _page(request, secret, "report.html", shown)


@by_link
@require_http_methods(["GET", "POST"])
def promise(request: Reached, secret: str, key: str) -> HttpResponse:
    """The form to report on one promise."""
    account = next((one for one in request.book.of(request.link.contract_key) if one.promise.key == key), None)
    if account is None:
        return _page(request, secret, "spent.html", {}, 404)
    try:
        form = reporting.form_for(request, request.book, account.promise, request.translate)
    except InputError as error:
        return _page(request, secret, "problem.html", {"problem": request.translate.said(error)}, 409)
    sent = request.method == "POST" and form.is_valid()
    if sent and reporting.take_in(request.book, request.link.place, account.promise, form, request.link):
        log.record(None, log.SUPPLIER_REPORTED, key, place=request.link.place)
        return redirect(_address("report", request, secret, done="reported"))
    return _page(request, secret, "say.html", {"form": form, "account": account}, 422 if form.errors else 200)


@by_link
@require_POST
def take_back(request: Reached, secret: str, key: str) -> HttpResponse:
    """Take back a report that is not verified yet."""
    row = request.book.reports.get(key)
    own = row and any(one.promise.key == row["promise_key"] for one in request.book.of(request.link.contract_key))
    if row is None or not own:
        return _page(request, secret, "spent.html", {}, 404)
    done = reporting.take_back(request.book, request.link.place, row, SUPPLIER)
    if done:
        log.record(None, log.SUPPLIER_TOOK_BACK, row["promise_key"], place=request.link.place)
    return redirect(_address("report", request, secret, done="back" if done else "held"))


def _page(request: Reached, secret: str, template: str, shown: dict[str, Any], status: int = 200) -> HttpResponse:
    contract = request.book.contracts[request.link.contract_key]
    more = {
        "secret": secret,
        "contract": contract,
        "held_place": request.link.place,
        "until": request.link.expires_at,
        "to": lambda name, *args: _address(name, request, secret, *args),
    }
    shown = {**telling(request.book, request.translate), **more, **shown}
    return render(request, f"procurements/promises/{template}", shown, status=status)


def _address(name: str, request: Reached, secret: str, *args: Any, **asked: str) -> str:
    """An address of these pages; a language that was asked for stays."""
    query = QueryDict(mutable=True)
    query.update({**({"lang": request.GET["lang"]} if "lang" in request.GET else {}), **asked})
    return reverse(name, args=[secret, *args]) + (f"?{query.urlencode()}" if query else "")


def _closed(answer: HttpResponseBase) -> HttpResponseBase:
    """Kept by nobody, found by nobody, and its address told to nobody."""
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
