"""A person's own data: all of it in one file, and all of it taken away."""

import secrets
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils import timezone

from bygd.web.boards.cards.models import Comment
from bygd.web.boards.plans.models import PlanReminder, Unreminded
from bygd.web.people.models import Event, Person
from bygd.web.procurements.tenders.models import Entry, Mark, Member

NOWHERE = "erased.invalid"
"""A domain that can never be: of addresses that were taken away."""


def everything(person: Person) -> dict[str, Any]:
    """All that is stored about the person, but for the hashes of their secrets. Times in ISO 8601, UTC.

    What they decided stands in the decisions of each place, signed with the label that is given here.
    """
    return {
        "account": {
            "email": person.email,
            "name": person.name,
            "language": person.language,
            "joined": _time(person.joined_at),
            "last signed in": _time(person.last_login),
            "label": person.label,
            "password set": person.has_usable_password(),
            "second factor": [one.type for one in Authenticator.objects.filter(user=person)],
            "own login of the organisation": [one.uid for one in SocialAccount.objects.filter(user=person)],
        },
        "roles": [
            {"place": held.place.name, "role": held.role, "anchor": held.anchor}
            for held in person.memberships.select_related("place")
        ],
        "links": [
            {"place": str(link.place or ""), "made": _time(link.made_at), "used": _time(link.used_at)}
            for link in person.links.select_related("place")
        ],
        "tokens": [
            {
                "name": token.name,
                "begins": token.prefix,
                "scopes": token.scopes,
                "made": _time(token.made_at),
                "ends": _time(token.expires_at),
                "used": _time(token.used_at),
            }
            for token in person.tokens.all()
        ],
        "sessions": [
            {"begun": _time(one.created_at), "address": one.ip, "browser": one.user_agent}
            for one in UserSession.objects.filter(user=person)
        ],
        "did": [_event(event) for event in Event.objects.filter(person=person).select_related("place")],
        "tenders": [
            {
                "tender": one.tender.number,
                "duties": one.duties,
                "added": _time(one.added_at),
                "no conflict": _time(one.cleared_at),
                "conflict": _time(one.conflicted_at),
            }
            for one in Member.objects.filter(person=person).select_related("tender")
        ],
        "scores": [
            {"at": _time(one.at), "criterion": one.code, "score": one.score, "reason": one.reason}
            for one in Mark.objects.filter(person=person)
        ],
        "done in tenders": [
            {"at": _time(one.at), "did": one.did, "about": one.about, "after": one.after}
            for one in Entry.objects.filter(person=person, is_sealed=False)
        ],
        "comments on cards": [
            {"at": _time(one.said_at), "place": str(one.place), "card": one.card_key, "text": one.text}
            for one in Comment.objects.filter(person=person).select_related("place")
        ],
        "reminders of action plans": [
            {"sent": _time(one.sent_at), "place": str(one.place), "plan": one.plan_key, "due": one.due_on.isoformat()}
            for one in PlanReminder.objects.filter(person=person).select_related("place")
        ],
        "no reminders of action plans": [
            str(one.place) for one in Unreminded.objects.filter(person=person).select_related("place")
        ],
        "done to": [_event(event) for event in Event.objects.filter(whom=person).select_related("place")],
    }


@transaction.atomic
def erase(person: Person) -> None:
    """Take away name, address and every way in, for good. The row stays without them, for the log and decisions."""
    for session in UserSession.objects.filter(user=person):
        session.end()
    for kind in (Authenticator, SocialAccount, EmailAddress):
        kind.objects.filter(user=person).delete()
    person.tokens.all().delete()
    person.links.all().delete()
    person.memberships.all().delete()
    person.calendar_set.all().delete()
    for wish in (PlanReminder, Unreminded):
        wish.objects.filter(person=person).delete()
    person.email = f"{secrets.token_hex(8)}@{NOWHERE}"
    person.name = person.language = ""
    person.last_login = None
    person.is_active = False
    person.erased_at = timezone.now()
    person.set_unusable_password()
    person.save()


def _event(event: Event) -> dict[str, str]:
    return {"at": _time(event.at), "place": str(event.place or ""), "did": event.did, "about": event.about}


def _time(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""
