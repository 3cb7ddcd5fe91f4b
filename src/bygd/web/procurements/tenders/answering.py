"""Answering in a tender: by which day the law wants questions answered, and what that rests on."""

from datetime import date

from django.utils import timezone

from bygd.reports import Translator
from bygd.tools.procurement.answering import Answering, answering
from bygd.web.procurements.tenders.models import Tender
from bygd.workbench import lawful


def of(tender: Tender) -> Answering | None:
    """By when questions are answered, by the law of the day on which it was opened for bids; None where none is known.

    While it is prepared, by the law of today.
    """
    head = tender.head
    if head.closes_at is None:
        return None
    began = timezone.localdate(head.published_at) if head.published_at else timezone.localdate()
    return answering(head.place.project.law, timezone.localdate(head.closes_at), began)


def last(tender: Tender) -> date | None:
    """The last day for answers; None where it is not known."""
    found = of(tender)
    return found.last if found else None


def is_late(tender: Tender) -> bool:
    """Whether an answer that is given now comes after that day."""
    day = last(tender)
    return day is not None and timezone.localdate() > day


def lines(tender: Tender, _: Translator) -> list[str]:
    """By when answers are due, the rule and what it rests on; what is not known is said. Nothing before it closes."""
    head = tender.head
    if head.closes_at is None:
        return []
    found = of(tender)
    if found is None:
        return [_("By when the law wants questions answered is not known here. Look it up in the law that holds for "
                  "this purchase.")]  # fmt: skip
    if found.last is None:
        said = _("By how many days before bids close the law wants questions answered is not known here.")
    else:
        said = _("Above the thresholds the law wants questions answered by {last}, {days} days before bids close.",
                 last=_.day(found.last), days=found.days)  # fmt: skip
        if head.questions_until and timezone.localdate(head.questions_until) >= found.last:
            said += " " + _("Bidders may ask until that day or longer: whoever asks last cannot be answered in time.")
    return [said, found.says[_.language], lawful.source(found.basis, _)]
