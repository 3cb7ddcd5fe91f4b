"""What the fields of a ledger are called to people, and what to do about rows that are set aside."""

from bygd.reports.translate import N_
from bygd.vocabulary.words import SetAside

NEEDED = ("supplier", "amount", "paid_on")
USEFUL = ("org_number", "supplier_number", "postcode", "town", "account", "category", "department", "invoice")
RARE = ("debit", "credit", "country", "currency", "kind", "contract")

LABELS = {
    "amount": N_("Amount"),
    "debit": N_("Amount, debit column"),
    "credit": N_("Amount, credit column"),
    "supplier": N_("Supplier's name"),
    "paid_on": N_("Date of payment or booking"),
    "org_number": N_("Organisation number"),
    "supplier_number": N_("Supplier number"),
    "postcode": N_("Postcode"),
    "town": N_("Town"),
    "country": N_("Country"),
    "currency": N_("Currency"),
    "kind": N_("Kind of supplier or legal form"),
    "account": N_("Account"),
    "category": N_("What was bought (account text)"),
    "department": N_("Department"),
    "invoice": N_("Invoice number"),
    "contract": N_("Contract reference"),
}

SOURCE_LABELS = {
    "number": N_("Organisation number"),
    "name": N_("Name"),
    "trading_name": N_("Trading name"),
    "former_name": N_("Former name"),
    "legal_form": N_("Legal form"),
    "status": N_("Active or ended"),
    "postcode": N_("Postcode"),
    "town": N_("Town"),
    "municipality": N_("Code of the municipality"),
    "municipality_name": N_("Name of the municipality"),
    "country": N_("Country"),
    "industry": N_("Industry code"),
    "size": N_("Size"),
    "employees": N_("Number of employees"),
    "registered_on": N_("Registered on"),
    "ended_on": N_("Ended on"),
    "parent_number": N_("Organisation number of the owner"),
    "county": N_("Code of the county or region"),
    "county_name": N_("Name of the county or region"),
    "neighbourhood": N_("Code of the neighbourhood"),
    "neighbourhood_name": N_("Name of the neighbourhood"),
    "latitude": N_("Latitude"),
    "longitude": N_("Longitude"),
    "deprivation_decile": N_("Tenth by deprivation"),
}
"""Fields of registers and lists of postcodes of one's own."""

WHY = {
    "known name of this field": N_("the name of the column is known for this"),
    "its name says something like it": N_("the name of the column says something like it"),
    "its cells look like it": N_("the cells look like it"),
    "given": N_("chosen"),
}
"""Reasons of `sources.ledgers.guess`, as a person reads them."""
BY_LAYOUT = N_("the columns are those of the layout {layout}")

REPAIRS = {
    SetAside.BLANK: N_("Nothing to do: they are empty."),
    SetAside.REPEATED_HEADER: N_("Nothing to do: the names of the columns stand there once more."),
    SetAside.TOTAL: N_("Nothing to do: they add up rows that are read already."),
    SetAside.AMOUNT: N_("Write an amount into the column, or check the decimal mark above. Then bring the file again."),
    SetAside.DATE: N_("Write a date into the column, or check the order of day and month. Then bring the file again."),
    SetAside.SUPPLIER: N_("Write who was paid into the column of the supplier's name, and bring the file again."),
    SetAside.SHIFTED: N_("A sign that parts columns stands inside a cell, so the rest is one column off. Export the "
                         "file with quotation marks around texts, or as a workbook."),
    SetAside.CURRENCY: N_("They are in another currency than the rest. Bring them as a file of their own."),
    SetAside.OTHER_ENTRY: N_("Nothing to do: they are no purchases."),
    SetAside.UNREADABLE: N_("The file breaks its own format there. Export it again; if it stays so, tell the supplier "
                            "of the system."),
    SetAside.DUPLICATE_FILE: N_("Nothing to do: the same content was read from another file."),
}  # fmt: skip
"""Reason for which rows are set aside → what to do."""
