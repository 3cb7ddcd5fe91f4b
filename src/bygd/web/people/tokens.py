"""Tokens: secrets by which programs speak for a person, within scopes and for a time."""

import secrets
from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256

from django.utils import timezone

from bygd.web.people.models import Person, Token
from bygd.web.people.words import Scope

BEGINS = "bygd_"
"""How every secret begins, so that scanners for leaked secrets know one."""
SHOWN = len(BEGINS) + 4
NOTED = timedelta(minutes=5)
"""How old the time of last use may be; noting every single use would make every reading a writing."""


def make(person: Person, name: str, scopes: Iterable[Scope], lasts: timedelta) -> str:
    """A new secret for programs of that person; it is shown now and kept nowhere."""
    secret = BEGINS + secrets.token_urlsafe(32)
    Token.objects.create(
        person=person,
        name=name,
        prefix=secret[:SHOWN],
        secret_hash=_hash(secret),
        scopes=sorted(scope.value for scope in scopes),
        expires_at=timezone.now() + lasts,
    )
    return secret


def find(secret: str) -> tuple[Person, frozenset[Scope]] | None:
    """Whose secret it is and what it may be used for; None where unknown, too old, or of somebody shut out."""
    now = timezone.now()
    token = (
        Token.objects.filter(secret_hash=_hash(secret), expires_at__gt=now, person__is_active=True)
        .select_related("person")
        .first()
    )
    if token is None:
        return None
    if token.used_at is None or token.used_at < now - NOTED:
        Token.objects.filter(pk=token.pk).update(used_at=now)
    return token.person, frozenset(Scope(scope) for scope in token.scopes)


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
