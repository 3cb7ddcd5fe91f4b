"""The Django app of this folder."""

import time
from typing import Any

from django.apps import AppConfig


class People(AppConfig):
    """Named by its folder."""

    name = "bygd.web.people"
    label = "people"

    def ready(self) -> None:
        """Have it noted when somebody signs in: in the session when, and in the log that they did."""
        from allauth.account.signals import user_logged_in as came
        from django.contrib.auth.signals import user_logged_in as begun

        from bygd.web.people import log
        from bygd.web.people.gate import BEGAN

        def begin(request: Any, **_: Any) -> None:
            request.session[BEGAN] = time.time()

        def write_down(request: Any, **_: Any) -> None:
            log.record(request, log.SIGNED_IN)

        begun.connect(begin, weak=False, dispatch_uid="begun")
        came.connect(write_down, weak=False, dispatch_uid="written down")
