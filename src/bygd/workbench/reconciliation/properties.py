"""Properties: what may be asked of an organisation, and what may be fetched of it."""

from dataclasses import dataclass
from typing import Any

from bygd.workbench.reconciliation.texts import text


@dataclass(frozen=True)
class Property:
    """One property of organisations.

    `asked` tells how a query may use it: 'searched' values decide which organisations are found and how
    likely they are, 'compared' ones are only agreed or not, '' may not be asked. `fetched` tells whether
    data extension gives it, and `coded` whether it has both a name in words and a code.
    """

    id: str
    asked: str = ""
    fetched: bool = True
    coded: bool = False

    def described(self, language: str) -> dict[str, Any]:
        """Identifier, name and description, as suggestions and proposals give them."""
        return {"id": self.id, "name": text(self.id, language), "description": text(f"{self.id}.about", language)}


ALL = (
    Property("org_number", "searched"),
    Property("place", "searched", fetched=False),
    Property("postcode", "searched"),
    Property("town", "searched"),
    Property("municipality", "compared", coded=True),
    Property("legal_form", "searched", coded=True),
    Property("ownership", "compared", coded=True),
    Property("status", "compared"),
    Property("industry", "compared"),
    Property("size", coded=True),
    Property("registered_on"),
    Property("ended_on"),
    Property("former_names"),
    Property("other_names"),
    Property("parent"),
    Property("country", "compared"),
    Property("source"),
)
"""In the order they are proposed."""

BY_ID = {known.id: known for known in ALL}
