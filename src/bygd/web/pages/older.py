"""Older: the snapshot that an address names, by the same rights as the one in use, and marked where it is not that."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404

from bygd.reports.translate import N_
from bygd.sources.errors import InputError
from bygd.web.people.gate import PlaceRequest
from bygd.web.places import held
from bygd.web.places.held import Held

NAME = re.compile(r"\w[\w-]{0,99}", re.ASCII)
UNREADABLE = N_("This version of bygd cannot tell its figures any more. Build anew.")
faults = logging.getLogger("bygd.snapshots")


@dataclass(frozen=True)
class Chosen:
    """A snapshot held open, and the name by which the address asked for it, if it did."""

    held: Held
    name: str
    is_old: bool

    @property
    def built_at(self) -> datetime:
        """When it was built."""
        return datetime.fromisoformat(self.held.snapshot.manifest["built_at"])


class Unreadable(InputError):
    """A snapshot of an earlier version, which lacks what this one asks it for."""


def chosen(request: PlaceRequest, anchors: frozenset[str] | None) -> Chosen | None:
    """The snapshot that `snapshot` in the address names, else the one in use; None where nothing was built yet.

    `anchors` as for `held.current`. Raises Http404 where there is none of that name.
    """
    project, name = request.place.project, request.GET.get("snapshot", "")
    current = held.named(project)
    if not name:
        opened = held.current(project, anchors)
        return Chosen(opened, "", False) if opened else None
    if not NAME.fullmatch(name):
        raise Http404
    try:
        return Chosen(held.of(project, name, anchors), name, name != current)
    except InputError:
        raise Http404 from None


@contextmanager
def readable(found: Chosen) -> Iterator[None]:
    """While it lasts, what goes wrong with an older snapshot is told as Unreadable; faults of the one in use stay."""
    try:
        yield
    except (InputError, Http404, PermissionDenied):
        raise
    except Exception:  # a snapshot of an earlier version lacks tables or columns that this one asks for
        if not found.is_old:
            raise
        faults.warning("snapshot %s cannot be told by this version", found.held.snapshot.id)
        raise Unreadable(UNREADABLE) from None
