"""Written: people, roles and moments as pages show them."""

from datetime import datetime

from babel.dates import format_datetime
from django.conf import settings
from django.utils import timezone

from bygd.reports import Translator
from bygd.reports.translate import N_
from bygd.web.people.log import OUTSIDE
from bygd.web.people.models import LABEL, Event, Person
from bygd.web.people.rights import GRANTED
from bygd.web.people.words import Right, Role
from bygd.web.start import OWNER

ERASED = N_("erased ({label})")


def name(person: Person | None, translate: Translator) -> str:
    """How somebody is called: who is erased by their label, and nobody where it was done on the machine itself."""
    if person is None:
        return translate("on the machine itself")
    if person.erased_at:
        return translate(ERASED, label=person.label)
    return person.name or mail_of(person, translate)


def mail_of(person: Person, translate: Translator) -> str:
    """Where mail reaches somebody; whose machine it is is called that, since nobody writes to them."""
    return translate("the owner of this computer") if person.email == OWNER else person.email


def doer(event: Event, translate: Translator) -> str:
    """Who did it; of what is done from outside, that it was nobody who had signed in."""
    return translate("somebody not signed in") if event.did in OUTSIDE else name(event.person, translate)


def role(value: str, translate: Translator) -> str:
    """A role by its stored text."""
    return translate.word(Role(value))


def about(event: Event, translate: Translator) -> str:
    """What an event was about; roles by their names."""
    roles = {one.value: translate.word(one) for one in Role}
    return ", ".join(roles.get(part, part) for part in event.about.split(", "))


def moment(when: datetime, translate: Translator) -> str:
    """Day and time, in the time zone of the installation."""
    return str(format_datetime(timezone.localtime(when), "medium", locale=translate.locale))


def granted() -> list[tuple[Role, list[Right]]]:
    """What each role may do, in the order of the words."""
    return [(role, [right for right in Right if role in GRANTED[right]]) for role in Role]


def own_login() -> dict[str, str] | None:
    """The organisation's own login, where one is configured."""
    configured = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect")
    return configured["APPS"][0] if configured else None


def signer(label: str, translate: Translator) -> str:
    """Who signed a decision: decisions made here carry labels (`Person.label`), those of files whatever was written."""
    number = label.removeprefix(LABEL)
    if number == label or not number.isdecimal():
        return label
    found = Person.objects.filter(pk=int(number)).first()
    return name(found, translate) if found else label
