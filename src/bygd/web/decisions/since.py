"""Since: what people decided after a snapshot was built, kept beside it and read on from the database."""

import threading
from collections.abc import Iterable, Sequence

from bygd.engine import DuckEngine
from bygd.vocabulary import tables
from bygd.web.decisions.models import LinkDecision
from bygd.web.decisions.together import Row, identity, plain
from bygd.web.places.held import Held
from bygd.web.places.models import Place

COLUMNS = tuple(tables.link_decisions.columns())


class Since:
    """Decisions on the snapshot's suppliers that the snapshot does not know; those of others are passed over."""

    def __init__(self, place: Place, engine: DuckEngine) -> None:
        self.place_id = place.pk
        listed = ", ".join(COLUMNS)
        self._known = {
            identity(tables.link_decisions, row) for row in engine.rows(f"SELECT {listed} FROM link_decisions")
        }
        self._suppliers = {row["supplier_key"] for row in engine.rows("SELECT supplier_key FROM suppliers")}
        self._rows: dict[str, list[Row]] = {}
        self._last = 0
        self._guard = threading.Lock()

    def read_on(self) -> int:
        """Take in what was decided since the last call; gives the number of the last decision seen."""
        with self._guard:
            found = LinkDecision.objects.filter(place_id=self.place_id, id__gt=self._last).order_by("id")
            for number, *values in found.values_list("id", *COLUMNS):
                row = {name: plain(value) for name, value in zip(COLUMNS, values, strict=True)}
                self._last = number
                if row["supplier_key"] in self._suppliers and identity(tables.link_decisions, row) not in self._known:
                    self._rows.setdefault(row["supplier_key"], []).append({**row, "id": number})
            return self._last

    def of(self, suppliers: Iterable[str]) -> list[Row]:
        """Decisions on those suppliers since the snapshot, by their times, each with its `id`."""
        rows = [row for key in suppliers for row in self._rows.get(key, ())]
        return sorted(rows, key=lambda row: (row["decided_at"], row["id"]))

    @property
    def decided(self) -> Sequence[str]:
        """Suppliers that somebody said something about."""
        return list(self._rows)


def since(held: Held, place: Place) -> Since:
    """What was decided since the held snapshot, up to now."""
    found = held.answer(("since", place.pk), lambda engine: Since(place, engine))
    found.read_on()
    return found
