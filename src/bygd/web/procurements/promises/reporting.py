"""Reporting: a report on a promise taken in, with its evidence, from a supplier's link or from a buyer with a paper."""

import secrets
from typing import Any

from django.http import HttpRequest

from bygd.reports import Translator
from bygd.sources.errors import InputError
from bygd.tools.promises import Promise
from bygd.tools.social_value import Edition
from bygd.vocabulary import tables
from bygd.vocabulary.contract_words import DeliveryState
from bygd.web.decisions import together
from bygd.web.people.models import Person
from bygd.web.places.models import Place
from bygd.web.procurements.promises import evidence
from bygd.web.procurements.promises.forms import ReportForm
from bygd.web.procurements.promises.models import SupplierLink
from bygd.workbench import asking, promises
from bygd.workbench.promises import Book, social_return
from bygd.workbench.promises.entering import SUPPLIER


def form_for(request: HttpRequest, book: Book, promise: Promise, translate: Translator) -> ReportForm:
    """The form for one promise. Raises InputError where a policy that it needs is gone."""
    edition: Edition | None = social_return.edition(book.project, promise) if promise.is_social_return else None
    is_sent = request.method == "POST"
    return ReportForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        translate=translate,
        marks=asking.groups(translate.language, book.project.country.code),
        promise=promise,
        edition=edition,
        initial={"reference": secrets.token_hex(8), "period_to": book.day},
    )


def take_in(book: Book, place: Place, promise: Promise, form: ReportForm, by: Person | SupplierLink) -> bool:
    """Keep the report of a valid form and its files; whether it is there, else the form says why not.

    Sent twice, the same report is kept once.
    """
    given: dict[str, Any] = form.given()
    signed = by.label if isinstance(by, Person) else SUPPLIER
    try:
        if promise.is_social_return:
            given["amount"] = promises.counted(book, promise, given)
        row = promises.report(book, promise, given, signed)
        uploads = [one for one in form.cleaned_data.get("proof") or [] if one]
        kept = evidence.keep(place, promise.contract_key, uploads, by)
        row["evidence"] = " ".join(dict.fromkeys(one.sha256 for one in kept)) or None
        before = book.reports.get(row["delivery_key"])
        if before is None or any(
            before[name] != row[name] for name in ("amount", "note", "persons", "evidence", "block")
        ):
            together.add(place, tables.delivery_entries, [row], book.project)
    except InputError as error:
        form.failed(error)
        return False
    return True


def take_back(book: Book, place: Place, row: dict[str, Any], signed: str) -> bool:
    """Withdraw a report by a new entry, unless it is verified; whether it was."""
    if row["state"] in (DeliveryState.VERIFIED, DeliveryState.WITHDRAWN):
        return False
    entry = promises.judged(book, row["delivery_key"], DeliveryState.WITHDRAWN, row["answer"] or "", signed)
    together.add(place, tables.delivery_entries, [entry], book.project)
    return True
