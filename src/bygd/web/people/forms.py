"""Forms of signing in: the library's, in our words."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as factor
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import get_language

from bygd.reports import Translator
from bygd.reports.translate import N_
from bygd.web import languages

STRONG = N_("At least 12 characters. Four words that have nothing to do with each other are good and easy to remember.")
SIX = N_("Six digits from the app on your telephone.")
ANY = N_("Six digits from the app on your telephone, or one of your recovery codes.")

LABELS = {
    "login": (N_("E-mail address"), ""),
    "email": (N_("E-mail address"), ""),
    "password": (N_("Password"), ""),
    "oldpassword": (N_("Password that you have now"), ""),
    "password1": (N_("New password"), STRONG),
    "password2": (N_("New password once more"), ""),
    "code": (N_("Code"), ANY),
}
"""Label and hint of each field."""


class Ours(forms.Form):
    """Labels and hints of a form in our words, none of them inside the fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        translate = Translator(get_language() or "en", languages.PACKAGE)
        for name, field in self.fields.items():
            label, hint = LABELS.get(name, ("", ""))
            field.label = translate(label) if label else field.label
            field.help_text = translate(hint) if hint else ""
            field.widget.attrs.pop("placeholder", None)
            if name == "code":
                field.widget.attrs |= {"inputmode": "numeric", "class": "code"}
                field.help_text = translate(SIX if isinstance(self, ActivateTOTPForm) else ANY)


class SignIn(Ours, account.LoginForm):  # type: ignore[misc]
    """Address and password."""


class Again(Ours, account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something grave."""


class ChangePassword(Ours, account.ChangePasswordForm):  # type: ignore[misc]
    """The password that is and the one that shall be."""


class SetPassword(Ours, account.SetPasswordForm):  # type: ignore[misc]
    """The first password, and what one is called."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.user.name:
            translate = Translator(get_language() or "en", languages.PACKAGE)
            name = forms.CharField(max_length=100, label=translate(N_("Your name, as your colleagues know it")))
            name.widget.attrs["autocomplete"] = "name"
            self.fields = {"name": name, **self.fields}

    def save(self) -> None:
        """Keep both."""
        self.user.name = self.cleaned_data.get("name", self.user.name)
        super().save()


class Forgotten(Ours, account.ResetPasswordForm):  # type: ignore[misc]
    """The address to which a link for a new password is sent."""


class NewPassword(Ours, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, by that link."""


class Code(Ours, factor.AuthenticateForm):  # type: ignore[misc]
    """The second factor."""


class CodeAgain(Ours, factor.ReauthenticateForm):  # type: ignore[misc]
    """The second factor once more, before something grave."""


class FirstCode(Ours, ActivateTOTPForm):  # type: ignore[misc]
    """The first code, which shows that the app has the key."""
