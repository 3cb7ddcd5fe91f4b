"""Outside: pages of circles and meetings for those who have the address: a secret short enough to be typed, no account.

The secret is made from a random text in the row and the key of the installation; the row holds its hash alone, so
that a copy of the database lets nobody in. A new random text ends the old address.
"""

import base64
import secrets as chance
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.crypto import salted_hmac
from django.views.decorators.csrf import csrf_exempt

from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.sources.privacy import Finder
from bygd.web.counting import counted
from bygd.web.guard import Turned
from bygd.web.network import address_of
from bygd.web.people.gate import open_to_all
from bygd.workbench.project import Project

SALT = "bygd.boards.outside"
LETTERS = 12
"""Of 32 different ones: sixty bits, which nobody guesses at the rate that is allowed."""
UNKNOWN_MOST, OPENED_MOST, SECONDS = 60, 6_000, 600
"""So many addresses that lead nowhere, and openings of one page, in so many seconds: forty phones look every few."""
OF_ONE, OF_ALL = 600, 20_000
"""So many forms from one network address in ten minutes, and of all in a day: a whole room sits behind one."""
SAID = {
    Turned.STALE: N_("The page had been open for too long. What you wrote is still here: send it again."),
    Turned.QUICK: N_("That was quicker than the page can tell a person from a machine. Send it again."),
    Turned.FLOOD: N_(
        "Very much has come in from where you are. What you wrote is still here: try again in ten minutes."
    ),
    Turned.ELSEWHERE: N_("Your browser does not say that this was sent from this page. Send it again from here."),
}
STATUS = {Turned.FLOOD: 429, Turned.ELSEWHERE: 403}

View = Callable[..., HttpResponseBase]


class Shared(models.Model):
    """Something that has an address outside while its secret holds."""

    nonce = models.CharField(max_length=64)
    secret_hash = models.CharField(max_length=64, unique=True)

    class Meta:
        """Part of other models."""

        abstract = True

    @property
    def secret(self) -> str:
        """What stands in the address."""
        return _secret(self.nonce)

    def renew(self) -> None:
        """Give it a new secret; the old address leads nowhere from now on. Not yet saved."""
        self.nonce = chance.token_hex(32)
        self.secret_hash = _hash(self.secret)


def by_secret(model: Any) -> Callable[[View], View]:
    """A view for whoever has the address of one of that model, which it gets as `found`; 404 for everybody else.

    Kept by nobody, found by no search engine. There are no cookies, so no token against other sites' forms but the
    page's own (`bygd.web.guard`).
    """

    def declared(view: View) -> View:
        @csrf_exempt
        @open_to_all
        @wraps(view)
        def guarded(request: HttpRequest, secret: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            found = model.objects.filter(secret_hash=_hash(tidy(secret))).select_related("place").first()
            who = address_of(request) if found is None else secret
            most = UNKNOWN_MOST if found is None else OPENED_MOST
            if counted(f"{'unknown' if found is None else 'opened'} {who}", SECONDS) > most:
                return _closed(render(request, "429.html", status=429))
            if found is None:
                return _closed(render(request, "boards/unknown.html", status=404))
            return _closed(view(request, found, *args, **kwargs))

        return guarded

    return declared


def tidy(secret: str) -> str:
    """A secret as somebody typed it: without dashes, in small letters."""
    return secret.replace("-", "").casefold()


def grouped(secret: str) -> str:
    """A secret as it is read from a wall: by fours."""
    return "-".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def clean(text: str, project: Project, *, lines: bool = True) -> str:
    """A text as it is kept: no unseen signs. Raises InputError where it holds a personal identity number."""
    kept = "".join(sign for sign in text if sign.isprintable() or (lines and sign in "\n\t"))
    kept = kept.strip() if lines else " ".join(kept.split())
    if Finder(project.country.conventions()).inside(kept):
        raise InputError(
            "There is a personal identity number in the text. People are named here as they choose: take it out."
        )
    return kept


def _secret(nonce: str) -> str:
    digest = salted_hmac(SALT, nonce, algorithm="sha256").digest()
    return base64.b32encode(digest).decode().casefold()[:LETTERS]


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _closed(answer: HttpResponseBase) -> HttpResponseBase:
    """Kept by nobody, found by nobody. Its own forms must say where they come from, so the referrer stays within."""
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "same-origin"
    return answer
