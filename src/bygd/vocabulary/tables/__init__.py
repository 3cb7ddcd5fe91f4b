"""Every table of bygd, declared once; steps read tables and write tables."""

from bygd.vocabulary.columns import Table
from bygd.vocabulary.tables.contracts import contract_entries, contracts
from bygd.vocabulary.tables.decisions import audit_judgements, class_decisions, link_decisions, seat_decisions
from bygd.vocabulary.tables.influence import influence_decisions
from bygd.vocabulary.tables.ledger import dealings, ledger_files, payments, set_aside, suppliers
from bygd.vocabulary.tables.links import doubts, link_candidates, links, ownerships, supplier_groups
from bygd.vocabulary.tables.memory import register_changes, remembered_suppliers
from bygd.vocabulary.tables.place import areas, offices, postcodes, seats
from bygd.vocabulary.tables.promises import delivery_entries, promise_entries, remedy_entries
from bygd.vocabulary.tables.register import (
    legal_forms,
    organisation_names,
    organisations,
    parents,
    successions,
    ultimate_owners,
    workplaces,
)
from bygd.vocabulary.tables.spend import payees, spend, spend_lines, split_lines

ALL: tuple[type[Table], ...] = (
    ledger_files,
    payments,
    suppliers,
    set_aside,
    dealings,
    organisations,
    organisation_names,
    workplaces,
    parents,
    ultimate_owners,
    successions,
    legal_forms,
    areas,
    postcodes,
    link_decisions,
    class_decisions,
    seat_decisions,
    audit_judgements,
    influence_decisions,
    contract_entries,
    contracts,
    promise_entries,
    delivery_entries,
    remedy_entries,
    remembered_suppliers,
    register_changes,
    supplier_groups,
    link_candidates,
    links,
    offices,
    seats,
    ownerships,
    spend_lines,
    split_lines,
    payees,
    spend,
    doubts,
)

__all__ = [
    "ALL",
    "areas",
    "audit_judgements",
    "class_decisions",
    "contract_entries",
    "contracts",
    "dealings",
    "delivery_entries",
    "doubts",
    "influence_decisions",
    "ledger_files",
    "legal_forms",
    "link_candidates",
    "link_decisions",
    "links",
    "offices",
    "organisation_names",
    "organisations",
    "ownerships",
    "parents",
    "payees",
    "payments",
    "postcodes",
    "promise_entries",
    "register_changes",
    "remedy_entries",
    "remembered_suppliers",
    "seat_decisions",
    "seats",
    "set_aside",
    "spend",
    "spend_lines",
    "split_lines",
    "successions",
    "supplier_groups",
    "suppliers",
    "ultimate_owners",
    "workplaces",
]
