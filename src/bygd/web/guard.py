"""The guard of public forms: without cookies, a form is tied to its page, its site and a while, and floods run dry.

There is no session that another site could ride on; what is to be kept out is other sites' pages and programs
that send in visitors' or their own name. See THREATS.md.
"""

import secrets
from enum import Enum
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest

from bygd.web.counting import counted
from bygd.web.network import address_of

SOONEST, LATEST = 3, 24 * 3600
"""Seconds between opening a form and sending it: nobody writes quicker, and nothing sent after a day is taken."""
WINDOW, MOST_OF_ONE = 600, 10
"""So many forms from one network address in so many seconds."""
DAY, MOST_OF_ALL = 24 * 3600, 400
"""So many forms about one thing in a day."""
SALT = "bygd.forums"


class Turned(Enum):
    """Why a form is not taken as it was sent."""

    ELSEWHERE = "it was sent from another site"
    STALE = "the page had been open for too long, or was made up"
    QUICK = "sent quicker than anybody writes"
    AGAIN = "sent already"
    FLOOD = "too many"


def token(about: str) -> str:
    """What a form carries: signed, tied to what it is about, good once and for a day."""
    return signing.dumps([about, secrets.token_hex(8)], salt=SALT)


def nonce(given: str) -> str:
    """What tells a form, whose token was found good, from every other."""
    return str(signing.loads(given, salt=SALT, max_age=LATEST)[1])


def turned(
    request: HttpRequest, about: str, given: str, *, of_one: int = MOST_OF_ONE, of_all: int = MOST_OF_ALL
) -> Turned | None:
    """Why this form is not taken; None where it is, and then its token is spent.

    `of_one` and `of_all` bound floods: a room full of people sits behind one network address.
    """
    if not _from_here(request):
        return Turned.ELSEWHERE
    if counted(f"form from {address_of(request)} {about}", WINDOW) > of_one:
        return Turned.FLOOD
    try:
        said, nonce = signing.loads(given, salt=SALT, max_age=LATEST)
    except (signing.BadSignature, ValueError, TypeError):
        return Turned.STALE
    if said != about:
        return Turned.STALE
    if _is_younger(given):
        return Turned.QUICK
    if not cache.add(f"form:{nonce}", 1, LATEST):
        return Turned.AGAIN
    if counted(f"form to {about}", DAY) > of_all:
        release(given)
        return Turned.FLOOD
    return None


def release(given: str) -> None:
    """Let a form that was let through come again: nothing of it was kept, so whoever resends it is to be told so."""
    cache.delete(f"form:{nonce(given)}")


def _is_younger(given: str) -> bool:
    try:
        signing.loads(given, salt=SALT, max_age=SOONEST)
    except signing.SignatureExpired:
        return False
    return True


def _from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this web sent the form; a program that says nothing is not believed."""
    origin = request.headers.get("Origin", "")
    if origin:
        hosts = {request.get_host(), urlsplit(settings.ADDRESS).netloc} - {""}
        return urlsplit(origin).netloc in hosts
    return request.headers.get("Sec-Fetch-Site") == "same-origin"
