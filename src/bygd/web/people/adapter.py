"""What the sign-in library is told about this house: no accounts without an invitation, our texts, our mails."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse

from bygd.reports.translate import N_
from bygd.web.network import address_of
from bygd.web.people import log, mail
from bygd.web.people.models import Person

DONE = {
    "account/messages/password_changed.txt": (N_("Your password is changed."), log.CHANGED_PASSWORD),
    "account/messages/password_set.txt": (N_("Your password is set."), log.CHANGED_PASSWORD),
    "mfa/messages/totp_activated.txt": (N_("Two-factor sign-in is on."), log.SECOND_ON),
    "mfa/messages/totp_deactivated.txt": (N_("Two-factor sign-in is off."), log.SECOND_OFF),
    "mfa/messages/recovery_codes_generated.txt": (N_("There are new recovery codes. Keep them safe."), ""),
}
"""What of all that the library would say is said here, and what of it is written into the log."""

CHANGED = {
    "account/email/password_changed": N_("your password was changed"),
    "account/email/password_set": N_("a password was set"),
    "account/email/password_reset": N_("your password was changed"),
    "mfa/email/totp_activated": N_("two-factor sign-in was turned on"),
    "mfa/email/totp_deactivated": N_("two-factor sign-in was turned off"),
    "mfa/email/recovery_codes_generated": N_("new recovery codes were made"),
    "socialaccount/email/account_connected": N_("your organisation's login now opens your account"),
}
"""What people are told by mail, so that they notice when it was not they."""


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by invitation only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never; see `people.links`."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """As everywhere else here."""
        return address_of(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Have it noted, so that guessing is seen by whoever reads the log."""
        typed = str(credentials.get("email") or credentials.get("username") or "")
        log.failed(Person.objects.filter(email=typed.strip().casefold()).first())

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the account."""
        return reverse("account")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The address in the mail: that of the installation, whatever name the request was sent to."""
        url: str = super().get_reset_password_from_key_url(key)
        return settings.ADDRESS + urlsplit(url).path if settings.ADDRESS else url

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """Say it in our words, and write it down where it is about safety."""
        if message_template in DONE:
            text, did = DONE[message_template]
            messages.success(request, request.translate(text))  # type: ignore[attr-defined]
            if did:
                log.record(request, did)
        elif kwargs.get("message"):
            messages.add_message(request, level, kwargs["message"])

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send what the library would say in our words; what we have none for is not sent."""
        person = context.get("user") or Person.objects.filter(email=email.casefold()).first()
        if not isinstance(person, Person) or not person.is_active:
            return
        language = getattr(self.request, "language", "")
        if template_prefix == "account/email/password_reset_key":
            mail.send(person, N_("A new password"), "reset", language, url=context["password_reset_url"])
        elif template_prefix in CHANGED:
            mail.send(person, N_("Your account"), "changed", language, what=CHANGED[template_prefix])
