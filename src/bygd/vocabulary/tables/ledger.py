"""What is read from anchors' ledgers: files, payments, suppliers and rows set aside."""

from datetime import date
from decimal import Decimal

from bygd.vocabulary.columns import Column, Table
from bygd.vocabulary.words import SetAside


class ledger_files(Table):
    """One sheet of one ledger file that was read, with its control sums.

    `amount_file` = `amount_read` + `amount_set_aside` + `rounding`, to the last cent.
    """

    one_row_per = ("file_key",)
    file_key = Column(str, "Fingerprint of the file's content and the sheet.")
    anchor = Column(str, "Whose ledger it is.")
    path = Column(str, "The file's name as the project gives it.")
    sheet = Column(str, "The sheet or the member of the archive; empty for a plain file.")
    sha256 = Column(str, "Hash of the file's content.")
    layout = Column(str, "The known layout it follows, or 'mapping'.")
    encoding = Column(str, "Text encoding, or the spreadsheet format.")
    delimiter = Column(str, "Column separator; empty for spreadsheets.")
    header_row = Column(int, "Row number of the header, counted from one.")
    date_order = Column(str, "Order of day, month and year found in the whole column.")
    decimal_mark = Column(str, "Decimal mark found in the whole column.")
    currency = Column(str, "ISO 4217 code of the amounts.")
    vat = Column(str, "Whether amounts are 'excluding', 'including' or 'unknown' VAT.")
    rows_file = Column(int, "Rows below the header, blank ones included.")
    rows_read = Column(int, "Rows that became payments.")
    rows_set_aside = Column(int, "Rows kept aside with a reason.")
    rows_masked = Column(int, "Payments whose recipient was masked.")
    amount_file = Column(Decimal, "Sum of every amount in the file that is a number.")
    amount_read = Column(Decimal, "Sum of the payments.")
    amount_set_aside = Column(Decimal, "Sum of the amounts set aside.")
    rounding = Column(Decimal, "Difference made by rounding to two decimals.")
    first_paid_on = Column(date, "Earliest payment.", optional=True)
    last_paid_on = Column(date, "Latest payment.", optional=True)


class payments(Table):
    """One row of a ledger that could be read: money an anchor paid to a supplier."""

    one_row_per = ("file_key", "row_number")
    file_key = Column(str, "The sheet it stands in.")
    row_number = Column(int, "Row in the sheet, counted from one as a spreadsheet shows it.")
    anchor = Column(str, "Who paid.")
    supplier_key = Column(str, "Who was paid.")
    amount = Column(Decimal, "Amount in the ledger's currency; credits are negative.")
    currency = Column(str, "ISO 4217 code.")
    paid_on = Column(
        date,
        "Day of payment or booking; the first of the month where only that is known.",
    )
    account = Column(str, "Account code.", optional=True)
    category = Column(
        str,
        "What was bought, in the ledger's words (account text or expense type).",
        optional=True,
    )
    department = Column(str, "Part of the anchor that bought.", optional=True)
    invoice = Column(str, "Invoice or transaction number.", optional=True)
    contract = Column(str, "Contract reference.", optional=True)


class suppliers(Table):
    """One supplier as an anchor's ledger writes it; sole traders and persons are masked."""

    one_row_per = ("supplier_key",)
    supplier_key = Column(str, "make_key(anchor, supplier number, name as written).")
    anchor = Column(str, "Whose ledger.")
    supplier_number = Column(str, "The ledger's own supplier number.", optional=True)
    name = Column(str, "Name as written, or a neutral label where masked.")
    org_number = Column(
        str,
        "Organisation number as written, or a keyed pseudonym where masked.",
        optional=True,
    )
    postcode = Column(
        str,
        "Postcode on the ledger; only the postcode area where masked.",
        optional=True,
    )
    town = Column(str, "Town on the ledger.", optional=True)
    country = Column(str, "Country on the ledger, as written.", optional=True)
    kind = Column(str, "Kind of creditor in the ledger's own words.", optional=True)
    is_masked = Column(bool, "True where the recipient is a person or sole trader.")


class dealings(Table):
    """One supplier's days of payment, and what most of its money was paid for."""

    one_row_per = ("supplier_key",)
    supplier_key = Column(str, "Who was paid.")
    first_paid_on = Column(date, "Earliest payment.")
    last_paid_on = Column(date, "Latest payment.")
    category = Column(
        str,
        "What at least half of its money was paid for, in the ledger's words; empty where no one thing.",
        optional=True,
    )


class set_aside(Table):
    """One row of a ledger that is no payment, kept with the reason so that it can be mended."""

    one_row_per = ("file_key", "row_number")
    file_key = Column(str, "The sheet it stands in.")
    row_number = Column(int, "Row in the sheet, counted from one.")
    reason = Column(str, "Why it was set aside.", one_of=SetAside)
    detail = Column(str, "The cell or rule that decided, in words.")
    amount = Column(Decimal, "Its amount, where one could be read.", optional=True)
    text = Column(
        str,
        "The row as read, personal numbers masked; withheld where it names a person.",
    )
