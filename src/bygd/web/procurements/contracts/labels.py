"""Labels of a contract's columns, as forms, histories and tables call them."""

from bygd.reports.translate import N_

LABELS = {
    "anchor": N_("Institution"),
    "number": N_("The institution's own number"),
    "title": N_("What is bought"),
    "procedure_key": N_("Procurement"),
    "lot": N_("Lot"),
    "supplier_name": N_("Supplier"),
    "supplier_number": N_("The supplier's organisation number"),
    "supplier_id": N_("The supplier's organisation number"),
    "supplier_country": N_("The supplier's country"),
    "cpv": N_("CPV code"),
    "value": N_("Value"),
    "currency": N_("Currency"),
    "signed_on": N_("Signed"),
    "starts_on": N_("First day"),
    "ends_on": N_("Last day"),
    "longest_until": N_("Last day with all options"),
    "options": N_("Options"),
    "procedure": N_("Procedure"),
    "reserved": N_("Reserved"),
    "stage": N_("Stage"),
    "is_framework": N_("Framework agreement"),
    "note": N_("Note"),
}

HINTS = {
    "number": N_("A contract with the same number is the same contract; what you enter then changes it."),
    "supplier_number": N_("It ties the contract to the ledgers. Personal identity numbers are never kept."),
    "cpv": N_("Eight digits, such as 90910000."),
    "value": N_("Without VAT, over the whole time, options left out."),
    "ends_on": N_("If no option is used."),
    "longest_until": N_("If every option is used. Leave it empty where there are none."),
    "options": N_("In words, such as: twice twelve months."),
    "procedure_key": N_("What contracts of one procurement have in common, such as its number."),
    "note": N_("Never names of private persons."),
}
