"""What a project remembers between builds, so that decisions outlive new ledgers and new registers."""

from datetime import date

from bygd.vocabulary.columns import Column, Table
from bygd.vocabulary.words import RegisterChange


class remembered_suppliers(Table):
    """One supplier that a decision names, as its ledger wrote it; never one that is masked.

    The project's file has all of them, a snapshot those that no ledger has any more.
    """

    one_row_per = ("supplier_key",)
    supplier_key = Column(str, "Which supplier.")
    anchor = Column(str, "Whose ledger.")
    supplier_number = Column(str, "The ledger's own supplier number.", optional=True)
    name = Column(str, "Name as written.")
    org_number = Column(str, "Organisation number as written.", optional=True)
    postcode = Column(str, "Postcode on the ledger.", optional=True)
    town = Column(str, "Town on the ledger.", optional=True)


class register_changes(Table):
    """One change of an organisation that suppliers are linked to, seen between two builds."""

    one_row_per = ("org_id", "kind", "name", "seen_on")
    org_id = Column(str, "Which organisation.")
    kind = Column(str, "What changed.", one_of=RegisterChange)
    name = Column(str, "The name it had before.")
    last_seen_on = Column(date, "Day of the last build that saw it as before.")
    seen_on = Column(date, "Day of the build that saw the change.")
    source = Column(str, "Which register it was read from.")
