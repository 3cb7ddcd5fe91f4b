"""Reminders: mails to suppliers before and after a milestone, each once, in the language of their link."""

import logging
from datetime import date

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from bygd.reports import Translator
from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.tools import promises as tool
from bygd.tools.promises import Due
from bygd.web import languages
from bygd.web.once import send_once
from bygd.web.places.models import Place
from bygd.web.procurements.promises import links
from bygd.web.procurements.promises.models import Reminder, SupplierLink
from bygd.workbench import promises
from bygd.workbench.promises import Book

BEFORE = N_("A promise of yours is due on {day}")
AFTER = N_("A promise of yours was due on {day}")
told = logging.getLogger("bygd.promises")


def remind(day: date | None = None) -> int:
    """Send what is to be sent on a day, today where none is said; how many mails went out."""
    if not settings.MAILS:
        return 0
    sent = 0
    for place in Place.objects.filter(supplier_links__revoked_at=None).exclude(supplier_links=None).distinct():
        try:
            book = promises.book(place.project, day)
        except InputError:
            told.warning("promises of a place cannot be read")
            continue
        addressed = [one for one in links.live(place) if one.email]
        for link in {one.contract_key: one for one in reversed(addressed)}.values():  # the latest of each contract
            for due, is_past in tool.to_remind(book.of(link.contract_key)):
                sent += _once(place, book, link, due, is_past)
    return sent


def _once(place: Place, book: Book, link: SupplierLink, due: Due, is_past: bool) -> bool:
    """Send one reminder, unless somebody has."""
    about = {
        "place": place, "link": link, "promise_key": due.promise.key, "due_on": due.step.due_on, "is_past": is_past
    }  # fmt: skip
    sent = send_once(Reminder, [about], lambda: _mail(place, book, link, due, is_past))
    if sent is False:
        told.warning("a reminder could not be sent")
    return bool(sent)


def _mail(place: Place, book: Book, link: SupplierLink, due: Due, is_past: bool) -> EmailMessage:
    translate = Translator(link.language, languages.PACKAGE)
    values = {
        "_": translate,
        "place": place,
        "contract": promises.contract_name(book, due.promise.contract_key),
        "promise": due.promise,
        "amount": promises.amount(due.step.amount, due.promise.unit, translate),
        "day": translate.day(due.step.due_on),
        "is_past": is_past,
        "url": links.address(link),
    }
    subject = translate(AFTER if is_past else BEFORE, day=values["day"])
    return EmailMessage(subject, render_to_string("procurements/promises/mail.txt", values), to=[link.email])
