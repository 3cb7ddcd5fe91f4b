"""Links: addresses by which a supplier reports on one contract, without an account; revocable, for a time, counted."""

import hmac
import secrets
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from bygd.web.counting import counted
from bygd.web.people.models import Person
from bygd.web.places.models import Place
from bygd.web.procurements.promises.models import SupplierLink

LONGEST = timedelta(days=4 * 366)
SALT = "bygd.promises.link"
NOTED = timedelta(minutes=5)
"""How old the time of last use may be; noting every single use would make every reading a writing."""


def make(place: Place, contract_key: str, language: str, email: str, until: date, by: Person | None) -> SupplierLink:
    """A new link for the supplier of a contract; it holds to the end of that day, four years at most."""
    nonce = secrets.token_hex(32)
    latest = min(
        datetime.combine(until + timedelta(days=1), time(), timezone.get_current_timezone()), timezone.now() + LONGEST
    )
    return SupplierLink.objects.create(
        place=place,
        contract_key=contract_key,
        nonce=nonce,
        secret_hash=_hash(_secret(nonce)),
        email=email.strip().casefold(),
        language=language,
        made_by=by,
        expires_at=latest,
    )


def find(secret: str) -> SupplierLink | None:
    """The link of that secret while it may be used; None where it is unknown, revoked or too old."""
    now = timezone.now()
    found = (
        SupplierLink.objects.filter(secret_hash=_hash(secret), revoked_at=None, expires_at__gt=now)
        .select_related("place")
        .first()
    )
    if found is not None and (found.used_at is None or found.used_at < now - NOTED):
        SupplierLink.objects.filter(pk=found.pk).update(used_at=now)
    return found


def live(place: Place, contract_key: str | None = None) -> list[SupplierLink]:
    """The links that may be used now, latest first."""
    found = SupplierLink.objects.filter(place=place, revoked_at=None, expires_at__gt=timezone.now())
    found = found.filter(contract_key=contract_key) if contract_key else found
    return list(found.select_related("made_by"))


def revoke(link: SupplierLink) -> None:
    """End it now. The address for reminders is forgotten."""
    SupplierLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now(), email="")


def forget() -> None:
    """Forget where reminders were sent of links whose time is over."""
    SupplierLink.objects.filter(expires_at__lt=timezone.now()).exclude(email="").update(email="")


def address(link: SupplierLink, host: str = "") -> str | None:
    """The whole address of a link; None where the key of the installation is another than when it was made."""
    secret = _secret(link.nonce)
    if not hmac.compare_digest(_hash(secret), link.secret_hash) or not (settings.ADDRESS or host):
        return None
    return (settings.ADDRESS or host) + reverse("report", args=[secret])


def may(what: str, who: str, most: int, seconds: int) -> bool:
    """Whether that may be done once more by whoever it is, at most so often in so many seconds. Counts it."""
    return counted(f"promises {what} {who}", seconds) <= most


def _secret(nonce: str) -> str:
    digest = salted_hmac(SALT, nonce, algorithm="sha256").digest()
    return digest.hex()


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
