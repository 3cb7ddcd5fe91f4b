"""Asked: which register a request is about, and at which address that register answers.

By itself the service answers over the register that `bygd reconcile serve` opened. Within the web it answers
over the registers of a place's current snapshot, opened when somebody first asks; nothing of ledgers is opened.
"""

import threading
from contextlib import AbstractContextManager
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest

from bygd.sources.errors import InputError
from bygd.web.reconciliation.answering import address_of
from bygd.workbench.reconciliation import Register, RequestError, open_register
from bygd.workbench.reconciliation.held import held
from bygd.workbench.reconciliation.opening import Wanted

ENDPOINT = "/reconcile"
LINGERS = 120
"""Seconds for which a register stays open after a newer one took its place: some may still ask it."""

Opened = tuple[str, AbstractContextManager[Register], Register]
_opened: dict[str, Opened] = {}
_guard = threading.Lock()


def register(request: HttpRequest) -> Register:
    """The register to look things up in. Raises RequestError where there is none for this address."""
    if settings.RECONCILE == "held":
        return held()
    if settings.RECONCILE == "off":
        raise RequestError(404, "Registers cannot be looked up here. BYGD_RECONCILE=on changes that.")
    from bygd.web.places.models import Place

    slug = getattr(request, "register_of", "")
    # Where there are several places, one that published nothing is not told to be there.
    found = list(Place.objects.filter(slug=slug).exclude(published="")) if slug else list(Place.objects.all()[:2])
    if len(found) != 1:
        raise RequestError(
            404, "There is no register at this address. With several places ask {address}-<place>.", address=ENDPOINT
        )
    return _of(Path(found[0].folder))


def endpoint(request: HttpRequest, path: str = "") -> str:
    """The address at which the register of this request answers, and of something below it."""
    slug = getattr(request, "register_of", "")
    return address_of(request, f"{ENDPOINT}{f'-{slug}' if slug else ''}{path}")


def _of(folder: Path) -> Register:
    """The register of the place's current snapshot, kept open until there is a newer snapshot."""
    from bygd.workbench import project, snapshot

    try:
        name = snapshot.current(project.read(folder)).id
        with _guard:
            before = _opened.get(str(folder))
            if before and before[0] == name:
                return before[2]
            opening = open_register(Wanted(folder))
            found = opening.__enter__()  # it ends when a newer one stands, not with a block of code
            _opened[str(folder)] = (name, opening, found)
    except InputError as error:
        raise RequestError(404, error.said) from None
    if before:
        closing = threading.Timer(LINGERS, before[1].__exit__, (None, None, None))
        closing.daemon = True
        closing.start()
    return found
