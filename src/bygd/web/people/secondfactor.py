"""The second factor: what it is known by is stored encrypted, so that a stolen database alone does not give it away."""

from base64 import urlsafe_b64encode
from hashlib import sha256

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Encrypts with a key that stands outside the database (see `settings.SECRET_KEY`)."""

    def encrypt(self, text: str) -> str:
        """What is stored."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What it was. Where the key has changed, as after a restore without keys, something that nobody's codes fit.

        Whoever had it then needs a link to sign in anew.
        """
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return str(generate_totp_secret())


def _cipher() -> Fernet:
    return Fernet(urlsafe_b64encode(sha256(b"second factor" + settings.SECRET_KEY.encode()).digest()))
