"""Several lots are locked in one order, so that no two wait for each other: tried with the locks of PostgreSQL."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from bygd.web.procurements.tenders.models import Tender

from .conftest import Room, closed, prepared
from .test_lots import NEW, divided, other

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no locks of rows: run with PostgreSQL"),
]

WAITING = "SELECT COUNT(*) FROM pg_locks WHERE NOT granted"  # live, unlike pg_stat_activity inside a transaction
PATIENCE = 30


def price(room: Room) -> None:
    closes = timezone.localtime(timezone.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    said = {"model": "lowest_over_price", "price_weight": "50", "highest": "5", "lines": "P1 = Meals; 1000; pcs"}
    room.post("lead", "price", **said, closes_at=closes)


DEEDS: dict[str, tuple[Callable[[Room], Room], Callable[[Room], Any]]] = {
    "publish": (prepared, lambda room: room.post("lead", "publish")),
    "price": (prepared, price),
    "add a lot": (prepared, lambda room: room.post("lead", "lots", **{**NEW, "lot": "3"})),
    "open": (closed, lambda room: room.post("eva", "opening")),
}


@pytest.mark.parametrize("deed", list(DEEDS))
def test_who_waits_for_the_first_lot_holds_no_later_one(room: Room, deed: str) -> None:
    prepare, does = DEEDS[deed]
    if prepare is prepared:
        prepared(room)
        last = divided(room).pk
    else:  # lots are made while a tender is prepared; here the second is made beside it as it stands
        prepare(room)
        first = room.tender
        Tender.objects.filter(pk=first.pk).update(lot="1")
        first.pk, first.id, first.lot, first.first_id = None, None, "2", room.number
        first.save()
        last = first.pk
        for one in room.tender.members.all():
            one.pk, one.id, one.tender_id = None, None, last
            one.save()
    faults: list[BaseException] = []

    def act() -> None:
        try:
            does(other(room, last))
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    thread = threading.Thread(target=act)
    with transaction.atomic():
        Tender.objects.select_for_update(of=("self",)).get(pk=room.number)
        thread.start()
        wait()
        assert Tender.objects.select_for_update(of=("self",), nowait=True).get(pk=last)
    thread.join(PATIENCE)
    assert not thread.is_alive() and faults == []


def wait() -> None:
    """Until the other waits for a lock."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)
    raise AssertionError("nobody waited: the deed takes no lock of the first lot")
