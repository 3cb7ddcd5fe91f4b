"""Mail to people, in their language."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from bygd.reports import Translator
from bygd.web import languages
from bygd.web.people.models import Person
from bygd.web.places.models import Place


def send(
    person: Person, subject: str, template: str, language: str = "", place: Place | None = None, **values: object
) -> bool:
    """Send the text of `templates/people/mail/<template>.txt`; whether it could be (see `settings.MAILS`).

    In the language the person chose, else in `language`, that of whoever has it sent. Fails quietly: the page that
    sends a link shows it too, and the one that does not may be asked again.
    """
    translate = Translator(person.language or language or settings.LANGUAGE_CODE, languages.PACKAGE)
    text = render_to_string(f"people/mail/{template}.txt", {"_": translate, "place": place, **values})
    subjects = {"place": place.name} if place else {}
    mail = EmailMessage(translate(subject, **subjects), text, to=[person.email])
    return bool(settings.MAILS and mail.send(fail_silently=True))
