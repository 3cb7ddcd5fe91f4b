"""Ledger files of the sample place, in the three shapes that Swedish anchors publish."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import xlsxwriter

from bygd.workbench.sample.payments import Payment, anchor_number

SPECIFICATION = (
    "kopare_id", "kopare", "verifikationsnummer", "leverantor", "leverantor_id", "konto_nr", "konto_text", "belopp",
    "datum", "forvaltning", "fakturanummer", "grund", "avtal", "kommun_id", "s_kod_nr",
)  # fmt: skip
MONTHLY = ("Förvaltning", "Leverantör", "Organisationsnummer", "Fakturanr", "Konto", "Kontotext", "Belopp")
MONTHLY_FIELDS = {
    "department": "Förvaltning",
    "supplier": "Leverantör",
    "org_number": "Organisationsnummer",
    "invoice": "Fakturanr",
    "account": "Konto",
    "category": "Kontotext",
    "amount": "Belopp",
}
WORKBOOK_FIELDS = {
    "paid_on": "Bokföringsdatum",
    "supplier_number": "Leverantörsnummer",
    "supplier": "Leverantör",
    "org_number": "Organisationsnummer",
    "postcode": "Postnr",
    "town": "Ort",
    "country": "Land",
    "account": "Konto",
    "category": "Kontotext",
    "amount": "Belopp (kr)",
    "department": "Verksamhet",
    "invoice": "Fakturanummer",
}


def specification(folder: Path, anchor: Mapping[str, Any], area: str, rows: Sequence[Payment]) -> list[Path]:
    """One CSV file a year by version 1.1 of the national specification of supplier ledgers."""
    written = []
    for year, part in groupby(rows, key=lambda row: row.paid_on.year):
        path = folder / f"leverantorsreskontra-{year}.csv"
        with path.open("w", encoding="utf-8", newline="") as opened:
            writer = csv.writer(opened)
            writer.writerow(SPECIFICATION)
            for row in part:
                writer.writerow(
                    [
                        anchor_number(anchor), anchor["name"], f"V{row.invoice}", row.name, row.number, row.account,
                        row.text, row.amount, row.paid_on, row.department, row.invoice, "", "", area, "",
                    ]
                )  # fmt: skip
        written.append(path)
    return written


def workbook(folder: Path, anchor: Mapping[str, Any], rows: Sequence[Payment]) -> list[Path]:
    """One workbook a year: a preamble, the supplier's address, a blank row and a total below."""
    written = []
    for year, part in groupby(rows, key=lambda row: row.paid_on.year):
        path = folder / f"utbetalningar {year}.xlsx"
        book = xlsxwriter.Workbook(path)
        book.set_properties({"created": datetime(year + 1, 1, 15)})
        sheet, day = book.add_worksheet("Utbetalningar"), book.add_format({"num_format": "yyyy-mm-dd"})
        for place, text in enumerate((anchor["name"], f"Leverantörsbetalningar {year}", "Belopp utan moms")):
            sheet.write_string(place, 0, text)
        sheet.write_row(4, 0, list(WORKBOOK_FIELDS.values()))
        place, total = 5, 0.0
        for row in part:
            sheet.write_datetime(place, 0, datetime(row.paid_on.year, row.paid_on.month, row.paid_on.day), day)
            texts = (
                row.supplier_number,
                row.name,
                row.number,
                row.postcode,
                row.town,
                row.country,
                row.account,
                row.text,
            )
            for column, text in enumerate(texts, start=1):
                if text:
                    sheet.write_string(place, column, text)
            sheet.write_number(place, 9, float(row.amount))
            sheet.write_string(place, 10, row.department)
            sheet.write_string(place, 11, row.invoice)
            place, total = place + 1, total + float(row.amount)
        sheet.write_string(place + 1, 2, "Summa")
        sheet.write_number(place + 1, 9, round(total, 2))
        book.close()
        written.append(path)
    return written


def monthly(folder: Path, rows: Sequence[Payment]) -> list[Path]:
    """One file a month, as Gothenburg publishes them: semicolons, Latin-1, decimal comma, the month in the name."""
    written = []
    for month, part in groupby(rows, key=lambda row: f"{row.paid_on:%Y%m}"):
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
        writer.writerow(MONTHLY)
        for row in part:
            amount = f"{row.amount:,.2f}".replace(",", " ").replace(".", ",")
            number = row.number or ("" if row.name == "Sekretess" else "SAKNAS")
            writer.writerow([row.department, row.name, number, row.invoice, row.account, row.text, amount])
        path = folder / f"leverantorsfakturor-{month}.csv"
        path.write_bytes(text.getvalue().encode("latin-1"))
        written.append(path)
    return written
