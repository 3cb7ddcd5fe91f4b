"""Layout: where everything stands in the template of a form; written by it and read back by it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum, auto

from bygd.reports.translate import Translator
from bygd.tools.tenders import Asked, Form

MARK = "bygd"
ANSWERS = 0
"""Place of the sheet of answers in the workbook; that of prices follows."""
FIRM, FIRM_NUMBER = "firm", "firm_number"


class Kind(Enum):
    """What is to be written into a white cell."""

    TEXT = auto()
    NUMBER = auto()
    YES_NO = auto()
    PRICE = auto()


@dataclass(frozen=True, slots=True)
class Blank:
    """A white cell: for which question, line or field it is, what it takes, and whether it must be filled."""

    code: str
    kind: Kind
    needed: bool


@dataclass(slots=True)
class Sheet:
    """A sheet: what stands in its locked cells, its white cells, and sums that the spreadsheet counts by itself."""

    name: str
    locked: dict[str, str | Decimal] = field(default_factory=dict)
    blanks: dict[str, Blank] = field(default_factory=dict)
    sums: dict[str, str] = field(default_factory=dict)
    headings: list[str] = field(default_factory=list)


KINDS: dict[Asked, Kind | None] = {Asked.TEXT: None, Asked.NUMBER: Kind.NUMBER, Asked.YES_NO: Kind.YES_NO}


def mark(form: Form, language: str) -> str:
    """What says for which form a template is, and in which language it speaks."""
    return f"{MARK} {form.fingerprint} {language}"


def marked(text: str) -> tuple[str, str] | None:
    """Fingerprint and language of a mark; None where it is none."""
    parts = text.split()
    return (parts[1], parts[2]) if len(parts) == 3 and parts[0] == MARK else None


def sheets(form: Form, translate: Translator) -> list[Sheet]:
    """The sheets of a form's workbook in the translator's language; one where no price is asked."""
    return [_answers(form, translate), *([_prices(form, translate)] if form.items else [])]


def asked_label(kind: Kind, unit: str, _: Callable[..., str]) -> str:
    """What stands beside a cell for a number or for yes or no."""
    if kind is Kind.YES_NO:
        return _("Yes or no")
    return _("Number ({unit})", unit=unit) if unit else _("Number")


def _answers(form: Form, _: Translator) -> Sheet:
    sheet, language = Sheet(_("Answers")), _.language
    title = form.title.get(language) or next(iter(form.title.values()), form.number)
    sheet.locked |= {
        "A1": title,
        "A2": _("Fill in the white cells and change nothing else. Without VAT. Then save the file and send it."),
        "A3": _("Form"),
        "B3": mark(form, language),
        "B4": _("Name of the firm"),
        "B5": _("Organisation number"),
        "A7": _("Code"),
        "B7": _("Question"),
        "C7": _("Number, or yes or no"),
        "D7": _("Your answer"),
    }
    sheet.blanks |= {"D4": Blank(FIRM, Kind.TEXT, True), "D5": Blank(FIRM_NUMBER, Kind.TEXT, False)}
    row, before = 8, ""
    for one in form.questions:
        heading = one.heading.get(language) or next(iter(one.heading.values()), "")
        if heading and heading != before:
            sheet.locked[f"A{row}"] = heading
            sheet.headings.append(f"A{row}")
            row += 1
        before = heading
        unit = f" ({one.unit})" if one.unit else ""
        sheet.locked |= {f"A{row}": one.code, f"B{row}": f"{one.text_in(language)}{unit}"}
        kind = KINDS[one.asked]
        if kind:
            sheet.blanks[f"C{row}"] = Blank(one.code, kind, one.needed)
        # Beside a number or a yes a text explains, but may be left out.
        sheet.blanks[f"D{row}"] = Blank(one.code, Kind.TEXT, one.needed and kind is None)
        row += 1
    return sheet


def _prices(form: Form, _: Translator) -> Sheet:
    sheet, language = Sheet(_("Prices")), _.language
    sheet.locked |= {
        "A1": _("Prices without VAT, in {currency}", currency=form.currency),
        "A2": _("Give the price of one unit. The sums are counted by themselves."),
        "A4": _("Code"),
        "B4": _("What is bought"),
        "C4": _("Quantity"),
        "D4": _("Unit"),
        "E4": _("Price of one"),
        "F4": _("Sum"),
    }
    first = 5
    for row, item in enumerate(form.items, first):
        sheet.locked |= {f"A{row}": item.code, f"B{row}": item.text_in(language), f"C{row}": item.quantity}
        if item.unit:
            sheet.locked[f"D{row}"] = item.unit
        sheet.blanks[f"E{row}"] = Blank(item.code, Kind.PRICE, True)
        sheet.sums[f"F{row}"] = f"C{row}*E{row}"
    last = first + len(form.items) - 1
    sheet.locked[f"B{last + 1}"] = _("All together")
    sheet.sums[f"F{last + 1}"] = f"SUM(F{first}:F{last})"
    return sheet
