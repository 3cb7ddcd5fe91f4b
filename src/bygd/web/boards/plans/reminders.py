"""Reminders: one mail to whoever leads plans or answers for an activity, of what is due or overdue, each once."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from bygd.reports import LANGUAGES, Translator
from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.tools import plans as tool
from bygd.tools.plans import Due
from bygd.web import languages
from bygd.web.boards.plans.models import PlanReminder, Unreminded
from bygd.web.once import abandoned, send_once
from bygd.web.people import log
from bygd.web.people.models import Person
from bygd.web.people.words import Right
from bygd.web.places.models import Place
from bygd.web.start import OWNER
from bygd.workbench import plans
from bygd.workbench.plans import Plan

APART = timedelta(days=7)
"""Between two mails to one person about one place: what falls due in between is told together."""
SUBJECT = N_("{place}: what is due in the action plans")
REMINDED = N_("sent reminders of action plans")
told = logging.getLogger("bygd.plans")


@dataclass(frozen=True)
class Matter:
    """Something of a plan that is due or overdue."""

    plan: Plan
    due: Due

    @property
    def part_key(self) -> str:
        """The activity; empty for the follow-up of the plan."""
        return str(self.due.part["part_key"]) if self.due.part else ""


def remind(day: date | None = None) -> int:
    """Send what is to be sent on a day, today where none is said; how many mails went out."""
    if not (settings.MAILS and settings.ADDRESS):
        return 0
    today, sent = day or timezone.localdate(), 0
    for place in Place.objects.order_by("pk"):
        try:
            matters = _matters(place, today)
        except InputError:
            told.warning("plans of a place cannot be read")
            continue
        number = sum(_tell(place, person, matters) for person in _people(place)) if matters else 0
        if number:
            log.record(None, REMINDED, str(number), place=place)
        sent += number
    return sent


def wishes(person: Person, place: Place) -> bool:
    """Whether the person wishes to be reminded of the plans of a place."""
    return not Unreminded.objects.filter(place=place, person=person).exists()


def _matters(place: Place, today: date) -> list[Matter]:
    found = [plans.read(place.project, row["plan_key"]) for row in plans.plans(place.project)]
    return [Matter(plan, one) for plan in found for one in tool.due(plan.row, plan.parts, plan.follow_ups, today)]


def _people(place: Place) -> list[Person]:
    """Those who may see the plans of a place and wish to be reminded; the owner of the machine has no address."""
    members = Person.objects.filter(memberships__place=place, is_active=True, erased_at=None).distinct()
    asked = members.exclude(email=OWNER).exclude(pk__in=Unreminded.objects.filter(place=place).values("person"))
    return [person for person in asked.order_by("pk") if person.access(place).may(Right.SEE_POOL)]


def _tell(place: Place, person: Person, matters: Sequence[Matter]) -> bool:
    """Send what the person was not told yet."""
    leads = person.access(place).may(Right.FACILITATE)
    before = PlanReminder.objects.filter(place=place, person=person)
    now = timezone.now()
    if before.filter(sent_at__gt=now - APART).exists():
        return False
    known = set(before.exclude(abandoned(now)).values_list("plan_key", "part_key", "due_on", "is_past"))
    new = [
        one
        for one in matters
        if (leads or _is_named(person, one))
        and (one.plan.key, one.part_key, one.due.due_on, one.due.is_past) not in known
    ]
    if not new:
        return False
    about = [
        {
            "place": place, "person": person, "plan_key": one.plan.key, "part_key": one.part_key,
            "due_on": one.due.due_on, "is_past": one.due.is_past,
        }
        for one in new
    ]  # fmt: skip
    sent = send_once(PlanReminder, about, lambda: _mail(place, person, new, leads))
    if sent is False:
        told.warning("a reminder could not be sent")
    return bool(sent)


def _is_named(person: Person, one: Matter) -> bool:
    """Whether the person's own name stands as that of who answers for it."""
    name, responsible = (_folded(text) for text in (person.name, one.due.part and one.due.part["responsible"]))
    return bool(name) and name == responsible


def _folded(text: object) -> str:
    return " ".join(str(text or "").casefold().split())


def _mail(place: Place, person: Person, matters: Sequence[Matter], leads: bool) -> EmailMessage:
    spoken = [person.language, *place.project.country.languages, settings.LANGUAGE_CODE]
    translate = Translator(next(one for one in spoken if one in LANGUAGES), languages.PACKAGE)
    listed: dict[str, list[Matter]] = {}
    for one in matters:
        listed.setdefault(one.plan.key, []).append(one)
    values = {
        "_": translate,
        "place": place,
        "leads": leads,
        "plans": [
            (its[0].plan.row["title"], its, settings.ADDRESS + reverse("action-plan", args=[place.slug, key]))
            for key, its in listed.items()
        ],
        "end_at": settings.ADDRESS + reverse("plan-mails", args=[place.slug]),
    }
    text = render_to_string("boards/plans/mail.txt", values)
    subject = translate(SUBJECT, place=place.name)
    return EmailMessage(subject, text, to=[person.email], headers={"Auto-Submitted": "auto-generated"})
