"""Once: a mail is claimed before it is sent; a claim whose holder died is taken up again, a single time."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import EmailMessage
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone

ABANDONED = timedelta(hours=1)
"""Whoever claimed and said nothing for so long is dead: sending takes seconds."""
MOST_TRIES = 2


class Once(models.Model):
    """That somebody was told something, with a unique constraint over who and what.

    The row is claimed before the mail is sent, so that two workers do not send it both; `sent_at` is set after.
    Nobody knows what who was killed between the two had done. After `ABANDONED` the row is claimed a second
    time, and never a third: one crash loses nothing, and at the worst one mail comes twice. What is known not to have
    been sent is free again, however often that is.
    """

    claimed_at = models.DateTimeField(default=timezone.now)
    tries = models.SmallIntegerField(default=1)
    """Claims after which it may have been sent."""
    sent_at = models.DateTimeField(null=True)

    class Meta:
        """Part of other models."""

        abstract = True


def abandoned(now: datetime) -> Q:
    """Rows that may be claimed a second time."""
    return Q(sent_at=None, tries__lt=MOST_TRIES, claimed_at__lt=now - ABANDONED)


def send_once(model: type[Any], told: Iterable[Mapping[str, Any]], mail: Callable[[], EmailMessage]) -> bool | None:
    """Claim a row of `model` for all that a mail tells, and send it; whether it was sent.

    None where one of the rows is another's, or was sent: nothing is claimed then. What the mail server did not take is
    free again.
    """
    try:
        with transaction.atomic():
            claims = model.objects.filter(pk__in=[_claim(model, one) for one in told])
    except IntegrityError:
        return None
    try:
        sent = bool(mail().send())
    except OSError:  # the library's errors of SMTP are among them
        sent = False
    except Exception:
        _free(claims)
        raise
    if sent:
        claims.update(sent_at=timezone.now())
    else:
        _free(claims)
    return sent


def _claim(model: type[Any], about: Mapping[str, Any]) -> int:
    """Raises IntegrityError where the row is not free."""
    now = timezone.now()
    taken = model.objects.filter(abandoned(now), **about)
    pk: int | None = taken.values_list("pk", flat=True).first()
    if pk is not None and taken.update(claimed_at=now, tries=F("tries") + 1):
        return pk
    return int(model.objects.create(**about).pk)


def _free(claims: "models.QuerySet[Any]") -> None:
    claims.filter(tries=1).delete()
    claims.update(tries=F("tries") - 1)
