"""Mails: a mail server beside which the worker is killed, before or after it has taken the mail."""

from collections.abc import Sequence
from typing import Any

from django.core.mail.backends.locmem import EmailBackend


class Killed(BaseException):
    """The end of the process: nothing catches it, and nothing is tidied up."""


class Deadly(EmailBackend):
    """Takes mails, and then the worker is gone."""

    takes = True

    def send_messages(self, messages: Sequence[Any]) -> int:
        if self.takes:
            super().send_messages(messages)
        raise Killed


class Deadlier(Deadly):
    """The worker is gone before a mail is taken."""

    takes = False
