"""Network: which address asked, the one place where a proxy in front is believed; attempts are counted by it."""

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The network address that asked: with `BYGD_PROXIES` what the first of so many proxies says of it.

    What stands before that in X-Forwarded-For anybody could have written. Without proxies nobody is believed.
    """
    said = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if settings.PROXIES and said:
        return str(said[-min(settings.PROXIES, len(said))])
    return str(request.META.get("REMOTE_ADDR", ""))
