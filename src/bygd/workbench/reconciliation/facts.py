"""Facts: what a page about one organisation says."""

from dataclasses import dataclass
from typing import Any

from bygd.workbench.reconciliation.extend import extended
from bygd.workbench.reconciliation.register import Register
from bygd.workbench.reconciliation.texts import text

SHOWN = (
    "org_number", "legal_form", "ownership", "status", "postcode", "town", "municipality", "industry", "size",
    "registered_on", "ended_on", "former_names", "other_names", "parent",
)  # fmt: skip
LISTED = 5
"""Most values of one fact."""


@dataclass(frozen=True)
class Line:
    """One fact: what it is called, and what it is."""

    label: str
    value: str


@dataclass(frozen=True)
class Facts:
    """What is told of an organisation: its name, facts, and the register they were read from."""

    id: str
    name: str
    lines: tuple[Line, ...]
    source: str


def of(register: Register, id: str, language: str) -> Facts | None:
    """The facts of one organisation, or None where no such organisation is served."""
    organisation = register.organisations([id]).get(id)
    if organisation is None:
        return None
    asked = {"ids": [id], "properties": [{"id": pid, "settings": {"limit": LISTED}} for pid in SHOWN]}
    found = extended(register, asked, language)["rows"][id]
    lines = tuple(
        Line(text(pid, language), "; ".join(map(_written, found[pid])))
        for pid in SHOWN
        if found[pid] and not (pid == "size" and organisation["size_band"] == "unknown")
    )
    source = register.sources.get(organisation["source"], organisation["source"])
    return Facts(id, organisation["name"], lines, text("page.read", language, source=source))


def _written(value: dict[str, Any]) -> str:
    if "date" in value:
        return str(value["date"]).partition("T")[0]
    return str(value.get("str") or value.get("name"))
