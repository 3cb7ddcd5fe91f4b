"""Chosen: which contracts an address asks for, and in which order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from bygd.reports.translate import N_
from bygd.tools.contracts import Ending, Standing, ending
from bygd.tools.contracts.endings import last_day
from bygd.vocabulary.contract_words import Reservation
from bygd.web.pages.review.chosen import folded
from bygd.workbench.contracts.known import Row

FILTERS = ("text", "anchor", "standing", "before", "reserved", "order")
LATER = date.max
RESERVED = "any"
"""What asks for contracts that were reserved, for whomever."""

ORDERS: dict[str, tuple[str, Callable[[Ending], Any]]] = {
    "ends": (
        N_("Ends first"),
        lambda one: (one.standing is Standing.ENDED, last_day(one) or LATER, one.contract["title"].casefold()),
    ),
    "value": (N_("Largest value"), lambda one: (-(one.contract["value"] or 0), one.contract["title"].casefold())),
    "title": (N_("Name"), lambda one: one.contract["title"].casefold()),
    "supplier": (N_("Supplier"), lambda one: (one.contract["supplier_name"] or "").casefold()),
    "entered": (N_("Entered last"), lambda one: (-one.contract["entered_at"].timestamp(), one.contract["title"])),
}


@dataclass(frozen=True)
class Asked:
    """What an address asks for; what means nothing is passed over."""

    text: str = ""
    anchor: str = ""
    standing: str = ""
    before: date | None = None
    reserved: str = ""
    order: str = "ends"

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Asked":
        """What the address says."""
        said = {name: query.get(name, "").replace("\x00", "")[:200] for name in FILTERS}
        try:
            before = date.fromisoformat(said["before"]) if said["before"] else None
        except ValueError:
            before = None
        return cls(
            text=said["text"][:100],
            anchor=said["anchor"],
            standing=said["standing"] if said["standing"] in list(Standing) else "",
            before=before,
            reserved=said["reserved"] if said["reserved"] in (RESERVED, *Reservation) else "",
            order=said["order"] if said["order"] in ORDERS else "ends",
        )

    @property
    def query(self) -> str:
        """The same as the rest of an address, ending in '&' where there is any."""
        said = {name: str(value) for name in FILTERS if (value := getattr(self, name)) and value != "ends"}
        return f"{urlencode(said)}&" if said else ""

    def picked(self, rows: list[Row], on: date) -> list[Ending]:
        """The contracts that fit, as they stand on a day, in order."""
        words = folded(self.text).split()
        found = [
            one
            for one in (ending(row, on) for row in rows if not self.anchor or row["anchor"] == self.anchor)
            if (not self.standing or one.standing == self.standing)
            and (self.before is None or ((day := last_day(one)) is not None and on <= day <= self.before))
            and self._reserved(one.contract["reserved"])
            and (not words or all(word in _text(one.contract) for word in words))
        ]
        return sorted(found, key=ORDERS[self.order][1])

    def _reserved(self, word: str | None) -> bool:
        if not self.reserved:
            return True
        return word not in (None, Reservation.NONE) if self.reserved == RESERVED else word == self.reserved


def _text(row: Mapping[str, Any]) -> str:
    names = ("title", "number", "supplier_name", "supplier_id", "cpv", "lot", "procedure_key")
    return folded(" ".join(str(row[name]) for name in names if row[name]))
