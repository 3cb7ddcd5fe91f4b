"""Clock: what the worker does every hour beside its jobs. Each must bear to be cut off, and to be done twice."""

import logging
import threading
from collections.abc import Callable

FIRST, EVERY = 60.0, 3600.0
"""Seconds before the first time, and between two."""

told = logging.getLogger("bygd.work")


def hourly() -> list[Callable[[], object]]:
    """What is done every hour; imported when the clock strikes, for only the worker needs it."""
    from bygd.web.boards.plans import reminders as plans
    from bygd.web.procurements.promises import evidence, links, reminders

    return [reminders.remind, plans.remind, links.forget, evidence.sweep_all]


def strike() -> None:
    """Do all of it once; what fails is written down and tried again in an hour."""
    from django.db import close_old_connections

    for one in hourly():
        close_old_connections()
        try:
            one()
        except Exception:  # whatever it is must not keep the others from being done
            told.exception("%s failed", one.__name__)
    close_old_connections()


def run(ending: threading.Event | None = None) -> None:
    """Strike every hour until ended."""
    ending = ending or threading.Event()
    wait = FIRST
    while not ending.wait(wait):
        strike()
        wait = EVERY
