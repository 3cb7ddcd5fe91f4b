"""Money followed: payments summed and scoped, who, where and whose the paid are, and both together."""

from decimal import Decimal

from bygd.vocabulary.columns import Column, Table
from bygd.vocabulary.words import LinkState, OwnershipKind, Ring, SizeBand


class spend_lines(Table):
    """Payments of one anchor to one supplier, summed by year and category and tagged by rule.

    `rule` is empty for procurement; otherwise it names the rule that left the money out.
    """

    one_row_per = ("anchor", "supplier_key", "year", "category", "rule", "currency")
    anchor = Column(str, "Who paid.")
    supplier_key = Column(str, "Who was paid.")
    year = Column(int, "Calendar year, or the year in which the project's financial year starts.")
    category = Column(str, "What was bought, in the ledger's words; empty where not given.")
    rule = Column(str, "Id of the rule that caught it; empty for procurement.")
    reason = Column(str, "The rule's reason; empty for procurement.")
    currency = Column(str, "ISO 4217 code.")
    amount = Column(Decimal, "Sum.")
    payments = Column(int, "Number of payments.")


class split_lines(Table):
    """One file's part of a spend line that shares all but its rule with another line.

    Where account or department decide which rule catches a payment, supplier, year and category do not
    tell it, so the files' parts of such lines are kept. Their sum is that of the lines they are parts of.
    """

    one_row_per = ("file_key", "supplier_key", "year", "category", "rule", "currency")
    file_key = Column(str, "Which file.")
    anchor = spend_lines.anchor
    supplier_key = spend_lines.supplier_key
    year = spend_lines.year
    category = spend_lines.category
    rule = spend_lines.rule
    reason = spend_lines.reason
    currency = spend_lines.currency
    amount = spend_lines.amount
    payments = spend_lines.payments


class payees(Table):
    """One supplier with who, where and whose beside it: what money is joined with."""

    one_row_per = ("supplier_key",)
    supplier_key = Column(str, "Who was paid.")
    org_id = Column(str, "Which organisation it is, where linked.", optional=True)
    party = Column(str, "The organisation where linked, else the supplier: what to count suppliers by.")
    name = Column(str, "Name to show.")
    is_masked = Column(bool, "True where the recipient is a person or sole trader.")
    state = Column(str, "Link state.", one_of=LinkState)
    rule = Column(str, "Rule that leaves all its money out, by what the register says; else empty.")
    reason = Column(str, "Reason of that rule; else empty.")
    seat_ring = Column(str, "Ring of the registered office.", one_of=Ring)
    branch_ring = Column(str, "Ring of the branch.", one_of=Ring)
    either_ring = Column(str, "Smaller of the two.", one_of=Ring)
    seat_id = Column(str, "Municipality of the registered office.", optional=True)
    branch_id = Column(str, "Municipality of the branch.", optional=True)
    deprivation_decile = Column(int, "1 = most deprived tenth.", optional=True)
    ownership = Column(str, "Kind of ownership.", one_of=OwnershipKind)
    industry = Column(str, "Industry code; empty where not known.")
    size_band = Column(str, "Size band.", one_of=SizeBand)


class spend(Table):
    """Money of one anchor to one supplier in one year, with who, where and whose.

    The fact table behind every share. What was bought stands in `spend_lines`, which adds up to it.
    """

    one_row_per = ("anchor", "supplier_key", "year", "rule", "currency")
    anchor = Column(str, "Who paid.")
    supplier_key = Column(str, "Who was paid.")
    org_id = payees.org_id
    party = payees.party
    name = payees.name
    is_masked = payees.is_masked
    state = payees.state
    year = Column(int, "Year.")
    rule = Column(str, "Rule that left it out; empty for procurement.")
    reason = Column(str, "Reason of that rule; empty for procurement.")
    is_procurement = Column(bool, "True where no rule left it out.")
    currency = Column(str, "ISO 4217 code.")
    amount = Column(Decimal, "Sum.")
    payments = Column(int, "Number of payments.")
    seat_ring = payees.seat_ring
    branch_ring = payees.branch_ring
    either_ring = payees.either_ring
    seat_id = payees.seat_id
    branch_id = payees.branch_id
    deprivation_decile = payees.deprivation_decile
    ownership = payees.ownership
    industry = payees.industry
    size_band = payees.size_band
