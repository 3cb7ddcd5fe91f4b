"""The Django app of this folder."""

from typing import Any

from django.apps import AppConfig


class People(AppConfig):
    """Named by its folder."""

    name = "bygd.web.people"
    label = "people"

    def ready(self) -> None:
        """Have it written down when somebody signs in, by whichever door."""
        from allauth.account.signals import user_logged_in

        from bygd.web.people import log

        def came(request: Any, **_: Any) -> None:
            log.record(request, log.SIGNED_IN)

        user_logged_in.connect(came, weak=False, dispatch_uid="written down")
